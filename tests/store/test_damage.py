import shutil
import sqlite3

import pytest

from calsync.errors import BadData, NoInput
from calsync.store import Store
from tests.soak.store_damage import sweep
from tests.store.examples import NOW, interview, outcome, plan
from tests.store.make_fixture import NEWEST


def test_a_damaged_store_is_read_as_it_was_or_refused_and_left_alone(tmp_path):
    counts, _ = sweep(100, tmp_path)
    assert counts.total() == 100
    assert counts["refused"] > 40


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (b"", "the file is empty"),
        (b"SQLite format 3\x00", "no SQLite database"),
        (b"company;role;start\nAcme;PM;2026-11-12\n" * 40, "no SQLite database"),
        (bytes(4096), "no SQLite database"),
    ],
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(what, told, tmp_path):
    path = tmp_path / "store.db"
    path.write_bytes(what)
    with pytest.raises(BadData, match=told) as raised:
        Store.open(path)
    assert "there is no backup beside it" in str(raised.value)
    assert path.read_bytes() == what
    assert [each.name for each in tmp_path.iterdir()] == ["store.db"]


def test_a_database_of_another_program_is_refused(tmp_path):
    connection = sqlite3.connect(tmp_path / "store.db")
    connection.execute("CREATE TABLE places (url)")
    connection.close()
    with pytest.raises(BadData, match="another program"):
        Store.open(tmp_path / "store.db")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE interview SET start = 'soon'",
        "UPDATE interview SET zone = 'Mars/Base'",
        "UPDATE interview SET company = ''",
        "UPDATE interview SET minutes = 'long'",
        "UPDATE interview SET id = 'A B' WHERE number = 1",
        "UPDATE interview SET more = '[1'",
        "UPDATE interview SET phone = x'ff'",
        "UPDATE interview SET status = 'opem'",
        "UPDATE interview SET contact_role = 'boss'",
        "UPDATE interview SET busy = '[[1]]'",
        "UPDATE interview SET company = CAST(x'c3' AS TEXT)",
        "UPDATE interview SET recorded = 'once'",
        "UPDATE planned SET record = '{}'",
        "UPDATE planned SET record = '[]'",
        "UPDATE event SET stamp = 'late'",
        "UPDATE event SET created = 1e300",
        "UPDATE outcome SET at = 'never'",
        "UPDATE outcome SET next = '2026-13-01'",
    ],
)
def test_a_row_that_was_never_written_is_told_as_damage(sql, tmp_path):
    path = shutil.copy(NEWEST, tmp_path / "store.db")
    with Store.open(tmp_path / "store.db") as store:
        store._connection.execute(sql)
        with pytest.raises(BadData, match="the store is damaged"):
            read_all(store)
        assert any("the store is damaged" in line for line in store.check())
    assert path.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE image SET before = '{'",
        "UPDATE image SET before = '{}'",
        "UPDATE image SET before = '7'",
        "UPDATE image SET kind = 'colour'",
        "UPDATE journal SET at = 'once'",
        "UPDATE image SET last = 'all'",
        "UPDATE counter SET last = 0",
        "DELETE FROM counter",
        "DROP TABLE plan",
        "ALTER TABLE outcome RENAME COLUMN result TO answer",
    ],
)
def test_what_cannot_be_undone_or_gone_on_with_is_told_as_damage(sql, tmp_path):
    shutil.copy(NEWEST, tmp_path / "store.db")
    with Store.open(tmp_path / "store.db") as store:
        store._connection.execute("PRAGMA foreign_keys = OFF")
        store._connection.execute(sql)
        with pytest.raises(BadData):
            go_on(store)


def test_damage_that_is_met_after_a_change_does_not_deny_the_change(tmp_path):
    path = shutil.copy(NEWEST, tmp_path / "store.db")
    with Store.open(path) as store:
        with store.change("add", at=NOW) as change:
            change.add(interview("more"))
        store._connection.execute("UPDATE outcome SET at = 'never'")
        with pytest.raises(BadData, match="a change was made before that"):
            read_all(store)
    with (
        Store.open(path) as store,
        pytest.raises(BadData, match="nothing was changed"),
    ):
        read_all(store)


def test_a_change_of_nothing_is_none(tmp_path):
    with Store.open(shutil.copy(NEWEST, tmp_path / "store.db")) as store:
        with store.change("add", at=NOW):
            pass
        store._connection.execute("UPDATE outcome SET at = 'never'")
        with pytest.raises(BadData, match="nothing was changed"):
            read_all(store)


INDEX_LEAF = 0x0A
PAGE = 4096


def test_what_a_damaged_index_hides_is_damage_and_not_missing(tmp_path):
    path = tmp_path / "store.db"
    with Store.open(path) as store, store.change("add", at=NOW) as change:
        (name,) = change.add_all([(interview("hidden-job"), None)])
        change.record_plan(plan(interview("hidden-job")))
    with Store.open(path) as store:
        (uid, *_) = [planned.event.uid for planned in store.planned()]
    octets = bytearray(path.read_bytes())
    for start in range(PAGE, len(octets), PAGE):
        if octets[start] == INDEX_LEAF:
            page = octets[start : start + PAGE].replace(b"hidden-job", b"hidden-jab")
            octets[start : start + PAGE] = page
    path.write_bytes(octets)
    with Store.open(path) as store:
        assert store.interview(name).interview.id == "hidden-job"
        for look in (lambda: store.interview("hidden-job"), lambda: store.event(uid)):
            with pytest.raises(BadData, match="is there and cannot be found by its"):
                look()


def test_what_is_not_there_is_still_no_damage(tmp_path):
    with Store.open(shutil.copy(NEWEST, tmp_path / "store.db")) as store:
        for look, name in (
            (store.interview, "no-such"),
            (store.interview, 9999),
            (store.event, "no-such"),
            (store.event, "1.9999"),
        ):
            with pytest.raises(NoInput):
                look(name)


def read_all(store):
    list(store.interviews())
    list(store.planned())
    store.outcomes(1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE interview SET start = 'soon'",
        "UPDATE interview SET start = 7",
        "UPDATE interview SET company = x'ff'",
        "UPDATE interview SET contact_role = x'ff'",
        "UPDATE interview SET role = CAST(x'c3' AS TEXT)",
        "UPDATE planned SET step = ''",
        "UPDATE planned SET person = x'ff'",
        "UPDATE planned SET instant = 1e300",
        "UPDATE planned SET action = CAST(x'c3' AS TEXT)",
    ],
)
def test_a_list_tells_damage_in_what_it_shows(sql, tmp_path):
    with Store.open(shutil.copy(NEWEST, tmp_path / "store.db")) as store:
        store._connection.execute(sql)
        with pytest.raises(BadData, match="the store is damaged"):
            list(store.summaries())


def go_on(store):
    with store.change("add", at=NOW) as change:
        change.add(interview("new"))
        change.log(outcome(interview("new")))
        change.record_plan(plan(interview("new")))
    while store.undo(at=NOW):
        pass
