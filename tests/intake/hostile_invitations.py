"""Invitations that mean harm, each with the code of the error that it ends in; "" for one that is read.

Made here, not kept as files: some are as large as is allowed. A new one is a
row. Each is what somebody might send: ours differ from real ones in nothing
but what is wrong with them.
"""

import base64
from collections.abc import Callable

from tests.intake.invitations import ics

WHOLE = ics()
START = b"DTSTART;TZID=Europe/Berlin:20261112T140000"
MEBIBYTE = 1 << 20


def _with(new: bytes, old: bytes = START) -> bytes:
    assert old in WHOLE
    return WHOLE.replace(old, new)


def _filled(line: str, size: int = MEBIBYTE - 2_000) -> bytes:
    """One property as long as a file may be."""
    return ics(line + "x" * (size - len(line)))


def _folded(line: str, fold: int = 60) -> str:
    return "\r\n ".join(line[place : place + fold] for place in range(0, len(line), fold))


def _deep(component: str, depth: int) -> tuple[str, ...]:
    return (*[f"BEGIN:{component}"] * depth, *[f"END:{component}"] * depth)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    # --- it never ends, or is more than one ---
    "every second for ever": (lambda: ics("RRULE:FREQ=SECONDLY"), "CS-INV-004"),
    "every second, folded out of sight": (lambda: ics("RR\r\n ULE:FREQ=SECONDLY"), "CS-INV-004"),
    "every second, in small letters": (lambda: ics("rrule:FREQ=SECONDLY"), "CS-INV-004"),
    "every second, with a parameter": (lambda: ics("RRULE;X=1:FREQ=SECONDLY;COUNT=2000000000"), "CS-INV-004"),
    "twice a day": (lambda: ics("RDATE:20261113T140000Z,20261114T140000Z"), "CS-INV-004"),
    "a thousand lines of dates": (lambda: ics(*["RDATE:20261113T140000Z"] * 1_000), "CS-INV-004"),
    "as many exceptions as fit": (lambda: ics(*["EXDATE:20261113T140000Z"] * 40_000), "CS-INV-006"),
    "exceptions in one line": (lambda: ics("EXDATE:" + "20261113T140000Z," * 10_000), "CS-INV-004"),
    "an exception rule": (lambda: ics("EXRULE:FREQ=SECONDLY"), "CS-INV-004"),
    "one of a series": (lambda: ics("RECURRENCE-ID:20261112T130000Z"), "CS-INV-004"),
    "a rule in a zone alone": (
        lambda: ics(
            before=(
                "BEGIN:VTIMEZONE",
                "TZID:Europe/Berlin",
                "BEGIN:STANDARD",
                "DTSTART:00010101T000000",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0100",
                "RRULE:FREQ=SECONDLY",
                "END:STANDARD",
                "END:VTIMEZONE",
            )
        ),
        "",
    ),
    "two events": (
        lambda: WHOLE.replace(b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT"),
        "CS-INV-003",
    ),
    "two events, one folded": (
        lambda: WHOLE.replace(b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VE\r\n VENT\r\nEND:VEVENT"),
        "CS-INV-003",
    ),
    "ten thousand events": (
        lambda: WHOLE.replace(b"END:VEVENT", b"END:VEVENT" + b"\r\nBEGIN:VEVENT\r\nEND:VEVENT" * 9_000),
        "CS-INV-003",
    ),
    "an event in an event": (lambda: ics("BEGIN:VEVENT", "END:VEVENT"), "CS-INV-003"),
    "two calendars": (lambda: WHOLE + b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "CS-INV-002"),
    "a calendar in a calendar": (lambda: ics(before=("BEGIN:VCALENDAR", "END:VCALENDAR")), "CS-INV-008"),
    "an alarm for ever": (
        lambda: ics("BEGIN:VALARM", "TRIGGER:-PT1S", "REPEAT:2000000000", "DURATION:PT1S", "END:VALARM"),
        "",
    ),
    "an alarm that runs a program": (
        lambda: ics("BEGIN:VALARM", "ACTION:PROCEDURE", "ATTACH:file:///bin/sh", "END:VALARM"),
        "",
    ),
    # --- zones ---
    "the zone is a folder": (lambda: _with(b"DTSTART;TZID=Europe:20261112T140000"), "CS-INV-020"),
    "the zone is a file": (lambda: _with(b"DTSTART;TZID=/etc/passwd:20261112T140000"), "CS-INV-020"),
    "the zone climbs": (lambda: _with(b"DTSTART;TZID=../../../etc/localtime:20261112T140000"), "CS-INV-020"),
    "the zone is 300 letters": (
        lambda: _with(b"DTSTART;TZID=" + b"x" * 300 + b":20261112T140000"),
        "CS-INV-020",
    ),
    "the zone is 200,000 letters": (
        lambda: _with(b"DTSTART;TZID=" + b"x" * 200_000 + b":20261112T140000"),
        "CS-INV-020",
    ),
    "the zone is 10,000 slashes": (
        lambda: _with(b"DTSTART;TZID=" + b"/" * 10_000 + b":20261112T140000"),
        "CS-INV-020",
    ),
    "the zone is nowhere": (lambda: _with(b"DTSTART;TZID=Nowhere/Else:20261112T140000"), "CS-INV-020"),
    "the zone is nothing": (lambda: _with(b"DTSTART;TZID=:20261112T140000"), "CS-INV-020"),
    "the zone rings": (lambda: _with(b"DTSTART;TZID=\x1b[31m\x07:20261112T140000"), "CS-INV-020"),
    "the time floats": (lambda: _with(b"DTSTART:20261112T140000"), "CS-INV-020"),
    "a thousand zones": (
        lambda: ics(before=("BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "END:VTIMEZONE") * 1_000),
        "CS-INV-008",
    ),
    "the zone is defined against its name": (
        lambda: ics(
            before=(
                "BEGIN:VTIMEZONE",
                "TZID:Europe/Berlin",
                "BEGIN:STANDARD",
                "TZOFFSETTO:-0800",
                "END:STANDARD",
                "END:VTIMEZONE",
            )
        ),
        "CS-INV-020",
    ),
    # --- times and numbers ---
    "a day without a time": (lambda: _with(b"DTSTART;VALUE=DATE:20261112"), "CS-INV-023"),
    "no start": (lambda: ics(DTSTART=None), "CS-INV-021"),
    "two starts": (lambda: ics("DTSTART:20261112T140000Z"), "CS-INV-009"),
    "a start of words": (lambda: _with(b"DTSTART:soon"), "CS-INV-021"),
    "a start of 200,000 digits": (lambda: _with(b"DTSTART:" + b"9" * 200_000), "CS-INV-021"),
    "a start in other digits": (lambda: _with("DTSTART:٢٠٢٦١١١٢T١٤٠٠٠٠Z".encode()), "CS-INV-021"),
    "the year 0": (lambda: _with(b"DTSTART:00000101T000000Z"), "CS-REC-005"),
    "the year 9999": (lambda: _with(b"DTSTART:99991231T235959Z"), "CS-REC-009"),
    "it ends before it begins": (lambda: ics(DTEND="DTEND:20200101T000000Z"), "CS-INV-022"),
    "it takes a thousand years": (lambda: ics(DTEND="DURATION:P9999D"), "CS-INV-022"),
    "it takes 5,000 digits": (lambda: ics(DTEND="DURATION:P" + "9" * 5_000 + "D"), "CS-INV-021"),
    "a sequence of 5,000 digits": (lambda: ics("SEQUENCE:" + "9" * 5_000), ""),
    "a sequence below nothing": (lambda: ics("SEQUENCE:-1"), "CS-INV-015"),
    "a sequence in other digits": (lambda: ics("SEQUENCE:٣"), "CS-INV-015"),
    "a sequence in thirds": (lambda: ics("SEQUENCE:1e9"), "CS-INV-015"),
    # --- who ---
    "no uid": (lambda: ics(UID=None), "CS-INV-014"),
    "an empty uid": (lambda: ics(UID="UID: "), "CS-INV-014"),
    "two uids": (lambda: ics("UID:two@acme.example"), "CS-INV-009"),
    "a uid of 100,000 letters": (lambda: ics(UID="UID:" + "u" * 100_000), "CS-INV-014"),
    "a uid of two lines": (lambda: ics(UID=r"UID:one\ntwo"), "CS-INV-014"),
    "a uid that turns round": (lambda: ics(UID="UID:one\u202eeno"), "CS-INV-014"),
    "ten thousand people": (
        lambda: ics(*[f"ATTENDEE:mailto:p{number}@acme.example" for number in range(10_000)]),
        "CS-INV-010",
    ),
    "three hundred people": (
        lambda: ics(*[f"ATTENDEE:mailto:p{number}@acme.example" for number in range(300)]),
        "CS-INV-010",
    ),
    "a name of 200,000 letters": (lambda: ics("ATTENDEE;CN=" + "n" * 200_000 + ":mailto:n@acme.example"), ""),
    "100,000 parameters": (lambda: ics("ATTENDEE" + ";A=1" * 60_000 + ":mailto:n@acme.example"), ""),
    "an open quote": (lambda: ics('ATTENDEE;CN="Mia:mailto:mia@acme.example'), ""),
    # --- what it asks for ---
    "an answer": (lambda: ics(method="METHOD:REPLY"), "CS-INV-012"),
    "a counter-proposal": (lambda: ics(method="METHOD:COUNTER"), "CS-INV-012"),
    "a method of its own": (lambda: ics(method="METHOD:\x1b[2J" + "x" * 10_000), "CS-INV-012"),
    "two methods": (lambda: ics(before=("METHOD:CANCEL",)), "CS-INV-009"),
    "a version of 1996": (lambda: WHOLE.replace(b"VERSION:2.0", b"VERSION:1.0"), "CS-INV-013"),
    "links to files": (lambda: ics("URL:file:///etc/passwd", "ATTACH:file:///etc/shadow"), ""),
    "links to programs": (lambda: ics("URL:javascript:alert(1)", "CONFERENCE:vbscript:x"), ""),
    "formulas": (lambda: ics(SUMMARY="SUMMARY:=cmd|'/C calc'!A0", UID="UID:@SUM(1)"), ""),
    # --- texts ---
    "a title as long as may be": (
        lambda: ics(SUMMARY="SUMMARY:" + _folded("at with for " * 60_000)),
        "",
    ),
    "a title that is tried again": (
        lambda: ics(SUMMARY="SUMMARY:Interview" + " for a at b with" * 18_000),
        "",
    ),
    "a description as long as may be": (lambda: ics("DESCRIPTION:" + _folded("<p><b>" * 120_000, 7_000)), ""),
    "a description of open tags": (lambda: ics("DESCRIPTION:<p>" + "<a href='" * 30_000), ""),
    "a description of open comments": (lambda: ics("DESCRIPTION:<p>" + "<!--" * 70_000), ""),
    "a description of broken lines": (lambda: ics("DESCRIPTION:<p>" + r"\n" * 140_000), ""),
    "a description of digits": (lambda: ics("DESCRIPTION:<p>&#" + "9" * 100_000 + ";"), ""),
    "a description of backslashes": (lambda: ics("DESCRIPTION:" + "\\" * 290_000), ""),
    "a line longer than any": (lambda: _filled("DESCRIPTION:"), "CS-INV-006"),
    "an attachment as large as may be": (
        lambda: ics("ATTACH;ENCODING=BASE64:" + _folded(base64.b64encode(b"x" * 700_000).decode(), 5_000)),
        "",
    ),
    "a line end in a name": (lambda: ics(SUMMARY="SUMMARY:One\rURL:https://evil.example/"), ""),
    # --- no calendar at all ---
    "nothing": (lambda: b"", "CS-INV-002"),
    "spaces": (lambda: b" \r\n" * 1_000, "CS-INV-002"),
    "a web page": (lambda: b"<html>BEGIN:VCALENDAR</html>", "CS-INV-002"),
    "a mail with an invitation in it": (lambda: b"From: a@acme.example\r\n\r\n" + WHOLE, "CS-INV-007"),
    "a calendar of nothing": (lambda: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "CS-INV-003"),
    "a task": (lambda: WHOLE.replace(b":VEVENT", b":VTODO"), "CS-INV-003"),
    "NUL": (lambda: WHOLE.replace(b"Acme", b"Ac\0me"), "CS-INV-005"),
    "UTF-16": (lambda: WHOLE.decode().encode("utf-16"), "CS-INV-005"),
    "UTF-16 without a mark": (lambda: WHOLE.decode().encode("utf-16-le"), "CS-INV-005"),
    "latin-1": (lambda: WHOLE.replace(b"Acme", "Müller".encode("latin-1")), ""),
    "half a character": (lambda: WHOLE.replace(b"Acme", b"Ac\xe2\x82"), ""),
    "a surrogate": (lambda: WHOLE.replace(b"Acme", b"\xed\xa0\x80"), ""),
    "a mark at its beginning": (lambda: b"\xef\xbb\xbf" + WHOLE, ""),
    "torn": (lambda: WHOLE[: len(WHOLE) // 2], "CS-INV-008"),
    "torn in a line": (lambda: WHOLE[: WHOLE.index(b"SUMMARY") + 4], "CS-INV-008"),
    "without an end": (lambda: WHOLE.replace(b"END:VCALENDAR", b""), "CS-INV-008"),
    "ends crossed": (
        lambda: WHOLE.replace(b"END:VEVENT\r\nEND:VCALENDAR", b"END:VCALENDAR\r\nEND:VEVENT"),
        "CS-INV-008",
    ),
    "an end too many": (lambda: WHOLE + b"END:VCALENDAR\r\n", ""),
    "something behind": (lambda: WHOLE + b"DTSTART:20200101T000000Z\r\n", ""),
    "deeper than any": (lambda: ics(*_deep("X-A", 5_000)), "CS-INV-008"),
    "a line of no property": (lambda: ics("just words"), ""),
    "a million line ends": (lambda: WHOLE + b"\n" * (MEBIBYTE - 2_000), "CS-INV-006"),
    "a million returns": (lambda: WHOLE + b"\r" * (MEBIBYTE - 2_000), "CS-INV-006"),
    "folds without end": (lambda: WHOLE.replace(b"Acme", b"A" + b"\r\n " * 300_000), "CS-INV-006"),
    "a byte too large": (lambda: WHOLE + b" " * (MEBIBYTE + 1 - len(WHOLE)), "CS-INV-001"),
    "ten megabytes in a line": (lambda: WHOLE.replace(b"Acme", b"A" * 10_000_000), "CS-INV-001"),
    "zipped": (lambda: b"PK\x03\x04" + bytes(range(1, 256)) * 40, "CS-INV-002"),
}
"""By what it is: what makes the bytes, and the code."""
