import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from calsync.errors import CannotWrite
from calsync.store import Store
from tests.store.examples import NOW, interview
from tests.surroundings import soaked

ROOT = Path(__file__).parents[2]
NOBODY = 65534

OPEN_AS_NOBODY = """
import os, sqlite3, sys  # all that is imported later, for Python's own folder may be closed to nobody
from pathlib import Path
from calsync.store import Store
from tests.store.examples import NOW, interview
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with Store.open(Path(sys.argv[1])) as store, store.change("add", at=NOW) as change:
        change.add(interview("new"))
except Exception as error:
    print(getattr(error, "exit_code", repr(error)), error)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of a file's size are POSIX")
def test_a_disk_that_fills_at_any_byte_is_told_and_nothing_is_lost():
    assert soaked("store_full", "--cases", 50).startswith("50 limits")


def open_as_nobody(path):
    command = [sys.executable, "-c", OPEN_AS_NOBODY, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def folder():
    """Outside pytest's own, which only its owner may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name != "posix", reason="folders have owners on POSIX only")
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_cannot_be_written_is_told_with_its_path(there, folder):
    path = folder / "store.db"
    if there:
        with Store.open(path) as store, store.change("add", at=NOW) as change:
            change.add(interview())
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        told = open_as_nobody(path)
    finally:
        folder.chmod(0o755)
    assert told.startswith("73 "), told
    assert str(path) in told
    if there:
        path.chmod(0o600)
        with Store.open(path) as store:
            assert [kept.interview for kept in store.interviews()] == [interview()]


@pytest.mark.skipif(os.name != "posix", reason="files have owners on POSIX only")
def test_a_store_of_another_user_is_told_with_its_path(folder):
    path = folder / "store.db"
    Store.open(path).close()
    path.chmod(0o000)
    assert open_as_nobody(path).startswith("73 ")


def test_a_folder_in_the_place_of_the_store_is_told(tmp_path):
    (tmp_path / "store.db").mkdir()
    with pytest.raises(CannotWrite, match=r"store\.db"):
        Store.open(tmp_path / "store.db")


def test_a_file_in_the_place_of_the_home_is_told(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(CannotWrite, match=r"store\.db"):
        Store.open(tmp_path / "home" / "store.db")


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_told_and_left_alone(tmp_path):
    (tmp_path / "store.db").symlink_to(tmp_path / "away" / "store.db")
    with pytest.raises(CannotWrite, match=r"store\.db"):
        Store.open(tmp_path / "store.db")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["store.db"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_store_behind_a_link_is_the_store(tmp_path):
    Store.open(tmp_path / "real.db").close()
    (tmp_path / "store.db").symlink_to(tmp_path / "real.db")
    with Store.open(tmp_path / "store.db") as store, store.change("add", at=NOW) as change:
        change.add(interview())
    with Store.open(tmp_path / "real.db") as store:
        assert len(list(store.interviews())) == 1


def test_names_left_by_a_killed_first_use_are_swept_away(tmp_path):
    Store.open(tmp_path / "store.db").close()
    if hasattr(os, "link"):
        os.link(tmp_path / "store.db", tmp_path / "store.db.new-999999999")
        Store.open(tmp_path / "store.db").close()
        assert [each.name for each in tmp_path.iterdir()] == ["store.db"]


def test_a_disk_without_hard_links_gets_a_store_too(tmp_path, monkeypatch):
    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    with Store.open(tmp_path / "store.db") as store:
        assert store.check() == []
    assert [each.name for each in tmp_path.iterdir()] == ["store.db"]
