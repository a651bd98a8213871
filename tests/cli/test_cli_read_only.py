"""A home that cannot be written: what only reads works, what would keep something says so, and no byte changes."""

import os
import subprocess

import pytest

from tests.cli.person import ACME, AFTER, Person
from tests.cli.running import command, surroundings

WITHOUT_POWER = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
"""root may write anywhere; without these powers even root minds a folder's mode."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders have modes on POSIX only")


@pytest.fixture
def locked(tmp_path, outside_program):
    person = Person(tmp_path / "home")
    person.does("add", *ACME)
    if os.geteuid() == 0:
        outside_program("setpriv")
    for path in [person.home, *person.home.rglob("*")]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield person
    for path in [person.home, *person.home.rglob("*")]:
        path.chmod(0o700)


def run(person, *arguments):
    prefix = WITHOUT_POWER if os.geteuid() == 0 else ()
    told = subprocess.run(
        [*prefix, *command("--home", person.home, "--now", AFTER, *arguments)],
        capture_output=True,
        text=True,
        env=surroundings({"XDG_CACHE_HOME": str(person.home / "nowhere")}),
        check=False,
    )
    return told.returncode, told.stdout, told.stderr


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["next"], ["today"], ["plan"], ["month"], ["why"], ["show", "1"], ["export", "-o", "-"], ["phone"], ["history"]],
    ids=" ".join,
)  # fmt: skip
def test_what_only_reads_works_and_says_that_nothing_is_kept(arguments, locked):
    (file,) = locked.home.glob("*.sqlite3")
    before = file.read_bytes()
    code, out, messages = run(locked, *arguments)
    assert (code, bool(out)) == (0, True), messages
    assert "can only be read: nothing is kept." in messages
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [["log", "1", "sent"], ["undo"], ["move", "1.3"], ["edit", "1", "--notes", "x"]],
    ids=" ".join,
)
def test_what_would_keep_something_is_refused(arguments, locked):
    (file,) = locked.home.glob("*.sqlite3")
    before = file.read_bytes()
    code, _, messages = run(locked, *arguments)
    assert (code, "the store can only be read" in messages) == (73, True), messages
    assert file.read_bytes() == before
