"""Mails that carry invitations: found wherever programs put them, and nothing in a mail does harm."""

import base64
import io
import os
import time
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calsync.errors import BadData, CalsyncError
from calsync.intake import Source
from calsync.intake.invitation import calendars_in, is_mail
from calsync.intake.invitation.mail import LARGEST_MAIL
from calsync.intake.invitation.mail_parts import answer
from tests.intake.invitations import FIXTURES, ics, received

SOON = 2
WHOLE = ics(SUMMARY="SUMMARY:Vorstellungsgespräch: Köchin bei Größl")


def mail(*attached, text="Hello Robin, the invitation is enclosed.", **headers):
    """A mail with parts: (kind, bytes, more of ``add_attachment``)."""
    message = EmailMessage()
    told = {
        "From": "Rosa Klein <rosa@acme.example>",
        "To": "Robin <robin@mail.example>",
        "Subject": "Your interview",
    }
    for name, value in (told | headers).items():
        message[name] = value
    message.set_content(text)
    for kind, content, options in attached:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, **options)
    return message


def found(content, name="message.eml"):
    return calendars_in(Source(name, io.BytesIO(content))).contents


def alternative(**options):
    message = mail()
    message.add_alternative(WHOLE.decode(), subtype="calendar", params={"method": "REQUEST"}, **options)
    return message.as_bytes(policy=SMTP)


def raw(kind, body, *headers):
    lines = ["From: rosa@acme.example", f"Content-Type: {kind}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


MAILS = {
    "a part beside the text": alternative(),
    "base64": alternative(cte="base64"),
    "quoted-printable": alternative(cte="quoted-printable"),
    "8bit": alternative(cte="8bit"),
    "an attachment": mail(("application/ics", WHOLE, {"filename": "invite.ics"})).as_bytes(),
    "an attachment of no kind": mail(("application/octet-stream", WHOLE, {"filename": "Termin.ICS"})).as_bytes(),
    "an attachment without a name": mail(("application/octet-stream", WHOLE, {})).as_bytes(),
    "the mail itself": raw('text/calendar; charset="UTF-8"; method=REQUEST', WHOLE),
    "text that is a calendar": raw("text/plain; charset=utf-8", WHOLE),
    "in Latin-1": raw("text/calendar; charset=iso-8859-1", WHOLE.decode().encode("latin-1")),
    "Latin-1 by its label alone": raw("text/calendar; charset=iso-8859-1", WHOLE),
    "UTF-16": raw("text/calendar; charset=utf-16", base64.encodebytes(WHOLE.decode().encode("utf-16")),
                  "Content-Transfer-Encoding: base64"),
    "an encoding of nobody": raw("text/calendar; charset=x-klingon", WHOLE),
    "with a line of mbox before it": b"From rosa@acme.example Fri Nov 20 09:00:00 2026\r\n" + alternative(),
    "as Apple Mail keeps it": b"4711      \n" + alternative() + b'\n<?xml version="1.0"?><plist/>',
    "with a mark at its beginning": b"\xef\xbb\xbf" + alternative(),
    "with line feeds alone": alternative().replace(b"\r\n", b"\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_the_invitation_of_a_mail_is_found_wherever_it_is(name):
    (content,) = found(MAILS[name])
    told = received(content)
    assert (told.uid, told.summary) == ("one@acme.example", "Vorstellungsgespräch: Köchin bei Größl")


def test_a_forwarded_mail_is_opened():
    outer = mail()
    outer.add_attachment(mail(("text/calendar", WHOLE, {"filename": "invite.ics"})))
    assert [received(each).uid for each in found(outer.as_bytes())] == ["one@acme.example"]


def test_a_part_and_an_attachment_that_say_the_same_are_one_and_others_are_several():
    again = WHOLE.replace(b"METHOD:REQUEST\r\n", b"METHOD:PUBLISH\r\nX-WR-CALNAME:Mine\r\n")
    same = mail(("text/calendar", WHOLE, {}), ("application/ics", again, {"filename": "invite.ics"}))
    assert found(same.as_bytes()) == (WHOLE,)
    cancelled = WHOLE.replace(b"METHOD:REQUEST", b"METHOD:CANCEL")
    both = mail(("text/calendar", WHOLE, {}), ("text/calendar", cancelled, {}))
    assert found(both.as_bytes()) == (WHOLE, cancelled)
    other = ics(UID="UID:two@acme.example")
    two = mail(("text/calendar", WHOLE, {}), ("text/calendar", other, {}))
    assert [received(each).uid for each in found(two.as_bytes())] == ["one@acme.example", "two@acme.example"]


def test_whom_it_was_sent_to_is_told():
    content = mail(("text/calendar", WHOLE, {})).as_bytes()
    assert calendars_in(Source("m.eml", io.BytesIO(content))).recipients == ("robin@mail.example",)


def test_a_file_that_is_no_mail_is_what_it_is():
    for content in (
        WHOLE,
        b"",
        b"BEGIN:VCALENDAR",
        b"PK\x03\x04",
        b"\xef\xbb\xbf" + WHOLE,
        b"\r\n\r\n" + WHOLE,
    ):
        assert found(content) == (content,)
        assert not is_mail(content)


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (mail().as_bytes(), "CS-INV-016", "there is no invitation in this mail"),
        (mail(("image/png", b"\x89PNG", {"filename": "a.png"})).as_bytes(), "CS-INV-016", "no invitation"),
        (
            mail(("application/ms-tnef", b"x", {"filename": "winmail.dat"})).as_bytes(),
            "CS-INV-017",
            "winmail.dat",
        ),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "CS-INV-017", "as .eml"),
        (b"From: a@b.example\r\n\r\n" + b"x" * LARGEST_MAIL, "CS-INV-001", "more than 10 MB"),
        (b"From: a@b.example\r\n", "CS-INV-016", "no invitation"),
        (raw("multipart/mixed", b"--x\r\n\r\nnothing\r\n"), "CS-INV-016", "no invitation"),
    ],
)
def test_a_mail_without_one_says_what_to_do(content, code, says):
    with pytest.raises(BadData, match=says) as error:
        found(content)
    assert (error.value.code, error.value.where) == (code, "message.eml")
    assert error.value.remedy


