"""A setting that is changed by a command: the rest of the file stays, and a wrong one changes nothing."""

import os
import stat

import pytest

from calsync.errors import BadSettings, CannotWrite
from calsync.settings import parse
from calsync.settings.keys import TABLES
from calsync.settings.settings import effective
from calsync.settings.writing import changed, names, write

WRITTEN = """\
# Jo's settings
timezone = "Europe/Berlin"   # home

hours = "07:00-21:00"
# not on Mondays
kept_free = [
  "monday",  # too full
]

[candidate]
phone = "+49 30 901820"
# no name yet

[google]
calendar = 'Work'
"""

TYPED = [
    ("timezone", "America/New_York", "America/New_York"),
    ("hours", "8-20", "08:00-20:00"),
    ("hours", '"08:00-20:00"', "08:00-20:00"),
    ("private_hours", "Mon,Wed 12:00-13:00", '["Mon,Wed 12:00-13:00"]'),
    ("private_hours", '["Mon 12:00-13:00", "Fri 9-10"]', '["Mon 12:00-13:00", "Fri 09:00-10:00"]'),
    ("country", "NO", "NO"),
    ("country", "", ""),
    ("region", "5", "5"),
    ("business_hours", "08:30-16:30", "08:30-16:30"),
    ("window", "late", "late"),
    ("kept_free", "monday, friday", '["monday", "friday"]'),
    ("kept_free", "[]", "[]"),
    ("kept_free", "fri", '["friday"]'),
    ("monday_like", "true", "true"),
    ("quiet_days", "bridge-days, year-end", '["bridge-days", "year-end"]'),
    ("phone", "false", "false"),
    ("playbook", "gentle", "gentle"),
    ("closures", "2026-12-24", '["2026-12-24"]'),
    ("closures", "2026-12-24..2027-01-01", '["2026-12-24..2027-01-01"]'),
    ("language", "de", "de"),
    ("discreet", "true", "true"),
    ("candidate.name", 'Jo "J" Doe', 'Jo "J" Doe'),
    ("candidate.phone", "1234567", "1234567"),
    ("candidate.email", "jo@example.org", "jo@example.org"),
    ("alarms.ask", "30", "[30]"),
    ("alarms.call", "60, 15", "[60, 15]"),
    ("alarms.email", "[]", "[]"),
    ("alarms.prepare", "[5]", "[5]"),
    ("google.calendar", "Follow-ups, mine", "Follow-ups, mine"),
    ("caldav.calendar", "Follow-ups, mine", "Follow-ups, mine"),
    ("google.api_root", "http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
    ("csv.map", "Wann=start, Firma = company", "Wann=start, Firma=company"),
    ("google.busy", "primary, kim@work.example", '["primary", "kim@work.example"]'),
]


@pytest.mark.parametrize("text", ["", WRITTEN])
@pytest.mark.parametrize(("key", "typed", "value"), TYPED)
def test_what_is_typed_is_what_the_key_amounts_to(text, key, typed, value):
    new = changed(text, key, typed)
    assert effective(parse(new), key) == value
    others = [name for name in names() if name != key]
    before, after = parse(text), parse(new)
    assert [effective(after, name) for name in others] == [effective(before, name) for name in others]


def test_the_table_above_leaves_no_key_out():
    assert {key for key, _, _ in TYPED} == set(names())
    assert len(names()) == sum(map(len, TABLES.values()))


@pytest.mark.parametrize(("key", "typed", "value"), TYPED)
def test_what_a_key_amounts_to_can_be_typed_again(key, typed, value):
    once = changed("", key, typed)
    assert effective(parse(changed("", key, value)), key) == effective(parse(once), key)


@pytest.mark.parametrize(("key", "typed", "value"), TYPED)
def test_comments_order_and_blank_lines_stay(key, typed, value):
    old, new = WRITTEN.splitlines(), changed(WRITTEN, key, typed).splitlines()
    touched = {"kept_free": {'  "monday",  # too full', "]", "kept_free = ["}}.get(key, set())
    gone = [line for line in old if line not in new and line not in touched]
    assert [line.partition(" ")[0] for line in gone] in ([], [key.rpartition(".")[2]])
    kept = [line for line in old if line and line in new]
    assert [line for line in new if line in kept] == kept
    assert new.count("") >= old.count("")
    assert value is not None


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("hours", "bananas", "settings.toml, hours: 'bananas' is not a span of hours; write it like"),
        ("phone", "yes", "settings.toml, phone: 'yes' is neither true nor false; write true or false"),
        ("kept_free", "monday, blurday", "settings.toml, kept_free: 'blurday' is not a weekday"),
        ("alarms.call", "soon", "settings.toml, alarms.call: 'soon' is not a number of minutes"),
        ("hourz", "8-20", "settings.toml: there is no key 'hourz'; try hours"),
        ("name", "Jo", "settings.toml: there is no key 'name'; it stands under [candidate]"),
        ("alarm.call", "15", "settings.toml: there is no key 'alarm.call'; it stands under [alarms]"),
        ("", "15", "settings.toml: there is no key ''"),
        ("hours", "1\n[google]\ncalendar = 'x'", "is not one short line"),
        ("timezone", "EST5", "EST5"),
    ],
)
def test_a_key_or_value_that_is_wrong_is_the_settings_own_error(key, typed, said):
    with pytest.raises(BadSettings) as refused:
        changed(WRITTEN, key, typed)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hours = [", "this is not TOML"),
        ('colour = "red"', "there is no key 'colour'"),
        ("candidate = 3", "not a table"),
    ],
)
def test_settings_that_are_wrong_elsewhere_are_not_written_over(text, said):
    with pytest.raises(BadSettings, match=said):
        changed(text, "candidate.name", "Jo")


def test_the_key_that_is_wrong_can_be_mended():
    assert effective(parse(changed('hours = "never"', "hours", "8-20")), "hours") == "08:00-20:00"


def test_the_file_and_its_folder_are_made(tmp_path):
    file = tmp_path / "a" / "b" / "settings.toml"
    write(str(file), "phone = true\n")
    assert file.read_text() == "phone = true\n"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="permission bits are not Windows'")
def test_an_old_file_keeps_its_permissions_and_its_name(tmp_path):
    kept, file = tmp_path / "dotfiles.toml", tmp_path / "settings.toml"
    kept.write_text("")
    kept.chmod(0o640)
    file.symlink_to(kept)
    write(str(file), "phone = true\n")
    assert file.is_symlink()
    assert kept.read_text() == "phone = true\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite) as refused:
        write(str(tmp_path / "file" / "settings.toml"), "")
    assert str(tmp_path / "file") in str(refused.value)
