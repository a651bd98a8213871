"""Plans for people: a table for each interview, and reasons as numbered sentences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from calsync.cli.table import clean, cut, dim, pad, strong, struck, terminal_width, wrapped
from calsync.cli.wording import city, in_short, short_day, what, whose
from calsync.domain import Event, Plan, Reason, spoken
from calsync.domain.value import Value
from calsync.workflows import Desk
from calsync.workflows.saying import is_passed_over, said

__all__ = ["moment_in_both", "plan_lines", "source_lines", "why_lines"]

_NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


class _Columns(Value):
    """What the rows of one table have: the years, their own clock, and short numbers, each only where needed."""

    own: ZoneInfo
    width: int
    years: bool
    apart: bool
    other_days: bool
    numbers: Mapping[str, int]


def plan_lines(plan: Plan, desk: Desk, numbers: Mapping[str, int] = _NO_NUMBERS) -> Iterator[str]:
    """One interview's follow-ups as a table; times in both zones where they differ, short numbers if there are any."""
    own, width, theirs = desk.preferences.zone, terminal_width(), plan.interview.zone
    columns = _Columns(
        own,
        width,
        years=len({event.start.year for event in plan.events} | {plan.interview.start.year}) > 1,
        apart=any(_apart(event.start, own, theirs) for event in plan.events),
        other_days=any(_day_in(event, own) != _day_in(event, theirs) for event in plan.events),
        numbers=numbers,
    )
    yield from _heading(plan, desk, width)
    if columns.apart:
        label = pad("", (15 if columns.years else 10) + (len(_numbered(None, columns))))
        yield dim(cut(f"  {label}  {'yours':5}  {city(plan.interview.start)}", width))
    for event in plan.events:
        yield from _row(event, plan, columns)
    for note in plan.notes:
        yield from _hanging("  note  ", clean(f"{note.step}: {said(desk, note)}"), width)


def _heading(plan: Plan, desk: Desk, width: int) -> Iterator[str]:
    interview, own = plan.interview, desk.preferences.zone
    who = whose(interview, desk.preferences)
    yield strong(cut(clean(f"{who}{interview.company} · {interview.role}"), width))
    facts = [f"Interview {spoken(interview.start)}{_in_zone(interview.start, own)}"]
    if plan.agreed is not None:
        facts.append(f"agreed: {spoken(plan.agreed)}")
    elif plan.decision is not None:
        facts.append(f"they decide by {spoken(plan.decision)}")
    facts.append(f"playbook {plan.playbook}")
    for line in wrapped(clean("; ".join(facts)), width - 2):
        yield dim(f"  {line}")


def moment_in_both(event: Event, theirs: ZoneInfo, own: ZoneInfo) -> str:
    """When an event is, on the candidate's clock and on the contact's."""
    mine = event.start.astimezone(own)
    there = event.start.astimezone(theirs)
    if mine.utcoffset() == there.utcoffset():
        return spoken(mine)
    day = "" if mine.date() == there.date() else f"{there:%a} "
    return f"{spoken(mine)} for you, {day}{there:%H:%M} in {city(there)}"


def _apart(moment: datetime, one: ZoneInfo, other: ZoneInfo) -> bool:
    """Whether the clocks of two zones show different times at a moment."""
    return moment.astimezone(one).utcoffset() != moment.astimezone(other).utcoffset()


def _day_in(event: Event, zone: ZoneInfo) -> date:
    return event.start.astimezone(zone).date()


def _in_zone(start: datetime, own: ZoneInfo) -> str:
    if str(start.tzinfo) == own.key:
        return ""
    mine = start.astimezone(own)
    if mine.utcoffset() == start.utcoffset():
        return f" in {city(start)}"
    day = "" if mine.date() == start.date() else f"{mine:%a} "
    return f" in {city(start)} ({day}{mine:%H:%M} for you)"


def _row(event: Event, plan: Plan, columns: _Columns) -> Iterator[str]:
    mine = event.start.astimezone(columns.own)
    left = f"  {_numbered(event, columns)}{short_day(mine, year=columns.years)}  {mine:%H:%M}  "
    if columns.apart:
        theirs = event.start.astimezone(plan.interview.zone)
        day = "" if theirs.date() == mine.date() else f" {theirs:%a}"
        left += pad(f"{theirs:%H:%M}{day}", 9 if columns.other_days else 5) + "  "
    room = columns.width - len(left)
    what_width = min(34, room // 2)
    whats = wrapped(clean(what(event, plan.interview)), what_width)
    whys = wrapped(clean(in_short(event)), room - what_width - 2)
    for number in range(max(len(whats), len(whys))):
        start = left if number == 0 else " " * len(left)
        done = pad(cut(whats[number], what_width) if number < len(whats) else "", what_width)
        reason = whys[number] if number < len(whys) else ""
        yield f"{start}{done}  {dim(reason)}".rstrip()


def _numbered(event: Event | None, columns: _Columns) -> str:
    """The event's short number in a column as wide as the longest; nothing where there are none."""
    if not columns.numbers:
        return ""
    number = columns.numbers.get(event.uid, "") if event else ""
    return f"{number:>{len(str(max(columns.numbers.values())))}}  "


def why_lines(plan: Plan, event: Event, desk: Desk, number: int | None = None) -> Iterator[str]:
    """The whole trace of one event, as numbered sentences; days passed over are struck out."""
    width, own = terminal_width(), desk.preferences.zone
    title = f"{what(event, plan.interview)} ({plan.interview.company}), {spoken(event.start)}"
    for line in wrapped(clean(f"{title}{_in_zone(event.start, own)}"), width):
        yield strong(line)
    for count, reason in enumerate(event.trace, 1):
        sentence = clean(_sentence(reason, said(desk, reason)))
        yield from _hanging(f"  {count:2}. ", sentence, width, passed=is_passed_over(reason))
    yield dim(f"      {event.uid}{'' if number is None else f'  (number {number})'}")


def _sentence(reason: Reason, text: str) -> str:
    mark = "✗ " if is_passed_over(reason) else ""
    source = f" [{', '.join(reason.source)}]" if reason.source else ""
    return f"{mark}{text}{source}"


def source_lines(sources: Iterable[str]) -> Iterator[str]:
    """What the ids of the advice behind some reasons stand for."""
    from calsync.playbooks import advice  # noqa: PLC0415  # a table of a hundred sentences

    width = terminal_width()
    told = advice()
    for source in sorted(set(sources)):
        if told.says(source):
            yield from _hanging(f"  {source}  ", told.says(source), width)


def _hanging(start: str, text: str, width: int, *, passed: bool = False) -> Iterator[str]:
    for number, line in enumerate(wrapped(text, width - len(start))):
        yield (start if number == 0 else " " * len(start)) + (struck(line) if passed else line)
