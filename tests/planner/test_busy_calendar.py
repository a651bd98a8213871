"""Busy times out of the candidate's own calendar: calls keep out of them, and the reasons name the calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from calsync.planner import BusyTime, plan
from tests import dates as d
from tests.dates import at
from tests.planner.planning import clock, meeting, one, only, plan_of, preferences, rules, said, table

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")


def _call(**keys):
    """A call due on Wednesday 10 June, in New York."""
    return meeting(d.WED_2026_06_03, "10:00", decision=d.TUE_2026_06_09, **keys)


def _busy(start, end, day=d.WED_2026_06_10, last=None):
    """What Google says, in UTC."""
    begin, over = at(day, start), at(last or day, end)
    return BusyTime(begin.astimezone(UTC), over.astimezone(UTC), "Google")


@table(
    ("window", "busy", "zone", "sentence"),
    (
        "on the same clock",
        "early",
        _busy("09:00", "10:30"),
        NEW_YORK,
        "At 09:00 your Google calendar is busy until 10:30.",
    ),
    (
        "from one day to the next",
        "late",
        _busy("15:30", "09:30", last=d.THU_2026_06_11),
        NEW_YORK,
        "From 16:00 on your Google calendar is busy, until Thu 11 Jun 2026 09:30.",
    ),
    (
        "for somebody in Berlin",
        "early",
        _busy("09:00", "10:30"),
        BERLIN,
        "At 09:00 in New York, 15:00 for you, your Google calendar is busy until 16:30.",
    ),
)
def test_the_reason_names_the_calendar_and_when_it_is_free_again(window, busy, zone, sentence):
    event = one(_call(window=window), busy=[busy], zone=zone)
    assert sentence in [reason.text for reason in event.trace]


@table(
    ("agreed", "busy", "sentence"),
    (
        "to the minute",
        at(d.WED_2026_06_10, "11:00"),
        _busy("10:30", "11:30"),
        "Your Google calendar is busy then, from 10:30 to 11:30, but the call was agreed.",
    ),
    (
        "a day without a free hour",
        d.WED_2026_06_10,
        _busy("00:00", "00:00", last=d.THU_2026_06_11),
        (
            "Your Google calendar is busy then, from Wed 10 Jun 2026 00:00 until Thu 11 Jun 2026 00:00, "
            "but the call was agreed."
        ),
    ),
)
def test_what_was_agreed_is_kept_and_the_busy_time_noted(agreed, busy, sentence):
    event = one(_call(agreed=agreed), busy=[busy])
    assert event.pinned
    assert event.start.date() == d.WED_2026_06_10
    assert sentence in [reason.text for reason in event.trace]


def test_an_agreed_call_beside_a_busy_time_has_nothing_to_note():
    event = one(_call(agreed=at(d.WED_2026_06_10, "11:00")), busy=[_busy("11:15", "12:00")])
    assert not any("Google" in reason.text for reason in event.trace)


def test_an_interview_that_is_in_the_calendar_too_is_called_an_interview():
    next_round = meeting(d.WED_2026_06_10, "09:00", id="next", company="Beta")
    plans = plan([_call(), next_round], preferences(NEW_YORK), busy=[_busy("09:00", "10:00")])
    event = only(plans[0], "status")
    assert "At 09:00 you have something else: the interview with Beta." in said(event)


def test_nothing_in_the_calendar_makes_an_email_busy():
    event = one(_call(channel="email"), busy=[_busy("00:00", "23:45")])
    assert clock(event) == ("email", d.WED_2026_06_10, "09:00")


_MORNING = datetime(2026, 6, 9, tzinfo=UTC)
_TIMES = st.lists(
    st.tuples(st.integers(0, 24 * 60 * 12), st.integers(1, 600)).map(
        lambda drawn: BusyTime(
            _MORNING + timedelta(minutes=drawn[0]),
            _MORNING + timedelta(minutes=drawn[0] + drawn[1]),
            "Google",
        )
    ),
    max_size=20,
)


@given(_TIMES)
def test_no_call_overlaps_a_busy_time_unless_it_was_agreed(times):
    for event in plan_of(_call(), busy=times).events:
        if event.action == "call" and not event.pinned:
            assert not any(each.start < event.end and each.end > event.start for each in times)


@given(_TIMES, st.randoms(use_true_random=False))
def test_the_same_busy_times_give_the_same_dates_in_any_order(times, random):
    mixed = list(times)
    random.shuffle(mixed)
    first, second = (plan_of(_call(), busy=each) for each in (times, mixed))
    assert [(each.uid, each.start) for each in first.events] == [
        (each.uid, each.start) for each in second.events
    ]


def test_a_day_that_is_busy_throughout_is_passed_over_with_its_reason():
    event = one(_call(), busy=[_busy("07:00", "20:00")])
    assert clock(event) == ("call", d.THU_2026_06_11, "09:00")
    assert "taken" in rules(event)
