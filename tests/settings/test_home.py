"""Where calsync keeps its things, by flag, by environment and by platform."""

import sys
from pathlib import Path

import pytest

from calsync.errors import BadSettings
from calsync.settings import Home, load, needed
from calsync.settings.home import _asked, _xdg

on_linux = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="XDG is the rule of the other systems"
)


def test_home_moves_everything_into_one_folder(tmp_path: Path):
    home = Home.find(str(tmp_path))
    assert home == Home(str(tmp_path), str(tmp_path), str(tmp_path / "cache"))
    assert home.settings_file == str(tmp_path / "settings.toml")
    assert home.playbooks == str(tmp_path / "playbooks")
    assert home.texts == str(tmp_path / "texts")
    assert home.store == str(tmp_path / "calsync.sqlite3")
    assert home.google == str(tmp_path / "google")


def test_calsync_home_does_the_same_and_the_flag_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CALSYNC_HOME", str(tmp_path / "b"))
    assert Home.find() == Home.find(str(tmp_path / "b"))
    assert Home.find(str(tmp_path / "a")).config == str(tmp_path / "a")


def test_an_empty_calsync_home_is_none(monkeypatch: pytest.MonkeyPatch):
    usual = Home.find()
    monkeypatch.setenv("CALSYNC_HOME", "")
    assert Home.find() == usual


def test_a_home_is_found_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert Home.find("mine").config == str(tmp_path / "mine")
    assert Home.find(".").config == str(tmp_path)


def test_a_tilde_that_no_shell_has_read_is_the_user_s_folder(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CALSYNC_HOME", "~/mine")
    assert Home.find().config == str(home / "mine")


@pytest.mark.parametrize("folder", ["", "  ", "a\0b", "~no-such-user-here/x"])
def test_what_cannot_be_a_folder_is_refused(folder: str):
    with pytest.raises(BadSettings) as refused:
        Home.find(folder)
    assert str(refused.value) == (
        f"--home: {folder!r} is not a folder; name the folder that calsync may keep its things in. (CS-SET-002)"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder in which somebody stands")
def test_a_home_named_from_a_folder_that_is_gone_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(BadSettings, match="'mine' is not a folder"):
        Home.find("mine")
    monkeypatch.undo()


@on_linux
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_CONFIG_HOME": "/x/config"},
        {"XDG_DATA_HOME": "/x/data", "XDG_CACHE_HOME": "/x/cache"},
        {"XDG_CONFIG_HOME": ""},
        {"XDG_CONFIG_HOME": "not/absolute"},
    ],
)
def test_the_usual_folders_are_those_that_platformdirs_names(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _xdg() == _asked()
    assert Home.find() == Home(*_asked())


@on_linux
def test_settings_data_and_cache_lie_where_xdg_puts_them(home: Path):
    assert Home.find() == Home(
        str(home / ".config/calsync"), str(home / ".local/share/calsync"), str(home / ".cache/calsync")
    )


def test_looking_makes_nothing(home: Path):
    load(Home.find())
    assert list(home.iterdir()) == []


@on_linux
@pytest.mark.parametrize("nothing", ["", "not/absolute"])
def test_a_user_without_a_folder_can_plan_but_keep_nothing(nothing: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", nothing)
    home = Home.find()
    assert home == Home(None, None, None)
    assert load(home).preferences.playbook == "balanced"
    with pytest.raises(BadSettings) as refused:
        needed(home.store)
    assert str(refused.value) == (
        "this user has no folder to keep things in; name one with --home DIR or CALSYNC_HOME. (CS-SET-006)"
    )


@on_linux
def test_without_home_the_user_s_entry_in_the_system_is_taken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("HOME")
    assert needed(Home.find().store).startswith(str(Path.home()))


def test_a_place_that_is_there_is_handed_on(tmp_path: Path):
    assert needed(Home.find(str(tmp_path)).store) == str(tmp_path / "calsync.sqlite3")
