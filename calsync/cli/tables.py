"""Plans for people: a table for each interview, and reasons as numbered sentences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from calsync.cli.output import (
    clean,
    cut,
    dim,
    hanging,
    is_narrow,
    pad,
    strong,
    struck,
    terminal_width,
    wrapped,
)
from calsync.domain import Event, Plan, Reason
from calsync.playbooks import advice
from calsync.texts import note_text, passes_over, reason_text
from calsync.texts.catalogue import say
from calsync.texts.languages import language_of
from calsync.texts.phrases import city, in_short, short_day, value, weekday, what, whose

if TYPE_CHECKING:
    from calsync.workflows import Context

__all__ = ["moment_in_both", "plan_lines", "source_lines", "why_lines"]

_NO_REFS: Mapping[str, str] = MappingProxyType({})


def plan_lines(plan: Plan, context: "Context", refs: Mapping[str, str] = _NO_REFS) -> Iterator[str]:
    """One interview's follow-ups as a table; times in both zones where they differ, and refs if there are any."""
    own, width, theirs = context.preferences.zone, terminal_width(), plan.interview.zone
    layout = _Layout(
        own,
        width,
        language_of(context.language),
        years=len({event.start.year for event in plan.events} | {plan.interview.start.year}) > 1,
        apart=any(_apart(event.start, own, theirs) for event in plan.events),
        other_days=any(_day_in(event, own) != _day_in(event, theirs) for event in plan.events),
        refs=refs,
    )
    yield from _heading(plan, context, width)
    if layout.apart and not is_narrow():
        label = pad("", (15 if layout.years else 10) + (len(_numbered(None, layout))))
        yours = pad(say("yours", layout.language), 5)
        yield dim(cut(f"  {label}  {yours}  {city(plan.interview.start)}", width))
    for event in plan.events:
        yield from _item(event, plan, layout) if is_narrow() else _row(event, plan, layout)
    for note in plan.notes:
        yield from hanging(
            f"  {say('note', layout.language)}  ",
            clean(f"{say(note.step, layout.language)}: {note_text(note, layout.language)}"),
            width,
        )


class _Layout(msgspec.Struct, frozen=True):
    """What the rows of one table have: the years, their own clock, and refs, each only where needed."""

    own: ZoneInfo
    width: int
    language: str
    years: bool
    apart: bool
    other_days: bool
    refs: Mapping[str, str]


def _heading(plan: Plan, context: "Context", width: int) -> Iterator[str]:
    interview, own, language = plan.interview, context.preferences.zone, language_of(context.language)
    who = whose(interview, context.preferences)
    yield strong(cut(clean(f"{who}{interview.company} · {interview.role}"), width))
    when = f"{value(interview.start, language)}{_in_zone(interview.start, own, language)}"
    facts = [say("Interview {when}", language, when=when)]
    if plan.agreed is not None:
        facts.append(say("agreed: {day}", language, day=value(plan.agreed, language)))
    elif plan.decision is not None:
        facts.append(say("they decide by {day}", language, day=value(plan.decision, language)))
    facts.append(say("playbook {name}", language, name=plan.playbook))
    for line in wrapped(clean("; ".join(facts)), width - 2):
        yield dim(f"  {line}")


def moment_in_both(event: Event, theirs: ZoneInfo, own: ZoneInfo, language: str) -> str:
    """When an event is, on the candidate's clock and on the contact's."""
    mine = event.start.astimezone(own)
    there = event.start.astimezone(theirs)
    if mine.utcoffset() == there.utcoffset():
        return value(mine, language)
    day = "" if mine.date() == there.date() else f"{weekday(there, language)} "
    return say(
        "{yours} for you, {theirs} in {city}",
        language,
        yours=value(mine, language),
        theirs=f"{day}{there:%H:%M}",
        city=city(there),
    )


def _apart(moment: datetime, one: ZoneInfo, other: ZoneInfo) -> bool:
    """Whether the clocks of two zones show different times at a moment."""
    return moment.astimezone(one).utcoffset() != moment.astimezone(other).utcoffset()


def _day_in(event: Event, zone: ZoneInfo) -> date:
    return event.start.astimezone(zone).date()


