"""Who is who in an invitation, whom to call, and where to meet."""

import pytest
from msgspec.structs import replace

from calsync.domain import Candidate, Person
from calsync.intake.invitation.links import unwrapped
from calsync.intake.invitation.people import is_team
from calsync.intake.invitation.phones import number_to_call
from tests.intake.invitations import PREFERENCES, ics, received

NOBODY = replace(PREFERENCES, candidate=Candidate())
ROSA = "ORGANIZER;CN=Rosa Klein:mailto:rosa@brightwater.example"
AMIT = "ATTENDEE;CN=Amit Shah:mailto:amit@brightwater.example"
ROBIN = "ATTENDEE;CN=Robin Vale:mailto:robin.vale@mail.example"


def told(
    *lines, organizer=ROSA, summary="Interview: Nurse at Brightwater", preferences=PREFERENCES, **options
):
    return received(
        ics(*lines, ORGANIZER=organizer, SUMMARY=f"SUMMARY:{summary}"), preferences=preferences, **options
    )


@pytest.mark.parametrize(
    ("cn", "name"),
    [
        (r"Klein\, Rosa", "Rosa Klein"),
        ('"Klein, Rosa"', "Rosa Klein"),
        ('"Klein, Rosa (HR)"', "Rosa Klein"),
        ("Rosa Klein (External)", "Rosa Klein"),
        ("Rosa Klein via Greenhouse", "Rosa Klein"),
        ("Rosa Klein | Brightwater", "Rosa Klein"),
        ('"Rosa Klein, Brightwater"', "Rosa Klein"),
        ('"Rosa Klein, PhD"', "Rosa Klein"),
        ("Rosa Klein - Talent", "Rosa Klein"),
        ("Rosa Klein-Fox", "Rosa Klein-Fox"),
        ("佐藤 花子", "佐藤 花子"),
    ],
)
def test_a_name_is_read_as_a_person_says_it(cn, name):
    assert told(organizer=f"ORGANIZER;CN={cn}:mailto:rosa@brightwater.example").contact.value == name


@pytest.mark.parametrize(
    ("organizer", "lines", "contact", "email"),
    [
        ("ORGANIZER:mailto:rosa@brightwater.example", [AMIT], "", "rosa@brightwater.example"),
        ("ORGANIZER;CN=Brightwater Recruiting:mailto:jobs@brightwater.example", [AMIT], "Amit Shah", "amit@brightwater.example"),
        ("ORGANIZER;CN=Brightwater Recruiting:mailto:jobs@brightwater.example", [], "", "jobs@brightwater.example"),
        ("ORGANIZER;CN=Calendly:mailto:no-reply@calendly.com", [AMIT], "Amit Shah", "amit@brightwater.example"),
        ("ORGANIZER;CN=Rosa Klein:mailto:rosa.klein@hire.lever.co", [], "Rosa Klein", "rosa.klein@hire.lever.co"),
        ("ORGANIZER;CN=Robin Vale:mailto:robin.vale@example.org", [AMIT], "Amit Shah", "amit@brightwater.example"),
        ("ORGANIZER;CN=Robin Vale:mailto:robin.vale@example.org", [], "", ""),
    ],
)  # fmt: skip
def test_the_contact_is_a_person_and_an_address_counts_without_a_name(organizer, lines, contact, email):
    proposed = told(*lines, organizer=organizer).proposed
    assert (proposed.get("contact", ""), proposed.get("email", "")) == (contact, email)


@pytest.mark.parametrize(
    ("candidate", "attendee"),
    [
        (Candidate(email="robin.vale@gmail.com"), "ATTENDEE;CN=R V:mailto:RobinVale+jobs@gmail.com"),
        (Candidate(name="Robin Vale", email="other@mail.example"), ROBIN),
        (Candidate(name="Robin Vale"), 'ATTENDEE;CN="Vale, Robin":mailto:r@mail.example'),
        (Candidate(name="Robin Vale"), "ATTENDEE:mailto:robin.vale@mail.example"),
        (Candidate(name="Robin Vale"), "ATTENDEE;CN=R. Vale:mailto:rv@mail.example"),
    ],
)
def test_the_candidate_is_known_by_address_or_name(candidate, attendee):
    invitation = told(attendee, AMIT, preferences=replace(PREFERENCES, candidate=candidate))
    if attendee.endswith("rv@mail.example"):  # neither of both: a person might see it, nothing tells it
        return
    assert [person.name for person in invitation.attendees] == ["Amit Shah"]


