"""A follow-up as Google takes it, and Google's answers, which are no echoes, read into the same values."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.sync.values import Mark, digest, times
from calsync.targets.google.wire import (
    FIELDS,
    body,
    event_id,
    fields,
    google_names,
    mark_properties,
    part,
    read_mark,
)
from tests.builders import event
from tests.dates import BERLIN, TUE_2026_07_07, at


@given(st.text(), st.text(), st.integers(0, 9))
def test_an_id_is_one_that_google_takes(store, uid, generation):
    found = event_id(store, uid, generation)
    assert set(found) <= set("abcdefghijklmnopqrstuv0123456789")
    assert 5 <= len(found) <= 1024


def test_store_uid_and_generation_each_make_another_id():
    ids = {event_id(store, uid, n) for store in ("a", "b") for uid in ("x", "y", "1\nx") for n in (0, 1, 2)}
    assert len(ids) == 18


def test_a_body_has_all_that_rings_and_nothing_that_sends_mail():
    made = body(event(alarms=(15, 60), location="Main St 1", url="https://acme.example/jobs"))
    assert made == {
        "summary": "Call Sarah Smith (Acme)",
        "description": "+1 212-555-0142\nsarah@acme.example\nAsk when they expect to decide.",
        "start": {"dateTime": "2026-07-07T09:15:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-07-07T09:30:00", "timeZone": "America/New_York"},
        "status": "confirmed",
        "transparency": "opaque",
        "visibility": "private",
        "reminders": {
            "useDefault": False,
            "overrides": [{"method": "popup", "minutes": 15}, {"method": "popup", "minutes": 60}],
        },
        "extendedProperties": {"private": {"calsync": "1", "calsyncUid": "acme-pm-20260626-status@calsync"}},
        "location": "Main St 1",
        "source": {"title": "acme.example", "url": "https://acme.example/jobs"},
    }


@pytest.mark.parametrize(
    ("action", "shown"), [("call", "opaque"), ("email", "transparent"), ("ask", "transparent")]
)
def test_only_a_call_makes_busy(action, shown):
    assert body(event(action=action))["transparency"] == shown


def test_no_alarm_is_said_out_loud_or_the_calendar_s_own_would_ring():
    assert body(event(alarms=()))["reminders"] == {"useDefault": False, "overrides": []}


def test_more_alarms_than_google_takes_are_left_out():
    minutes = [each["minutes"] for each in body(event(alarms=(1, 2, 3, 4, 5, 6)))["reminders"]["overrides"]]
    assert minutes == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "url", ["ftp://acme.example", "javascript:alert(1)", "file:///etc/passwd", "acme.example", ""]
)
def test_only_a_web_address_is_a_source(url):
    assert "source" not in body(event(url=url))


def test_a_description_is_no_html_and_a_summary_stays_as_it_is():
    made = body(event(description="A & B <b>bold</b>", summary="R&D <x>"))
    assert made["description"] == "A &amp; B &lt;b>bold&lt;/b>"
    assert made["summary"] == "R&D <x>"


@given(
    st.text(alphabet="a&<", min_size=1, max_size=60).map(lambda part: part * 3000), st.integers(2000, 3000)
)
def test_a_long_description_is_cut_between_its_signs(parts, length):
    text = parts[:length]
    made = body(event(description=text))["description"]
    assert len(made) <= 8000
    whole = made.removesuffix("…").replace("&lt;", "<").replace("&amp;", "&")
    assert text.startswith(whole)


def test_the_hour_that_comes_twice_says_which_one_it_is():
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    starts = [body(event(start=twice.replace(fold=fold)))["start"]["dateTime"] for fold in (0, 1)]
    assert starts == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]


ZONES = st.sampled_from(("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"))


@given(
    zone=ZONES,
    shown=ZONES,
    minutes=st.integers(0, 60 * 24 * 365),
    alarms=st.lists(st.integers(0, 40320), max_size=5, unique=True),
    url=st.sampled_from(("", "https://a.example/1")),
    status=st.sampled_from(("confirmed", "tentative")),
    action=st.sampled_from(("call", "email")),
    summary=st.text(st.characters(codec="utf-8", exclude_categories=("Cc",))),
    alias=st.booleans(),
)
def test_what_google_makes_of_a_body_compares_equal(  # noqa: PLR0913, PLR0917  # the ways in which an answer is no echo
    zone, shown, minutes, alarms, url, status, action, summary, alias
):
    start = datetime.fromtimestamp(1_780_000_000 + minutes * 60, ZoneInfo(zone))
    made = body(
        event(start=start, alarms=tuple(alarms), url=url, status=status, action=action, summary=summary)
    )
    assert fields(_as_google_answers(made, ZoneInfo(shown), alias=alias)) == fields(made)


def _as_google_answers(made, zone, *, alias):
    """Times in another zone, an alias of the event's, defaults and what is empty left out, reminders in disorder."""
    answer = json.loads(json.dumps(made))
    for key in ("start", "end"):
        moment = datetime.fromisoformat(answer[key]["dateTime"])
        own = ZoneInfo(answer[key]["timeZone"])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=own)
        answer[key]["dateTime"] = moment.astimezone(zone).isoformat().replace("+00:00", "Z")
        if alias and answer[key]["timeZone"] == "Asia/Kolkata":
            answer[key]["timeZone"] = "Asia/Calcutta"
    if answer["transparency"] == "opaque":
        del answer["transparency"]
    answer["reminders"]["overrides"].sort(key=lambda each: -each["minutes"])
    if not answer["reminders"]["overrides"]:
        del answer["reminders"]["overrides"]
    return {key: value for key, value in answer.items() if value != ""} | {
        "etag": '"1"',
        "kind": "calendar#event",
    }


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"summary": "Other"}, "summary"),
        ({"description": "Other"}, "description"),
        ({"location": "Other"}, "location"),
        ({"url": "https://other.example"}, "source"),
        ({"status": "tentative"}, "status"),
        ({"action": "email"}, "transparency"),
        ({"alarms": (5,)}, "reminders"),
        ({"start": at(TUE_2026_07_07, "10:15")}, "time"),
        ({"start": at(TUE_2026_07_07, "09:15", BERLIN)}, "time"),
    ],
)
def test_each_difference_is_in_one_field(change, name):
    one, other = fields(body(event())), fields(body(event(**change)))
    assert [each for each in FIELDS if one[each] != other[each]] == [name]


