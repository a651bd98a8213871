"""Calsync's command line as tests run it: here in this process, or as a program of its own."""

import csv
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

from calsync.cli import run

ROOT = Path(__file__).parents[2]
INTERVIEWS = ROOT / "fixtures" / "interviews.csv"
NOW = "2026-11-21T09:00:00-05:00"
"""A Saturday between the interviews of the fixtures."""


@dataclass(frozen=True)
class Told:
    """What a command ended with and said."""

    code: int
    output: bytes
    messages: str

    @property
    def out(self):
        return self.output.decode()

    @property
    def json(self):
        return json.loads(self.output)


def calsync(*arguments, stdin=b""):
    """One command in this process, with streams as a shell gives them."""
    out, err = BytesIO(), BytesIO()
    with _streams(stdin, out, err):
        code = run([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
    return Told(code, out.getvalue(), err.getvalue().decode())


def done(*arguments, stdin=b""):
    """A command that has to go well and to have nothing against anything."""
    told = calsync(*arguments, stdin=stdin)
    assert told.code == 0, told.messages
    return told


def program(*arguments, env=None, stdin=b"", **options):
    """One command as a program of its own."""
    options = {"capture_output": True, "input": stdin} | options
    ended = subprocess.run(command(*arguments), env=surroundings(env), check=False, timeout=60, **options)
    return Told(ended.returncode, ended.stdout or b"", (ended.stderr or b"").decode(errors="replace"))


def command(*arguments):
    return [sys.executable, "-m", "calsync", *(str(argument) for argument in arguments)]


def surroundings(changes=None):
    """The environment of a program: this one's and ``changes``, where None takes a variable away."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | (changes or {})
    return {name: str(value) for name, value in env.items() if value is not None}


@contextmanager
def _streams(stdin, out, err):
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = TextIOWrapper(BytesIO(stdin), "utf-8")
    sys.stdout = TextIOWrapper(out, "utf-8")
    sys.stderr = TextIOWrapper(err, "utf-8")
    mine = sys.stdin, sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        for stream in mine[1:]:
            stream.detach()


def csv_file(folder, *rows, name="jobs.csv"):
    """A file of interviews: dicts over an ordinary one."""
    usual = {"company": "Acme", "role": "PM", "start": "2026-11-12 14:00", "country": "US"}
    usual |= {"timezone": "America/New_York", "contact": "Sarah Smith", "phone": "+1 212-555-0142"}
    records = [usual | row for row in rows]
    path = Path(folder) / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for record in records for key in record)))
        writer.writeheader()
        writer.writerows(records)
    return path
