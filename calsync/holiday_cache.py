"""Closed days remembered from one run to the next.

Importing the package ``holidays`` loads some 250 countries to serve one, and is
the largest part of a small plan. Its answers are kept in the cache folder, one
file for each country and region, under the package's version. A file that is
unreadable, old or odd is made again; a folder that cannot be written is no
error. Nothing else is ever read from here.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from calsync.business_days import PublicYear, plain_year
from calsync.business_days.holidays import public_year
from calsync.files import write_whole

__all__ = ["HolidayCache"]

_CODE = re.compile(r"[A-Za-z0-9-]{0,12}")
_SHAPE = 2  # raised when the files' own form changes


class HolidayCache:
    """``PublicDays`` that looks into ``folder`` before it asks the package; None keeps nothing."""

    def __init__(self, folder: str | None, language: str = "en") -> None:
        self._language = language
        self.version = _version()
        named = f"holidays-{self.version}-{_SHAPE}"
        self._folder = Path(folder, named) if folder and self.version else None
        self._known: dict[tuple[str, str], dict[int, PublicYear]] = {}

    def __call__(self, country: str, region: str, year: int) -> PublicYear:
        """The closed days of a year; raises BadValue for a country or region that is not known."""
        if not country:
            return plain_year(year)
        years = self._known.get((country, region))
        if years is None:
            years = self._known[country, region] = dict(self._read(country, region))
        if year not in years:
            years[year] = public_year(country, region, year, self._language)
            self._write(country, region, years)
        return years[year]

    def _file(self, country: str, region: str) -> Path | None:
        if self._folder is None or not (_CODE.fullmatch(country) and _CODE.fullmatch(region)):
            return None
        named = "" if self._language == "en" else f".{self._language}"
        return self._folder / f"{country}_{region}{named}.txt"

    def _read(self, country: str, region: str) -> Iterator[tuple[int, PublicYear]]:
        file = self._file(country, region)
        try:
            years = dict(_years(file.read_text("utf-8"))) if file else {}
        except (OSError, ValueError):
            return
        yield from years.items()

    def _write(self, country: str, region: str, years: dict[int, PublicYear]) -> None:
        file = self._file(country, region)
        if file is None:
            return
        text = "".join(line for year in sorted(years) for line in _lines(year, years[year]))
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, text.encode())


def _lines(year: int, days: PublicYear) -> Iterator[str]:
    """A year as text: its number, weekend and count of days, then a line for each closed day and its name."""
    yield f"{year} {''.join(map(str, sorted(days.weekend)))} {len(days.closed)}\n"
    yield from (f"{day.isoformat()} {' '.join(name.split())}\n" for day, name in days.closed.items())


def _years(text: str) -> Iterator[tuple[int, PublicYear]]:
    """The years that ``_lines`` wrote; raises ValueError for anything else."""
    if not text.endswith("\n"):
        raise ValueError(text[-80:])
    lines = iter(text.splitlines())
    for heading in lines:
        year, weekend, count = heading.split(" ")
        days = (next(lines, "").partition(" ") for _ in range(int(count)))  # ends at the first that is no day
        closed = {date.fromisoformat(day): name for day, _, name in days}
        if not closed or len(closed) != int(count) or any(day.year != int(year) for day in closed):
            raise ValueError(heading)
        yield int(year), PublicYear(frozenset(range(7)).intersection(map(int, weekend)), closed)


def _version() -> str | None:
    """The version of ``holidays``, from the name of its dist-info: no import, no importlib.metadata."""
    for folder in sys.path:
        try:
            names = [entry.name for entry in Path(folder).iterdir()]
        except OSError:
            continue
        for name in names:
            if name.startswith("holidays-") and name.endswith(".dist-info"):
                return name.removeprefix("holidays-").removesuffix(".dist-info")
    return None