def _in_zone(start: datetime, own: ZoneInfo, language: str) -> str:
    if str(start.tzinfo) == own.key:
        return ""
    mine = start.astimezone(own)
    if mine.utcoffset() == start.utcoffset():
        return say(" in {city}", language, city=city(start))
    day = "" if mine.date() == start.date() else f"{weekday(mine, language)} "
    return say(" in {city} ({time} for you)", language, city=city(start), time=f"{day}{mine:%H:%M}")


def _row(event: Event, plan: Plan, layout: _Layout) -> Iterator[str]:
    mine = event.start.astimezone(layout.own)
    day = short_day(mine, layout.language, year=layout.years)
    left = f"  {_numbered(event, layout)}{day}  {mine:%H:%M}  "
    if layout.apart:
        theirs = event.start.astimezone(plan.interview.zone)
        other = "" if theirs.date() == mine.date() else f" {weekday(theirs, layout.language)}"
        left += pad(f"{theirs:%H:%M}{other}", 9 if layout.other_days else 5) + "  "
    room = layout.width - len(left)
    what_width = min(34, room // 2)
    whats = wrapped(clean(what(event, plan.interview, layout.language)), what_width)
    whys = wrapped(clean(in_short(event, layout.language)), room - what_width - 2)
    for number in range(max(len(whats), len(whys))):
        start = left if number == 0 else " " * len(left)
        done = pad(cut(whats[number], what_width) if number < len(whats) else "", what_width)
        reason = whys[number] if number < len(whys) else ""
        yield f"{start}{done}  {dim(reason)}".rstrip()


def _item(event: Event, plan: Plan, layout: _Layout) -> Iterator[str]:
    """The same where there is no room for columns: when, what and why below each other."""
    mine, theirs = (event.start.astimezone(zone) for zone in (layout.own, plan.interview.zone))
    front = f"  {_numbered(event, layout)}"
    when = f"{short_day(mine, layout.language, year=layout.years)}  {mine:%H:%M}"
    if _apart(event.start, layout.own, plan.interview.zone):
        day = "" if theirs.date() == mine.date() else f"{weekday(theirs, layout.language)} "
        when += f", {day}{theirs:%H:%M} {city(theirs)}"
    below = " " * len(front)
    yield from hanging(front, when, layout.width)
    yield from hanging(below, clean(what(event, plan.interview, layout.language)), layout.width)
    yield from (dim(line) for line in hanging(below, clean(in_short(event, layout.language)), layout.width))


def _numbered(event: Event | None, layout: _Layout) -> str:
    """What the event is called, in a column as wide as the longest; nothing where there are no refs."""
    if not layout.refs:
        return ""
    ref = layout.refs.get(event.uid, "") if event else ""
    return f"{ref:<{max(map(len, layout.refs.values()))}}  "


def why_lines(plan: Plan, event: Event, context: "Context", ref: str | None = None) -> Iterator[str]:
    """The whole trace of one event, as numbered sentences; days passed over are struck out."""
    width, own, language = terminal_width(), context.preferences.zone, language_of(context.language)
    title = (
        f"{what(event, plan.interview, language)} ({plan.interview.company}), {value(event.start, language)}"
    )
    for line in wrapped(clean(f"{title}{_in_zone(event.start, own, language)}"), width):
        yield strong(line)
    for count, reason in enumerate(event.trace, 1):
        sentence = clean(_sentence(reason, language))
        for line in hanging(f"  {count:2}. ", sentence, width):
            yield line[:6] + struck(line[6:]) if passes_over(reason) else line
    yield dim(f"      {f'{ref}  ' if ref else ''}{event.uid}")


def _sentence(reason: Reason, language: str) -> str:
    mark = "✗ " if passes_over(reason) else ""
    source = f" [{', '.join(reason.source)}]" if reason.source else ""
    return f"{mark}{reason_text(reason, language)}{source}"


def source_lines(sources: Iterable[str]) -> Iterator[str]:
    """What the ids of the advice behind some reasons stand for."""
    width = terminal_width()
    known = advice()
    for source in sorted(set(sources)):
        if known.says(source):
            yield from hanging(f"  {source}  ", known.says(source), width)
