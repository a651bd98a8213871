"""What comes next in each interview, what gets in each other's way, and some weeks day by day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from calsync.business_days import employer_calendars, employer_place, home_place
from calsync.domain import Event, Interview, Plan
from calsync.errors import BadData, NoInput
from calsync.phrase import phrase
from calsync.texts.phone_numbers import country_of_number
from calsync.workflows.context import Context
from calsync.workflows.due import is_over

__all__ = [
    "WEEKS",
    "AgendaEntry",
    "Clash",
    "Day",
    "Holiday",
    "clashes",
    "clashes_of",
    "doubled",
    "doubled_of",
    "find_candidate",
    "first_of_each",
    "is_touch",
    "month",
    "moved_from",
    "summaries",
]

if TYPE_CHECKING:
    from calsync.domain import Action
    from calsync.store import Store, StoredEvent
    from calsync.store.interviews import Summary


_TOUCHES: "tuple[Action, ...]" = ("call", "email")
_LONGEST = timedelta(days=1)
"""No preparation takes longer: one that began before that is over."""


def find_candidate(store: "Store", name: str | None) -> str | None:
    """The candidate who is called so, or by a beginning that is nobody else's, in any case; None for everybody.

    Raises NoInput where there is none of that name, BadData where several begin so.
    """
    known = store.candidates() if name is not None else []
    if name is None or name in known:
        return name
    wanted = name.strip().casefold()
    alike = [each for each in known if each.casefold() == wanted]
    found = alike or [each for each in known if wanted and each.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadData(
            phrase("{name!r} begins more than one name", name=name),
            remedy=phrase("say which: {found}", found=", ".join(found[:_MOST_NAMES])),
            code="CS-CAN-002",
        )
    near = get_close_matches(name, known, 1) or known[:1]
    remedy = (
        phrase("did you mean {near}?", near=near[0])
        if near and near[0]
        else phrase("calsync list names everybody")
    )
    raise NoInput(phrase("there is no candidate {name!r}", name=name), remedy=remedy, code="CS-CAN-001")


_MOST_NAMES = 8


def first_of_each(store: "Store", now: datetime, *, candidate: str | None = None) -> "list[StoredEvent]":
    """What comes next in each interview that has something, the earliest first; preparations that are over do not count."""
    found = []
    first = store.upcoming(candidate=candidate, since=now - _LONGEST, always=_TOUCHES)
    for planned in list(first):
        found += (
            [planned]
            if not is_over(store, planned.event, now)
            else _next(store, planned.event.interview, now)
        )
    return sorted(found, key=lambda planned: planned.event.start)


def summaries(
    store: "Store", now: datetime, *, candidate: str | None = None, open_only: bool = False
) -> "Iterator[Summary]":
    """A line for each interview, by their numbers, and one for what comes next, as in ``first_of_each``."""
    for each in store.summaries(
        candidate=candidate, open_only=open_only, since=now - _LONGEST, always=_TOUCHES
    ):
        begun = each.start is not None and each.start <= now
        may_be_over = begun and (each.action not in _TOUCHES or each.step == "thank-you")
        yield _looked_at(each, store, now) if may_be_over else each


def _looked_at(summary: "Summary", store: "Store", now: datetime) -> "Summary":
    """With what really comes next: a preparation that has begun may be over, and thanks too."""
    bare = replace(summary, start=None, step="", action="", person="", coming=0)
    for planned in _next(store, summary.number, now):
        event = planned.event
        return replace(
            bare,
            start=event.start,
            step=event.step,
            action=event.action,
            person=event.person.name if event.person else "",
            coming=planned.number,
        )
    return bare


def _next(store: "Store", interview: int | str, now: datetime) -> "list[StoredEvent]":
    """The first that waits, if there is one."""
    pending = store.planned(interview=interview)
    return list(islice((each for each in pending if not is_over(store, each.event, now)), 1))


def is_touch(planned: "StoredEvent") -> bool:
    """Whether somebody waits for it: a call or an email, not what is only prepared."""
    return planned.event.action in _TOUCHES


# Calls that get in each other's way, to be seen before they are made; nothing is moved for them.
#
# Two candidates who would call the same contact on one day, which is for a coach
# to know; and two rounds of one candidate with the same company whose calls fall
# on one day: they are two chains, because only the candidate knows which of them
# is still alive, and perhaps one call can be about both.

if TYPE_CHECKING:
    from calsync.store import Store, StoredEvent


_SHORTEST = 6
"""Digits; a number that is shorter is an extension, and many people have the same."""
_TELLING = 8
"""Last digits that tell two numbers apart, however much of the code before them was written."""


class Clash(msgspec.Struct, frozen=True):
    """A day, on the contact's clock, and the two interviews with calls on it; of one candidate or of two."""

    day: date
    first: Interview
    second: Interview


