"""Settings and playbooks that would take for ever, or all memory, end as clear errors."""

import os
import sys

import pytest

from calsync.errors import BadSettings
from calsync.playbooks import load
from calsync.settings.settings import parse
from calsync.settings.writing import changed
from calsync.toml_text import parsed_toml

ENDLESS = ".".join(["a"] * 45_000) + " = 1\n"
HOSTILE = [
    (ENDLESS, "line 1 is too long"),
    ("x = {" + ".".join(["a"] * 45_000) + " = 1}\n", "line 1 is too long"),
    (f"x = {'9' * 5_000}\n", "too many digits"),
    (f"x = {'9' * 4_000}\n", "too many digits"),
    (f"x = [{{ y = 0x{'f' * 9_000} }}]\n", "too many digits"),
    ("x = " + "[" * 90_000 + "\n", "nested too deeply"),
]


@pytest.mark.parametrize(("text", "what"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_in_words(text, what, tmp_path):
    with pytest.raises(ValueError, match=what):
        parsed_toml(text)
    with pytest.raises(BadSettings, match=what):
        parse(text)
    with pytest.raises(BadSettings, match=what):
        changed(text, "hours", "08:00-20:00")
    playbook = tmp_path / "mine.toml"
    playbook.write_text(text)
    with pytest.raises(BadSettings, match=what):
        load(str(playbook))


def test_a_long_text_with_dots_is_no_endless_key():
    assert parsed_toml(f'notes = "{"so. and so. " * 500}"')


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_playbook_is_a_file_and_neither_a_device_nor_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    for path in ("/dev/zero", str(tmp_path / "pipe.toml")):
        with pytest.raises(BadSettings, match="this is not a file"):
            load(path)
