"""What commands share: holidays are worked out once for all tests of this folder, where the system lets us say so."""

import sys

import pytest

from tests.cli.person import AFTER
from tests.cli.running import command, surroundings
from tests.surroundings import hears_interrupts

needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Windows cannot be played")


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _warm(shared_cache, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache))


@pytest.fixture
def terminal(person):
    """A calsync in a terminal, to be talked with."""
    pexpect = pytest.importorskip("pexpect")
    spoken = []

    def start(*arguments, **env):
        first, *rest = command("--home", person.home, "--now", AFTER, *arguments)
        env = surroundings({"NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb", **env})
        spoken.append(
            pexpect.spawn(
                first,
                rest,
                env=env,
                encoding="utf-8",
                timeout=20,
                dimensions=(40, 80),
                preexec_fn=hears_interrupts,
            )
        )
        return spoken[-1]

    yield start
    for each in spoken:
        each.close(force=True)
