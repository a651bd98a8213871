"""Messages about one interview: whatever order they come in, they end in the same state."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from calsync.domain import Candidate, Preferences
from calsync.intake import as_record
from calsync.intake.invitation import child, content_lines
from calsync.intake.invitation.invitation import understood
from calsync.store import Invitation, Store
from calsync.workflows import Context
from calsync.workflows.interviews import edit, remove, undo
from calsync.workflows.invitations import receive
from tests.intake.invitations import ics

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ROBIN = Candidate(name="Robin Vale", email="robin.vale@mail.example")
PREFERENCES = Preferences(zone=ZoneInfo("Europe/Berlin"), candidate=ROBIN)


def message(sequence, day, *more, method="REQUEST", preferences=PREFERENCES, stamp=None, **changed):
    """One of a thread: sent on the day of November that its stamp says, for that day of December."""
    lines = {
        "DTSTAMP": f"DTSTAMP:202611{stamp or sequence + 10}T080000Z",
        "DTSTART": f"DTSTART;TZID=America/New_York:202612{day:02}T140000",
        "DTEND": f"DTEND;TZID=America/New_York:202612{day:02}T150000",
        "SUMMARY": "SUMMARY:Interview: Nurse at Brightwater",
        "ORGANIZER": "ORGANIZER;CN=Rosa Klein:mailto:rosa@brightwater.example",
    }
    sequence_line = [] if sequence is None else [f"SEQUENCE:{sequence}"]
    content = ics(*sequence_line, *more, method=f"METHOD:{method}", **(lines | changed))
    return understood(child.lines_of(content_lines.parse(content)), preferences, None)


REQUEST = message(0, 8, "LOCATION:1 Main St", "ATTENDEE;CN=Amit Shah:mailto:amit@brightwater.example")
MOVE = message(1, 9, "LOCATION:2 Main St")
CANCEL = message(2, 9, method="CANCEL")
INVITED_AGAIN = message(3, 15, "URL:https://brightwater.zoom.us/j/1")
MOVED_WITHOUT_COUNTING = message(3, 16, stamp=14)


class Home:
    """A store and what happens to it."""

    def __init__(self, path, preferences=PREFERENCES):
        self.context = Context(preferences)
        self.store = Store.open(path)
        self.at = NOW

    def takes(self, *messages):
        """What became of each."""
        return [receive(self.context, self.store, each, now=self.at).kind for each in messages]

    @property
    def only(self):
        (kept,) = self.store.interviews()
        return kept

    @property
    def state(self):
        """All that is remembered, but for the id, which is of the first that came."""
        kept = self.only
        return {**as_record(kept.interview), "id": "", "invitation": kept.invitation}


@pytest.fixture
def home(tmp_path):
    made = []

    def new():
        made.append(Home(tmp_path / f"{len(made)}.db"))
        return made[-1]

    yield new
    for each in made:
        each.store.close()


@pytest.mark.parametrize(
    ("messages", "start", "status"),
    [
        ([REQUEST, MOVE], "2026-12-09 14:00", "open"),
        ([REQUEST, CANCEL], "2026-12-08 14:00", "closed"),
        ([REQUEST, MOVE, CANCEL], "2026-12-09 14:00", "closed"),
        ([REQUEST, MOVE, CANCEL, INVITED_AGAIN], "2026-12-15 14:00", "open"),
        ([REQUEST, CANCEL, MOVED_WITHOUT_COUNTING, INVITED_AGAIN], "2026-12-16 14:00", "open"),
        ([MOVE, CANCEL, CANCEL, REQUEST], "2026-12-09 14:00", "closed"),
        ([message(0, 8), message(0, 9, stamp=12), message(0, 9, method="CANCEL", stamp=13)],
         "2026-12-09 14:00", "closed"),
        ([message(0, 8, stamp=11), message(0, 8, method="CANCEL", stamp=11)], "2026-12-08 14:00", "closed"),
    ],
)  # fmt: skip
def test_every_order_of_a_thread_s_messages_ends_in_the_same_state(messages, start, status, home):
    states = []
    for order in sorted(set(permutations(range(len(messages))))):
        this = home()
        this.takes(*(messages[place] for place in order))
        states.append(this.state)
    assert all(state == states[0] for state in states)
    assert (states[0]["start"], states[0]["status"]) == (start, status)


def test_every_order_ends_in_the_same_state_though_messages_are_repeated(home):
    first = home()
    first.takes(REQUEST, MOVE, CANCEL, INVITED_AGAIN)
    for order in permutations((REQUEST, MOVE, CANCEL, INVITED_AGAIN)):
        this = home()
        this.takes(*order, *reversed(order))
        assert this.state == first.state


def test_each_is_told_for_what_it_is(home):
    this = home()
    assert this.takes(REQUEST, REQUEST, MOVE, REQUEST) == ["new", "known", "moved", "stale"]
    assert this.takes(CANCEL, CANCEL, MOVE, INVITED_AGAIN, CANCEL) == [
        "cancelled",
        "known",
        "stale",
        "reopened",
        "stale",
    ]


def test_a_cancellation_that_comes_first_is_remembered(home):
    this = home()
    assert this.takes(CANCEL, REQUEST, MOVE) == ["unknown", "new", "stale"]
    assert this.only.interview.status == "closed"
    assert this.takes(INVITED_AGAIN) == ["reopened"]
    assert this.only.interview.status == "open"


def test_what_a_message_no_longer_says_of_the_place_goes(home):
    this = home()
    this.takes(REQUEST)
    assert this.only.interview.location == "1 Main St"
    this.takes(INVITED_AGAIN)
    assert (this.only.interview.location, this.only.interview.url) == ("", "https://brightwater.zoom.us/j/1")


def test_what_the_candidate_wrote_stays_and_what_nobody_touched_follows(home):
    this = home()
    this.takes(REQUEST)
    edit(this.context, this.store, 1, {"role": "Head nurse", "location": "3 Main St"}, now=NOW)
    other = "ORGANIZER;CN=Lena Fox:mailto:lena@brightwater.example"
    kinds = this.takes(
        message(1, 8, "LOCATION:1 Main St", ORGANIZER=other, SUMMARY="SUMMARY:Interview: Cook at Brightwater")
    )
    interview = this.only.interview
    assert kinds == ["changed"]
    assert (interview.role, interview.location) == ("Head nurse", "3 Main St")
    assert (interview.contact, interview.email) == ("Lena Fox", "lena@brightwater.example")


def test_an_interview_that_the_candidate_closed_stays_closed(home):
    this = home()
    this.takes(REQUEST)
    edit(this.context, this.store, 1, {"status": "closed"}, now=NOW)
    assert this.takes(MOVE) == ["moved"]
    assert this.only.interview.status == "closed"


def test_days_named_for_after_the_interview_go_when_it_is_moved_behind_them(home):
    this = home()
    this.takes(REQUEST)
    edit(this.context, this.store, 1, {"decision": "2026-12-10", "agreed": "2026-12-20"}, now=NOW)
    this.takes(INVITED_AGAIN)
    interview = this.only.interview
    assert (interview.decision, str(interview.agreed)) == (None, "2026-12-20")


def test_undo_takes_back_what_a_message_did_and_the_message_can_do_it_again(home):
    this = home()
    this.takes(REQUEST, MOVE)
    undo(this.context, this.store, now=NOW)
    assert this.only.interview.day.day == 8
    assert this.takes(MOVE) == ["moved"]
    this.takes(CANCEL)
    undo(this.context, this.store, now=NOW)
    assert (this.only.interview.status, this.takes(CANCEL)) == ("open", ["cancelled"])


def test_a_message_that_changes_nothing_is_no_step_of_undo(home):
    this = home()
    this.takes(
        REQUEST, message(1, 8, "LOCATION:1 Main St", "ATTENDEE;CN=Amit Shah:mailto:amit@brightwater.example")
    )
    assert len(this.store.history()) == 1


def test_a_removed_interview_comes_back_with_its_next_message(home):
    this = home()
    this.takes(REQUEST)
    remove(this.context, this.store, 1, now=NOW)
    assert this.takes(MOVE) == ["new"]


def test_two_threads_about_one_interview_are_one_and_the_later_thread_counts(home):
    this = home()
    hold = message(0, 8, UID="UID:hold@brightwater.example")
    assert this.takes(hold, REQUEST) == ["new", "known"]
    cancel_hold = message(1, 8, method="CANCEL", UID="UID:hold@brightwater.example")
    assert this.takes(cancel_hold) == ["unknown"]
    assert this.only.interview.status == "open"
    assert this.takes(MOVE) == ["moved"]


def test_a_new_thread_opens_what_the_old_one_cancelled(home):
    this = home()
    old = {"UID": "UID:old@brightwater.example"}
    assert this.takes(message(0, 8, **old), message(1, 8, method="CANCEL", **old), message(0, 8)) == [
        "new",
        "cancelled",
        "reopened",
    ]


def test_the_own_address_goes_once_it_is_known(home):
    nobody = Preferences(
        zone=PREFERENCES.zone, candidate=Candidate(name="R. Vale", email="other@mail.example")
    )
    people = [
        "ATTENDEE;CN=Bo:mailto:robin.vale@mail.example",
        "ATTENDEE;CN=Amit Shah:mailto:amit@brightwater.example",
    ]
    this = home()
    this.takes(message(0, 8, *people, preferences=nobody))
    assert "robin.vale" in str(as_record(this.only.interview)["interviewers"])
    assert this.takes(message(0, 8, *people)) == ["changed"]
    assert as_record(this.only.interview)["interviewers"] == "Amit Shah <amit@brightwater.example>"


def test_the_own_address_goes_from_what_an_older_calsync_remembered_too(home):
    this = home()
    request = message(0, 8, "ATTENDEE;CN=Amit Shah:mailto:amit@brightwater.example")
    this.takes(request)
    own = {"interviewers": "Robin Vale <robin.vale@mail.example>; Amit Shah <amit@brightwater.example>"}
    edit(this.context, this.store, 1, own, now=NOW)
    with this.store.upkeep(at=NOW) as upkeep:
        upkeep.hear(1, Invitation(request.uid, 0))
    assert this.takes(request) == ["changed"]
    assert as_record(this.only.interview)["interviewers"] == "Amit Shah <amit@brightwater.example>"


def test_a_start_moved_by_hand_stays_until_a_message_says_another(home):
    this = home()
    this.takes(REQUEST)
    edit(this.context, this.store, 1, {"start": "2026-12-10 10:00"}, now=NOW)
    again = message(1, 8, "LOCATION:1 Main St")
    this.takes(again)
    assert this.only.interview.day.day == 10
    this.takes(message(2, 11, "LOCATION:1 Main St"))
    assert this.only.interview.start == datetime(2026, 12, 11, 19, 0, tzinfo=UTC)


def test_it_is_said_when_what_comes_in_is_over(home):
    this = home()
    this.at = NOW + timedelta(days=30)
    received = receive(this.context, this.store, REQUEST, now=this.at)
    assert received.notes == ("it is over: it was on Tue 8 Dec 2026 14:00",)
