"""What icalendar alone takes to build and serialise the events of an .ics file: the other side of a ratio.

    python -m benchmarks.icalendar_alone follow-ups.ics

The file is read by line, not by icalendar, so that the reading costs next to nothing.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event


def main() -> None:
    calendar = Calendar()
    calendar.add("PRODID", "-//benchmark//EN")
    calendar.add("VERSION", "2.0")
    for fields in events(Path(sys.argv[1])):
        event = Event.new(
            uid=fields["UID"],
            stamp=moment(fields["DTSTAMP"]),
            start=moment(fields["DTSTART"]),
            end=moment(fields["DTEND"]),
            summary=fields["SUMMARY"],
            description=fields["DESCRIPTION"],
            sequence=int(fields["SEQUENCE"]),
        )
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", fields["SUMMARY"])
        alarm.add("TRIGGER", timedelta(minutes=-15))
        event.add_component(alarm)
        calendar.add_component(event)
    calendar.to_ical()


def events(path: Path) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    for line in path.read_bytes().decode("utf-8").replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            fields = {}
        elif line == "END:VEVENT":
            yield fields
        elif name not in fields:
            fields[name] = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


if __name__ == "__main__":
    main()
