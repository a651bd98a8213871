"""Titles of invitations: company, role and contact where they are told, nothing where they are not."""

import pytest

from calsync.intake.invitation.addresses import employer, is_machine
from calsync.intake.invitation.text import plain
from calsync.intake.invitation.titles import KnownParties, Title, read_title
from tests.intake.invitations import ics, received

SARAH = "Sarah Smith"
ROBIN = ("Robin Vale",)


@pytest.mark.parametrize(
    ("title", "company", "role", "contact"),
    [
        ("Interview: Product Manager at Acme", "Acme", "Product Manager", ""),
        ("Acme – Interview with Sarah (PM)", "Acme", "PM", "Sarah"),
        ("Interview with Acme for the role of Data Analyst", "Acme", "Data Analyst", ""),
        ("Interview for Software Engineer at Acme with Sarah Smith", "Acme", "Software Engineer", SARAH),
        ("Interview at Acme for the position of Nurse", "Acme", "Nurse", ""),
        ("Interview with Sarah Smith from Acme", "Acme", "", SARAH),
        ("Interview at Acme with Sarah Smith", "Acme", "", SARAH),
        ("Interview for the role of Beekeeper", "", "Beekeeper", ""),
        ("Product Manager Interview", "", "Product Manager", ""),
        ("Acme: Onsite Interview for Staff Engineer", "Acme", "Staff Engineer", ""),
        ("Panel interview — Globex Ltd", "Globex Ltd", "", ""),
        ("Canceled: Interview: Product Manager at Acme", "Acme", "Product Manager", ""),
        ("[External] Re: Final Round Interview - UX Designer", "", "UX Designer", ""),
        (
            "Invitation: Phone Screen @ Acme @ Thu Nov 12, 2026 2pm - 3pm (EST) (r@example.org)",
            "Acme",
            "",
            "",
        ),
        ("Vorstellungsgespräch als Pfleger (m/w/d) bei der Nordwind GmbH", "Nordwind GmbH", "Pfleger", ""),
        ("Vorstellungsgespräch bei Nordwind", "Nordwind", "", ""),
        (
            "Einladung: Telefoninterview: Werkstudent Marketing bei Nordwind",
            "Nordwind",
            "Werkstudent Marketing",
            "",
        ),
        ("Gespräch zur Stelle als Controller", "", "Controller", ""),
        ("Interview für die Stelle als Imker bei Nordwind mit Anna Berg", "Nordwind", "Imker", "Anna Berg"),
    ],
)
def test_a_title_tells_by_its_own_words(title, company, role, contact):
    assert read_title(title, KnownParties()) == Title(company, role, contact)


@pytest.mark.parametrize(
    ("title", "company", "role", "contact"),
    [
        ("Acme – Interview with Sarah (PM)", "Acme", "PM", SARAH),
        ("First Round Interview with Sarah", "", "", SARAH),
        ("Quick chat with Sarah Smith", "", "", SARAH),
        ("Sarah Smith and Robin Vale", "", "", SARAH),
        ("30 Minute Interview: Sarah Smith and Robin Vale", "", "", SARAH),
        ("Interview between Robin Vale and Jo Diaz", "", "", "Jo Diaz"),
        ("Robin Vale <> Acme", "Acme", "", ""),
        ("Acme Interview", "Acme", "", ""),
        ("Acme Product Manager Interview", "Acme", "Product Manager", ""),
        ("Interview with Acme Robotics", "Acme Robotics", "", ""),
        ("Acme | Senior Software Engineer | Interview 2", "Acme", "Senior Software Engineer", ""),
        ("Interview – Round 2 – Robin Vale – Head of Data – Acme Corp.", "Acme Corp", "Head of Data", ""),
        ("Interview with Jo Diaz for the role of Data Analyst", "", "Data Analyst", "Jo Diaz"),
        ("Interview: Beekeeper at Acme", "Acme", "Beekeeper", ""),
    ],
)
def test_what_else_is_known_decides_what_a_title_leaves_open(title, company, role, contact):
    assert read_title(title, KnownParties("Acme", (SARAH,), ROBIN)) == Title(company, role, contact)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Interview",
        "Technical Interview",
        "Meeting",
        "Lunch with Mum",
        "Interview with Globex",
        "Interview at 3pm",
        "Interview at our office",
        "Interview (Zoom, 30 min)",
        "Python Interview",
        "Vorstellungsgespräch",
        "–",
        "???",
        "Interview " * 25,
    ],
)
def test_nothing_is_guessed_where_nothing_is_told(title):
    assert read_title(title, KnownParties()) == Title()


