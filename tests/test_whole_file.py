"""A file is there as a whole, with its own permission bits from the first moment."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import get_ident

import pytest

from calsync.files import write_whole

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_new_one_takes_the_place_of_the_old_one_and_nothing_stays_beside_it(tmp_path):
    file = tmp_path / "a.json"
    write_whole(str(file), b"one")
    write_whole(str(file), b"two\r\n")
    assert file.read_bytes() == b"two\r\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@POSIX
def test_a_secret_is_nobody_else_s_at_any_moment(tmp_path, monkeypatch):
    seen = []

    def watched(draft, path):
        seen.append(mode(Path(draft)))
        replace(draft, path)

    replace = os.replace
    monkeypatch.setattr(os, "replace", watched)
    file = tmp_path / "token.json"
    file.write_bytes(b"")
    file.chmod(0o644)
    write_whole(str(file), b"secret", 0o600)
    assert seen == [0o600]
    assert mode(file) == 0o600


@POSIX
def test_without_a_mode_the_old_one_s_bits_stay(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_bytes(b"")
    file.chmod(0o640)
    write_whole(str(file), b"a = 1")
    assert mode(file) == 0o640


@POSIX
def test_a_link_is_replaced_and_what_it_led_to_stays(tmp_path):
    other, link = tmp_path / "other", tmp_path / "link"
    other.write_bytes(b"old")
    link.symlink_to(other)
    write_whole(str(link), b"new", 0o600)
    assert (other.read_bytes(), link.read_bytes(), link.is_symlink()) == (b"old", b"new", False)


def test_what_a_killed_process_left_is_no_obstacle(tmp_path):
    file = tmp_path / "a.json"
    (tmp_path / f"a.json.new-{os.getpid()}-{get_ident()}").write_bytes(b"half")
    write_whole(str(file), b"whole", 0o600)
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_when_it_fails_the_old_one_is_untouched_and_no_draft_stays(tmp_path):
    folder = tmp_path / "a.json"
    folder.mkdir()
    (folder / "inside").write_bytes(b"")
    with pytest.raises(OSError):  # noqa: PT011  # which one depends on the system
        write_whole(str(folder), b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@POSIX
def test_drafts_that_a_killed_process_left_are_swept_and_nobody_else_s(tmp_path):
    file = tmp_path / "token.json"
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    names = {
        f"token.json.new-{ended.pid}-1": False,
        f"token.json.new-{os.getpid()}-1": True,  # of another thread
        f"token.json.new-{os.getppid()}-1": True,
        "token.json.new-idea": True,
        f"other.json.new-{ended.pid}-1": True,
    }
    for name in names:
        (tmp_path / name).write_text("secret")
    write_whole(str(file), b"new", 0o600)
    assert {name: (tmp_path / name).exists() for name in names} == names
