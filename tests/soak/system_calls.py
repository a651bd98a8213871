"""kill -9 at every durable system call of a command: before it nothing has happened, after it all has.

``python -m tests.soak.system_calls [COMMAND...] [--fault F] [--folder DIR]``
runs each command under strace, which kills it as it enters the first ``fsync``,
then, in a fresh home, the second, and so on until there are no more of them;
then the same for the next call of ``CALLS``. With ``--fault EIO`` or ``ENOSPC``
the call fails with that instead. After each the home is looked at, and the
command runs again. Prints its figure, and exits 1 with the first thing that is
not as it must be. A command is a row of ``COMMANDS``.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from calsync.store import Store
from tests.soak.cli_faults import (
    LATER,
    NOW,
    Fault,
    Home,
    adding,
    expect,
    logging,
    octets,
    spreadsheet,
)

ROOT = Path(__file__).parents[2]
CALLS = (
    "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fallocate",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "chmod",
)  # fmt: skip
"""Those that a disk remembers."""
ROWS = [f"row{row}" for row in range(5)]

COMMANDS = {
    "first": lambda _: adding("first"),
    "add": lambda _: adding("more"),
    "log": lambda _: logging("first", 1),
    "edit": lambda _: ("edit", "first", "--at", "2026-11-13 10:00"),
    "import": lambda folder: ("import", spreadsheet(folder / "rows.csv", ROWS)),
    "remove": lambda _: ("remove", "first"),
    "undo": lambda _: ("undo",),
    "export": lambda folder: ("export", "-o", folder / "new.ics"),
    "export again": lambda folder: ("export", "-o", folder / "old.ics"),
    "backup": lambda folder: ("backup", folder / "copy.sqlite3"),
    "config": lambda _: ("config", "set", "hours", "08:00-20:00"),
}
"""Each by its arguments; ``first`` has no store yet, the others have one."""
FILES = ("new.ics", "old.ics", "home/settings.toml")
FAULTS = {"kill": "signal=SIGKILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}
KILLED = {-9, 137}
TOLD = {73, 74}
LEFT = re.compile(
    r"home|cache|holidays-[\w.-]+|new\.ics|old\.ics|rows\.csv|settings\.toml|closed-days|[A-Z]{2}_\w*\.txt|copy\.sqlite3(-shm|-wal)?"
    r"|calsync\.sqlite3(-shm|-wal|-writer)?|\.calsync-\d+-\d+\.tmp"
)
"""What may stand there after a kill and another run: drafts of an export are swept an hour later."""


class Place:
    """A folder with a home and files in it; always at the same path, which stands in messages and labels."""

    def __init__(self, folder):
        self.folder = folder
        self.home = Home(folder / "home")

    def back_to(self, model):
        """As it was before the command."""
        shutil.rmtree(self.folder)
        shutil.copytree(model, self.folder)

    def look(self):
        """Interviews with their logs and follow-ups, from a store that is sound; and the files as they stand."""
        kept = self.home.remembered() if self.home.store.exists() else {}
        if kept:
            with Store.open(self.home.store) as store:
                planned = [(each.event.uid, each.event.start) for each in store.planned()]
            kept["planned"] = planned
        return kept, [octets(self.folder / name) for name in FILES], self._copy()

    def _copy(self):
        """Whether there is a copy of the store, which is then a sound one."""
        copy = self.folder / "copy.sqlite3"
        if not copy.exists():
            return False
        with Store.open(copy) as store:
            expect(not store.check(), f"{copy} is not sound")
        return True

    def run(self, command, *under):
        """The command as a program of its own, under another one."""
        line = (
            *under,
            sys.executable,
            "-m",
            "calsync",
            "--home",
            self.home.folder,
            "--now",
            LATER,
            "--no-input",
        )
        words = [str(word) for word in (*line, *command)]
        return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)


def sweep(name, folder, fault):
    """The fault at every call of one command; how many there were at which."""
    folder.mkdir(parents=True)
    (folder / "here").mkdir()
    place, model = Place(folder / "here"), folder / "model"
    _prepared(name, place)
    command = COMMANDS[name](place.folder)
    shutil.copytree(place.folder, model)
    before = place.look()
    ended = place.run(command)
    expect(ended.returncode == 0, f"{name}: {ended.returncode} {ended.stderr}")
    done, kills = place.look(), Counter()
    for call in CALLS:
        while True:
            place.back_to(model)
            inject = f"inject={call}:{FAULTS[fault]}:when={kills[call] + 1}"
            trace = folder / "trace"
            ended = place.run(
                command, "strace", "-f", "-qq", "-o", trace, "-e", f"trace={call}", "-e", inject
            )
            if ended.returncode not in KILLED and "(INJECTED)" not in trace.read_text(errors="replace"):
                break
            kills[call] += 1
            where = f"{name}, {fault} at {call} {kills[call]}"
            _ended_well(ended, where, fault, place)
            _looked_at(place, command, where, before, done, told=ended.returncode)
    return kills


def _prepared(name, place):
    if name == "first":
        return
    place.home.here(*adding("first"), now=NOW)
    place.home.here(*adding("second"), now=NOW)
    place.home.here("export", "-o", place.folder / "old.ics", now=NOW)
    place.home.here(*logging("first", 0))


def _ended_well(ended, where, fault, place):
    """Killed; or told in one line, with the path where it was not the output that failed; or done all the same."""
    if fault == "kill":
        expect(ended.returncode in KILLED, f"{where}: {ended.returncode} {ended.stderr}")
    elif ended.returncode:
        last = ended.stderr.rstrip().rpartition("\n")[2]
        named = str(place.folder) in last or "output" in last or not last
        expect(ended.returncode in TOLD and named, f"{where}: {ended.returncode} {ended.stderr}")


def _looked_at(place, command, where, before, done, told):
    """Afterwards: old or new and never half; and after one more run as if nothing had happened."""
    after = place.look()
    expect(told or after == done, f"{where}: 0, and it was not done")
    for name, now, old, new in zip(("store", "files", "copy"), after, before, done, strict=True):
        expect(now in (old, new), f"{where}: the {name}: {now}, where {old} was and {new} is to be")
    if after != done:
        again = place.run(command)
        expect(again.returncode == 0, f"{where}, again: {again.returncode} {again.stderr}")
        expect(place.look() == done, f"{where}, again: it comes to something else")
    left = [each.name for each in place.folder.rglob("*") if not LEFT.fullmatch(each.name)]
    expect(not left, f"{where}: left over {left}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(COMMANDS))
    parser.add_argument("--fault", choices=FAULTS, default="kill")
    parser.add_argument("--folder", type=Path, help="where to work; memory is fastest")
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    base, begun = asked.folder or (memory if memory.is_dir() else None), time.monotonic()
    total = Counter()
    with tempfile.TemporaryDirectory(dir=base) as folder:
        for name in asked.commands or COMMANDS:
            try:
                kills = sweep(name, Path(folder) / name.replace(" ", "-"), asked.fault)
            except Fault as wrong:
                print(f"wrong: {wrong}")
                return 1
            total += kills
            each = ", ".join(f"{number} {call}" for call, number in kills.items() if number)
            print(f"{name}: {kills.total()} ({each})", flush=True)
    figure = f"{total.total()} times {asked.fault}, at every durable system call: old or new"
    print(f"{figure}; {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
