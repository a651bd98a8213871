"""Days and times in the columns of a sheet: what one cell leaves open, the others of its column decide.

A column of ``03/04/2026`` is read day first or month first where one of its cells
can only be one of the two and none only the other; or where somebody said which.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from calsync.errors import BadValue
from calsync.intake.rows import shown
from calsync.phrase import Spoken, phrase

__all__ = ["DATE_ORDERS", "DateOrder", "Proof", "clock_of", "is_clock", "tidied", "with_clock"]

DateOrder = Literal["", "dmy", "mdy"]
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")

_MOST_MONTHS = 12
_SLASHED = re.compile(r"(\d{1,2})\s?([/-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)(.*)", re.DOTALL)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)(.*)", re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d])[ T,]*(.*)", re.DOTALL)
_IN_GERMAN = re.compile(r"(\d{1,2})\.?\s*([A-Za-zäÄ]{3,9})\.?\s+(\d{4})(?!\d)(.*)", re.DOTALL)
_WEEKDAY = re.compile(r"(mo|di|mi|do|fr|sa|so)[a-z]*\.?,?\s+(?=\d)", re.IGNORECASE)
_WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "mär": 3, "mrz": 3, "mae": 3, "apr": 4, "mai": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
_GERMAN_MONTH = re.compile(
    r"(januar|jänner|februar|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|jan|jän|feb|mär|mrz|apr|jun|jul|aug|sept?|okt|nov|dez)",
    re.IGNORECASE,
)
_ONE = r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*(a\.?m\.?|p\.?m\.?|uhr|h)?"
_CLOCK = re.compile(
    rf"(?:um|at|ab|@)?\s*{_ONE}(?:\s*(?:-|–|—|bis|to|until)\s*(?P<to>{_ONE}))?", re.IGNORECASE
)
_LAST_HOUR = 23


class Proof:
    """What the cells of one column prove about the order of day and month."""

    def __init__(self) -> None:
        self.shown: dict[DateOrder, str] = {}
        self.open = False

    def see(self, cell: str) -> None:
        """Look at one more cell."""
        found = _SLASHED.match(cell.strip())
        if not found:
            return
        first, second = int(found[1]), int(found[3])
        if first > _MOST_MONTHS >= second:
            self.shown.setdefault("dmy", found[0].strip())
        elif second > _MOST_MONTHS >= first:
            self.shown.setdefault("mdy", found[0].strip())
        elif first != second:
            self.open = True

    @property
    def order(self) -> DateOrder:
        """The one order that is proved, and not disproved."""
        return next(iter(self.shown)) if len(self.shown) == 1 else ""


def tidied(cell: str, order: DateOrder) -> str:
    """The cell with its day as in ISO wherever that is certain, and its clock plain; else as it stands.

    Raises BadValue for a day that the order of its column does not allow, or that can be read two ways.

    >>> (
    ...     tidied("12/22/2026 2 PM", "mdy"),
    ...     tidied("3.12.2026, 14.30 Uhr", ""),
    ...     tidied("Do 3. Dezember 2026", ""),
    ... )
    ('2026-12-22 2 pm', '2026-12-03 14:30', '2026-12-03')
    """
    text = " ".join(cell.split())
    named = _WEEKDAY.match(text)
    bare = text[named.end() :] if named else text
    if found := _SLASHED.fullmatch(bare):
        day, rest = _slashed(found, order, bare), found[5]
    elif found := _DOTTED.fullmatch(bare):
        day, rest = _made(found[3], found[2], found[1]), found[4]
    elif (found := _IN_GERMAN.fullmatch(bare)) and _GERMAN_MONTH.fullmatch(found[2]):
        day, rest = _made(found[3], str(_MONTHS[found[2].lower()[:3]]), found[1]), found[4]
    elif found := _ISO.fullmatch(bare):
        day, rest = _made(found[1], found[2], found[3]), found[4]
    else:
        return text
    if day is None or (named and _WEEKDAYS.index(named[1].lower()) != day.weekday()):
        return text
    rest = rest.strip(" ,")
    return f"{day} {clock_of(rest) or rest}" if rest else day.isoformat()


def clock_of(text: str) -> str:
    """A time of day in a form that is read everywhere, the beginning of a span; empty for anything else.

    >>> clock_of("14:00 Uhr"), clock_of("2:15 PM"), clock_of("9.30 - 10.30"), clock_of("soon")
    ('14:00', '2:15 pm', '09:30', '')
    """
    found = _CLOCK.fullmatch(text.strip())
    if not found or not (found[2] or found[3]):
        return ""
    hour, minute, unit = int(found[1]), found[2] or "00", (found[3] or "").lower().replace(".", "")
    if found["to"] and not unit and re.search(r"[ap]\.?m", found["to"], re.IGNORECASE):
        return ""  # 11:00 - 1:00 pm: morning or evening
    if unit in {"am", "pm"}:
        return f"{hour}:{minute} {unit}" if found[2] else f"{hour} {unit}"
    return f"{hour:02}:{minute}" if hour <= _LAST_HOUR else ""


def is_clock(text: str) -> bool:
    """Whether a cell holds a time of day and no day."""
    return bool(clock_of(text))


def with_clock(cells: Iterable[str], order: DateOrder) -> str:
    """One text of the cells that together say when: the days first, the times behind them.

    A spreadsheet's midnight beside a time is no time of its own. Raises BadValue as ``tidied``.

    >>> with_clock(["2:00 PM", "12/22/2026 00:00"], "mdy")
    '2026-12-22 2:00 pm'
    """
    days, clocks = list[str](), list[str]()
    for cell in cells:
        if not cell.strip():
            continue
        if clock := clock_of(cell.removeprefix("1899-12-30 ").removeprefix("1899-12-31 ")):
            clocks.append(clock)
        else:
            days.append(tidied(cell, order))
    if clocks:
        days = [re.sub(r"[ T]00:00(:00)?$", "", day) for day in days]
    known = list(dict.fromkeys([*days, *clocks]))
    if len(days) == 1 and clocks and days[0].endswith(f" {clocks[0]}"):
        return days[0]
    return " ".join(known)


def _slashed(found: re.Match[str], order: DateOrder, text: str) -> date | None:
    first, second = found[1], found[3]
    if not order:
        if _MOST_MONTHS >= int(first) != int(second) <= _MOST_MONTHS:
            raise _open(found, text)
        order = "dmy" if int(first) > _MOST_MONTHS else "mdy"
    day, month = (first, second) if order == "dmy" else (second, first)
    made = _made(found[4], month, day)
    if made is None and _made(found[4], day, month) is not None:
        raise BadValue(
            phrase("{text} is not month first", text=shown(text))
            if order == "mdy"
            else phrase("{text} is not day first", text=shown(text)),
            remedy=phrase("write the whole column in one order, or as 2026-11-24"),
            code="CS-CSV-011",
        )
    return made


def _open(found: re.Match[str], text: str) -> BadValue:
    day_first, month_first = (
        _made(found[4], found[3], found[1]),
        _made(found[4], found[1], found[3]),
    )
    return BadValue(
        phrase(
            "{text} can be read two ways, {earlier} or {other}",
            text=shown(text),
            earlier=_in_full(day_first),
            other=_in_full(month_first),
        ),
        remedy=phrase(
            "write {earlier} or {other}; or say which of them the column means: --dates dmy (day first) or --dates mdy",
            earlier=str(day_first),
            other=str(month_first),
        ),
        code="CS-REC-006",
    )


def _in_full(day: date | None) -> str:
    return Spoken(f"{day.day} {day:%B %Y}", day) if day else ""


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
