"""README.md says what is so: its commands run, its examples print what stands below them, its files are taken.

Every ``sh`` block after the two set-up commands runs in a copy of ``fixtures/``, one after the
other in one folder, and every ``python`` block too. A ``text`` block right after one is what it
prints; a line ``…`` in it stands for any number of lines. A comment above a block changes how it runs:

    <!-- now: 2026-11-21T09:00:00-05:00 -->     the time from here on
    <!-- not run -->                            this block is for people only
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from calsync.playbooks import load, names
from calsync.settings import parse

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ZONE = "America/New_York"
FIRST_NOW = "2026-11-21T09:00:00-05:00"
SET_UP = 2

_BLOCK = re.compile(r"(?ms)^(?P<above>(?:<!--[^\n]*-->\n+)*)```(?P<kind>\w+)\n(?P<body>.*?)^```$")


class Block(NamedTuple):
    number: int
    kind: str
    body: str
    now: str
    printed: str | None

    def __str__(self):
        return f"{self.number}-{self.kind}"


def blocks(text):
    """The blocks that run, each with what stands below it."""
    found = list(_BLOCK.finditer(text))
    now, shells = FIRST_NOW, 0
    for number, match in enumerate(found):
        above = match["above"]
        now = next(iter(re.findall(r"<!-- now: (\S+) -->", above)), now)
        shells += match["kind"] == "sh"
        runs = match["kind"] == "python" or (match["kind"] == "sh" and shells > SET_UP)
        if runs and "<!-- not run -->" not in above:
            yield Block(number, match["kind"], match["body"], now, _printed(text, match, found[number + 1 :]))


def _printed(text, match, later):
    follows = next(iter(later), None)
    right_after = follows and follows["kind"] == "text" and not text[match.end() : follows.start()].strip()
    return follows["body"] if right_after else None


RUN = list(blocks(README))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the reader stands: the fixtures, and a home that is theirs."""
    place = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "fixtures", place / "fixtures")
    (place / "bin").mkdir()
    (place / "home").mkdir()
    program = place / "bin" / "calsync"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m calsync \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell")
@pytest.mark.parametrize("block", RUN, ids=str)
def test_what_the_readme_shows_is_what_happens(block, folder):
    code = ["sh", "-eu", "-c", block.body] if block.kind == "sh" else [sys.executable, "-c", block.body]
    ran = subprocess.run(
        code, cwd=folder, env=_surroundings(folder, block.now), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    if block.printed is not None:
        assert re.fullmatch(_pattern(block.printed), _trimmed(ran.stdout)), ran.stdout


def _surroundings(folder, now):
    return os.environ | {
        "PATH": os.pathsep.join((str(folder / "bin"), os.environ["PATH"])),
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder / "home"),
        "TZ": ZONE,
        "SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(now).timestamp())),
        "COLUMNS": "100",
    }


def _pattern(printed):
    lines = [
        r"(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in _trimmed(printed).splitlines()
    ]
    return "".join(lines)


def _trimmed(text):
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


def _toml_blocks():
    return [match["body"] for match in _BLOCK.finditer(README) if match["kind"] == "toml"]


def test_the_settings_of_the_readme_are_taken():
    (settings,) = [body for body in _toml_blocks() if body.startswith("timezone")]
    assert parse(settings).preferences.zone.key == ZONE


def test_the_playbooks_of_the_readme_are_taken(tmp_path):
    playbooks = [body for body in _toml_blocks() if body.startswith("extends")]
    assert playbooks
    for number, body in enumerate(playbooks):
        path = tmp_path / f"own-{number}.toml"
        path.write_text(body, encoding="utf-8")
        assert load(str(path)).title


def test_every_playbook_stands_in_the_readme():
    assert [name for name in names() if f"| `{name}` |" not in README] == []


# --- the runner itself ----------------------------------------------------------------------------

SAMPLE = """
```sh
one
```
```sh
two
```
<!-- now: 2027-01-01T00:00:00+00:00 -->
```sh
echo three
```

```text
three
```

```sh
echo four
```
Words.
```text
no
```
<!-- not run -->
```sh
rm
```
```python
print("six")
```
```text
…
six
```
"""


def test_blocks_after_the_set_up_run_with_what_stands_right_below_them():
    assert [(block.body, block.printed) for block in blocks(SAMPLE)] == [
        ("echo three\n", "three\n"), ("echo four\n", None), ('print("six")\n', "…\nsix\n"),
    ]  # fmt: skip
    assert {block.now for block in blocks(SAMPLE)} == {"2027-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    ("printed", "output", "same"),
    [
        ("a\nb\n", "a\nb\n", True), ("a\n…\nd\n", "a\nb\nc\nd\n", True), ("a\n…\n", "a\n", True), ("a  \n", "a\n", True),
        ("a\n", "a\nb\n", False), ("a\n…\nd\n", "a\nb\n", False), (".\n", "a\n", False),
    ],
)  # fmt: skip
def test_what_is_left_out_may_be_anything_and_nothing_else_may(printed, output, same):
    assert bool(re.fullmatch(_pattern(printed), _trimmed(output))) is same
