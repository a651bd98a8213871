"""How fast and how small the .ics writer is; prints ratios measured side by side in one run.

    python -m benchmarks.ics            # 50,000 events against icalendar, then writing again
    python -m benchmarks.ics --memory   # 650,000 events (100,000 interviews): peak memory of each export

CPU time is taken in turns, slice by slice, so that a busy machine slows both sides.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from calsync.domain import Event
from calsync.targets.ics import content, export

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
EVENTS = 50_000
ALL_EVENTS = 650_000
SLICES = 10
ROUNDS = 3
DAY = date(2026, 7, 7)
POINTS = "\n".join(
    f"- point {number}: ask, listen; say what you liked about their plans" for number in range(1, 9)
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--peak-of", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.peak_of:
        print(peak_of_export(wanted.peak_of, wanted.events))
    elif wanted.memory:
        memory(wanted.events or ALL_EVENTS)
    else:
        speed(wanted.events or EVENTS)


def speed(number: int) -> None:
    against_icalendar(number)
    writing_again(number)


def against_icalendar(number: int) -> None:
    """Both sides have the same events in memory and end with the same calendar as bytes."""
    ours = theirs = 0.0
    events = planned(number)
    while part := list(islice(events, max(number // SLICES, 1))):
        ours += cpu(lambda part=part: b"".join(content(part, now=NOW)))
        theirs += cpu(lambda part=part: with_icalendar(part))
    row(
        "writing",
        "icalendar",
        ours / theirs,
        0.10,
        f"{number / ours:,.0f} against {number / theirs:,.0f} events a second",
    )


def writing_again(number: int) -> None:
    first = again = 0.0
    events = list(planned(number))
    with TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            path = Path(folder, f"{turn}.ics")
            first += cpu(lambda path=path: export(path, events, now=NOW))
            again += cpu(lambda path=path: export(path, events, now=NOW))
    row("writing again, nothing changed", "the first export", again / first, 1.3, f"{again / ROUNDS:.2f} s")


def memory(number: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "all.ics")
        for what in ("first export", "over itself"):
            command = [
                sys.executable,
                "-m",
                "benchmarks.ics",
                "--peak-of",
                str(path),
                "--events",
                str(number),
            ]
            started = time.perf_counter()
            peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            took = time.perf_counter() - started
            print(
                f"{what:<14} {number:,} events, {path.stat().st_size / 1e6:,.0f} MB file: peak {peak} MB, {took:.0f} s"
            )


def peak_of_export(path: Path, number: int) -> int:
    """Peak memory in MB of this process, events made one by one."""
    export(path, planned(number), now=NOW)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000


def planned(number: int) -> Iterator[Event]:
    return map(event, range(number))


def event(number: int) -> Event:
    start = datetime(DAY.year, DAY.month, DAY.day, 9, 15, tzinfo=ZONE) + timedelta(days=number % 300)
    return Event(
        uid=f"company-{number // 6}-role-20260626-status-{number}@calsync",
        interview=f"company-{number // 6}-role-20260626",
        step="status",
        action="call" if number % 2 else "email",
        status="tentative" if number % 3 else "confirmed",
        start=start,
        end=start + timedelta(minutes=15),
        earliest=DAY,
        preferred=DAY,
        latest=DAY,
        trace=(),
        alarms=(15,),
        summary=f"Call {'Zoë Núñez' if number % 10 == 0 else 'Sarah Smith'} (Company {number // 6})",
        description=f"+1 212-555-{number % 10_000:04}\nsarah@company.example\nAsk when they expect to decide.\n{POINTS}",
    )


def with_icalendar(events: list[Event]) -> bytes:
    from icalendar import Alarm, Calendar  # noqa: PLC0415  # must not weigh on --memory
    from icalendar import Event as Entry  # noqa: PLC0415  # must not weigh on --memory

    calendar = Calendar()
    calendar.add("prodid", "-//calsync//benchmark//EN")
    calendar.add("version", "2.0")
    for each in events:
        entry = Entry.new(
            uid=each.uid,
            stamp=NOW,
            created=NOW,
            last_modified=NOW,
            sequence=0,
            start=each.start.astimezone(UTC),
            end=each.end.astimezone(UTC),
            summary=each.summary,
            description=each.description,
            status=each.status.upper(),
            categories=["Follow-up"],
        )
        entry.add("transp", "OPAQUE" if each.action == "call" else "TRANSPARENT")
        entry.add("x-microsoft-cdo-busystatus", "BUSY" if each.action == "call" else "FREE")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", each.summary)
        alarm.add("trigger", timedelta(minutes=-each.alarms[0]))
        entry.add_component(alarm)
        calendar.add_component(entry)
    return calendar.to_ical()


def cpu(job: Callable[[], object]) -> float:
    started = time.process_time()
    job()
    return time.process_time() - started


def row(what: str, against: str, ratio: float, target: float, detail: str) -> None:
    print(f"{what:<31} / {against:<17} {ratio:6.3f}  target {target:<5} {detail}")


if __name__ == "__main__":
    main()