@pytest.mark.parametrize(
    ("lines", "organizer", "recipients", "assumed"),
    [
        ([ROBIN], ROSA, (), "robin.vale@mail.example"),
        ([ROBIN, AMIT], ROSA, (), "robin.vale@mail.example"),
        ([ROBIN, AMIT, "ATTENDEE:mailto:lena@brightwater.example"], "ORGANIZER:mailto:no-reply@calendly.com", (), "robin.vale@mail.example"),
        ([ROBIN, "ATTENDEE;CN=Jo:mailto:jo@agency.example"], ROSA, ("robin.vale@mail.example",), "robin.vale@mail.example"),
        (["ATTENDEE;CN=Bo:mailto:bo@gmail.com", "ATTENDEE;CN=Jo:mailto:jo@agency.example"], ROSA, (), "bo@gmail.com"),
    ],
)  # fmt: skip
def test_where_nobody_is_known_the_one_whom_it_was_meant_for_is_assumed_and_said(
    lines, organizer, recipients, assumed
):
    invitation = told(*lines, organizer=organizer, preferences=NOBODY, recipients=recipients)
    assert invitation.assumed.email == assumed
    assert assumed not in str(invitation.proposed)
    assert (
        f"is taken for you, and left out of those met: calsync config set candidate.email {assumed}"
        in invitation.notes[-1]
    )


def test_where_nobody_can_be_assumed_it_is_asked_and_none_of_them_is_met():
    lines = ["ATTENDEE;CN=Jo Diaz:mailto:jo@hooli.example", ROBIN.replace("mail.example", "vale.example")]
    invitation = told(
        *lines,
        organizer="ORGANIZER:mailto:no-reply@calendly.com",
        preferences=NOBODY,
        summary="Jo Diaz and Robin Vale",
    )
    assert (invitation.assumed, invitation.attendees, invitation.contact) == (None, (), None)
    assert invitation.perhaps == (
        Person("Jo Diaz", "jo@hooli.example"),
        Person("Robin Vale", "robin.vale@vale.example"),
    )
    assert "which of those invited is you? jo@hooli.example, robin.vale@vale.example" in invitation.notes[0]


def test_an_appointment_without_guests_may_be_one_s_own():
    own = "ORGANIZER;CN=Robin Vale:mailto:robin.vale@gmail.com"
    assert told(organizer=own, preferences=NOBODY).contact is None
    assert told(organizer=ROSA, preferences=NOBODY).contact.value == "Rosa Klein"
    assert told(organizer=own.replace("Robin Vale", "Jo Diaz")).contact.value == "Jo Diaz"


def test_a_name_in_the_title_alone_is_nobody_s_while_the_candidate_is_not_known():
    assert told(summary="Interview with Robin Vale", preferences=NOBODY).contact.value == "Rosa Klein"


@pytest.mark.parametrize(
    "name", ["Acme Recruiting", "HR Team", "Karriere Isarwerk", "採用担当", "Talent Acquisition"]
)
def test_a_team_is_no_person(name):
    assert is_team(name)
    assert not is_team("Rosa Klein")


# --- whom to call ---


@pytest.mark.parametrize(
    ("words", "contact", "country", "number"),
    [
        ("Call me at (212) 555-0172 if anything comes up.\nRosa", "Rosa Klein", "US", "+1 212-555-0172"),
        ("Mobil: +49 170 1234567", "", "US", "+49 170 1234567"),
        ("Tel. 030 901820, Fax 030 901821", "", "DE", "+49 30 901820"),
        ("Rufen Sie mich gern an: 030 901820.", "", "DE", "+49 30 901820"),
        ("Wir rufen Sie unter 030 901820 an.", "", "DE", ""),
        ("We will call you at (212) 555-0172.", "Rosa Klein", "US", ""),
        ("Rosa: 212-555-0172\nAmit: 212-555-0199", "Rosa Klein", "US", "+1 212-555-0172"),
        ("Amit: 212-555-0199", "Rosa Klein", "US", ""),
        ("212-555-0172 or 212-555-0199", "", "US", ""),
        ("212-555-0172, that is +1 212 555 0172", "", "US", "+1 212-555-0172"),
        (
            "Dial by your location\n+1 646 558 8656 US (New York)\n\nRosa, 212-555-0172",
            "Rosa",
            "US",
            "+1 212-555-0172",
        ),
        ("Or call in (audio only)\n+1 323-555-0100,,456789123#", "", "US", ""),
        ("Join by phone: +1 385-325-0123 PIN: 123", "", "US", ""),
        ("Einwahl per Telefon: +49 69 7104 9922", "", "DE", ""),
        ("Meeting ID: 850 1234 5678", "", "US", ""),
        ("https://acme.example/2125550172", "", "US", ""),
        ("Our numbers are good: 2026", "", "US", ""),
        ("My own is +1 917 555 0111, hers 212-555-0172", "", "US", "+1 212-555-0172"),
    ],
)
def test_the_number_is_the_contact_s_or_the_only_one(words, contact, country, number):
    assert number_to_call(words, contact, country, own="917-555-0111", others=("Amit Shah",)) == number