@pytest.mark.parametrize(
    ("description", "company", "role"),
    [
        ("Company: Acme Inc.\nPosition: Beekeeper", "Acme Inc", "Beekeeper"),
        ("Unternehmen: Nordwind\nStelle: Imker", "Nordwind", "Imker"),
        ("we would like to meet you for the Product Manager role at Acme.", "Acme", "Product Manager"),
        ("for the position of Head of Data with Acme Robotics on", "Acme Robotics", "Head of Data"),
        ("Ihr Gespräch für die Stelle als Controller bei der Nordwind GmbH.", "Nordwind GmbH", "Controller"),
        ("your interview with Acme for Beekeeper is soon", "Acme", "Beekeeper"),
        ("we play an important role in the position of the market", None, None),
        ("", None, None),
    ],
)
def test_a_description_tells_by_labels_and_by_sentences(description, company, role):
    text = description.replace(",", "\\,").replace("\n", "\\n")
    mailer = "ORGANIZER;CN=Jo:mailto:jo@gmail.com"
    invitation = received(ics(f"DESCRIPTION:{text}", SUMMARY="SUMMARY:Interview", ORGANIZER=mailer))
    told = {"company": invitation.company, "role": invitation.role}
    expected = {"company": company, "role": role}
    assert {key: value and str(value) for key, value in told.items()} == {
        key: value and f"{value} from the description" for key, value in expected.items()
    }


@pytest.mark.parametrize(
    ("address", "company"),
    [
        ("sarah@acme.example", "Acme"),
        ("sarah@mail.acme.example", "Acme"),
        ("sarah@hr.acme-robotics.co.uk", "Acme Robotics"),
        ("sarah@acme.com.au", "Acme"),
        ("sarah@sap.com", "SAP"),
        ("noreply@acme.example", "Acme"),
        ("sarah@gmail.com", ""),
        ("sarah@yahoo.co.uk", ""),
        ("sarah@GMX.de", ""),
        ("x@outlook.com", ""),
        ("x@calendly.com", ""),
        ("x@goodtime.io", ""),
        ("x@us.greenhouse-mail.io", ""),
        ("acme@hire.lever.co", ""),
        ("x@hirevue.com", ""),
        ("acme@myworkday.com", ""),
        ("x@localhost", ""),
        ("x@127.0.0.1", ""),
        ("x", ""),
        ("", ""),
    ],
)
def test_a_company_is_named_by_its_own_domain_only(address, company):
    assert employer(address) == company


@pytest.mark.parametrize(
    ("address", "machine"),
    [
        ("no-reply@acme.example", True),
        ("noreply+x@acme.example", True),
        ("unknownorganizer@calendar.google.com", True),
        ("c_18@group.calendar.google.com", True),
        ("anything@calendly.com", True),
        ("sarah@acme.example", False),
        ("notifier@acme.example", False),
        ("", False),
    ],
)
def test_a_machine_is_nobody_to_meet(address, machine):
    assert is_machine(address) is machine


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<b>bold</b> &amp; &lt;safe&gt;", "bold & <safe>"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one</div>\n<div>two</div>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<p>a<script>alert(1)</script>b<style>p{}</style>c</p>", "abc"),
        ("<p>a<!-- hidden -->b<!-- open", "ab"),
        ("<p>a<script>never closed", "a"),
        ("<a href='https://acme.example'>https://acme.example</a>", "https://acme.example"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("<p>&#8238;a&#0;b&#55296;c&#99999999;</p>", "a\ufffdb\ufffdc\ufffd"),
        ("<p>tab\there\u202e\x07</p>", "tab here"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("word " * 2_000, ("word " * 800)[:3_999].rstrip() + "…"),
    ],
)
def test_markup_becomes_plain_text(description, text):
    assert plain(description) == text
