"""What the store costs, side by side in one run: ``python -m benchmarks.store [INTERVIEWS]``.

Each line is a ratio of two measurements taken in turns on this machine: an
import against a bare ``executemany`` of the same rows, and a log, a plan and a
look at today's events in a large store against the same in a small one.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from calsync.domain import Event, Interview, Outcome, Plan, Reason
from calsync.store import Store

NOW = datetime(2026, 11, 12, 18, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
FEW = 500
REPLANNED = 5_000
STEPS = ("ask", "thank-you", "prepare", "status", "second", "closing")


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        bench(Path(folder), many)


def bench(folder: Path, many: int) -> None:
    records = [interview(number) for number in range(many)]
    print(f"{'what':<58}{'ratio':>8}{'target':>8}")
    ratio, took, bare = importing(folder, records)
    show(f"import of {many:,} ({took:.2f} s) / executemany ({bare:.2f} s)", ratio, "4.0")
    with store_of(folder / "few.db", records[:FEW]) as small, store_of(folder / "many.db", records) as large:
        compare("log, with a new plan", small, large, many, log)
        compare("today: planned events due", small, large, many, today)
        compare("one interview by id", small, large, many, look_up)
        compare("undo of a log", small, large, many, lambda store, _: timed(lambda: store.undo(at=NOW)))
        moved = records[: min(many, REPLANNED)]
        took = timed(lambda: replan(large, moved))
        print(f"{len(moved) * len(STEPS) / took:,.0f} planned events replaced a second")


def importing(folder: Path, records: list[Interview]) -> tuple[float, float, float]:
    ours, bares = [], []
    for turn in range(3):
        with Store.open(folder / f"import{turn}.db") as store:
            ours.append(timed(lambda store=store: add(store, records)))
            if turn == 0:
                rows = store._connection.execute("SELECT * FROM interview").fetchall()  # noqa: SLF001  # the same rows
        bares.append(bare(folder / f"bare{turn}.db", rows))
    return min(ours) / min(bares), min(ours), min(bares)


def bare(path: Path, rows: list[tuple[object, ...]]) -> float:
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE row ({', '.join(f'c{at}' for at in range(len(rows[0])))})")
    insert = f"INSERT INTO row VALUES ({', '.join('?' * len(rows[0]))})"  # noqa: S608  # question marks

    def run() -> None:
        connection.executemany(insert, rows)
        connection.commit()

    took = timed(run)
    connection.close()
    return took


def add(store: Store, records: list[Interview]) -> None:
    with store.change("import", at=NOW) as change:
        change.add_all((record, None) for record in records)


def replan(store: Store, records: list[Interview]) -> None:
    with store.upkeep(at=NOW) as upkeep:
        upkeep.record_plans((plan(record, 1) for record in records), basis="new")


@contextmanager
def store_of(path: Path, records: list[Interview]) -> Iterator[Store]:
    with Store.open(path) as store:
        add(store, records)
        with store.upkeep(at=NOW) as upkeep:
            upkeep.record_plans(plan(record) for record in records)
        yield store


def compare(what: str, small: Store, large: Store, many: int, run: Callable[[Store, int], float]) -> None:
    """Medians of fifty turns in each, taken in turns."""
    pairs = [(run(small, turn), run(large, turn)) for turn in range(50)]
    few, lot = (median(each) for each in zip(*pairs, strict=True))
    show(f"{what}: in {many:,} ({lot * 1000:.2f} ms) / in {FEW} ({few * 1000:.2f} ms)", lot / few, "2.0")


def log(store: Store, turn: int) -> float:
    record = interview(turn * 7 % FEW)

    def run() -> None:
        with store.change("log", at=NOW) as change:
            change.log(Outcome(interview=record.id, result="voicemail", at=NOW))
            change.record_plan(plan(record, turn % 3))

    return timed(run)


def today(store: Store, _: int) -> float:
    return timed(lambda: list(store.planned(until=NOW + timedelta(days=4), limit=50)))


def look_up(store: Store, turn: int) -> float:
    return timed(lambda: store.interview(f"company-{turn}"))


def interview(number: int) -> Interview:
    """The first few are spread from today on, the rest after them: today is as full in either store."""
    days = number if number < FEW else FEW + number % 1000
    return Interview(
        id=f"company-{number}",
        company=f"Company {number}",
        role="Product manager",
        start=datetime(2026, 11, 12, 14, tzinfo=NEW_YORK) + timedelta(days=days),
        contact="Sarah Smith",
        contact_role="manager",
        phone="+1 212-555-0142",
        email="sarah@example.com",
        country="US",
        region="NY",
        notes="asked about the launch in spring",
    )


def plan(of: Interview, shift: int = 0) -> Plan:
    events = tuple(event(of, step, 1 + 4 * count + shift) for count, step in enumerate(STEPS))
    return Plan(interview=of, playbook="balanced", decision=None, events=events)


def event(of: Interview, step: str, days: int) -> Event:
    start = (of.start + timedelta(days=days)).replace(hour=9)
    reasons = tuple(
        Reason(
            "offset", of.day, start.date(), "{count} days after the interview", ("001-07",), {"count": days}
        )
        for _ in range(4)
    )
    return Event(
        uid=f"{of.id}-{step}@calsync",
        interview=of.id,
        step=step,  # type: ignore[arg-type]  # one of STEPS
        action="call",
        status="confirmed",
        start=start,
        end=start + timedelta(minutes=15),
        earliest=of.day,
        preferred=start.date(),
        latest=start.date(),
        trace=reasons,
        alarms=(15,),
        summary=f"Call {of.contact} ({of.company})",
        description=f"{of.phone}\n{of.email}\n" + "Say who you are and ask how it stands. " * 10,
    )


def timed(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def show(what: str, ratio: float, target: str) -> None:
    print(f"{what:<58}{ratio:>8.2f}{target:>8}")


if __name__ == "__main__":
    main()
