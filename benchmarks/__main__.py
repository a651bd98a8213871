"""Every ratio that README states, measured side by side in one run: ``python -m benchmarks``.

    python -m benchmarks            # everything: some minutes
    python -m benchmarks --quick    # a tenth of the size: whether it still runs, not how fast

Each line is a ratio of CPU times, taken in turns so that a busy machine slows
both sides; the median of the turns is shown beside what is aimed at.
"""

import argparse
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from pandas import Timestamp
from pandas.tseries.holiday import USFederalHolidayCalendar
from pandas.tseries.offsets import CustomBusinessDay

from benchmarks import google
from benchmarks.measure import COUNTRIES, PYTHON, Ratio, measured, paired, rows, show, turns, write_csv
from benchmarks.store import importing, interview
from calsync.business_days import employer_calendars, public_year
from calsync.domain import Interview, Preferences, Span
from calsync.planner import Planner

NOW = "2026-11-12T09:00:00-05:00"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    scale = 10 if parser.parse_args().quick else 1
    with TemporaryDirectory() as folder:
        show(ratios(Path(folder), scale))


def ratios(folder: Path, scale: int) -> Iterator[Ratio]:
    yield from start_up(folder)
    yield open_days()
    yield planning(10_000 // scale)
    yield from exporting(folder, scale)
    yield from remembering(folder, scale)
    yield from syncing(folder / "google")


def start_up(folder: Path) -> Iterator[Ratio]:
    ten = write_csv(folder / "ten.csv", 10)
    click = [PYTHON, "-c", "import click"]
    countries = ",".join(repr(country) for country, _ in COUNTRIES)
    made = f"import click, holidays\nfor c in ({countries}): len(holidays.country_holidays(c, years=(2026, 2027)))"
    program = [PYTHON, "-m", "calsync", "--home", str(folder / "home")]
    plan = [*program, "plan", str(ten)]
    export = [*program, "export", str(ten), "-o", str(folder / "ten.ics")]
    yield turns("calsync --version", "import click", [*program, "--version"], click, 1.5)
    yield turns("calsync --help", "import click", [*program, "--help"], click, 1.5)
    yield turns("calsync plan, 10 interviews, cache warm", "import click", plan, click, 3)
    cold = partial(shutil.rmtree, folder / "home" / "cache", ignore_errors=True)
    yield turns(
        "calsync plan, 10 interviews, cache cold",
        "import click, holidays; those countries made",
        plan,
        [PYTHON, "-c", made],
        1.3,
        before=cold,
    )
    yield turns("calsync export, 10 interviews, cache warm", "import click", export, click, 3)


def open_days() -> Ratio:
    """The n-th open day after a day, against indexing a bare table of the same days."""
    counting = employer_calendars("US", "", public_days=public_year).counting
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    counting.add(days[0], 1)
    first = days[0].toordinal()
    table = [day for number in range(800) if counting.is_open(day := date.fromordinal(first + number))]
    index, count = [], -1
    for number in range(800):
        count += counting.is_open(date.fromordinal(first + number))
        index.append(count)

    def ours() -> None:
        for number in range(1, 11):
            for day in days:
                counting.add(day, number)

    def bare() -> None:
        for number in range(1, 11):
            for day in days:
                table[index[day.toordinal() - first] + number]

    return Ratio("n-th open day after, n up to 10", "a bare index table in a loop", paired(ours, bare), 1.5)


def planning(number: int) -> Ratio:
    """An interview with its events and trace, against one addition of pandas' business days."""
    interviews = [
        Interview(
            id=f"i{row['number']}",
            company=row["company"],
            role=row["role"],
            start=datetime.fromisoformat(row["start"]).replace(tzinfo=ZoneInfo("America/New_York")),
            candidate=row["candidate"],
            country="US",
            contact=row["contact"],
            phone=row["phone"],
            email=row["email"],
            decision=Span.parse(row["decision"]) if row["decision"] else None,
        )
        for row in rows(number)
    ]
    planner = Planner(Preferences(zone=ZoneInfo("America/New_York")))
    offset, start = CustomBusinessDay(7, calendar=USFederalHolidayCalendar()), Timestamp("2026-11-12")

    def ours() -> None:
        for _ in planner.plans(interviews):
            pass

    def theirs() -> None:
        for _ in range(number):
            start + offset

    return Ratio(
        f"planning {number:,} interviews in memory",
        "one pandas CustomBusinessDay addition each",
        paired(ours, theirs),
        6,
    )


def exporting(folder: Path, scale: int) -> Iterator[Ratio]:
    small, large = 10_000 // scale, 100_000 // scale
    program = [PYTHON, "-m", "calsync", "--quiet", "--home", str(folder / "home"), "export"]
    source, target = write_csv(folder / "small.csv", small), folder / "small.ics"
    command = [*program, str(source), "-o", str(target)]
    first, _ = measured(command)
    again, _ = measured(command)
    alone, _ = measured([PYTHON, "-m", "benchmarks.icalendar_alone", str(target)])
    yield Ratio(
        f"calsync export, {small:,} interviews, whole process",
        "icalendar alone serialising its events",
        first / alone,
        0.5,
    )
    yield Ratio("writing again over it, nothing changed", "the first export", again / first, 1.3)
    much, peak = measured(
        [*program, str(write_csv(folder / "large.csv", large)), "-o", str(folder / "large.ics")]
    )
    yield Ratio(f"peak memory, {large:,} interviews", "", peak, 400, " MB")
    yield Ratio(f"from {small:,} to {large:,} interviews", "ten times as long", much / (10 * first), 1.2)


def remembering(folder: Path, scale: int) -> Iterator[Ratio]:
    """What the store costs: commands on 500 interviews, and the same ones on a hundred thousand."""
    few, middle, many = 500, 10_000 // scale, 100_000 // scale
    small, _ = remembered(folder, few)
    click = [PYTHON, "-c", "import click"]
    for command in ("next", "list", "today"):
        yield turns(f"calsync {command}, {few} interviews", "import click", [*small, command], click, 2.5)
    _, first = remembered(folder, middle)
    large, much = remembered(folder, many)
    yield Ratio(
        f"remembering and planning {middle:,} to {many:,}", "ten times as long", much / (10 * first), 1.2
    )
    for command in (["today"], ["next"], ["log", "7", "sent"]):
        ours, theirs = ([*home, *command] for home in (large, small))
        seen = f"calsync {command[0]}, {many:,} interviews"
        yield turns(
            seen, f"the same, {few}", ours, theirs, 2, after=partial(take_back, command, large, small)
        )
    ratio, _, _ = importing(folder, [interview(number) for number in range(many)])
    yield Ratio(f"adding {many:,} interviews to a store", "executemany of the same rows", ratio, 4)


def remembered(folder: Path, number: int) -> tuple[list[str], float]:
    """A store with that many interviews, as the beginning of a command; the seconds it took."""
    program = [PYTHON, "-m", "calsync", "--quiet", "--now", NOW, "--home", str(folder / f"remembers{number}")]
    source = write_csv(folder / f"remembered{number}.csv", number)
    seconds, _ = measured([*program, "import", str(source)])
    return program, seconds


def take_back(command: list[str], *homes: list[str]) -> None:
    """So that each turn finds what the first one found."""
    if command[0] == "log":
        for home in homes:
            measured([*home, "undo"])


def syncing(folder: Path) -> Iterator[Ratio]:
    """A calendar at a Google that runs here: what is asked of it, and what that costs us."""
    folder.mkdir()
    yield from google.ratios(folder)


if __name__ == "__main__":
    main()
