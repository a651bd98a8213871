"""Plans for people: a table for each interview, and reasons as numbered sentences."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calsync.cli.table import clean, cut, dim, pad, strong, struck, terminal_width, wrapped
from calsync.cli.wording import city, in_short, short_day, what
from calsync.domain import Event, Plan, Reason, spoken

__all__ = ["moment_in_both", "plan_lines", "source_lines", "why_lines"]

_PASSED_OVER = {
    "weekend",
    "holiday",
    "closure",
    "away",
    "kept-free",
    "monday-like",
    "contact-busy",
    "own-hours",
    "taken",
}


def plan_lines(plan: Plan, own: ZoneInfo) -> Iterator[str]:
    """One interview's follow-ups as a table; times in both zones where they differ."""
    width = terminal_width()
    yield from _heading(plan, own, width)
    zone = plan.interview.zone
    theirs = zone if any(_apart(event.start, own, zone) for event in plan.events) else None
    years = len({event.start.year for event in plan.events} | {plan.interview.start.year}) > 1
    others = any(_day_in(event, own) != _day_in(event, zone) for event in plan.events)
    if theirs:
        label = pad("", 15 if years else 10)
        yield dim(cut(f"  {label}  {'yours':5}  {city(plan.interview.start)}", width))
    for event in plan.events:
        yield from _row(event, plan, own, theirs, width, years=years, others=others)
    for note in plan.notes:
        yield from _hanging("  note  ", clean(f"{note.step}: {note.text}"), width)


def _heading(plan: Plan, own: ZoneInfo, width: int) -> Iterator[str]:
    interview = plan.interview
    who = f"{interview.candidate}: " if interview.candidate else ""
    yield strong(cut(clean(f"{who}{interview.company} · {interview.role}"), width))
    facts = [f"Interview {spoken(interview.start)}{_in_zone(interview.start, own)}"]
    if interview.agreed is not None:
        facts.append(f"agreed: {spoken(interview.agreed)}")
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


def _row(
    event: Event, plan: Plan, own: ZoneInfo, theirs: ZoneInfo | None, width: int, *, years: bool, others: bool
) -> Iterator[str]:
    mine = event.start.astimezone(own)
    left = f"  {short_day(mine, year=years)}  {mine:%H:%M}  "
    if theirs:
        there = event.start.astimezone(theirs)
        day = "" if there.date() == mine.date() else f" {there:%a}"
        left += pad(f"{there:%H:%M}{day}", 9 if others else 5) + "  "
    room = width - len(left)
    what_width = min(34, room // 2)
    whats = wrapped(clean(what(event, plan.interview)), what_width)
    whys = wrapped(clean(in_short(event)), room - what_width - 2)
    for number in range(max(len(whats), len(whys))):
        start = left if number == 0 else " " * len(left)
        done = pad(cut(whats[number], what_width) if number < len(whats) else "", what_width)
        reason = whys[number] if number < len(whys) else ""
        yield f"{start}{done}  {dim(reason)}".rstrip()


def why_lines(plan: Plan, event: Event, own: ZoneInfo) -> Iterator[str]:
    """The whole trace of one event, as numbered sentences; days passed over are struck out."""
    width = terminal_width()
    title = f"{what(event, plan.interview)} ({plan.interview.company}), {spoken(event.start)}"
    for line in wrapped(clean(f"{title}{_in_zone(event.start, own)}"), width):
        yield strong(line)
    for number, reason in enumerate(event.trace, 1):
        yield from _hanging(
            f"  {number:2}. ", clean(_sentence(reason)), width, passed=_is_passed_over(reason)
        )
    yield dim(f"      {event.uid}")


def _sentence(reason: Reason) -> str:
    mark = "✗ " if _is_passed_over(reason) else ""
    source = f" [{', '.join(reason.source)}]" if reason.source else ""
    return f"{mark}{reason.text}{source}"


def _is_passed_over(reason: Reason) -> bool:
    return reason.rule in _PASSED_OVER and reason.before != reason.after


def source_lines(events: Iterable[Event]) -> Iterator[str]:
    """What the ids behind the reasons stand for."""
    from calsync.playbooks import advice  # noqa: PLC0415  # a table of a hundred sentences

    width = terminal_width()
    told = advice()
    for source in sorted({source for event in events for reason in event.trace for source in reason.source}):
        if told.says(source):
            yield from _hanging(f"  {source}  ", told.says(source), width)


def _hanging(start: str, text: str, width: int, *, passed: bool = False) -> Iterator[str]:
    for number, line in enumerate(wrapped(text, width - len(start))):
        yield (start if number == 0 else " " * len(start)) + (struck(line) if passed else line)
