import hashlib
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from calsync.errors import BadData, BadSettings, InputOutput
from calsync.store import Invitation, Store
from calsync.store.migration import FOLDER, latest, migrations
from tests.store.examples import NOW, interview, plan
from tests.store.make_fixture import FIRST, LOGGED, SECOND, STORES

V = latest()
NEXT = {
    V + 1: "ALTER TABLE interview ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm';",
    V
    + 2: "-- a table; built anew\nCREATE TABLE outcome_3 AS SELECT * FROM outcome;\nCREATE TABLE mood (name TEXT);",
    V + 3: "DROP TABLE outcome_3;\nINSERT INTO mood VALUES ('a;b');",
}
PAIRS = [(V + old, V + new) for new in range(4) for old in range(new)]


@pytest.fixture
def steps(tmp_path):
    """Folders of the migrations up to a version, the last three invented."""

    def made(newest, **instead):
        folder = tmp_path / f"to-{newest}-{len(instead)}"
        shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
        for number in range(latest() + 1, newest + 1):
            sql = instead.get(f"v{number}", NEXT[number])
            (folder / f"{number:04}_step.sql").write_text(sql, "utf-8")
        return folder

    return made


@pytest.fixture
def old(tmp_path, steps):
    """A store of an older version with an interview and its plan, and what its file holds."""

    def made(version):
        path = tmp_path / f"old{version}.db"
        with Store.open(path, migrations=steps(version)) as store, store.change("add", at=NOW) as change:
            change.add(interview())
            change.record_plan(plan(interview()))
        return path

    return made


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def names(path):
    return sorted(each.name for each in path.parent.glob(f"{path.stem}*"))


def test_the_migrations_are_numbered_without_a_gap():
    assert [step.number for step in migrations()] == list(range(1, latest() + 1))


@pytest.mark.parametrize("fixture", sorted(STORES.glob("v*.db")), ids=lambda file: file.stem)
def test_every_store_ever_released_reads_the_same(fixture, tmp_path):
    path = Path(shutil.copy(fixture, tmp_path / "store.db"))
    with Store.open(path) as store:
        assert (store.version, store.check()) == (latest(), [])
        assert [kept.interview for kept in store.interviews()] == [FIRST, SECOND]
        assert store.invited("x@mail.example").invitation == Invitation("x@mail.example", 2)
        assert tuple(store.outcomes("acme")) == LOGGED
        assert store.plan("acme") == plan(FIRST, ("status", "second"), 1)
        assert store.plan(2) == plan(SECOND)
        assert {each.event.step: each.sequence for each in store.planned(interview="acme")} == {
            "status": 1,
            "second": 1,
        }
        assert [fact.payload for fact in store.published("google")] == [{"id": "a"}]
        assert store.state("google") == {"calendar": "c@group"}
        assert [(entry.label, entry.undoable) for entry in store.history()] == [
            ("sync google", False),
            ("remove", False),
            ("log acme", True),
            ("import", True),
        ]
        assert [store.undo(at=NOW).label for _ in range(2)] == ["log acme", "import"]
        assert list(store.interviews()) == []


def test_there_is_a_store_of_every_version():
    assert {file.stem for file in STORES.glob("v*.db")} == {f"v{number}" for number in range(1, latest() + 1)}


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_an_old_store_is_brought_up_to_date_and_a_copy_of_it_kept(before, after, old, steps):
    path = old(before)
    with Store.open(path, migrations=steps(after)) as store:
        assert store.version == after
        assert [kept.interview for kept in store.interviews()] == [interview()]
        assert store.plan(1) == plan(interview())
        backup = Path(store.last_backup)
    assert names(path) == [backup.name, path.name]
    assert (backup.name, version(backup)) == (f"old{before}.backup-v{before}.db", before)
    with Store.open(backup, migrations=steps(before)) as store:
        assert [kept.interview for kept in store.interviews()] == [interview()]


@pytest.mark.parametrize(("older", "newer"), PAIRS)
def test_a_newer_store_is_refused_and_left_as_it_is(older, newer, old, steps):
    path = old(newer)
    before = digest(path)
    with pytest.raises(BadSettings, match=f"version {newer}.*knows up to {older}") as raised:
        Store.open(path, migrations=steps(older))
    assert raised.value.exit_code == 78
    assert (digest(path), names(path)) == (before, [path.name])


