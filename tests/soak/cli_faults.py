"""Faults that commands meet: kills, crowds, full disks, damaged and newer stores; each through the command line.

``python -m tests.soak.cli_faults kills|crowd|full|disk|damage|newer [--count N] [--folder DIR]``
prints its figure, and exits 1 with the first thing that is not as it must be. A
fault is a function in ``FAULTS`` with the number it is run with when none is asked for.
"""

import argparse
import io
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import icalendar

from calsync.cli import run
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.replanning import TOGETHER, planned_again

GOLDEN = 0.6180339887
NOW = "2026-11-12T15:05:00-05:00"
LATER = "2026-11-24T09:05:00-05:00"
SETTINGS = 'timezone = "America/New_York"\ncountry = "US"\n'
ROWS = 5
_ANEW = 20
"""Kills that one store lives through: looking at it takes longer with each interview."""
STORE = "calsync.sqlite3"
CANNOT_WRITE = {73, 74}
BAD_DATA, BAD_SETTINGS, LATER_AGAIN = 65, 78, 75


class Fault(AssertionError):
    """Something that is not as it must be."""


def expect(holds, what):
    if not holds:
        raise Fault(what)


# One person's home, and commands in it


class Home:
    """A home with settings; commands run in children that are forked from here, ready to go."""

    def __init__(self, folder):
        self.folder = folder
        self.store = folder / STORE
        self.fresh()

    def fresh(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        (self.folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")

    def here(self, *arguments, now=LATER):
        """A command in this process: its exit code and messages."""
        messages = io.StringIO()
        with redirect_stderr(messages), redirect_stdout(io.StringIO()):
            code = run(["--home", str(self.folder), "--now", now, "--no-input", *map(str, arguments)])
        return code, messages.getvalue()

    def child(self, *arguments, before=lambda: None):
        """Begin a command in a process of its own; its id, and where its messages come."""
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            return child, reading
        os.close(reading)
        status = 70
        try:
            before()
            status, messages = self.here(*arguments)
            os.write(writing, messages.encode()[:60_000])
        finally:
            os._exit(status)

    def whole(self, *arguments, before=lambda: None):
        """A command in a process of its own to its end: exit code and messages."""
        child, reading = self.child(*arguments, before=before)
        with os.fdopen(reading, "rb") as words:
            messages = words.read().decode()
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), messages

    def remembered(self):
        """Interviews with their outcomes, and that the store is sound and planned as it should be."""
        with Store.open(self.store) as store:
            problems = store.check()
            expect(not problems, "; ".join(problems))
            kept = list(store.interviews())
            plans = {each.interview.id: each.events for each in self._planned(store, kept)}
            for each in kept:
                recorded = store.plan(each.number)
                expect(recorded is not None, f"{each.interview.id} has no plan")
                if len(kept) > TOGETHER:  # planned around each other, not all together
                    continue
                same = sorted(recorded.events, key=_uid) == sorted(plans[each.interview.id], key=_uid)
                expect(same, f"{each.interview.id} is not planned as it should be")
            return {each.interview.id: [told.result for told in store.outcomes(each.number)] for each in kept}

    def _planned(self, store, kept):
        from calsync.settings import Home as Folders  # noqa: PLC0415  # only the faults need it
        from calsync.settings import load  # noqa: PLC0415  # as above

        return planned_again(Context(load(Folders.find(str(self.folder))).preferences), store, kept)


def _uid(event):
    return event.uid


def spreadsheet(path, names):
    rows = [f"{name},PM,2026-11-12 14:00,Sarah Smith,+1 212-555-0142" for name in names]
    path.write_text("\n".join(["company,role,start,contact,phone", *rows, ""]), encoding="utf-8")
    return path


def adding(name):
    return ("add", name, "PM", "--at", "2026-11-12 14:00", "--id", name, "--phone", "+12125550142")


def logging(name, count):
    outcomes = (
        ("away", "--until", "2026-12-01"),
        ("replied", "--next", "2026-11-27 10:00"),
        ("more-time", "--decision", "5 business days"),
        ("competing-offer", "--by", "2026-12-01"),
    )
    return ("log", name, *outcomes[count % len(outcomes)], "--force")


# kill -9


def kills(count, folder):
    """Commands that are killed at instants that sweep over all they do: done, or not begun, never half."""
    home, hits, finished, counts = Home(folder / "home"), 0, 0, Counter()
    out = folder / "follow-ups.ics"
    lengths: dict[str, float] = {}
    turn = 0
    while hits < count:
        if turn % _ANEW == 0:
            home.fresh()
            home.here(*adding("first"), now=NOW)
            before = home.remembered()
        kind = ("add", "log", "import", "export")[turn % 4]
        command, old = _command(kind, turn, folder, out), octets(out)
        hits += _killed(home, kind, command, turn * GOLDEN % 1, lengths)
        after = home.remembered()
        counts[kind] += 1
        finished += after != before or octets(out) != old
        nothing_half(kind, turn, before, after)
        if kind == "export" and octets(out) != old:
            is_whole(out, home)
        if after == before:
            code, messages = home.here(*command)
            expect(code == 0, f"{kind} again: {code} {messages}")
            after = home.remembered()
            nothing_half(kind, turn, before, after)
        shown = {each.name for each in folder.iterdir() if not each.name.startswith(".calsync-")}
        expect(shown <= {"home", out.name, "rows.csv"}, f"left over: {shown}")
        before = after
        turn += 1
    each = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    return f"{hits} kills of {turn} commands ({each}), {finished} had done their work: nothing lost, doubled or torn"


def _command(kind, turn, folder, out):
    match kind:
        case "add":
            return adding(f"job-{turn}")
        case "log":
            return logging("first", turn // 4)
        case "import":
            return "import", spreadsheet(folder / "rows.csv", [f"row{turn}x{row}" for row in range(ROWS)])
        case _:
            return "export", "-o", out


def _killed(home, kind, command, part, lengths):
    """End the command after that part of what the first of its kind took; whether it was still alive."""
    child, reading = home.child(*command)
    begun = time.monotonic()
    if kind in lengths:
        time.sleep(part * lengths[kind])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    lengths.setdefault(kind, time.monotonic() - begun)
    return os.WIFSIGNALED(status)


def nothing_half(kind, turn, before, after):
    new = set(after) - set(before)
    expect(set(before) <= set(after), f"{kind} {turn}: lost {set(before) - set(after)}")
    expect(len(new) in {"add": {0, 1}, "import": {0, ROWS}}.get(kind, {0}), f"{kind} {turn}: {new} is new")
    for name, told in before.items():
        more = len(after[name]) - len(told)
        expect(after[name][: len(told)] == told, f"{kind} {turn}: the log of {name} is another")
        expect(more in ({0, 1} if kind == "log" else {0}), f"{kind} {turn}: {more} outcomes more")


def is_whole(path, home):
    """The file is what the store's plan says, to the last byte."""
    with Store.open(home.store) as store:
        wanted = {planned.event.uid for planned in store.planned()}
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    expect(sorted(found) == sorted(wanted), f"{path} is half: {len(found)} of {len(wanted)} events")


def octets(path):
    return path.read_bytes() if path.exists() else None


# Eight at once


def crowd(count, folder):
    """Eight processes with mixed commands: everybody waits their turn, and no update is lost."""
    home = Home(folder / "home")
    home.here(*adding("shared"), now=NOW)
    workers = 8
    pipes = []
    for worker in range(workers):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            try:
                _work(home, folder, worker, range(worker, count, workers), writing)
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append((child, reading))
    lines = []
    for child, reading in pipes:
        with os.fdopen(reading, "r") as words:
            lines += words.read().splitlines()
        os.waitpid(child, 0)
    return _counted(home, count, [line.split(" ", 2) for line in lines])


def _work(home, folder, worker, turns, writing):
    for turn in turns:
        kind = ("add", "log", "list", "import", "today", "edit", "next", "history", "export")[turn % 9]
        command = {
            "log": logging("shared", 1),
            "edit": ("edit", "shared", "--notes", f"by {worker}, {turn}"),
            "import": (
                "import",
                spreadsheet(folder / f"rows-{worker}.csv", [f"row{turn}x{row}" for row in range(ROWS)]),
            ),
            "export": ("export", "-o", folder / f"{worker}.ics"),
        }.get(kind, adding(f"job-{turn}") if kind == "add" else (kind,))
        code, messages = home.here(*command)
        os.write(writing, f"{kind} {code} {' '.join(messages.split())}\n".encode())


def _counted(home, count, told):
    codes = Counter(int(code) for _, code, _ in told)
    wrong = [each for each in told if each[1] not in {"0", str(LATER_AGAIN)}]
    expect(not wrong, f"{wrong[:3]}")
    expect(len(told) == count, f"{len(told)} of {count} commands came to an end")
    done = Counter(kind for kind, code, _ in told if code == "0")
    kept = home.remembered()
    interviews = 1 + done["add"] + ROWS * done["import"]
    expect(len(kept) == interviews, f"{len(kept)} interviews of {interviews}")
    expect(len(kept["shared"]) == done["log"], f"{len(kept['shared'])} outcomes of {done['log']}")
    return f"{count} commands of 8 processes: {codes[0]} done, {codes[LATER_AGAIN]} told to come again, none lost"


# A disk that is full


def full(count, folder):
    """Files that cannot grow beyond a size that sweeps over all sizes: told with the path, and the old is whole."""
    import resource  # noqa: PLC0415  # not on Windows

    home, codes = Home(folder / "home"), Counter()
    out = folder / "follow-ups.ics"
    for turn in range(count):
        if turn % 40 == 0:
            home.fresh()
            home.here(*adding("first"), now=NOW)
            home.here("export", "-o", out)
        kind = ("add", "log", "import", "export")[turn % 4]
        command = _command(kind, turn, folder, out)
        before, old = home.remembered(), octets(out)
        size = int(turn * GOLDEN % 1 * 220_000)
        limit = (size, size)
        code, messages = home.whole(
            *command, before=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        )
        codes["done" if code == 0 else "told"] += 1
        expect(code in {0, *CANNOT_WRITE}, f"{kind} with {size} bytes: {code} {messages}")
        after = home.remembered()
        nothing_half(kind, turn, before, after)
        if code:
            expect(str(folder) in messages and messages.count("\n") == 1, f"{kind}: {messages!r}")
            expect(
                after == before and octets(out) == old, f"{kind} with {size} bytes: changed, and told {code}"
            )
        elif kind == "export":
            is_whole(out, home)
    return f"{count} commands on a full disk: {codes['told']} told so, {codes['done']} fitted, nothing half"


def disk(count, folder):
    """A disk of its own that is full but for a number of bytes that sweeps over all sizes, and every verb on it."""
    device = folder / "disk"
    device.mkdir()
    options = ("-t", "tmpfs", "-o", f"size={DISK_BYTES}", "calsync", device)
    subprocess.run(["mount", *options], check=True)  # who may not mount hears it here
    try:
        return _on_disk(count, device)
    finally:
        subprocess.run(["umount", device], check=True)


DISK_BYTES = 1_048_576
VERBS = {
    "add": adding("more"),
    "log": logging("first", 1),
    "edit": ("edit", "first", "--at", "2026-11-13 10:00"),
    "import": ("import", "rows.csv"),
    "remove": ("remove", "second"),
    "undo": ("undo",),
    "export": ("export", "-o", "new.ics"),
    "export again": ("export", "-o", "old.ics"),
    "backup": ("backup", "copy.sqlite3"),
    "config": ("config", "set", "hours", "08:00-20:00"),
    "list": ("list",),
    "next": ("next",),
    "today": ("today",),
    "month": ("month",),
    "history": ("history",),
    "show": ("show", "first"),
}
_ON_DISK = ("rows.csv", "new.ics", "old.ics", "copy.sqlite3")


def _on_disk(count, device):
    home, codes, filler = Home(device / "home"), Counter(), device / "filler"
    for turn in range(count):
        for left in device.glob("*.*"):
            left.unlink()
        home.fresh()
        for name in ("first", "second"):
            home.here(*adding(name), now=NOW)
        home.here("export", "-o", device / "old.ics", now=NOW)
        home.here(*logging("first", 0))
        spreadsheet(device / "rows.csv", [f"row{row}" for row in range(ROWS)])
        verb = list(VERBS)[turn % len(VERBS)]
        command = [device / word if word in _ON_DISK else word for word in VERBS[verb]]
        before = home.remembered(), octets(device / "old.ics"), octets(home.folder / "settings.toml")
        room = int(turn * GOLDEN % 1 * 160_000)
        _fill(filler, room)
        code, messages = home.whole(*command)
        filler.unlink()
        codes["done" if code == 0 else "told"] += 1
        what = f"{verb} with room for {room} bytes"
        expect(code in {0, *CANNOT_WRITE}, f"{what}: {code} {messages}")
        after = home.remembered(), octets(device / "old.ics"), octets(home.folder / "settings.toml")
        if code:
            expect(str(device) in messages and messages.count("\n") == 1, f"{what}: {messages!r}")
            expect(after == before, f"{what}: changed, and told {code} {messages}")
            expect(not (device / "new.ics").exists(), f"{what}: half a file")
            expect(not (device / "copy.sqlite3").exists(), f"{what}: half a copy")
            left = [each.name for each in device.rglob("*") if ".tmp" in each.name or ".new-" in each.name]
            expect(not left, f"{what}: left {left}")
            again, messages = home.whole(*command)
            expect(again == 0, f"{what}, again with room: {again} {messages}")
        if verb == "export again":
            is_whole(device / "old.ics", home)
    return f"{count} commands on a disk with 0 to 160,000 bytes free: {codes['told']} told so, {codes['done']} fitted, nothing half"


def _fill(filler, room):
    """A file that takes all there is but ``room``, to the page."""
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65536)) == 65536:  # as much as was asked for
            pass
    os.truncate(filler, max(filler.stat().st_size - room, 0))


