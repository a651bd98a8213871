from zoneinfo import ZoneInfo, available_timezones

import pytest

from calsync.errors import BadValue
from calsync.intake import zone
from calsync.intake.invitation.tzid import named, windows


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("EST5", "try America/New_York"),
        ("est", "try America/New_York"),
        ("PST", "try America/Los_Angeles"),
        ("CET", "try Europe/Berlin, Europe/Paris or another city of yours"),
        ("IST", "try Asia/Kolkata, Asia/Jerusalem or Europe/Dublin"),
        ("america/new_york", "try America/New_York"),
        ("America/NewYork", "try America/New_York"),
        ("New York", "try America/New_York"),
        ("Berlin", "try Europe/Berlin"),
        ("Europe/Berlim", "try Europe/Berlin"),
        ("Tokio", "try Asia/Tokyo"),
        (
            "UTC+2",
            "name a city: its clock changes with the seasons; use a name like America/New_York or Europe/London",
        ),
        (
            "+01:00",
            "name a city: its clock changes with the seasons; use a name like America/New_York or Europe/London",
        ),
        ("Sarah Smith", "use a name like America/New_York or Europe/London"),
        ("../../etc/passwd", "use a name like America/New_York or Europe/London"),
        ("/etc/localtime", "use a name like America/New_York or Europe/London"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_one_that_may_be_meant(name, remedy):
    with pytest.raises(BadValue) as refused:
        zone(name)
    assert str(refused.value) == f"no zone {name!r}; {remedy}. (CS-REC-004)"


@pytest.mark.parametrize(
    "name",
    ["Europe", "posix/Europe/Berlin", "localtime", "posixrules", "tzdata", "a" * 300, "é", "\0", "Factory"],
)
def test_no_other_file_of_the_system_is_a_zone(name):
    with pytest.raises(BadValue, match="no zone"):
        zone(name)


def test_every_zone_of_the_database_is_known_but_for_the_abbreviations():
    refused = set()
    for name in available_timezones() - {"localtime", "posixrules"}:
        try:
            assert zone(name) == ZoneInfo(name)
        except BadValue:
            refused.add(name)
    assert refused == {"CET", "EET", "EST", "Factory", "HST", "MET", "MST", "WET"}


def test_a_zone_is_made_once():
    assert zone("Europe/Paris") is zone(" Europe/Paris ")


@pytest.mark.parametrize("name", sorted(windows()))
def test_every_zone_of_windows_is_a_zone(name):
    assert named(name).key.removeprefix("Etc/") == windows()[name].removeprefix("Etc/")
