"""Plans for people: a table for each interview, and reasons as numbered sentences."""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import msgspec

from calsync.cli.wording import city, in_short, short_day, what, whose
from calsync.domain import Event, Interview, Plan, Preferences, Reason, spoken
from calsync.playbooks import advice
from calsync.workflows import Context
from calsync.workflows.agenda import AgendaEntry, Day
from calsync.workflows.saying import is_passed_over, said

__all__ = [
    "Signs",
    "clean",
    "cut",
    "dim",
    "grid_lines",
    "label",
    "moment_in_both",
    "pad",
    "plan_lines",
    "sign",
    "signs",
    "source_lines",
    "strong",
    "struck",
    "terminal_width",
    "visible",
    "why_lines",
    "wrapped",
]


# Text in columns, on terminals of any width and in any alphabet.

_FIRST_MARK = "\u0300"
"""Below it every sign takes one column."""
_NARROWEST, _USUAL, _WIDEST = 60, 80, 120


def terminal_width() -> int:
    """Columns to write in: the terminal's, within reason; 80 where there is none."""
    return max(_NARROWEST, min(_columns() or _USUAL, _WIDEST))


def _columns() -> int:
    """What COLUMNS says, else the terminal; 0 where neither does; shutil would load the compressors."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal():
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        return 0


def clean(text: str) -> str:
    """Text that cannot steer a terminal: control and direction characters become spaces or nothing."""
    if text.isprintable():
        return text

    kept = (" " if char in "\n\t\r" else char for char in text)
    return "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""Text with every sign that nobody would see written out, as ``\x1b``: for messages about it."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def columns(text: str) -> int:
    """How many columns a terminal gives ``text``."""
    try:
        return len(text.encode("latin-1"))  # a column each, and told without looking at every one of them
    except UnicodeEncodeError:
        pass
    if max(text) < _FIRST_MARK:
        return len(text)

    return sum(
        0
        if unicodedata.category(char) in {"Mn", "Me"}  # marks that stand on the letter before
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, with an ellipsis where something is missing."""
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def pad(text: str, width: int) -> str:
    """``text`` in exactly ``width`` columns, or more where it does not fit."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken between words; a longer word gets a line of its own.

    Words of wide letters are not set apart by spaces, and may be broken anywhere.
    """
    lines: list[str] = []
    line = ""
    for word in (part for whole in text.split() for part in _parts(whole, width)):
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line or not lines else lines


