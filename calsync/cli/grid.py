"""Six weeks as a grid, a line of weekdays with the number of their week in front; as wide as the terminal.

Nothing is said by style alone: today is in brackets, what was moved has a sign.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from calsync.cli.signs import Signs, label, sign, signs
from calsync.cli.table import clean, columns, cut, dim, pad, strong, wrapped
from calsync.domain import Preferences
from calsync.workflows.month import Day, Entry

__all__ = ["grid_lines"]

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
    yield strong(_row(" " * _FRONT, [(f"{each.day:%a}", None) for each in days[:_WEEK]], cell))
    for start in range(0, len(days), _WEEK):
        week = days[start : start + _WEEK]
        cells = [
            [
                _heading(each, today, first=number == 0 and start == 0),
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
        yield _row(dim(front) if number == 0 else " " * _FRONT, lines, cell)


def _row(front: str, lines: Sequence[Line], cell: int) -> str:
    cells = []
    for text, style in lines:
        shown = cut(text, cell)
        blank = pad(shown, cell)[len(shown) :]
        cells.append((style(shown) if style else shown) + blank)
    return (front + " ".join(cells)).rstrip()


def _heading(each: Day, today: date, *, first: bool) -> Line:
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
    entry: Entry, preferences: Preferences, now: datetime, cell: int, known: Signs, *, every: bool
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
