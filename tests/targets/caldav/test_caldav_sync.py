"""The plan and a calendar at a real server, made to agree; what the user does there stays."""

import re
from contextlib import suppress

import icalendar
import pytest

from calsync.errors import SignInAgain, TryLater, Unavailable
from calsync.sync.protocol import CalendarGone
from calsync.sync.reconcile import NeedsConsent
from tests.targets.caldav.proxy import FAULTS
from tests.targets.caldav.servers import PASSWORD
from tests.targets.caldav.syncing_at_a_server import Somebody, quiet


def test_every_follow_up_is_there_with_its_alarm_and_the_next_sync_writes_nothing(somebody):
    somebody.adds("a", "b")
    report = somebody.syncs()
    assert len(report.created) == len(somebody.planned())
    for uid, (_, text) in somebody.events().items():
        (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
        planned = somebody.planned()[uid]
        assert event.decoded("DTSTART") == planned.start
        assert planned.interview.title() in str(event["SUMMARY"])
        rings = [-alarm["TRIGGER"].dt.total_seconds() / 60 for alarm in event.walk("VALARM")]
        assert rings == list(planned.alarms)
        assert not {"ATTENDEE", "ORGANIZER"} & set(event)
    assert quiet(somebody.syncs())


def test_requests_are_counted(somebody, proxy):
    somebody.adds(*(f"n{number}" for number in range(12)))
    somebody.signs_in()
    proxy.forget()
    made = len(somebody.syncs().created)
    assert len(proxy.requests) <= made + 3
    for most in (2, 1):
        proxy.forget()
        assert quiet(somebody.syncs())
        assert len(proxy.requests) <= most
    somebody.edits("n1", location="1 Main St")
    proxy.forget()
    changed = len(somebody.syncs().updated)
    assert len(proxy.requests) <= changed + 2


def test_a_change_of_the_plan_keeps_what_else_is_in_the_resource(somebody):
    somebody.adds("a")
    somebody.syncs()
    mine = ("\nSTATUS:", "\nX-MINE;X-P=a:my own\nCOLOR:blue\nSTATUS:")
    somebody.changes(somebody.event("status", "a"), mine)
    assert quiet(somebody.syncs())
    somebody.edits("a", phone="+1 212-555-0199")
    assert somebody.syncs().updated
    _, text = somebody.event("status", "a")
    assert "my own" in text
    assert "COLOR:blue" in text
    assert "555-0199" in text
    assert quiet(somebody.syncs())


def test_what_the_user_changes_stays_field_by_field(somebody):
    somebody.adds("a")
    somebody.syncs()
    _, text = somebody.event("status", "a")
    summary = re.search(r"SUMMARY:.*", text)[0].strip()
    somebody.changes(somebody.event("status", "a"), (summary, "SUMMARY:mine\\, all mine"))
    (line,) = somebody.syncs().kept_user_edit
    assert line.fields == ("summary",)
    somebody.edits("a", phone="+1 212-555-0199")
    assert [line.fields for line in somebody.syncs().kept_user_edit] == [("summary",)]
    _, text = somebody.event("status", "a")
    assert "mine\\, all mine" in text
    assert "555-0199" in text


def test_a_time_with_a_zone_is_the_same_time(somebody):
    somebody.adds("a")
    somebody.syncs()
    uid, event = next(iter(somebody.events().items()))
    planned = somebody.planned()[uid]
    start, end = (
        moment.astimezone(somebody.preferences.zone).strftime("%Y%m%dT%H%M%S")
        for moment in (planned.start, planned.end)
    )
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\nBEGIN:STANDARD\r\nDTSTART:20261101T020000\r\n"
        "TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nEND:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:20260308T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    )
    text = event[1].replace("\r\n", "\n").replace("\n ", "")
    somebody.changes(
        event,
        (re.search(r"DTSTART.*", text)[0].strip(), f"DTSTART;TZID=America/New_York:{start}"),
        (re.search(r"DTEND.*", text)[0].strip(), f"DTEND;TZID=America/New_York:{end}"),
        ("BEGIN:VEVENT", zone),
    )
    report = somebody.syncs()
    assert (quiet(report), report.kept_user_edit) == (True, [])


def test_what_the_user_deletes_stays_deleted_until_it_is_restored(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.deletes(somebody.event("status", "a"))
    assert len(somebody.syncs().kept_deleted) == 1
    assert len(somebody.syncs(restore=True).created) == 1
    assert quiet(somebody.syncs())
    assert somebody.events().keys() == somebody.planned().keys()


def test_what_is_planned_no_longer_goes(somebody):
    somebody.adds("a", "b")
    somebody.syncs()
    somebody.removes("a")
    assert somebody.syncs(yes=True).cancelled
    assert somebody.events().keys() == somebody.planned().keys()
    assert quiet(somebody.syncs())


def test_a_calendar_that_is_gone_stops_the_sync_and_is_made_anew_where_asked(somebody):
    somebody.adds("a")
    somebody.syncs()
    assert somebody.http.delete(somebody.calendar).is_success
    with pytest.raises(CalendarGone):
        somebody.syncs()
    assert len(somebody.syncs(restore=True).created) == len(somebody.planned())
    assert quiet(somebody.syncs())


def test_a_lost_store_finds_its_calendar_and_doubles_nothing(somebody):
    somebody.adds("a")
    somebody.syncs()
    somebody.loses_the_store()
    somebody.adds("a")
    report = somebody.syncs()
    assert (report.created, report.kept_user_edit) == ([], [])
    assert somebody.events().keys() == somebody.planned().keys()


def test_a_calendar_of_the_name_is_taken_over_if_nobody_else_uses_it(somebody, proxy, server, tmp_path):
    somebody.adds("a")
    somebody.syncs()
    with Somebody(tmp_path / "other", proxy.url, server) as again:
        again.adds("a")
        assert again.syncs().created == []
        path = f"{again.calendar}mine.ics"
        again.puts(path, _strange())
    with Somebody(tmp_path / "third", proxy.url, server) as third:
        third.adds("b")
        with pytest.raises(NeedsConsent):
            third.syncs()
        assert third.syncs(yes=True).created
        assert "mine" in " ".join(third.texts())
        assert quiet(third.syncs())


def test_a_wrong_password_and_a_changed_one_say_so_and_change_nothing(somebody):
    if somebody.http.request("PROPFIND", somebody.url, auth=("kim", "wrong")).status_code != 401:
        pytest.skip("this server knows no passwords")
    with pytest.raises(SignInAgain) as error:
        somebody.signs_in("wrong")
    assert "wrong" not in str(error.value)
    somebody.adds("a")
    somebody.syncs()
    somebody.signs_in()
    kept = somebody.folder / "caldav" / "sign-ins.json"
    kept.write_text(kept.read_text().replace(PASSWORD, "changed"))
    with pytest.raises(SignInAgain):
        somebody.syncs()
    assert somebody.events().keys() == somebody.planned().keys()


@pytest.mark.parametrize("after", ["3600", "Fri, 26 Jun 2026 21:00:00 GMT"])
def test_an_hour_of_retry_after_puts_the_sync_off_at_once(somebody, proxy, after):
    somebody.adds("a")
    somebody.signs_in()
    proxy.always, proxy.retry_after = "429", after
    with pytest.raises(TryLater):
        somebody.syncs()
    assert somebody.slept == []


@pytest.mark.parametrize("kind", ["503 before", "refused", "html", "nothing"])
def test_a_server_that_is_down_for_good_ends_it_within_two_minutes(somebody, proxy, kind):
    somebody.adds("a")
    somebody.signs_in()
    proxy.always = kind
    with pytest.raises(Unavailable):
        somebody.syncs()
    assert sum(somebody.slept) < 120


def test_a_server_that_takes_no_changes_any_more_ends_it_too(somebody, proxy):
    somebody.adds("a", "b")
    somebody.signs_in()
    proxy.forget()
    for number in range(4, 200):
        proxy.trouble[number] = "503 before"
    report = somebody.syncs()
    assert isinstance(report.stopped, Unavailable)
    assert sum(somebody.slept) < 120
    proxy.forget()
    somebody.syncs()
    assert somebody.events().keys() == somebody.planned().keys()


@pytest.mark.parametrize("kind", FAULTS)
def test_every_fault_at_every_request_is_made_up_for(somebody, proxy, kind):
    """The first sync, one with a change, and one with a removal: nothing twice, nobody blamed."""
    somebody.signs_in()
    somebody.adds("a")
    for act in (
        lambda: None,
        lambda: somebody.edits("a", phone="+1 212-555-0199"),
        lambda: somebody.adds("b"),
        lambda: somebody.removes("a"),
    ):
        act()
        for at in range(1, 14):
            proxy.forget()
            proxy.trouble[at] = kind
            try:
                report = somebody.syncs(yes=True)
            except (Unavailable, TryLater):
                continue
            assert (report.kept_user_edit, report.kept_deleted) == ([], []), (kind, at)
        proxy.forget()
        report = somebody.syncs(yes=True)
        assert (report.kept_user_edit, report.kept_deleted) == ([], [])
        assert quiet(somebody.syncs())
        assert somebody.events().keys() == somebody.planned().keys()


@pytest.mark.parametrize("kind", ["html", "nothing"])
@pytest.mark.parametrize("method", ["MKCALENDAR", "PUT", "DELETE"])
def test_a_page_that_answers_for_the_server_does_nothing(somebody, proxy, method, kind):
    """A hotel's network says 200 to everything."""
    somebody.adds("a")
    if method == "DELETE":
        somebody.adds("b")
        somebody.syncs()
        somebody.removes("b")
    somebody.signs_in()
    proxy.forget()
    proxy.answers[method] = kind
    with suppress(Unavailable):
        somebody.syncs(yes=True)
    assert method in {each for each, _ in proxy.requests}
    proxy.answers.clear()
    report = somebody.syncs(yes=True)
    assert (report.kept_user_edit, report.kept_deleted) == ([], [])
    assert somebody.events().keys() == somebody.planned().keys()


def _strange():
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:strange\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART:20260701T100000Z\r\nDTEND:20260701T110000Z\r\nSUMMARY:Dentist\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