def test_the_same_moment_in_another_zone_is_no_difference():
    there = at(TUE_2026_07_07, "09:15").astimezone(BERLIN)
    assert fields(body(event(start=there))) == fields(body(event()))


def test_a_user_s_whole_days_and_default_reminders_are_read():
    there = {
        "start": {"date": "2026-07-07"},
        "end": {"date": "2026-07-08"},
        "reminders": {"useDefault": True},
    }
    found = fields(there)
    assert found["time"] == ["2026-07-07", "2026-07-08"]
    assert found["reminders"] == "default"
    assert times(found, BERLIN)[1] == datetime(2026, 7, 8, tzinfo=BERLIN)


def test_a_part_sets_what_is_there_and_clears_what_is_not():
    made = body(event())
    assert part(made, ["time", "source"]) == {"start": made["start"], "end": made["end"], "source": None}
    assert part(made, ["reminders"]) == {"reminders": made["reminders"]}
    assert part(made, FIELDS) == {
        k: made.get(k) for k in {*made, "location", "source"} - {"extendedProperties"}
    }


def test_google_s_own_names_tell_start_from_end():
    assert google_names("time", ["a", "b"], ["a", "c"]) == ["end"]
    assert google_names("time", ["a", "b"], ["x", "y"]) == ["start", "end"]
    assert google_names("summary", "a", "b") == ["summary"]


@pytest.mark.parametrize(
    "private",
    [
        None,
        {},
        {"calsync": "1"},
        {"calsyncUid": "acme-pm-20260626-status@calsync"},
        {"calsync": "1", "calsyncUid": "x"},
    ],
)
def test_an_event_without_our_mark_and_this_uid_is_not_ours(private):
    uid = "acme-pm-20260626-status@calsync"
    assert read_mark(body(event())) == Mark(uid)
    found = read_mark({"extendedProperties": {"private": private}} if private is not None else {})
    assert found is None or found.uid != uid


def test_properties_keep_to_google_s_lengths():
    made = body(event(uid=f"{'x' * 2000}@calsync"))["extendedProperties"]["private"]
    assert max(map(len, made)) <= 44
    assert max(map(len, made.values())) <= 1024


def test_a_mark_is_read_as_it_was_written_and_keeps_to_google_s_lengths():
    sent = {name: digest(value) for name, value in fields(body(event())).items()}
    mark = Mark("acme.status@calsync", "00112233aabbccdd", 3, 10**9, sent)
    written = mark_properties(mark)
    assert read_mark(written) == mark
    assert max(map(len, written["extendedProperties"]["private"].values())) <= 1024


@pytest.mark.parametrize("write", ["", "x", "00ff 1", "00ff one 2", "00ff 1 2 3"])
def test_a_mark_that_somebody_changed_still_names_the_follow_up(write):
    private = {"calsync": "1", "calsyncUid": "a@calsync", "calsyncWrite": write, "calsyncFields": "time"}
    assert read_mark({"extendedProperties": {"private": private}}) == Mark("a@calsync")