def clashes(store: "Store", planned: "Iterable[StoredEvent]") -> Iterator[Clash]:
    """Every pair among some events, each pair once a day."""
    seen: dict[tuple[str, date], dict[str, Interview]] = {}
    told: set[tuple[str, str, date]] = set()
    for each in planned:
        if each.event.action != "call":
            continue
        interview, day = store.interview(each.event.interview).interview, each.event.start.date()
        for key in _contact(interview):
            callers = seen.setdefault((key, day), {})
            for candidate, other in callers.items():
                pair = (candidate, interview.candidate, day)
                if candidate != interview.candidate and pair not in told:
                    told.add(pair)
                    yield Clash(day, other, interview)
            callers.setdefault(interview.candidate, interview)


def clashes_of(store: "Store", plan: Plan) -> Iterator[Clash]:
    """Those that the calls of one plan have with what other candidates have planned."""
    mine, contact = plan.interview, set(_contact(plan.interview))
    days = {event.start.date() for event in plan.events if event.action == "call"}
    if len(store.candidates()) <= 1:
        return
    for day in sorted(days):
        begins = datetime.combine(day, time(), mine.zone)
        for planned in store.planned(since=begins, until=begins + timedelta(days=1)):
            other = store.interview(planned.event.interview).interview
            if (
                planned.event.action == "call"
                and other.candidate != mine.candidate
                and not contact.isdisjoint(_contact(other))
            ):
                yield Clash(day, other, mine)


def doubled(store: "Store", planned: "Iterable[StoredEvent]") -> Iterator[Clash]:
    """Every pair of calls on one day that one candidate has with one company, for two interviews."""
    seen: dict[tuple[str, str, date], Interview] = {}
    for each in planned:
        if each.event.action == "call":
            interview, day = store.interview(each.event.interview).interview, each.event.start.date()
            first = seen.setdefault((*_round(interview), day), interview)
            if first.id != interview.id:
                yield Clash(day, first, interview)


def doubled_of(store: "Store", plan: Plan) -> Iterator[Clash]:
    """Those that the calls of one plan have with the candidate's others."""
    mine = plan.interview
    for day in sorted({event.start.date() for event in plan.events if event.action == "call"}):
        begins = datetime.combine(day, time(), mine.zone)
        near = store.planned(since=begins, until=begins + timedelta(days=1), candidate=mine.candidate)
        for name in sorted(_callers(near) - {mine.id}):
            other = store.interview(name).interview
            if _round(other) == _round(mine):
                yield Clash(day, other, mine)


def _callers(planned: "Iterable[StoredEvent]") -> set[str]:
    return {each.event.interview for each in planned if each.event.action == "call"}


def _round(interview: Interview) -> tuple[str, str]:
    """What two rounds of one candidate with one company have in common."""
    return interview.candidate, interview.company.casefold()


def _contact(interview: Interview) -> Iterator[str]:
    """What two records have in common when they mean the same person."""
    digits = "".join(sign for sign in interview.phone if sign.isdecimal()).lstrip("0")
    if len(digits) >= _SHORTEST:
        yield digits[-_TELLING:]
    if interview.contact:
        yield f"{interview.contact} ({interview.company})".casefold()


# Some weeks, day by day: interviews, follow-ups, holidays, and where a follow-up would have been.

if TYPE_CHECKING:
    from calsync.store import Store, StoredEvent


WEEKS = 6
_WEEK = 7
_TARGETS = {"offset", "decision"}
"""Rules whose step of the way is a day counted out, before closed days move it."""
_BEYOND = timedelta(weeks=3)
"""How far behind the last day shown a follow-up may stand that was moved away from one shown."""


class Holiday(msgspec.Struct, frozen=True):
    """A public holiday; ``country`` is empty for that of the settings."""

    name: str
    country: str = ""


class AgendaEntry(msgspec.Struct, frozen=True):
    """What stands on a day, at a moment of the candidate's clock.

    A ``moved`` entry is the place where an event would have been; an
    ``interview`` has no event.
    """

    kind: Literal["interview", "event", "moved"]
    at: datetime
    interview: Interview
    planned: "StoredEvent | None" = None

    def is_overdue(self, now: datetime) -> bool:
        """Whether somebody still waits for it; what was to be prepared before then is just over."""
        late = self.kind == "event" and self.at < now
        return late and self.planned is not None and self.planned.event.action in {"call", "email"}


