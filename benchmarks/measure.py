"""What every benchmark needs: a ratio as a line of a table, commands and functions in turns, and interviews to work on."""

import csv
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PYTHON = sys.executable
ROOT = Path(__file__).parents[1]
COUNTRIES = (("US", "America/New_York"), ("DE", "Europe/Berlin"), ("GB", "Europe/London"))
DECISIONS = ("", "3 days", "2 weeks", "5 business days")
TURNS = 7


@dataclass(frozen=True)
class Ratio:
    """One line of the table."""

    what: str
    against: str
    value: float
    target: float
    unit: str = ""


def show(ratios: Iterable[Ratio]) -> None:
    """The table, each line as soon as it is known."""
    print(f"| {'what':58} | {'against':50} | {'seen':>8} | {'aim':>8} |")
    print(f"|{'-' * 60}|{'-' * 52}|{'-' * 10}|{'-' * 10}|")
    for ratio in ratios:
        seen, target = (f"{number:.2f}{ratio.unit}" for number in (ratio.value, ratio.target))
        print(f"| {ratio.what:58} | {ratio.against:50} | {seen:>8} | {target:>8} |", flush=True)


def turns(
    what: str,
    against: str,
    ours: list[str],
    theirs: list[str],
    target: float,
    before: Callable[[], object] = bool,
    after: Callable[[], object] = bool,
) -> Ratio:
    """Two commands in turn, and the median of the ratios of their CPU times; the first turn warms up."""
    seen = []
    for _ in range(1 + TURNS):
        before()
        seen.append(measured(ours)[0] / measured(theirs)[0])
        after()
    return Ratio(what, against, statistics.median(seen[1:]), target)


def paired(ours: Callable[[], None], theirs: Callable[[], None]) -> float:
    ours()
    return statistics.median(cpu(ours) / cpu(theirs) for _ in range(5))


def cpu(work: Callable[[], None]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measured(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of one process."""
    report = "import resource,subprocess,sys;r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,check=True);u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss/1024)"
    done = subprocess.run(
        [PYTHON, "-S", "-c", report, *command],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
    )
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def environment() -> dict[str, str]:
    """As a program that is installed has it: with its byte code beside it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "TZ": "America/New_York"}


def rows(number: int) -> Iterator[dict[str, str]]:
    """Interviews of a coach's candidates, ten each, over two years."""
    for count in range(number):
        country, zone = COUNTRIES[count % len(COUNTRIES)]
        day = date(2026, 1, 5) + timedelta(days=(count * 37) % 700)
        yield {
            "number": str(count),
            "candidate": f"Candidate {count // 10}",
            "company": f"Company {count % 997}",
            "role": ("Product manager", "Data analyst", "Nurse")[count % 3],
            "start": f"{day} {9 + count % 8:02}:{count % 4 * 15:02}",
            "timezone": zone,
            "country": country,
            "contact": f"Contact {count % 89}",
            "phone": f"+1 212-555-{count % 10_000:04}",
            "email": f"contact{count % 89}@example.com",
            "decision": DECISIONS[count % len(DECISIONS)],
            "topic": "the move to the new building",
        }


def write_csv(path: Path, number: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = [{key: value for key, value in row.items() if key != "number"} for row in rows(number)]
        writer = csv.DictWriter(file, table[0])
        writer.writeheader()
        writer.writerows(table)
    return path
