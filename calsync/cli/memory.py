"""The store as commands see it: opened, and planned with today's settings; and how a change is told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from calsync.cli.output import clean, columns, dim, hanging, pad, strong, terminal_width, wrapped
from calsync.cli.state import State
from calsync.domain import Add, Cancel, Change, Event, Interview, Outcome, Update
from calsync.errors import NoInput
from calsync.texts import note_text
from calsync.texts.catalogue import say
from calsync.texts.phrases import in_short, value, what
from calsync.workflows.replanning import ENDS, refresh

if TYPE_CHECKING:
    from calsync.store import Store, StoredInterview
    from calsync.workflows import Context
    from calsync.workflows.interviews import Done

__all__ = ["change_lines", "command_lines", "interview_line", "memory", "record_lines", "say_done"]

_MOST_SHOWN = 40
_EMPTY = "–"
_SIGNS = {Add: "+", Cancel: "-", Update: "~"}


@contextmanager
def memory(state: State) -> Iterator[tuple["Context", "Store"]]:
    """The context and its store, with every plan up to date."""
    context = state.context()
    with context.open_store() as store:
        refresh(context, store, state.clock)
        if store.is_read_only:
            state.say("{path} can only be read: nothing is kept.", path=store.path)
        yield context, store


def interview_line(kept: "StoredInterview", language: str) -> str:
    """``1  Acme · Product manager, Thu 12 Nov 2026 14:00 America/New_York``."""
    interview = kept.interview
    who = f"{interview.candidate}: " if interview.candidate else ""
    return clean(
        f"{kept.number}  {who}{interview.company} · {interview.role}, {value(interview.start, language)} {interview.timezone}"
    )


def say_done(state: State, store: "Store", done: "Done", *, assumed: bool = True) -> None:
    """What a verb changed, before and after, and why; with what the record alone has to do with, if ``assumed``."""
    names = {done.kept.interview.id: done.kept.interview} if done.kept else {}
    moved = tuple(change for change in done.changes if not _is_over(change, done, state.clock))
    for line in change_lines(moved, names, store, state.preferences.zone, state.language):
        click.echo(line)
    for note in done.plan.notes if done.plan else ():
        if assumed or note.step not in _OF_THE_RECORD:
            text = clean(f"{state.phrase(note.step)}: {note_text(note, state.language)}")
            for line in hanging(f"  {say('note', state.language)}: ", text, terminal_width()):
                click.echo(line)


_OF_THE_RECORD = ("country", "timezone", "thank-you")
"""Notes on where they are and whom to thank: said when the interview is added or edited, not with every outcome."""


def _is_over(change: Change, done: "Done", now: datetime) -> bool:
    """A follow-up that leaves the plan because it was done or its time has passed is no news."""
    if not isinstance(change, Cancel):
        return False
    told = done.outcome
    logged = told is not None and told.result not in ENDS and change.event.step == told.step
    return logged or (change.event.end <= now and change.event.action in {"ask", "prepare"})


def change_lines(
    changes: tuple[Change, ...],
    interviews: dict[str, Interview],
    store: "Store",
    own: ZoneInfo,
    language: str,
) -> Iterator[str]:
    """A line or two for each change: what it is, where it was, where it is now, and why."""
    if not changes:
        yield dim(f"  {say('Nothing else moves.', language)}")
    width = terminal_width()
    shown = changes[:_MOST_SHOWN]
    refs = store.refs(change.event.uid for change in shown)
    for change in shown:
        event = change.event
        name = _named(change, interviews, store, language)
        sign, ref = _SIGNS[type(change)], refs.get(event.uid, "")
        yield from hanging(f"  {sign} {ref}  ", clean(f"{_moved(change, own, language)}  {name}"), width)
        if not isinstance(change, Cancel) and (why := in_short(event, language)):
            for line in wrapped(clean(why), width - 6):
                yield dim(f"      {line}")
    if len(changes) > _MOST_SHOWN:
        yield dim("  " + say("and {count} more", language, count=len(changes) - _MOST_SHOWN))


def _moved(change: Change, own: ZoneInfo, language: str) -> str:
    match change:
        case Update(before, event) if before.start != event.start:
            return f"{_when(before, own, language)} → {_when(event, own, language)}"
        case Add(event) | Cancel(event) | Update(_, event):
            return _when(event, own, language)


def _named(change: Change, interviews: dict[str, Interview], store: "Store", language: str) -> str:
    """What it is; what it was, if that has changed; and whom it is with, if that is another interview."""
    event = change.event
    mine = interviews.get(event.interview)
    interview = mine or _interview(store, event.interview)
    if interview is None:
        return event.step
    name = what(event, interview, language)
    if isinstance(change, Update) and (before := what(change.before, interview, language)) != name:
        name = f"{before} → {name}"
    return name if mine else f"{name} ({interview.company})"


def _when(event: Event, own: ZoneInfo, language: str) -> str:
    return value(event.start.astimezone(own), language)


def _interview(store: "Store", name: str) -> Interview | None:
    try:
        return store.interview(name).interview
    except NoInput:
        return None


def record_lines(before: Interview, after: Interview) -> Iterator[str]:
    """A line for each key of the record that says something else now."""
    from calsync.intake import as_record  # noqa: PLC0415  # 26 ms, where a record has changed

    width, was, now = terminal_width(), as_record(before), as_record(after)
    for key, said in now.items():
        if said != was[key]:
            old, new = (_EMPTY if each in ("", None) else str(each) for each in (was[key], said))
            for number, line in enumerate(wrapped(clean(f"{key}: {old} → {new}"), width - 4)):
                yield f"{'  ' if number == 0 else '    '}{line}"


def outcome_line(outcome: Outcome, own: ZoneInfo, language: str) -> str:
    """One line of an interview's log."""
    parts = [f"{value(outcome.at.astimezone(own), language)}  {say(outcome.result, language)}"]
    if outcome.step:
        parts.append(f"({say(outcome.step, language)})")
    for name, when in (("next", outcome.next), ("decision", outcome.decision), ("by", outcome.by)):
        if when is not None:
            place = f" {when.tzinfo}" if isinstance(when, datetime) and str(when.tzinfo) != own.key else ""
            parts.append(f"{say(name, language)} {value(when, language)}{place}")
    if outcome.to is not None:
        parts.append(f"→ {value(outcome.to.astimezone(own), language)}")
    if outcome.until is not None:
        parts.append(f"→ {value(outcome.until, language)}")
    if outcome.note:
        parts.append(f"· {outcome.note}")
    return " ".join(parts)


def command_lines(commands: Mapping[str, str], language: str) -> Iterator[str]:
    """What can be typed, ready to copy, each with what it does; below each other where there is no room beside."""
    width, meanings = max(map(len, commands)), [say(text, language) for text in commands.values()]
    fits = width + max(map(columns, meanings)) + 4 <= terminal_width()
    for command, meaning in zip(commands, meanings, strict=True):
        if not fits:
            yield f"  {command}"
            yield dim(f"    {meaning}")
        else:
            yield f"  {pad(command, width)}  {meaning}"


def title(text: str) -> str:
    """A heading."""
    return strong(clean(text))
