"""The file itself: missing, unreadable, too large, not text, not TOML."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.domain import Preferences
from calsync.errors import BadSettings
from calsync.settings import GoogleSettings, Home, Settings, load, parse

_CODEC = 'a setting is a line like hours = "07:00-21:00"'

BROKEN = [
    # the file's bytes, the message behind its path
    (
        b"timezone = America/New_York",
        f": this is not TOML: Invalid value (at line 1, column 12); {_CODEC}. (CS-SET-004)",
    ),
    (
        b"hours\n",
        f": this is not TOML: Expected '=' after a key in a key/value pair (at line 1, column 6); {_CODEC}. (CS-SET-004)",
    ),
    (
        b"phone = true\nphone = true\n",
        f": this is not TOML: Cannot overwrite a value (at line 2, column 13); {_CODEC}. (CS-SET-004)",
    ),
    (b"a = " + b"[" * 20_000, f": this is not TOML: it is nested too deeply; {_CODEC}. (CS-SET-004)"),
    (
        b'phone = true\nplaybook = "caf\xe9"\n',
        ", line 2: this is not UTF-8; save the file as UTF-8. (CS-SET-003)",
    ),
    ("phone = true".encode("utf-16"), ", line 1: this is not UTF-8; save the file as UTF-8. (CS-SET-003)"),
    (b"#" * 300_000, ": it is larger than 256 KiB; is it the right file?. (CS-SET-001)"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_a_missing_file_means_the_defaults(tmp_path: Path):
    assert load(Home.find(str(tmp_path / "nowhere"))) == parse("")
    assert list(tmp_path.iterdir()) == []


def test_the_defaults_are_those_of_the_domain_in_the_system_s_zone():
    assert parse("") == Settings(
        Preferences(zone=ZoneInfo("UTC")), None, discreet=False, google=GoogleSettings()
    )


def test_a_user_without_any_folder_has_the_defaults():
    assert load(Home(None, None, None)) == parse("")


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf", b"# mine\r\n"])
def test_a_file_is_read_with_or_without_a_byte_order_mark_and_with_any_line_end(file: Path, begin: bytes):
    file.write_bytes(begin + b'country = "US"\r\n')
    assert load(Home.find(str(file.parent))).preferences.country == "US"


@pytest.mark.parametrize(("content", "message"), BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_cannot_be_read_as_settings_is_refused(file: Path, content: bytes, message: str):
    file.write_bytes(content)
    assert _refusal(file) == f"{file}{message}"


def test_a_number_of_more_digits_than_python_reads_is_refused(file: Path):
    file.write_text("phone = " + "9" * 5000, encoding="utf-8")
    assert _refusal(file).startswith(f"{file}: this is not TOML: ")


def test_a_fault_in_a_file_names_the_file_and_the_key(file: Path):
    file.write_text('[candidate]\nemail = "me"\n', encoding="utf-8")
    assert _refusal(file).startswith(f"{file}, candidate.email: 'me' is not an email address; ")


def test_a_folder_in_the_place_of_the_file_is_refused(file: Path):
    file.mkdir()
    assert _refusal(file) == f"{file}: this is not a file; put a text file there, or nothing. (CS-SET-001)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_the_file_is_refused_rather_than_waited_for(file: Path):
    os.mkfifo(file)
    assert "this is not a file" in _refusal(file)


def test_a_home_that_is_a_file_is_refused(file: Path):
    file.write_text("", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"settings\.toml") as refused:
        load(Home.find(str(file)))
    assert refused.value.exit_code == 78


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is open to the superuser"
)
def test_a_file_that_may_not_be_read_is_refused(file: Path):
    file.touch(mode=0o200)
    assert "it cannot be read: Permission denied" in _refusal(file)


def test_a_name_too_long_for_a_file_is_refused(tmp_path: Path):
    with pytest.raises(BadSettings, match="it cannot be read"):
        load(Home.find(str(tmp_path / ("x" * 300))))


@given(st.text(alphabet=st.sampled_from("[]{}=\"'.,#\n\\ \0\ufeffabz019éhours:-")))
def test_any_text_becomes_settings_or_one_refusal(text: str):
    try:
        outcome: object = parse(text)
    except BadSettings as refusal:
        outcome = str(refusal)
    assert isinstance(outcome, Settings) or str(outcome).startswith("settings.toml")


def _refusal(file: Path) -> str:
    with pytest.raises(BadSettings) as refused:
        load(Home.find(str(file.parent)))
    assert refused.value.exit_code == 78
    return str(refused.value)
