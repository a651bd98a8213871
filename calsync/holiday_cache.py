"""Closed days remembered from one run to the next.

Importing the package ``holidays`` loads some 250 countries to serve one, and is
the largest part of a small plan. Its answers are kept in the cache folder, one
file for each country and region, under the package's version. A file that is
unreadable, old or odd is made again; a folder that cannot be written is no
error. Nothing else is ever read from here.
"""

import os
import re
import sys
from collections.abc import Iterator
from datetime import date

from calsync.business_days import PublicYear, plain_year

__all__ = ["HolidayCache"]

_CODE = re.compile(r"[A-Za-z0-9-]{0,12}")
_SHAPE = 1  # raised when the files' own form changes


class HolidayCache:
    """``PublicDays`` that looks into ``folder`` before it asks the package; None keeps nothing."""

    __slots__ = ("_folder", "_known", "version")

    def __init__(self, folder: str | None) -> None:
        self.version = _version()
        named = f"holidays-{self.version}-{_SHAPE}"
        self._folder = os.path.join(folder, named) if folder and self.version else None
        self._known: dict[tuple[str, str], dict[int, PublicYear]] = {}

    def __call__(self, country: str, region: str, year: int) -> PublicYear:
        """The closed days of a year; raises BadValue for a country or region that is not known."""
        if not country:
            return plain_year(year)
        years = self._known.get((country, region))
        if years is None:
            years = self._known[country, region] = dict(self._read(country, region))
        if year not in years:
            from calsync.business_days.public_days import public_year  # noqa: PLC0415  # loads the package

            years[year] = public_year(country, region, year)
            self._write(country, region, years)
        return years[year]

    def _file(self, country: str, region: str) -> str | None:
        if self._folder is None or not (_CODE.fullmatch(country) and _CODE.fullmatch(region)):
            return None
        return os.path.join(self._folder, f"{country}_{region}.json")

    def _read(self, country: str, region: str) -> Iterator[tuple[int, PublicYear]]:
        import json  # noqa: PLC0415  # only with a country

        file = self._file(country, region)
        try:
            with open(file or os.devnull, encoding="utf-8") as kept:
                years = {int(year): _public_year(*pair) for year, pair in json.load(kept).items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return
        yield from years.items()

    def _write(self, country: str, region: str, years: dict[int, PublicYear]) -> None:
        import json  # noqa: PLC0415  # as above

        file = self._file(country, region)
        if file is None:
            return
        kept = {str(year): [sorted(each.weekend), _names(each)] for year, each in sorted(years.items())}
        temporary = f"{file}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(temporary, "w", encoding="utf-8") as out:
                json.dump(kept, out, ensure_ascii=False, separators=(",", ":"))
            os.replace(temporary, file)
        except OSError:
            return


def _names(year: PublicYear) -> dict[str, str]:
    return {day.isoformat(): name for day, name in year.closed.items()}


def _public_year(weekend: list[int], closed: dict[str, str]) -> PublicYear:
    """The year as it was kept; raises ValueError or TypeError for anything else."""
    if not all(isinstance(name, str) for name in closed.values()):
        raise TypeError
    days = {date.fromisoformat(day): name for day, name in closed.items()}
    return PublicYear(frozenset(range(7)).intersection(weekend), days)


def _version() -> str | None:
    """The version of ``holidays``, from the name of its dist-info: no import, no importlib.metadata."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for name in names:
            if name.startswith("holidays-") and name.endswith(".dist-info"):
                return name.removeprefix("holidays-").removesuffix(".dist-info")
    return None
