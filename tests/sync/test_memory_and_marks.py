"""A memory that knows its own writes: late answers, backups that were put back, copies of one store."""

import pytest

from calsync.errors import Unavailable
from tests.sync.calendar_in_memory import CalendarInMemory, Killed
from tests.sync.sync_walk import Syncing, quiet

TROUBLES = ("not sent", "answer lost", "late", "killed before", "killed after")


@pytest.fixture
def calendar():
    return CalendarInMemory()


@pytest.fixture
def somebody(tmp_path, calendar):
    person = Syncing(tmp_path / "home", calendar)
    yield person
    person.store.close()


def tries(person):
    try:
        return person.syncs(yes=True)
    except (Killed, Unavailable):
        person.dies()


def agrees(person):
    """Three syncs at most bring everything in order; nobody is blamed, and the next one writes nothing."""
    for _ in range(3):
        report = person.syncs(yes=True)
        assert (report.kept_user_edit, report.kept_deleted) == ([], [])
        if quiet(report):
            break
    assert person.resources().keys() == person.planned().keys()
    before = person.calendar.writes
    assert quiet(person.syncs())
    assert person.calendar.writes == before


@pytest.mark.parametrize("kind", TROUBLES)
@pytest.mark.parametrize("at", range(1, 13))
def test_each_trouble_at_each_write_is_healed_and_nobody_blamed(somebody, calendar, kind, at):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes", phone="+1 212-555-0199")
    somebody.removes("b")
    somebody.adds("c")
    calendar.trouble[calendar.writes + at] = kind
    tries(somebody)
    agrees(somebody)


@pytest.mark.parametrize("later", range(5))
@pytest.mark.parametrize("at", range(1, 13))
def test_a_write_that_arrives_late_at_any_later_point_is_known_as_ours(somebody, calendar, at, later):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.edits("a", contact="Tom Reyes")
    somebody.removes("b")
    somebody.adds("c")
    calendar.trouble[calendar.writes + at] = "late"
    tries(somebody)
    steps = [
        somebody.undoes,  # the interview that was added
        lambda: somebody.syncs(yes=True),
        somebody.undoes,  # the removal
        lambda: somebody.syncs(yes=True),
    ]
    for place, step in enumerate(steps):
        if place == later:
            calendar.late_ones_arrive()
        step()
    calendar.late_ones_arrive()
    agrees(somebody)


def test_a_backup_that_is_put_back_is_noticed_and_calsync_s_own_writes_follow_the_plan(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.backs_up()
    somebody.edits("a", contact="Tom Reyes")
    assert not somebody.syncs().is_older
    somebody.puts_back()
    report = somebody.syncs()
    assert report.is_older
    assert report.kept_user_edit == []
    assert all("Tom" not in each.fields["summary"] for each in somebody.resources().values())
    assert not somebody.syncs().is_older


def test_what_the_user_changed_since_a_backup_stays_theirs(somebody, calendar):
    somebody.adds("a")
    somebody.syncs()
    somebody.backs_up()
    somebody.edits("a", contact="Tom Reyes")
    somebody.syncs()
    mine = next(each for each in calendar.there.values() if ".status" in each.mark.uid)
    calendar.edits(mine.href, location="the café")
    somebody.puts_back()
    report = somebody.syncs()
    assert [line.fields for line in report.kept_user_edit] == [("location",)]
    assert calendar.there[mine.href].fields["location"] == "the café"


def test_after_a_backup_nobody_is_blamed_for_what_is_gone_and_nothing_is_made_again(somebody):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.backs_up()
    somebody.removes("b")
    somebody.syncs()
    somebody.puts_back()
    report = somebody.syncs()
    assert report.is_older
    assert {line.uid[0] for line in report.kept_deleted} == {"b"}
    assert {line.message for line in report.kept_deleted} == {
        "it is gone, and nobody can say who deleted it; --restore brings it back"
    }
    assert quiet(report)
    assert len(somebody.syncs(restore=True).created) == 5
    agrees(somebody)


def test_what_nobody_can_say_is_accepted_with_a_yes(somebody):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.backs_up()
    somebody.removes("b")
    somebody.syncs()
    somebody.puts_back()
    somebody.syncs(yes=True)
    assert {line.message for line in somebody.syncs().kept_deleted} == {
        "you deleted it; --restore brings it back"
    }


def test_a_follow_up_made_after_the_backup_goes_where_nobody_touched_it_and_stays_where_somebody_did(
    somebody, calendar
):
    somebody.adds("a")
    somebody.syncs()
    somebody.backs_up()
    somebody.adds("b")
    somebody.syncs()
    mine = next(each for each in calendar.there.values() if each.mark.uid.startswith("b.status"))
    calendar.edits(mine.href, location="the café")
    somebody.puts_back()
    report = somebody.syncs(yes=True)
    assert len(report.cancelled) == 4
    assert [uid for uid in somebody.resources() if uid.startswith("b.")] == [mine.mark.uid]
    assert quiet(somebody.syncs())


def test_two_computers_with_copies_of_one_store_blame_nobody(tmp_path, calendar):
    one = Syncing(tmp_path / "one", calendar)
    one.adds("a")
    one.syncs()
    one.backs_up()
    two = Syncing(tmp_path / "two", calendar)
    (tmp_path / "two" / "backup").write_bytes((tmp_path / "one" / "backup").read_bytes())
    two.puts_back()
    for contact in ("Tom Reyes", "Sarah Smith", "Kim Lee"):
        for person in (one, two):
            person.edits("a", contact=contact)
            report = person.syncs(yes=True)
            assert (report.kept_user_edit, report.kept_deleted) == ([], [])
            assert one.resources().keys() == one.planned().keys()
    one.store.close()
    two.store.close()


def test_a_store_that_is_lost_takes_over_what_the_one_before_made(somebody, calendar):
    somebody.adds("a")
    somebody.syncs()
    mine = next(each for each in calendar.there.values() if ".status" in each.mark.uid)
    calendar.edits(mine.href, location="the café")
    somebody.loses_its_store()
    somebody.adds("a", contact="Tom Reyes")
    report = somebody.syncs(calendar=calendar.id)
    assert report.created == []
    assert [line.fields for line in report.kept_user_edit] == [("location",)]
    assert somebody.resources().keys() == somebody.planned().keys()
    assert any("Tom" in each.fields["summary"] for each in calendar.there.values())
    assert quiet(somebody.syncs())


@pytest.mark.parametrize("kind", ["answer lost", "not sent"])
def test_a_calendar_that_may_stand_there_twice_is_told_of_even_if_the_next_sync_fails_too(
    somebody, calendar, kind
):
    somebody.adds("a")
    calendar.trouble["make"] = kind
    for _ in range(2):
        with pytest.raises(Unavailable):
            somebody.syncs()
        calendar.trouble["make"] = kind
    del calendar.trouble["make"]
    changes, calendar.changes = (
        calendar.changes,
        lambda _: (_ for _ in ()).throw(Unavailable("off", remedy="again")),
    )
    with pytest.raises(Unavailable):
        somebody.syncs()
    calendar.changes = changes
    assert somebody.syncs().may_be_twice
    assert not somebody.syncs().may_be_twice