class Day(msgspec.Struct, frozen=True):
    """One day with what is on it, the earliest first, and why it is not a business day if it is none.

    ``quiet`` is the kind of a day that is open at home and on which nobody decides anything.
    """

    day: date
    entries: tuple[AgendaEntry, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    weekend: bool = False
    quiet: Literal["", "bridge", "year-end", "eve"] = ""


def month(
    context: Context, store: "Store", first: date, *, weeks: int = WEEKS, candidate: str | None = None
) -> list[Day]:
    """The days of ``weeks`` weeks from ``first`` on, by the candidate's clock; of one candidate, or of all.

    Raises BadValue where the settings name a country that is not known.
    """
    days = [first + timedelta(days=count) for count in range(weeks * _WEEK)]
    found: dict[date, list[AgendaEntry]] = {day: [] for day in days}
    for entry in [
        *_interviews(context, store, days, candidate),
        *_events(context, store, days, candidate),
    ]:
        if entry.at.date() in found:
            found[entry.at.date()].append(entry)
    quiet = _quiet_days(context)
    holidays = _holidays(context, days, [entry.interview for entries in found.values() for entry in entries])
    return [
        Day(
            day,
            tuple(sorted(found[day], key=lambda entry: (entry.kind == "moved", entry.at))),
            tuple(holidays.get(day, ())),
            context.closed_days(*home_place(context.preferences), day.year).closed.get(day) == "",
            quiet(day),
        )
        for day in days
    ]


def _quiet_days(context: Context) -> Callable[[date], Literal["", "bridge", "year-end", "eve"]]:
    """The kind of quiet day that a day is in the country of the settings."""
    mine = context.preferences
    at_home = employer_calendars(
        *home_place(mine),
        public_days=context.closed_days,
        company_closures=mine.closures,
        quiet_days=mine.quiet_days,
    )

    def kind(day: date) -> Literal["", "bridge", "year-end", "eve"]:
        why = at_home.emails.why_closed(day) or at_home.eve(day)
        return why.kind if why is not None and why.kind in {"bridge", "year-end", "eve"} else ""

    return kind


def moved_from(event: Event) -> date | None:
    """The day counted out for a call or an email that then had to move; None where it stands there."""
    if event.action not in {"call", "email"}:
        return None
    targets = [reason.after for reason in event.trace if reason.rule in _TARGETS]
    if not targets:
        return None
    target = targets[-1].date() if isinstance(targets[-1], datetime) else targets[-1]
    return target if target != event.start.date() else None


def _interviews(
    context: Context, store: "Store", days: Sequence[date], candidate: str | None
) -> Iterator[AgendaEntry]:
    zone, near = context.preferences.zone, timedelta(days=2)  # clocks differ by up to a day
    for kept in store.interviews(candidate=candidate, since=days[0] - near, until=days[-1] + near):
        yield AgendaEntry("interview", kept.interview.start.astimezone(zone), kept.interview)


def _events(
    context: Context, store: "Store", days: Sequence[date], candidate: str | None
) -> Iterator[AgendaEntry]:
    zone = context.preferences.zone
    since = datetime.combine(days[0], time(), zone)
    until = datetime.combine(days[-1], time(), zone) + timedelta(days=1)
    known: dict[str, Interview] = {}
    for planned in store.planned(since=since, until=until + _BEYOND, candidate=candidate):
        name = planned.event.interview
        interview = known[name] if name in known else known.setdefault(name, store.interview(name).interview)
        at = planned.event.start.astimezone(zone)
        yield AgendaEntry("event", at, interview, planned)
        was = moved_from(planned.event)
        if was is not None and was != at.date():
            yield AgendaEntry("moved", datetime.combine(was, at.timetz()), interview, planned)


def _holidays(
    context: Context, days: Sequence[date], interviews: Sequence[Interview]
) -> dict[date, list[Holiday]]:
    """Those of the settings' country, then those of other employers' countries by another name."""
    mine = context.preferences
    home = home_place(mine)
    known = {employer_place(each, mine, country_of_number) for each in interviews}
    places = {(country, region) for country, region in known if country and country != home[0]}
    found: dict[date, list[Holiday]] = {}
    for country, region in [home, *sorted(places)]:
        for day in days:
            name = context.closed_days(country, region, day.year).closed.get(day)
            on_it = found.setdefault(day, [])
            if name and name not in {each.name for each in on_it}:
                on_it.append(Holiday(name, "" if (country, region) == home else country))
    return found
