"""``import`` of .ics invitations: they bring, move and cancel interviews, and come too late."""

from email.message import EmailMessage

import pytest

from tests.cli.person import Person
from tests.cli.running import ROOT

INVITATIONS = ROOT / "fixtures" / "invitations"
FIRST = INVITATIONS / "google-request.ics"
MOVED = INVITATIONS / "google-moved.ics"
CANCELLED = INVITATIONS / "google-cancelled.ics"
WITHOUT_COMPANY = INVITATIONS / "mozilla-zone.ics"
WITHOUT_ZONE = INVITATIONS / "plain-floating.ics"
BEFORE = "2026-11-02T09:00:00-05:00"
"""A Monday before the interview, first or moved."""


@pytest.fixture
def person(tmp_path):
    return Person(tmp_path / "home")


def only(person):
    (interview,) = person.does("list", "--json").json["interviews"]
    return interview


def test_a_new_one_is_remembered_with_what_it_tells(person):
    told = person.does("import", FIRST)
    assert told.out.startswith("New: 1  Acme · Product Manager, Thu 12 Nov 2026 14:00 America/New_York\n")
    assert "company: Acme from the title" in told.messages
    assert only(person)["contact"] == "Sarah Smith"


def test_a_newer_one_moves_the_interview_and_its_follow_ups_keep_their_uids(person):
    person.does("import", FIRST, now=BEFORE)
    before = person.does("plan", "--json").json["interviews"][0]["events"]
    told = person.does("import", MOVED)
    assert told.out.startswith("Moved: 1  Acme · Product Manager, Tue 17 Nov 2026 14:00 America/New_York\n")
    after = person.does("plan", "--json").json["interviews"][0]["events"]
    assert {event["uid"] for event in after} == {event["uid"] for event in before}
    assert [event["start"] for event in after] != [event["start"] for event in before]


def test_what_the_candidate_wrote_stays_when_it_moves(person):
    person.does("import", FIRST)
    person.does("edit", "1", "--company", "Acme Robotics", "--phone", "+1 212-555-0142")
    person.does("import", MOVED)
    interview = only(person)
    assert (interview["company"], interview["phone"]) == ("Acme Robotics", "+1 212-555-0142")
    assert interview["start"] == "2026-11-17 14:00"


def test_an_older_one_is_left_alone_and_said(person):
    person.does("import", MOVED)
    told = person.does("import", FIRST)
    assert "an older message" in told.out
    assert only(person)["start"] == "2026-11-17 14:00"


def test_the_same_one_again_brings_nothing(person):
    person.does("import", FIRST)
    assert "nothing new in it" in person.does("import", FIRST).out
    assert only(person)["number"] == 1


def test_a_cancellation_ends_the_interview_and_its_follow_ups(person):
    person.does("import", FIRST)
    told = person.does("import", CANCELLED)
    assert told.out.startswith("Cancelled: 1  Acme")
    assert only(person)["status"] == "closed"
    assert person.does("next", "--json").json["events"] == []
    assert "nothing new in it" in person.does("import", CANCELLED).out


def test_a_cancellation_of_nothing_known_is_said(person):
    told = person.does("import", CANCELLED)
    assert "cancels an interview that is not remembered" in told.out
    assert person.does("list", "--json").json["interviews"] == []


def test_what_it_does_not_tell_is_asked_for_by_name(person):
    told = person.tries("import", WITHOUT_COMPANY, "--no-input")
    assert told.code == 65
    assert "does not tell the company and the role; add --company … --role …" in told.messages
    assert person.does("list", "--json").json["interviews"] == []
    person.does("import", WITHOUT_COMPANY, "--company", "Umbrella", "--role", "Cook")
    assert only(person)["company"] == "Umbrella"


def test_a_time_in_no_zone_is_asked_for_never_floating(person):
    told = person.tries("import", WITHOUT_ZONE, "--company", "Acme", "--role", "Cook")
    assert (told.code, "--timezone" in told.messages) == (65, True)
    person.does("import", WITHOUT_ZONE, "--company", "Acme", "--role", "Cook", "--timezone", "Europe/Paris")
    assert only(person)["timezone"] == "Europe/Paris"


def test_undo_takes_an_invitation_back(person):
    person.does("import", FIRST)
    person.does("import", MOVED)
    person.does("undo")
    assert only(person)["start"] == "2026-11-12 14:00"
    person.does("undo")
    assert person.does("list", "--json").json["interviews"] == []


def test_options_of_a_record_do_not_go_with_a_table(person):
    told = person.tries("import", ROOT / "fixtures" / "interviews.csv", "--company", "Acme")
    assert (told.code, "goes with an invitation" in told.messages) == (2, True)


def test_one_that_is_over_is_taken_and_that_is_said(person):
    told = person.does("import", FIRST, now="2026-11-13T09:00:00-05:00")
    assert "it is over: it was on Thu 12 Nov 2026 14:00" in told.messages
    assert only(person)["start"] == "2026-11-12 14:00"
    assert "it is over" not in person.does("import", CANCELLED, now="2026-11-18T09:00:00-05:00").messages


def test_what_changed_is_said_the_status_too(person):
    person.does("import", FIRST, now=BEFORE)
    assert "  start: 2026-11-12 14:00 → 2026-11-17 14:00\n" in person.does("import", MOVED).out
    assert "  status: open → closed\n" in person.does("import", CANCELLED).out


def test_of_two_with_one_sequence_the_later_stamp_counts_in_either_order(person, tmp_path):
    newer, older = INVITATIONS / "cases" / "thread-newer.ics", INVITATIONS / "cases" / "thread-older.ics"
    person.does("import", newer)
    assert "an older message" in person.does("import", older).out
    other = Person(tmp_path / "other")
    assert other.does("import", older, newer).out.count("Moved: 1") == 1
    assert only(person)["start"] == only(other)["start"] == "2026-12-08 16:00"