def test_the_number_is_read_as_in_the_country_of_the_interview():
    line = "DESCRIPTION:Fragen? 030 901820"
    assert received(ics(line)).proposed["phone"] == "+49 30 901820"


# --- where to meet ---

ZOOM = "https://brightwater.zoom.us/j/1?pwd=a_b-c"


@pytest.mark.parametrize(
    "wrapped",
    [
        ZOOM,
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbrightwater.zoom.us%2Fj%2F1%3Fpwd%3Da_b-c&data=05%7C02",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__brightwater.zoom.us_j_1-3Fpwd-3Da-5Fb-2Dc&d=DwMF",
        "https://urldefense.com/v3/__https://brightwater.zoom.us/j/1?pwd=a_b-c__;!!abc!def$",
        "https://urldefense.com/v3/__https:/*brightwater.zoom.us/j/1?pwd=a_b-c__;Lw!!abc!def$",
        "https://www.google.com/url?q=https://brightwater.zoom.us/j/1?pwd%3Da_b-c&sa=D",
        "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fbrightwater.zoom.us%2fj%2f1%3fpwd%3da_b-c&c=E",
        "https://secure-web.cisco.com/1abc/https%3A%2F%2Fbrightwater.zoom.us%2Fj%2F1%3Fpwd%3Da_b-c",
    ],
)
def test_a_link_is_unwrapped(wrapped):
    assert unwrapped(wrapped) == ZOOM
    assert received(ics(f"DESCRIPTION:Join: {wrapped} soon", "URL:https://acme.example/jobs")).url == ZOOM


@pytest.mark.parametrize(
    "link",
    [
        "https://acme.zoomgov.com/j/1601234567",
        "https://acme.zoom.us/wc/join/85012345678",
        "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting/0?context=1",
        "https://teams.microsoft.com/meet/2345?p=x",
        "https://teams.live.com/meet/9345",
        "https://acme.webex.com/acme/j.php?MTID=m1",
        "https://meet.goto.com/123456789",
        "https://global.gotomeeting.com/join/123456789",
        "https://acme.hirevue.com/interviews/1",
        "https://app.coderpad.io/ABC",
        "https://karat.io/interviews/1",
    ],
)
def test_the_link_of_a_meeting_beats_a_map_and_a_job_page(link):
    content = ics(
        f"DESCRIPTION:Join {link}", "URL:https://acme.example/jobs/1", "LOCATION:https://maps.app.goo.gl/x"
    )
    assert received(content).url == link


@pytest.mark.parametrize(
    "link",
    [
        "https://zoom.us@evil.example/j/1",
        "https://rosa:secret@acme.zoom.us/j/1",
        "https://acme.zoom.us\\@evil.example/j/1",
        "https://zoom.us.evil.example/j/1",
        "https://evilzoom.us/j/1",
        "https://help.webex.com/en-us/article/1",
        "https://us02web.zoom.us/u/kdh",
    ],
)
def test_a_link_that_hides_where_it_leads_or_is_no_meeting_is_not_taken(link):
    assert received(ics(f"DESCRIPTION:Join {link}")).url == ""


def test_a_property_with_somebody_before_the_host_is_left_out_and_said():
    invitation = received(ics("URL:https://zoom.us@evil.example/j/1"))
    assert invitation.url == ""
    assert "hides where it leads" in invitation.notes[0]