def test_an_image_from_before_a_migration_can_still_be_put_back(old, steps):
    path = old(V)
    with Store.open(path, migrations=steps(V)) as store, store.change("remove", at=NOW) as change:
        change.remove(1)
    with Store.open(path, migrations=steps(V + 1)) as store:
        store.undo(at=NOW)
        assert store._connection.execute("SELECT id, mood FROM interview").fetchall() == [("acme", "calm")]
        assert store.plan(1) == plan(interview())


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE more (a);\nINSERT INTO nowhere VALUES (1);",
        "ALTER TABLE interview ADD COLUMN mood TEXT;\nINSERT INTO meta VALUES ('key', 'twice');",
        "DROP TABLE plan;\nnonsense;",
    ],
)
def test_a_migration_that_fails_leaves_the_store_as_it_was(sql, old, steps):
    path = old(V)
    before = digest(path)
    with pytest.raises(BadData, match=f"could not be brought to version {V + 1}") as raised:
        Store.open(path, migrations=steps(V + 1, **{f"v{V + 1}": sql}))
    assert f"old{V}.backup-v{V}.db is a copy" in str(raised.value)
    assert (digest(path), version(path)) == (before, V)
    with Store.open(path, migrations=steps(V + 1)) as store:
        assert (store.version, len(list(store.planned()))) == (V + 1, 6)


def test_a_migration_that_would_leave_orphans_is_rolled_back(old, steps):
    path = old(V)
    with pytest.raises(BadData, match="foreign_key_check"):
        Store.open(path, migrations=steps(V + 1, **{f"v{V + 1}": "DELETE FROM interview;"}))
    assert version(path) == V


def test_a_store_that_is_damaged_is_not_migrated(old, steps):
    path = old(V)
    data = bytearray(path.read_bytes())
    data[-4096 * 3 : -4096] = b"\xff" * 8192
    path.write_bytes(data)
    with pytest.raises(BadData, match="damaged"):
        Store.open(path, migrations=steps(V + 1))
    assert path.read_bytes() == data
    assert names(path) == [path.name]


def test_the_second_step_failing_keeps_the_first_and_the_oldest_copy(old, steps):
    path = old(V)
    with pytest.raises(BadData, match=f"brought to version {V + 2}"):
        Store.open(path, migrations=steps(V + 2, **{f"v{V + 2}": "nonsense;"}))
    assert version(path) == V + 1
    assert names(path) == [f"old{V}.backup-v{V}.db", f"old{V}.db"]


def test_a_store_that_cannot_be_copied_first_is_not_migrated(old, steps, tmp_path):
    path = old(V)
    (tmp_path / f"old{V}.backup-v{V}.db").mkdir()
    with pytest.raises(Exception, match=f"old{V}") as raised:
        Store.open(path, migrations=steps(V + 1))
    assert raised.value.exit_code in {73, 74}
    assert version(path) == V


MIGRATE = """
import sys, time
from pathlib import Path
from calsync.store import Store
path, folder, start = sys.argv[1:]
while time.monotonic() < float(start):
    pass
with Store.open(Path(path), migrations=Path(folder)) as store:
    print(store.version, len(list(store.planned())))
"""


def test_programs_that_migrate_at_once_agree(old, steps):
    path, folder = old(V), steps(V + 3)
    start = time.monotonic() + 1
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, path, folder, str(start)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for _ in range(4)
    ]
    told = [process.communicate(timeout=60) for process in running]
    assert told == [(f"{V + 3} 6\n", "")] * 4
    assert {f"old{V}.backup-v{V}.db", f"old{V}.db"} <= set(
        names(path)
    )  # and one more for each who took turns
    assert version(path.with_name(f"old{V}.backup-v{V}.db")) == V


def test_a_disk_that_fills_during_a_migration_is_told_and_nothing_is_lost(old, steps):
    resource = pytest.importorskip("resource", reason="limits of a file's size are POSIX")
    path, folder = old(V), steps(V + 1)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
    failing = limit + MIGRATE.replace("with Store", "try:\n  with Store").replace("    print", "    print")
    failing += "except Exception as error:\n  print(type(error).__name__)\n"
    assert resource
    told = subprocess.run(
        [sys.executable, "-c", failing, path, folder, "0"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert (told.stdout, told.stderr) == (f"{InputOutput.__name__}\n", "")
    assert (version(path), names(path)) == (V, [path.name])