def test_a_cancellation_that_comes_first_is_remembered(person):
    person.does("import", CANCELLED)
    told = person.does("import", FIRST)
    assert "a later message that came before this one cancels it" in told.messages
    assert only(person)["status"] == "closed"
    assert person.does("next", "--json").json["events"] == []


def test_what_is_given_beside_a_known_one_counts_once(person):
    person.does("import", FIRST)
    assert person.does("import", FIRST, "--role", "Head of product").out.startswith("Changed: 1")
    assert "nothing new in it" in person.does("import", FIRST, "--role", "Head of product").out


# --- zones ---

CASES = INVITATIONS / "cases"


def test_a_zone_that_is_named_never_moves_a_start_that_is_known(person):
    told = person.does("import", CASES / "known-zone.ics", "--timezone", "Europe/Berlin")
    assert "Europe/Berlin is left out" in told.messages
    assert (only(person)["start"], only(person)["timezone"]) == ("2026-12-08 14:00", "America/New_York")


def test_a_zone_is_for_the_files_that_lack_one_alone(person):
    given = ("--company", "Acme", "--role", "Cook", "--timezone", "Europe/Paris")
    person.does("import", WITHOUT_ZONE, CASES / "known-zone.ics", *given)
    zones = [each["timezone"] for each in person.does("list", "--json").json["interviews"]]
    assert zones == ["Europe/Paris", "America/New_York"]


def test_a_zone_that_the_file_contradicts_is_refused_and_those_that_fit_are_named(person):
    told = person.tries("import", CASES / "microsoft-custom-zone.ics", "--timezone", "Europe/Berlin")
    assert (told.code, "America/Los_Angeles" in told.messages) == (65, True)
    assert person.does("list", "--json").json["interviews"] == []
    person.does("import", CASES / "microsoft-custom-zone.ics", "--timezone", "America/Los_Angeles")
    assert only(person)["start"] == "2026-12-08 14:00"


def test_a_day_gets_its_time_from_whoever_knows_it(person, tmp_path):
    file = tmp_path / "day.ics"
    content = (CASES / "known-zone.ics").read_text("utf-8").replace("\n", "\r\n")
    for name in ("DTSTART", "DTEND"):
        content = content.replace(f"{name};TZID=America/New_York:20261208T", f"{name};VALUE=DATE:20261208#")
    file.write_text(content.replace("#140000", "").replace("#150000", ""), "utf-8", newline="")
    told = person.tries("import", file)
    assert told.code == 65
    assert 'Tue 8 Dec 2026, and gives no time; say when it begins: --at "2026-12-08' in told.messages
    person.does("import", file, "--at", "2026-12-08 10:00", "--timezone", "Europe/Berlin")
    assert (only(person)["start"], only(person)["timezone"]) == ("2026-12-08 10:00", "Europe/Berlin")


# --- mails ---


def mail_of(*calendars):
    message = EmailMessage()
    message["From"], message["Subject"] = "rosa@brightwater.example", "Your interviews"
    message.set_content("They are enclosed.")
    for each in calendars:
        message.add_attachment(each.read_bytes(), maintype="text", subtype="calendar")
    return message.as_bytes()


def test_a_mail_brings_the_invitation_in_it(person):
    told = person.does("import", CASES / "mail.eml")
    assert told.out.count("New: 1  Brightwater · Nurse, Tue 8 Dec 2026 14:00 America/New_York") == 1
    interview = only(person)
    assert (interview["contact"], interview["email"]) == ("Rosa Klein", "rosa@brightwater.example")
    assert (
        interview["interviewers"]
        == "Amit Shah <amit@brightwater.example>; Lena Fox <lena@brightwater.example>"
    )


@pytest.mark.parametrize("form", ["eml", "ics"])
def test_a_mail_may_come_on_standard_input(person, form):
    person.does("import", "-", "--format", form, stdin=(CASES / "mail.eml").read_bytes())
    assert only(person)["company"] == "Brightwater"


def test_several_in_one_mail_are_listed_and_those_that_are_chosen_are_taken(person, tmp_path):
    file = tmp_path / "several.eml"
    file.write_bytes(mail_of(FIRST, CASES / "known-zone.ics"))
    told = person.tries("import", file)
    assert told.code == 1
    assert told.out.splitlines() == [
        "  1  Thu 12 Nov 2026 14:00  Interview: Product Manager at Acme",
        "  2  Tue 8 Dec 2026 14:00  Interview: Nurse at Brightwater",
    ]
    assert "there are 2 invitations in it; take some with --take 1,2, or all with --all" in told.messages
    assert person.does("list", "--json").json["interviews"] == []
    person.does("import", file, "--take", "2")
    assert only(person)["company"] == "Brightwater"
    assert person.tries("import", file, "--take", "3").code == 2
    person.does("import", file, "--all")
    assert len(person.does("list", "--json").json["interviews"]) == 2
    assert person.tries("import", file, "--all", "--role", "Cook").code == 2


def test_all_messages_of_a_thread_in_one_mail_are_taken_in_their_order(person, tmp_path):
    file = tmp_path / "thread.eml"
    file.write_bytes(mail_of(CANCELLED, MOVED, FIRST))
    person.does("import", file)
    assert (only(person)["start"], only(person)["status"]) == ("2026-11-17 14:00", "closed")


def test_a_mail_without_an_invitation_says_what_helps(person, tmp_path):
    file = tmp_path / "hello.eml"
    file.write_bytes(mail_of())
    told = person.tries("import", file)
    assert (told.code, "there is no invitation in this mail; save the attachment" in told.messages) == (
        65,
        True,
    )
