"""kill -9 at any instant of making, using, undoing, importing into and migrating a store.

``python -m tests.soak.store_kills [--kills N] [--folder DIR]`` forks, kills the
child after a delay that sweeps over all it does, opens what is left and looks:
nothing acknowledged is lost, nothing doubled or torn, and it goes on from there.
Prints its figure; exits 1 with the first store that is not whole.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from calsync.store import Store
from calsync.store.migration import FOLDER, latest
from tests.store.examples import NOW, interview, outcome, plan
from tests.store.make_fixture import FIRST, SECOND, STORES

GOLDEN = 0.6180339887
"""Multiples of it, modulo one, fill the interval evenly however many there are."""
IMPORTED = 200
BY_CHILD = 6


class Torn(AssertionError):
    """A store that is not whole."""


class Making:
    """The first use of a home: there is no store, or a whole one."""

    def __init__(self, folder):
        self.path = folder / "store.db"

    def prepare(self):
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def run(self, acknowledge):
        with Store.open(self.path) as store:
            acknowledge("made")
            add(store, "first")
            acknowledge("first")

    def look(self, told):
        with Store.open(self.path) as store:
            sound(store)
            expect(ids(store) >= set(told) - {"made"}, f"{told} acknowledged, {ids(store)} kept")
            add(store, "after")
        left = sorted(each.name for each in self.path.parent.iterdir() if not each.name.endswith("-writer"))
        expect(left == ["store.db"], f"left over: {left}")


class Using:
    """One command after another; a store lives through many kills."""

    def __init__(self, folder):
        self.path = folder / "store.db"
        self.kept, self.count = set(), 0

    def prepare(self):
        if self.count % 20 == 0:
            shutil.rmtree(self.path.parent, ignore_errors=True)
            self.kept = set()
        self.count += 1

    def run(self, acknowledge):
        with Store.open(self.path) as store:
            for number in range(BY_CHILD):
                name = f"job-{self.count}-{number}"
                add(store, name)
                acknowledge(name)

    def look(self, told):
        with Store.open(self.path) as store:
            sound(store)
            now = ids(store)
            expect(now >= self.kept | set(told), f"lost: {(self.kept | set(told)) - now}")
            expect(len(now) <= len(self.kept | set(told)) + 1, "more than was asked for")
            for kept in store.interviews():
                whole = (len(store.outcomes(kept.number)), len(list(store.planned(interview=kept.number))))
                expect(whole == (1, 6), f"{kept.interview.id} has {whole}")
            self.kept = now


class Undoing:
    """Changes taken back one by one."""

    def __init__(self, folder):
        self.path, self.model = folder / "store.db", folder / "model.db"
        with Store.open(self.model) as store:
            for number in range(BY_CHILD):
                add(store, f"job-{number}")

    def prepare(self):
        shutil.copy(self.model, self.path)

    def run(self, acknowledge):
        with Store.open(self.path) as store:
            while undone := store.undo(at=NOW):
                acknowledge(undone.label.replace(" ", "-"))

    def look(self, told):
        with Store.open(self.path) as store:
            sound(store)
            left = len(ids(store))
            expect(BY_CHILD - len(told) - 1 <= left <= BY_CHILD - len(told), f"{left} left after {len(told)}")
            expect(len(list(store.planned())) == left * 6, "plans do not fit the interviews")


class Importing:
    """One change of many rows: all or none."""

    def __init__(self, folder):
        self.path = folder / "store.db"

    def prepare(self):
        shutil.rmtree(self.path.parent, ignore_errors=True)
        Store.open(self.path).close()

    def run(self, acknowledge):
        with Store.open(self.path) as store, store.change("import", at=NOW) as change:
            change.add_all((interview(f"job-{number}"), None) for number in range(IMPORTED))
            change.record_plans(plan(interview(f"job-{number}")) for number in range(0, IMPORTED, 10))
        acknowledge("all")

    def look(self, told):
        with Store.open(self.path) as store:
            sound(store)
            now = (len(ids(store)), len(list(store.planned())), len(store.history()))
            expect(now in {(0, 0, 0), (IMPORTED, IMPORTED * 6 // 10, 1)}, f"half an import: {now}")
            expect(now[0] or not told, "an acknowledged import is lost")


class Migrating:
    """Two more versions: an old store, a new one, or one in between, with a copy of the old."""

    def __init__(self, folder):
        self.path, self.steps, self.base = folder / "store.db", folder / "steps", latest()
        shutil.copytree(FOLDER, self.steps)
        for number, table in enumerate(("planned", "interview"), self.base + 1):
            script = f"CREATE TABLE copy_{table} AS SELECT * FROM {table};\nDROP TABLE copy_{table};\n" * 5  # noqa: S608  # names of ours
            (self.steps / f"{number:04}_step.sql").write_text(script)

    def prepare(self):
        for left in self.path.parent.glob("store*"):
            left.unlink()
        shutil.copy(STORES / f"v{self.base}.db", self.path)

    def run(self, acknowledge):
        Store.open(self.path, migrations=self.steps).close()
        acknowledge("migrated")

    def look(self, _):
        with Store.open(self.path, migrations=self.steps) as store:
            expect(store.version == self.base + 2, "not migrated")
            expect([kept.interview for kept in store.interviews()] == [FIRST, SECOND], "not the same")
            expect(not [line for line in store.check() if "version" not in line], "not sound")
        backup = self.path.with_name(f"store.backup-v{self.base}.db")
        expect(backup.exists(), "no copy of the old store")
        with Store.open(backup.replace(self.path)) as store:
            expect(store.version == self.base, "the copy is not the old one")
            expect(
                [kept.interview for kept in store.interviews()] == [FIRST, SECOND], "the copy is not whole"
            )


SCENES = (Making, Using, Undoing, Importing, Migrating)


def add(store, name):
    with store.change(f"add {name}", at=NOW) as change:
        change.add(interview(name))
        change.log(outcome(interview(name), at=NOW + timedelta(minutes=1)))
        change.record_plan(plan(interview(name)))


def ids(store):
    return {kept.interview.id for kept in store.interviews()}


def sound(store):
    problems = store.check()
    expect(not problems, "; ".join(problems))


def expect(holds, what):
    if not holds:
        raise Torn(what)


def killed(scene, after):
    """Run the scene in a child, end it after so many seconds; what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        status = 1
        try:
            scene.run(lambda word: os.write(writing, f"{word}\n".encode()))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as words:
        told = words.read().decode().split()
    _, status = os.waitpid(child, 0)
    expect(not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the child failed by itself")
    return told, os.WIFSIGNALED(status)


def length_of(scene):
    """Seconds that the scene takes when nobody ends it."""
    scene.prepare()
    began = time.monotonic()
    told, _ = killed(scene, None)
    took = time.monotonic() - began
    scene.look(told)
    return took


def sweep(kills, folder):
    counts, misses, began = Counter(), 0, time.monotonic()
    scenes = []
    for kind in SCENES:
        (folder / kind.__name__).mkdir()
        scene = kind(folder / kind.__name__)
        scenes.append((scene, length_of(scene)))
    turn = 0
    while counts.total() < kills:
        scene, took = scenes[turn % len(scenes)]
        turn += 1
        scene.prepare()
        told, hit = killed(scene, turn * GOLDEN % 1 * took)
        try:
            scene.look(told)
        except Exception as error:
            raise Torn(f"{type(scene).__name__}, kill {turn}: {error}") from error
        counts[type(scene).__name__.lower()] += hit
        misses += not hit
    return counts, misses, time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where to work; memory is fastest")
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    base = asked.folder or (memory if memory.is_dir() else None)
    with tempfile.TemporaryDirectory(dir=base) as folder:
        try:
            counts, misses, took = sweep(asked.kills, Path(folder))
        except Torn as torn:
            print(f"torn: {torn}")
            return 1
    each = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"{counts.total()} kills ({each}), {misses} too late, nothing lost, doubled or torn; {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