def _parts(word: str, width: int) -> Iterator[str]:
    """The word, in pieces that fit if it is too long and in wide letters."""
    half = max(1, width // 2)
    while columns(word) > max(width, len(word)):
        yield word[:half]
        word = word[half:]
    yield word


def strong(text: str) -> str:
    """Bold where the terminal takes it."""
    return _styled(text, "1")


def dim(text: str) -> str:
    """Faint where the terminal takes it."""
    return _styled(text, "2")


def struck(text: str) -> str:
    """Struck out where the terminal takes it; the words must say it too."""
    return _styled(text, "9")


def _styled(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if text and _takes_style() else text


def _takes_style() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


_NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


class _Columns(msgspec.Struct, frozen=True):
    """What the rows of one table have: the years, their own clock, and short numbers, each only where needed."""

    own: ZoneInfo
    width: int
    years: bool
    apart: bool
    other_days: bool
    numbers: Mapping[str, int]


def plan_lines(plan: Plan, context: Context, numbers: Mapping[str, int] = _NO_NUMBERS) -> Iterator[str]:
    """One interview's follow-ups as a table; times in both zones where they differ, short numbers if there are any."""
    own, width, theirs = context.preferences.zone, terminal_width(), plan.interview.zone
    columns = _Columns(
        own,
        width,
        years=len({event.start.year for event in plan.events} | {plan.interview.start.year}) > 1,
        apart=any(_apart(event.start, own, theirs) for event in plan.events),
        other_days=any(_day_in(event, own) != _day_in(event, theirs) for event in plan.events),
        numbers=numbers,
    )
    yield from _heading(plan, context, width)
    if columns.apart:
        label = pad("", (15 if columns.years else 10) + (len(_numbered(None, columns))))
        yield dim(cut(f"  {label}  {'yours':5}  {city(plan.interview.start)}", width))
    for event in plan.events:
        yield from _row(event, plan, columns)
    for note in plan.notes:
        yield from _hanging("  note  ", clean(f"{note.step}: {said(context, note)}"), width)


def _heading(plan: Plan, context: Context, width: int) -> Iterator[str]:
    interview, own = plan.interview, context.preferences.zone
    who = whose(interview, context.preferences)
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


def why_lines(plan: Plan, event: Event, context: Context, number: int | None = None) -> Iterator[str]:
    """The whole trace of one event, as numbered sentences; days passed over are struck out."""
    width, own = terminal_width(), context.preferences.zone
    title = f"{what(event, plan.interview)} ({plan.interview.company}), {spoken(event.start)}"
    for line in wrapped(clean(f"{title}{_in_zone(event.start, own)}"), width):
        yield strong(line)
    for count, reason in enumerate(event.trace, 1):
        sentence = clean(_sentence(reason, said(context, reason)))
        yield from _hanging(f"  {count:2}. ", sentence, width, passed=is_passed_over(reason))
    yield dim(f"      {event.uid}{'' if number is None else f'  (number {number})'}")


def _sentence(reason: Reason, text: str) -> str:
    mark = "✗ " if is_passed_over(reason) else ""
    source = f" [{', '.join(reason.source)}]" if reason.source else ""
    return f"{mark}{text}{source}"


def source_lines(sources: Iterable[str]) -> Iterator[str]:
    """What the ids of the advice behind some reasons stand for."""
    width = terminal_width()
    told = advice()
    for source in sorted(set(sources)):
        if told.says(source):
            yield from _hanging(f"  {source}  ", told.says(source), width)


def _hanging(start: str, text: str, width: int, *, passed: bool = False) -> Iterator[str]:
    for number, line in enumerate(wrapped(text, width - len(start))):
        yield (start if number == 0 else " " * len(start)) + (struck(line) if passed else line)


# One sign for each kind of thing in a calendar, in the alphabet that the output has.


class Signs(msgspec.Struct, frozen=True):
    """The signs of an alphabet."""

    call: str
    email: str
    prepare: str
    ask: str
    interview: str
    moved: str
    overdue: str
    rule: str
    between: str

    def legend(self) -> str:
        """What they mean, in a line."""
        meanings = {
            self.interview: "interview", self.call: "call", self.email: "email", self.prepare: "prepare",
            self.ask: "ready questions", self.overdue: "overdue", self.moved: "would have been here, had to move",
        }  # fmt: skip
        return f"  {self.between}  ".join(f"{sign} {meaning}" for sign, meaning in meanings.items())


_FULL = Signs("☎", "✉", "✎", "?", "◆", "→", "!", "─", "·")
_ASCII = Signs("C", "@", "P", "?", "#", ">", "!", "-", "|")


def signs() -> Signs:
    """Signs that the output can show."""
    try:
        "".join(msgspec.structs.astuple(_FULL)).encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return _ASCII
    return _FULL


def sign(entry: AgendaEntry, known: Signs) -> str:
    """The sign of an entry."""
    if entry.planned is None:
        return known.interview
    return str(getattr(known, entry.planned.event.action))


def label(entry: AgendaEntry, preferences: Preferences, *, every: bool) -> str:
    """Whom an entry is about in a word or two: the employer of an interview, else the person's last name."""
    interview = entry.interview
    person = entry.planned.event.person if entry.planned else None
    name = (
        interview.company if entry.planned is None else _last((person and person.name) or interview.contact)
    )
    return f"{_candidate(interview, preferences, every=every)}{name or interview.company}"


def _candidate(interview: Interview, preferences: Preferences, *, every: bool) -> str:
    name = interview.candidate
    return f"{name.split()[0]}: " if name and (every or name != preferences.candidate.name) else ""


def _last(name: str) -> str:
    family, comma, _ = name.partition(",")
    return family if comma else (name.split() or [""])[-1]


# Six weeks as a grid, a line of weekdays with the number of their week in front; as wide as the terminal.
#
# Nothing is said by style alone: today is in brackets, what was moved has a sign.

_WEEK = 7
_FRONT = 3
"""Columns of the week's number and the space behind it."""
_MOST_LINES = 12
"""Of one day; the rest is counted."""
_MOST_HOLIDAY_LINES = 2

Line = tuple[str, Callable[[str], str] | None]
"""A line of a cell, and its style."""


def grid_lines(
    days: Sequence[Day], preferences: Preferences, now: datetime, width: int, *, every: bool
) -> Iterator[str]:
    """The whole grid; ``days`` are whole weeks that begin on a Monday."""
    known, cell = signs(), (width - _FRONT) // _WEEK - 1
    today = now.astimezone(preferences.zone).date()
    yield strong(_grid_row(" " * _FRONT, [(f"{each.day:%a}", None) for each in days[:_WEEK]], cell))
    for start in range(0, len(days), _WEEK):
        week = days[start : start + _WEEK]
        cells = [
            [
                _day_heading(each, today, first=number == 0 and start == 0),
                *_body(each, preferences, now, cell, known, every=every),
            ]
            for number, each in enumerate(week)
        ]
        yield dim(known.rule * (_FRONT + _WEEK * (cell + 1) - 1))
        yield from _week(f"{week[0].day.isocalendar().week:2} ", cells, cell)
    yield ""
    yield from (dim(line) for line in wrapped(known.legend(), width))


def _week(front: str, cells: list[list[Line]], cell: int) -> Iterator[str]:
    for number in range(max(map(len, cells))):
        lines = [lines[number] if number < len(lines) else ("", None) for lines in cells]
        yield _grid_row(dim(front) if number == 0 else " " * _FRONT, lines, cell)


def _grid_row(front: str, lines: Sequence[Line], cell: int) -> str:
    cells = []
    for text, style in lines:
        shown = cut(text, cell)
        blank = pad(shown, cell)[len(shown) :]
        cells.append((style(shown) if style else shown) + blank)
    return (front + " ".join(cells)).rstrip()


def _day_heading(each: Day, today: date, *, first: bool) -> Line:
    day = each.day
    text = f"{day.day} {day:%b}" if first or day.day == 1 else str(day.day)
    if day == today:
        return f"[{text}]", strong
    return text, dim if each.weekend or each.holidays else None


def _body(
    each: Day, preferences: Preferences, now: datetime, cell: int, known: Signs, *, every: bool
) -> list[Line]:
    lines: list[Line] = [
        (line, dim) for holiday in each.holidays for line in _holiday(holiday.name, holiday.country, cell)
    ]
    for number, entry in enumerate(each.entries):
        more = _entry(entry, preferences, now, cell, known, every=every)
        if len(lines) + len(more) > _MOST_LINES:
            return [*lines, (f"+{len(each.entries) - number} more", None)]
        lines += more
    return lines


def _holiday(name: str, country: str, cell: int) -> list[str]:
    text = clean(f"{country}: {name}" if country else name)
    lines = wrapped(text, cell)
    return (
        [*lines[: _MOST_HOLIDAY_LINES - 1], " ".join(lines[_MOST_HOLIDAY_LINES - 1 :])]
        if len(lines) > 1
        else lines
    )


def _entry(
    entry: AgendaEntry, preferences: Preferences, now: datetime, cell: int, known: Signs, *, every: bool
) -> list[Line]:
    """On one line if it fits, else on two."""
    whom = clean(label(entry, preferences, every=every))
    style = dim if entry.kind == "moved" else strong if entry.kind == "interview" else None
    overdue = known.overdue if entry.is_overdue(now) else ""
    when = known.moved if entry.kind == "moved" else f"{entry.at:%H:%M}"
    head = f"{when} {sign(entry, known)}{overdue}"
    if columns(head) + 1 + columns(whom) <= cell:
        return [(f"{head} {whom}", style)]
    return [(head, style), (f" {whom}", style)]
