"""What an invitation leaves open is asked for in a terminal, and nowhere else."""

import sys

import pytest

from tests.cli.person import AFTER, Person
from tests.cli.running import ROOT, command, surroundings
from tests.surroundings import hears_interrupts

CASES = ROOT / "fixtures" / "invitations" / "cases"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Windows cannot be played")


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


@pytest.fixture
def talk(person):
    """``calsync import`` in a terminal, to be talked with."""
    pexpect = pytest.importorskip("pexpect")
    spoken = []

    def start(*files):
        first, *rest = command("--home", person.home, "--now", AFTER, "import", *files)
        env = surroundings({"NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb"})
        options = {
            "encoding": "utf-8",
            "timeout": 20,
            "dimensions": (40, 200),
            "preexec_fn": hears_interrupts,
        }
        spoken.append(pexpect.spawn(first, [str(each) for each in rest], env=env, **options))
        return spoken[-1]

    yield start
    for each in spoken:
        each.close(force=True)


def ends(talk):
    talk.expect_exact("New: 1")
    talk.wait()
    assert talk.exitstatus == 0


def test_whether_this_is_you_is_asked_once_and_remembered(person, talk):
    first = talk(CASES / "candidate-in-title.ics")
    first.expect_exact("1  Robin Vale <robin.vale@mail.example>")
    first.expect_exact("Is this you (1 for yes, 0 for no) [1]: ")
    first.sendline("")
    ends(first)
    settings = person.does("config", "get", "--json").json["settings"]
    assert (settings["candidate.name"], settings["candidate.email"]) == (
        "Robin Vale",
        "robin.vale@mail.example",
    )
    assert (person.record()["candidate"], person.record()["contact"]) == ("Robin Vale", "Rosa Klein")


def test_whoever_says_no_keeps_the_settings_as_they_are(person, talk):
    first = talk(CASES / "candidate-in-title.ics")
    first.expect_exact("Is this you (1 for yes, 0 for no) [1]: ")
    first.sendline("0")
    ends(first)
    assert person.does("config", "get", "--json").json["settings"]["candidate.name"] == ""


def test_a_zone_is_asked_for_until_it_fits(person, talk):
    zone = talk(CASES / "microsoft-custom-zone.ics")
    zone.expect_exact("In which zone is it [America/Los_Angeles]: ")
    zone.sendline("PST")
    zone.expect_exact("no zone 'PST'")
    zone.expect_exact("In which zone is it [America/Los_Angeles]: ")
    zone.sendline("Europe/Berlin")
    zone.expect_exact("is not Europe/Berlin")
    zone.expect_exact("In which zone is it [America/Los_Angeles]: ")
    zone.sendline("")
    ends(zone)
    assert person.record()["timezone"] == "America/Los_Angeles"