# A store that is damaged, or newer


def damage(count, folder):
    """Flipped bits, cut ends, text in the place of the store: 65 with the last backup, and nothing put in its place.

    A command that only reads changes nothing that was told; it may note that the
    plans are up to date. One that writes may have done its work before it meets
    the damage, and says so.
    """
    home, codes = Home(folder / "home"), Counter()
    for number in range(6):
        home.here(*adding(f"job-{number}"), now=NOW)
        home.here(*logging(f"job-{number}", number))
    _at_rest(home)
    sound = home.store.read_bytes()
    backup = home.store.with_name("calsync.backup-v0.sqlite3")
    backup.write_bytes(b"an older store")
    draw = random.Random(count)
    commands = (
        ("list",),
        adding("more"),
        logging("job-1", 1),
        ("today",),
        ("undo",),
        ("next",),
        ("history",),
    )
    writers = {"add", "log", "undo"}
    for turn in range(count):
        hurt = _hurt(sound, draw, turn)
        for left in folder.glob(f"home/{STORE}-*"):
            left.unlink()
        home.store.write_bytes(hurt)
        told, said = _entries(home.store), _told(home.store)
        for left in folder.glob(f"home/{STORE}-*"):
            left.unlink()
        home.store.write_bytes(hurt)
        command = commands[turn % len(commands)]
        code, messages = home.whole(*command)
        codes[code] += 1
        expect(code in {0, BAD_DATA, BAD_SETTINGS}, f"{command[0]}, damage {turn}: {code} {messages}")
        if code:
            expect(str(home.store) in messages, f"{command[0]}, damage {turn}: {messages}")
            untouched = home.store.read_bytes() == hurt or _told(home.store) == said
            expect(
                untouched or command[0] in writers, f"{command[0]}, damage {turn}: changed, told {messages}"
            )
            entries = _entries(home.store)
            expect(
                "nothing was changed" not in messages or entries in {None, told},
                f"{command[0]}, damage {turn}: {entries} changes where {told} were, and {messages}",
            )
        if code == BAD_DATA:
            expect(backup.name in messages, f"{command[0]}, damage {turn}: no backup named: {messages}")
        expect(backup.read_bytes() == b"an older store", "the backup was overwritten")
    return f"{count} damaged stores: {codes[BAD_DATA]} refused, {codes[BAD_SETTINGS]} taken for newer, {codes[0]} without harm"


