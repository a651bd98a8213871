"""config: where the settings are, what they amount to, one of them changed."""

import pytest

from calsync.settings import Home
from calsync.settings.writing import names
from tests.cli.running import calsync, done


def test_path_is_where_the_settings_are_looked_for(tmp_path):
    assert done("config", "path").out.strip() == Home.find().settings_file
    assert done("config", "path", "--home", tmp_path).out.strip() == str(tmp_path / "settings.toml")
    assert not list(tmp_path.iterdir())


def test_get_shows_every_key_whether_set_or_not():
    out = done("config", "get").out
    assert [line.split()[0] for line in out.splitlines()] == names()
    told = done("config", "get", "--json").json["settings"]
    assert list(told) == names()
    assert told["hours"] == "07:00-21:00"


def test_a_setting_that_is_set_counts_from_then_on():
    done("config", "set", "hours", "08:00-20:00")
    assert done("config", "get", "hours").out == "08:00-20:00\n"
    assert done("config", "get", "hours", "--json").json["settings"] == {"hours": "08:00-20:00"}


def test_a_value_of_several_words_needs_no_quotes():
    told = done("config", "set", "candidate.name", "Jo", "Doe")
    assert told.messages == "candidate.name is now Jo Doe.\n"
    assert done("config", "get", "candidate.name").out == "Jo Doe\n"


def test_a_value_that_is_emptied_is_told_as_empty():
    done("config", "set", "country", "US")
    assert "is now empty" in done("config", "set", "country", "").messages


def test_a_setting_that_is_unset_is_what_is_assumed_and_comments_stay(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text(
        '# mine\nhours = "08:00-20:00"  # late riser\n\n[candidate]\n# who\nname = "Jo"\nemail = "jo@example.org"\n'
    )
    told = done("config", "unset", "hours", "--home", tmp_path)
    assert told.messages == "hours is no longer set; it is 07:00-21:00 by default.\n"
    done("config", "unset", "candidate.name", "--home", tmp_path)
    assert file.read_text() == '# mine\n\n[candidate]\n# who\nemail = "jo@example.org"\n'
    assert done("config", "get", "candidate.name", "--home", tmp_path).out == "\n"


def test_what_is_not_set_is_said_and_makes_no_file(tmp_path):
    told = done("config", "unset", "alarms.call", "--home", tmp_path)
    assert told.messages == "alarms.call is not set; it is [15] by default.\n"
    assert not list(tmp_path.iterdir())


def test_a_wrong_setting_can_be_taken_out(tmp_path):
    (tmp_path / "settings.toml").write_text('hours = "never"\n')
    assert done("config", "unset", "hours", "--home", tmp_path).messages.startswith("hours is no longer set")


@pytest.mark.parametrize("key", ["hourz", "candidate.nam", "candidate"])
def test_no_such_key_can_be_unset(key, tmp_path):
    assert calsync("config", "unset", key, "--home", tmp_path).code == 78


@pytest.mark.parametrize("typed", [("hours", "bananas"), ("hourz", "8-20")])
def test_what_is_wrong_is_refused_and_nothing_is_written(typed, tmp_path):
    told = calsync("config", "set", *typed, "--home", tmp_path)
    assert told.code == 78
    assert told.messages.startswith(f"calsync: {tmp_path / 'settings.toml'}")
    assert not list(tmp_path.iterdir())


def test_a_key_that_is_not_there_is_told_with_the_nearest():
    told = calsync("config", "get", "hourz")
    assert told.code == 2
    assert "try hours" in told.messages


def test_settings_that_are_wrong_can_be_mended_by_the_command(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('# mine\nhours = "never"\n')
    assert calsync("config", "get", "hours", "--home", tmp_path).code == 78
    done("config", "set", "hours", "8-20", "--home", tmp_path)
    assert file.read_text() == '# mine\nhours = "8-20"\n'


def test_reading_a_setting_loads_no_writer(loaded_by):
    code = "import sys; from calsync.cli import run; run(sys.argv[1:])"
    assert "tomlkit" not in loaded_by(code, "config", "get", "hours")


def test_programs_get_lists_numbers_and_truth_values(tmp_path):
    done("config", "set", "alarms.call", "60, 15", "--home", tmp_path)
    found = done("config", "get", "--json", "--home", tmp_path).json["settings"]
    assert (found["alarms.call"], found["phone"], found["closures"]) == ([60, 15], True, [])
    assert (found["timezone"], found["hours"], found["window"]) == ("UTC", "07:00-21:00", None)


def test_a_key_without_its_table_is_told_its_whole_name(tmp_path):
    assert "candidate.name" in calsync("config", "set", "name", "Jo", "--home", tmp_path).messages
