"""A disk that fills at any byte: told with exit code 73 or 74 and the path, and what was there is whole.

``python -m tests.soak.store_full [--cases N]`` lets a child write files only up
to a size that sweeps over all sizes the store and its log go through, while it
makes, uses, imports into, copies and undoes; then looks with no limit.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from calsync.errors import CalsyncError
from calsync.store import Store
from tests.soak.store_kills import GOLDEN, Torn, add, expect, ids, sound
from tests.store.examples import NOW, interview

IMPORTED = 300
LARGEST_BYTES = 2_200_000
CODES = {73, 74}


def work(path, acknowledge):
    with Store.open(path) as store:
        for number in range(10):
            add(store, f"small-{number}")
            acknowledge(f"small-{number}")
        store.backup(path.with_name("copy.db"))
        with store.change("import", at=NOW) as change:
            change.add_all((interview(f"big-{number}", notes="n" * 900), None) for number in range(IMPORTED))
        acknowledge("import")
        store.undo(at=NOW)
        acknowledge("undo")


def limited(path, size):
    """Run ``work`` in a child that cannot make a file longer than that; its words and its exit code."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os._exit(attempt(path, size, lambda word: os.write(writing, f"{word}\n".encode())))
    os.close(writing)
    with os.fdopen(reading, "rb") as words:
        told = words.read().decode().splitlines()
    return told, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def attempt(path, size, say):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        work(path, say)
    except CalsyncError as error:
        say(f"error: {error}")
        return error.exit_code
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent is to hear it
        say(f"error: {error!r}")
        return 70
    return 0


def case(number, folder):
    path = folder / "store.db"
    for left in folder.iterdir():
        left.unlink()
    size = int((number * GOLDEN % 1) ** 2 * LARGEST_BYTES)  # more of the small ones, where it is made
    told, code = limited(path, size)
    where = f"limit {size}: {told[-1:]}"
    expect(code in {0, *CODES}, f"exit {code}, {where}")
    if code:
        expect(str(folder) in told[-1], f"no path in {where}")
    look(path, {word for word in told if not word.startswith("error")}, where)
    return code


def look(path, told, where):
    """One change may be there that the child did not live to acknowledge."""
    with Store.open(path) as store:
        sound(store)
        now = ids(store)
        small = {name for name in now if name.startswith("small")}
        expect(
            small == {word for word in told if word.startswith("small")}, f"{now} kept, {told} told, {where}"
        )
        expect(len(now - small) in ({0} if "undo" in told or "import" not in told else {IMPORTED}), where)
        add(store, "after")


def sweep(cases, folder):
    began = time.monotonic()
    codes = [case(number, folder) for number in range(cases)]
    return sum(code != 0 for code in codes), time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_500)
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        try:
            full, took = sweep(asked.cases, Path(folder))
        except Torn as torn:
            print(f"torn: {torn}")
            return 1
    print(f"{asked.cases} limits, {full} full disks told, every store whole; {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
