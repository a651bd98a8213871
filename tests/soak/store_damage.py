"""Bit flips, truncation and other people's bytes in a store: read as it was, or refused and left alone.

``python -m tests.soak.store_damage [--cases N]``. What SQLite cannot see (a
letter of a note) may be read; everything else ends in an error of the house,
65 (78 where the flipped bits are the version's), never in a traceback, and the
file is byte for byte what it was.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from calsync.errors import BadData, BadSettings, CalsyncError
from calsync.store import Store
from calsync.store.migration import latest
from tests.store.examples import NOW, interview
from tests.store.make_fixture import NEWEST

GOLDEN = 0.6180339887
SLOWEST_SECONDS = 2.0
VERSION_BYTES = range(60, 64)


class Wrong(AssertionError):
    """A damaged store that was not met as it should be."""


def flipped(data, share):
    at = int(share * len(data))
    data[at] ^= 1 << int(share * 7919) % 8
    return data


def flipped_in_header(data, share):
    return data[:0] + flipped(data[:100], share) + data[100:]


def cut(data, share):
    return data[: int(share * len(data))]


def blotted(data, share):
    at = int(share * len(data))
    data[at : at + 512] = bytes(len(data[at : at + 512]))
    return data


def shuffled(data, share):
    """Two pages change places."""
    size = 4096
    one, two = (int(share * part * len(data) // size) * size for part in (1, 0.5))
    data[one : one + size], data[two : two + size] = data[two : two + size], data[one : one + size]
    return data


def text(data, share):
    return bytearray(("company;role;start\n" * int(share * len(data) / 19)).encode())


DAMAGES = (flipped, flipped_in_header, cut, blotted, shuffled, text, flipped)


def use(path, done):
    """What a session of commands does, the reading ones first; what was written is noted in ``done``."""
    with Store.open(path) as store:
        list(store.interviews())
        list(store.planned())
        [store.outcomes(kept.number) for kept in store.interviews()]
        store.history()
        list(store.published("google"))
        with store.change("add", at=NOW + timedelta(days=9)) as change:
            change.add(interview("new"))
        done.append("added")
        store.undo(at=NOW)
        store.undo(at=NOW)


def case(number, model, folder):
    """Damage a copy, use it; how it was met."""
    path, backup = folder / "store.db", folder / f"store.backup-v{latest()}.db"
    damage, share = DAMAGES[number % len(DAMAGES)], number * GOLDEN % 1
    for left in folder.glob("store*"):
        left.unlink()
    shutil.copy(model, backup)
    before = bytes(damage(bytearray(model.read_bytes()), share))
    path.write_bytes(before)
    began, done = time.process_time(), []
    try:
        use(path, done)
        met = None
    except CalsyncError as error:
        met = error
    except Exception as error:
        raise Wrong(f"{damage.__name__} {number}: {error!r}") from error
    expect(time.process_time() - began < SLOWEST_SECONDS, f"{damage.__name__} {number} took too long")
    expect(done or path.read_bytes() == before, f"{damage.__name__} {number} changed what it refused")
    if met is None:
        return "read"
    newer = isinstance(met, BadSettings) and [before[at] for at in VERSION_BYTES] != [0, 0, 0, 1]
    expect(newer or isinstance(met, BadData), f"{damage.__name__} {number}: {met!r}")
    expect(newer or str(backup) in str(met), f"{met} names no backup")
    expect(str(path) in str(met), f"{met} does not say where")
    return "refused"


def expect(holds, what):
    if not holds:
        raise Wrong(what)


def sweep(cases, folder):
    model, began = folder / "model.db", time.monotonic()
    shutil.copy(NEWEST, model)
    (folder / "case").mkdir()
    counts = Counter(case(number, model, folder / "case") for number in range(cases))
    return counts, time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            counts, took = sweep(asked.cases, Path(folder))
        except Wrong as wrong:
            print(f"wrong: {wrong}")
            return 1
    told = (
        f"{counts.total()} damaged stores, {counts['refused']} refused, {counts['read']} read; {took:.0f} s"
    )
    print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
