"""Some weeks, day by day: interviews, follow-ups, holidays, and where a follow-up would have been."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from calsync.domain import Event, Interview
from calsync.workflows.desk import Desk

if TYPE_CHECKING:
    from calsync.store import Planned, Store

__all__ = ["WEEKS", "Day", "Entry", "Holiday", "month", "moved_from"]

WEEKS = 6
_WEEK = 7
_TARGETS = {"offset", "decision"}
"""Rules whose step of the way is a day counted out, before closed days move it."""
_BEYOND = timedelta(weeks=3)
"""How far behind the last day shown a follow-up may stand that was moved away from one shown."""


class Holiday(NamedTuple):
    """A public holiday; ``country`` is empty for that of the settings."""

    name: str
    country: str = ""


class Entry(NamedTuple):
    """What stands on a day, at a moment of the candidate's clock.

    A ``moved`` entry is the place where an event would have been; an
    ``interview`` has no event.
    """

    kind: Literal["interview", "event", "moved"]
    at: datetime
    interview: Interview
    planned: "Planned | None" = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether somebody still waits for it; what was to be prepared before then is just over."""
        late = self.kind == "event" and self.at < now
        return late and self.planned is not None and self.planned.event.action in {"call", "email"}


class Day(NamedTuple):
    """One day with what is on it, the earliest first, and why it is not a business day if it is none."""

    day: date
    entries: tuple[Entry, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    weekend: bool = False


def month(
    desk: Desk, store: "Store", first: date, *, weeks: int = WEEKS, candidate: str | None = None
) -> list[Day]:
    """The days of ``weeks`` weeks from ``first`` on, by the candidate's clock; of one candidate, or of all.

    Raises BadValue where the settings name a country that is not known.
    """
    days = [first + timedelta(days=count) for count in range(weeks * _WEEK)]
    found: dict[date, list[Entry]] = {day: [] for day in days}
    for entry in [
        *_interviews(desk, store, days, candidate),
        *_events(desk, store, days, candidate),
    ]:
        if entry.at.date() in found:
            found[entry.at.date()].append(entry)
    holidays = _holidays(desk, days, [entry.interview for entries in found.values() for entry in entries])
    return [
        Day(
            day,
            tuple(sorted(found[day], key=lambda entry: (entry.kind == "moved", entry.at))),
            tuple(holidays.get(day, ())),
            desk.closed_days(desk.preferences.country, desk.preferences.region, day.year).closed.get(day)
            == "",
        )
        for day in days
    ]


def moved_from(event: Event) -> date | None:
    """The day counted out for a call or an email that then had to move; None where it stands there."""
    if event.action not in {"call", "email"}:
        return None
    targets = [reason.after for reason in event.trace if reason.rule in _TARGETS]
    if not targets:
        return None
    target = targets[-1].date() if isinstance(targets[-1], datetime) else targets[-1]
    return target if target != event.start.date() else None


def _interviews(desk: Desk, store: "Store", days: Sequence[date], candidate: str | None) -> Iterator[Entry]:
    zone, near = desk.preferences.zone, timedelta(days=2)  # clocks differ by up to a day
    for kept in store.interviews(candidate=candidate, since=days[0] - near, until=days[-1] + near):
        yield Entry("interview", kept.interview.start.astimezone(zone), kept.interview)


def _events(desk: Desk, store: "Store", days: Sequence[date], candidate: str | None) -> Iterator[Entry]:
    zone = desk.preferences.zone
    since = datetime.combine(days[0], time(), zone)
    until = datetime.combine(days[-1], time(), zone) + timedelta(days=1)
    known: dict[str, Interview] = {}
    for planned in store.planned(since=since, until=until + _BEYOND, candidate=candidate):
        name = planned.event.interview
        interview = known[name] if name in known else known.setdefault(name, store.interview(name).interview)
        at = planned.event.start.astimezone(zone)
        yield Entry("event", at, interview, planned)
        was = moved_from(planned.event)
        if was is not None and was != at.date():
            yield Entry("moved", datetime.combine(was, at.timetz()), interview, planned)


def _holidays(desk: Desk, days: Sequence[date], interviews: Sequence[Interview]) -> dict[date, list[Holiday]]:
    """Those of the settings' country, then those of other employers' countries by another name."""
    mine = desk.preferences
    home = (mine.country, mine.region)
    places = {
        (each.country, each.region) for each in interviews if each.country and each.country != mine.country
    }
    found: dict[date, list[Holiday]] = {}
    for country, region in [home, *sorted(places)]:
        for day in days:
            name = desk.closed_days(country, region, day.year).closed.get(day)
            on_it = found.setdefault(day, [])
            if name and name not in {each.name for each in on_it}:
                on_it.append(Holiday(name, "" if (country, region) == home else country))
    return found