def _told(store):
    """What people said; None where that cannot be read any more."""
    try:
        with closing(sqlite3.connect(store)) as connection:
            interviews = connection.execute("SELECT * FROM interview ORDER BY number").fetchall()
            return interviews, connection.execute("SELECT * FROM outcome ORDER BY number").fetchall()
    except sqlite3.Error:
        return None


def _entries(store):
    """How many changes the journal tells of; None where that cannot be read any more."""
    try:
        with closing(sqlite3.connect(store)) as connection:
            return connection.execute("SELECT count(*), count(undone) FROM journal").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def _hurt(sound, draw, turn):
    hurt = bytearray(sound)
    match turn % 4:
        case 0:
            for _ in range(draw.choice((1, 8, 64))):
                hurt[draw.randrange(len(hurt))] ^= 1 << draw.randrange(8)
        case 1:
            del hurt[draw.randrange(len(hurt)) :]
        case 2:
            start = draw.randrange(len(hurt))
            hurt[start : start + 4096] = bytes(min(4096, len(hurt) - start))
        case _:
            hurt[: draw.choice((100, 4096, len(hurt)))] = b"Dear diary, " * 9
    return bytes(hurt)


def newer(count, folder):
    """A store of a newer program: 78, and not a byte changed, whatever the command."""
    home = Home(folder / "home")
    home.here(*adding("first"), now=NOW)
    _at_rest(home)
    with closing(sqlite3.connect(home.store)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _at_rest(home)
    before = home.store.read_bytes()
    commands = (
        ("list",),
        adding("more"),
        logging("first", 0),
        ("undo",),
        ("today",),
        ("export", "-o", folder / "x.ics"),
    )
    for turn in range(count):
        command = commands[turn % len(commands)]
        code, messages = home.whole(*command)
        expect(code == BAD_SETTINGS, f"{command[0]}: {code} {messages}")
        expect(str(home.store) in messages, messages)
        expect(home.store.read_bytes() == before, f"{command[0]} changed it")
    return f"{count} commands at a newer store: all refused, nothing changed"


def _at_rest(home):
    """Everything in the one file, nothing in the log beside it."""
    with closing(sqlite3.connect(home.store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for left in home.folder.glob(f"{STORE}-*"):
        left.unlink()


FAULTS = {
    "kills": (kills, 10_000),
    "crowd": (crowd, 4_000),
    "full": (full, 2_500),
    "disk": (disk, 500),
    "damage": (damage, 1_000),
    "newer": (newer, 60),
}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("fault", choices=FAULTS)
    parser.add_argument("--count", type=int)
    parser.add_argument("--folder", type=Path, help="where to work; memory is fastest")
    asked = parser.parse_args()
    fault, big = FAULTS[asked.fault]
    memory = Path("/dev/shm")
    base = asked.folder or (memory if memory.is_dir() else None)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=base) as folder:
        try:
            figure = fault(big if asked.count is None else asked.count, Path(folder))
        except Fault as wrong:
            print(f"{asked.fault}: {wrong}")
            return 1
    print(f"{figure}; {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
