"""Six weeks as a grid, a line of weekdays with the number of their week in front; as wide as the terminal.

Nothing is said by style alone: today is in brackets, what was moved has a sign,
and every sign has a form in ASCII.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from calsync.cli.output import clean, columns, cut, dim, pad, strong, terminal_width, wrapped
from calsync.domain import Interview, Preferences
from calsync.texts.catalogue import say
from calsync.texts.phrases import month, quiet_day, weekday
from calsync.workflows.agenda import AgendaEntry, Day

__all__ = ["Signs", "grid_lines", "label", "sign", "signs"]


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

    def legend(self, language: str) -> str:
        """What they mean, in a line."""
        meanings = {
            self.interview: say("interview", language), self.call: say("call", language),
            self.email: say("email", language), self.prepare: say("prepare", language),
            self.ask: say("ready questions", language), self.overdue: say("overdue", language),
            self.moved: say("would have been here, had to move", language),
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


_WEEK = 7
_FRONT = 3
"""Columns of the week's number and the space behind it."""
_MOST_LINES = 12
"""Of one day; the rest is counted."""
_MOST_HOLIDAY_LINES = 2

Line = tuple[str, Callable[[str], str] | None]
"""A line of a cell, and its style."""


def grid_lines(
    days: Sequence[Day], preferences: Preferences, now: datetime, language: str, *, every: bool
) -> Iterator[str]:
    """The whole grid; ``days`` are whole weeks that begin on a Monday."""
    known, width = signs(), terminal_width()
    cell = (width - _FRONT) // _WEEK - 1
    today = now.astimezone(preferences.zone).date()
    show = _Show(preferences, now, cell, known, language, every)
    yield strong(
        _grid_row(" " * _FRONT, [(weekday(each.day, language), None) for each in days[:_WEEK]], cell)
    )
    for start in range(0, len(days), _WEEK):
        week = days[start : start + _WEEK]
        cells = [
            [
                _day_heading(each, today, language, first=number == 0 and start == 0),
                *_body(each, show),
            ]
            for number, each in enumerate(week)
        ]
        yield dim(known.rule * (_FRONT + _WEEK * (cell + 1) - 1))
        yield from _week(f"{week[0].day.isocalendar().week:2} ", cells, cell)
    yield ""
    yield from (dim(line) for line in wrapped(known.legend(language), width))


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


def _day_heading(each: Day, today: date, language: str, *, first: bool) -> Line:
    day = each.day
    text = f"{day.day} {month(day, language)}" if first or day.day == 1 else str(day.day)
    if day == today:
        return f"[{text}]", strong
    return text, dim if each.weekend or each.holidays else None


class _Show(msgspec.Struct, frozen=True):
    """What every cell is written with: whose it is and when, how wide, with which signs."""

    preferences: Preferences
    now: datetime
    cell: int
    signs: Signs
    language: str
    every: bool


def _body(each: Day, show: _Show) -> list[Line]:
    lines: list[Line] = [
        (line, dim)
        for holiday in each.holidays
        for line in _holiday(holiday.name, holiday.country, show.cell)
    ]
    if each.quiet:
        lines += [
            (line, dim) for line in _holiday(f"({quiet_day(each.quiet, show.language)})", "", show.cell)
        ]
    for number, entry in enumerate(each.entries):
        more = _entry(entry, show)
        if len(lines) + len(more) > _MOST_LINES:
            count = len(each.entries) - number
            return [*lines, (say("+{count} more", show.language, count=count), None)]
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


def _entry(entry: AgendaEntry, show: _Show) -> list[Line]:
    """On one line if it fits, else on two."""
    whom = clean(label(entry, show.preferences, every=show.every))
    style = dim if entry.kind == "moved" else strong if entry.kind == "interview" else None
    overdue = show.signs.overdue if entry.is_overdue(show.now) else ""
    when = show.signs.moved if entry.kind == "moved" else f"{entry.at:%H:%M}"
    head = f"{when} {sign(entry, show.signs)}{overdue}"
    if columns(head) + 1 + columns(whom) <= show.cell:
        return [(f"{head} {whom}", style)]
    return [(head, style), (f" {whom}", style)]
