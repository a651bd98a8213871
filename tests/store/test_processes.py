"""Several processes at one store: they wait for each other, and no update is lost."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from calsync.errors import TryLater
from calsync.store import Store
from calsync.store.beside import sign, who_writes
from tests.store.examples import NOW, interview

ROOT = Path(__file__).parents[2]
PROCESSES, COMMANDS = 8, 50

MIXED = """
import sys
from msgspec.structs import replace
from pathlib import Path
from calsync.store import Store
from tests.store.examples import NOW, interview, outcome, plan

path, me, commands = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for count in range(commands):
    with Store.open(path) as store:
        turn = count % 5
        if turn == 0:
            with store.change(f"add {me}-{count}", at=NOW) as change:
                change.add(interview(f"p{me}-{count}"))
                change.record_plan(plan(interview(f"p{me}-{count}")))
        elif turn == 1:
            with store.change("count", at=NOW) as change:
                shared = store.interview("shared").interview
                change.replace(replace(shared, notes=str(int(shared.notes or 0) + 1)))
        elif turn == 2:
            with store.change("log", at=NOW) as change:
                change.log(outcome(interview("shared"), "voicemail"))
        elif turn == 3:
            list(store.planned(limit=20))
            list(store.interviews(open_only=True))
        else:
            with store.change("replan", at=NOW) as change:
                change.record_plan(plan(interview("shared"), shift=count + int(me)))
"""


def start(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_eight_processes_lose_no_update(tmp_path):
    path = tmp_path / "store.db"
    with Store.open(path) as store, store.change("add", at=NOW) as change:
        change.add(interview("shared"))
    running = [start(MIXED, path, number, COMMANDS) for number in range(PROCESSES)]
    assert [process.communicate(timeout=120) for process in running] == [("", "")] * PROCESSES
    each = COMMANDS // 5
    with Store.open(path) as store:
        assert store.check() == []
        assert store.interview("shared").interview.notes == str(PROCESSES * each)
        assert len(store.outcomes("shared")) == PROCESSES * each
        kept = list(store.interviews())
        assert [one.number for one in kept] == list(range(1, PROCESSES * each + 2))
        assert len({one.ref for one in store.planned()}) == 6 * len(kept)
        while store.undo(at=NOW):
            pass
        assert list(store.interviews()) == []


def test_eight_processes_make_one_store(tmp_path):
    path = tmp_path / "home" / "store.db"
    script = MIXED.replace(
        "for count", f"while __import__('time').monotonic() < {time.monotonic() + 1}: pass\nfor count", 1
    )
    running = [start(script, path, number, 1) for number in range(PROCESSES)]
    assert [process.communicate(timeout=60) for process in running] == [("", "")] * PROCESSES
    with Store.open(path) as store:
        assert len(list(store.interviews())) == PROCESSES
        assert store.check() == []
    assert [each.name for each in path.parent.iterdir()] == ["store.db"]


HOLD = """
import sys
from pathlib import Path
from calsync.store import Store
from tests.store.examples import NOW
with Store.open(Path(sys.argv[1])) as store, store.change("hold", at=NOW):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def held(tmp_path):
    """A store that another process is writing to."""
    path = tmp_path / "store.db"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout.readline() == "held\n"
        yield path, other
        other.stdin.close()


def test_who_waits_too_long_is_told_whom_for(held):
    path, other = held
    with Store.open(path, busy_seconds=0.2) as store:
        assert list(store.interviews()) == []
        with (
            pytest.raises(TryLater, match=f"process {other.pid} has been writing") as raised,
            store.change("add", at=NOW),
        ):
            pytest.fail("two at once")
        assert (raised.value.exit_code, raised.value.where) == (75, str(path))
        with pytest.raises(TryLater):
            store.undo(at=NOW)


def test_who_waits_long_enough_goes_on(held):
    path, other = held
    with Store.open(path) as store:
        other.stdin.write("\n")
        other.stdin.flush()
        with store.change("add", at=NOW) as change:
            change.add(interview())
    assert not path.with_name("store.db-writer").exists()


def test_a_note_of_a_process_that_is_gone_names_nobody(held):
    path, other = held
    assert who_writes(path) == f"process {other.pid}"
    other.kill()
    other.wait()
    assert path.with_name("store.db-writer").exists()
    if os.name == "posix":
        assert who_writes(path) == "another process"
    with Store.open(path) as store, store.change("add", at=NOW) as change:
        assert who_writes(path) == f"process {os.getpid()}"
        change.add(interview())
    assert who_writes(path) == "another process"


@pytest.mark.parametrize("note", [b"", b"\xff", b"0", b"-1", b"9" * 30, b"me"])
def test_a_note_of_nonsense_names_nobody_it_should_not(note, tmp_path):
    path = tmp_path / "store.db"
    path.with_name("store.db-writer").write_bytes(note)
    assert re.fullmatch("another process", who_writes(path))


def test_a_note_that_cannot_be_written_keeps_nobody_from_writing(tmp_path):
    path = tmp_path / "store.db"
    path.with_name("store.db-writer").mkdir()
    sign(path)
    with Store.open(path) as store, store.change("add", at=NOW) as change:
        change.add(interview())


def test_another_program_that_holds_the_store_is_waited_for_too(tmp_path):
    path = tmp_path / "store.db"
    Store.open(path).close()
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        Store.open(path, busy_seconds=0.1) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TryLater, match="another process has been writing"), store.change("x", at=NOW):
            pytest.fail("two at once")
