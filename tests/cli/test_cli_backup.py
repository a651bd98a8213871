"""backup: a copy that is a store itself, never over somebody's file, never of a damaged store."""

import os
import shutil
import sqlite3

import pytest

from calsync.store.migration import latest
from tests.cli.person import ACME, Person

NAME = f"calsync.backup-v{latest()}-2026-11-12.sqlite3"


@pytest.fixture
def person(tmp_path):
    person = Person(tmp_path / "home")
    person.does("add", *ACME)
    return person


def test_a_copy_is_made_beside_the_store_and_goes_back_in_its_place(person):
    told = person.does("backup")
    copy = person.home / NAME
    assert told.out == f"{copy}\n"
    person.does("remove", "1")
    for store in person.home.glob("calsync.sqlite3*"):
        store.unlink()
    shutil.copy(copy, person.home / "calsync.sqlite3")
    assert person.record()["company"] == "Acme"


def test_a_second_copy_of_a_day_takes_the_place_of_the_first(person):
    person.does("backup")
    person.does("log", "1", "sent")
    person.does("backup")
    with sqlite3.connect(person.home / NAME) as copy:
        assert copy.execute("SELECT count(*) FROM outcome").fetchone() == (1,)
    copy.close()


def test_a_copy_goes_where_it_is_told(person, tmp_path):
    assert person.does("backup", tmp_path / "mine.sqlite3").out == f"{tmp_path / 'mine.sqlite3'}\n"
    assert person.does("backup", tmp_path).out == f"{tmp_path / NAME}\n"
    if os.name == "posix":
        assert (tmp_path / "mine.sqlite3").stat().st_mode & 0o777 == 0o600


def test_no_file_of_somebodys_is_written_over(person, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    told = person.tries("backup", tmp_path / "notes.txt")
    assert (told.code, (tmp_path / "notes.txt").read_text()) == (73, "mine")
    assert person.tries("backup", tmp_path / "no" / "folder.sqlite3").code == 73


def test_a_damaged_store_is_not_copied_over_the_copy_of_a_sound_one(person):
    person.does("backup")
    before = (person.home / NAME).read_bytes()
    with sqlite3.connect(person.home / "calsync.sqlite3") as store:
        store.execute("UPDATE interview SET start = 'soon'")
    store.close()
    told = person.tries("backup")
    assert told.code == 65
    assert "no copy was made" in told.messages
    assert (person.home / NAME).read_bytes() == before
    assert NAME in person.tries("list").messages


def test_where_nothing_is_remembered_there_is_nothing_to_copy(tmp_path):
    told = Person(tmp_path / "new").tries("backup")
    assert told.code == 66
    assert not list((tmp_path / "new").glob("*.sqlite3"))


def test_doctor_leads_to_it_and_names_the_copy(person):
    assert "calsync backup makes one" in person.tries("doctor").out
    person.does("backup")
    assert NAME in person.tries("doctor").out