def nested(depth):
    begin = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth))
    return b"From: a@b.example\r\n" + begin.encode() + b"Content-Type: text/calendar\r\n\r\n" + WHOLE


HOSTILE = {
    "nested 50": nested(50),
    "nested 5,000": nested(5_000),
    "forwarded 2,000 times": b"From: a@b.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + WHOLE,
    "100,000 parts": raw("multipart/mixed; boundary=b", b"--b\r\n\r\nx\r\n" * 100_000),
    "100,000 headers": b"X-A: b\r\n" * 100_000 + b"\r\nx",
    "a header of a megabyte": b"Subject: " + b"=?utf-8?q?=41?= " * 60_000 + b"\r\n\r\nx",
    "a type of a megabyte": raw("text/calendar" + "; a*0*=utf-8''%41" * 60_000, WHOLE),
    "ten megabytes attached": mail(("image/png", b"\x89" * 7_000_000, {"filename": "a.png"}), ("text/calendar", WHOLE, {})).as_bytes(),
    "recipients without end": mail(("text/calendar", WHOLE, {})).as_bytes().replace(
        b"To: ", b"To: " + b"a@b.example, " * 50_000, 1),
    "base64 of nothing": raw("text/calendar", b"=" * 900_000, "Content-Transfer-Encoding: base64"),
    "base64 of anything": raw("text/calendar", bytes(range(256)) * 4_000, "Content-Transfer-Encoding: base64"),
    "quoted without end": raw("text/calendar", b"=\r\n" * 500_000, "Content-Transfer-Encoding: quoted-printable"),
    "a thousand calendars": mail(*[("text/calendar", WHOLE.replace(b"UID:", b"UID:%d" % n), {}) for n in range(300)]).as_bytes(),
    "a bomb of an encoding": raw("text/calendar; charset=utf-7", b"+" + b"A" * 900_000),
    "an encoding that is none": raw("text/calendar; charset=zip", b"A" * 900_000),
    "NUL everywhere": b"From: a\0b\r\n\0\0\0\r\n\r\n" + b"\0" * 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_read_or_refused_soon(name):
    began, spent = time.process_time(), os.times().children_user
    with suppress(BadData):
        contents = found(HOSTILE[name])
        assert 0 < len(contents) <= 20
        assert all(len(each) <= (1 << 20) + 1 for each in contents)
    assert time.process_time() - began + os.times().children_user - spent < SOON


SAMPLES = [*MAILS.values(), *(each.read_bytes() for each in sorted(FIXTURES.glob("cases/*.eml")))]
PIECES = [
    b"",
    b"\r\n",
    b"--",
    b"=",
    b'"',
    b"\0",
    b"\xff",
    b"Content-Type: ",
    b"multipart/mixed; boundary=",
    b";",
    b"=?utf-8?b?",
]


@st.composite
def mutated(draw):
    content = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(content)))
        gone = draw(st.sampled_from([0, 0, 1, 5, 40, 400]))
        content = content[:begin] + draw(st.sampled_from(PIECES)) + content[begin + gone :]
    return content


@settings(max_examples=300)
@given(mutated())
@example(b"Content-Type: text/calendar; charset*0=a; charset*1\r\n\r\nx")
@example(b"To: =?utf-8?q?=\r\nContent-Disposition: attachment; filename*=utf-8'\r\n\r\nx")
def test_a_mutated_mail_gives_calendars_or_none(content):
    calendars = answer(content)["calendars"]
    assert all(base64.b64decode(each) for each in calendars if each)


@settings(max_examples=10)
@given(mutated())
def test_the_child_answers_as_its_work_done_here(content):
    if not is_mail(content):
        return
    try:
        there = list(found(content))
    except CalsyncError:
        there = []
    content = content.removeprefix(b"\xef\xbb\xbf")
    begin = content[content.index(b"\n") + 1 :] if content[:4].isdigit() else content
    assert there == [base64.b64decode(each) for each in answer(begin)["calendars"]]
