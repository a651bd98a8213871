"""Whatever is in an invitation: a value, or one error of ours, soon and in little memory."""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calsync.errors import BadData, CalsyncError
from calsync.intake import Source, read_record
from calsync.intake.invitation import child, content_lines, read_invitation
from calsync.intake.invitation.child import LARGEST, screened
from calsync.intake.invitation.content_lines import Refused, parse
from calsync.intake.invitation.invitation import understood
from tests.intake.hostile_invitations import HOSTILE, WHOLE
from tests.intake.invitations import FIXTURES, PREFERENCES, USUAL, ics, received

IN_CI = os.environ.get("CI") == "true"
SOON = 2
MOST_MEMORY = 256 << 20


def test_there_are_enough_of_them():
    assert len(HOSTILE) > 60


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_invitation_is_refused_or_asked_about_soon(name):
    make, code = HOSTILE[name]
    content = make()
    began = time.process_time()
    try:
        invitation, ended = received(content), ""
    except BadData as error:
        ended, said = error.code, str(error)
        assert not OBEYED.search(said)
        assert said.startswith("invite.ics")
        assert len(said) < 300
    else:
        assert_fit_to_show(invitation)
    assert ended == code
    assert time.process_time() - began < SOON


OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def assert_fit_to_show(invitation):
    """Nothing that a terminal obeys, nothing without end, no link but of the web; and a record that is read."""
    proposed = [str(value) for value in (invitation.company, invitation.role, invitation.contact) if value]
    for text in (invitation.uid, invitation.summary, invitation.location, *invitation.notes, *proposed):
        assert not OBEYED.search(text)
        assert len(text) <= 1_000
    assert len(invitation.description) <= 4_000
    assert not OBEYED.search(invitation.description.replace("\n", ""))
    assert invitation.url.startswith(("http://", "https://")) or not invitation.url
    if invitation.start:
        given = dict.fromkeys(invitation.missing, "Said by the user")
        interview = read_record({**invitation.proposed, **given}, preferences=PREFERENCES)
        assert interview.start == invitation.start


SMALL = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)"
"""A small program between: on Linux a child's largest memory begins with that of whoever started it."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no program its largest memory")
def test_all_of_them_stay_within_memory_and_time(tmp_path):
    for number, (make, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{number}.ics").write_bytes(make())
    program = (
        "import json, resource, sys, time; from zoneinfo import ZoneInfo\n"
        "from calsync.domain import Preferences; from calsync.errors import CalsyncError\n"
        "from calsync.intake.invitation import read_invitation\n"
        "slowest = 0\n"
        "for path in sys.argv[1:]:\n"
        "    began = time.monotonic()\n"
        "    try: read_invitation(path, preferences=Preferences(zone=ZoneInfo('Europe/Berlin')))\n"
        "    except CalsyncError: pass\n"
        "    slowest = max(slowest, time.monotonic() - began)\n"
        "used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "print(json.dumps([slowest, *used]))\n"
    )
    files = sorted(map(str, tmp_path.glob("*.ics")))
    done = subprocess.run(
        [sys.executable, "-c", SMALL, sys.executable, "-c", program, *files],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    slowest, own, childs = json.loads(done.stdout)
    unit = 1 if sys.platform == "darwin" else 1024
    assert max(own, childs) * unit < MOST_MEMORY
    assert slowest < (SOON if IN_CI else 5 * SOON)  # by the clock: others may be at work on this computer


def test_a_large_file_is_not_read_whole():
    class Endless:
        asked = 0

        def read(self, size):
            Endless.asked += size
            return b"x" * size

    with pytest.raises(BadData, match="larger than 1 MiB"):
        read_invitation(Source("endless.ics", Endless()), preferences=PREFERENCES)
    assert Endless.asked == LARGEST + 1


# --- the child ---

LIMITED = (
    f"import sys; sys.path.insert(0, {os.path.dirname(content_lines.__file__)!r})\n"  # noqa: PTH120  # as the child sees it
    "from in_child import limit; limit()\n"
)


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "import os; os._exit(3)",
        "print('no json')",
        "raise SystemExit('broken')",
    ],
)
def test_whatever_becomes_of_the_child_is_one_error(program, tmp_path, monkeypatch):
    stand_in = tmp_path / "child.py"
    stand_in.write_text(LIMITED + program, encoding="utf-8")
    monkeypatch.setattr(child, "_PROGRAM", stand_in)
    monkeypatch.setattr(child, "_LONGEST_WAIT", 3)
    with pytest.raises(BadData, match=r"more time or memory .*CS-INV-011"):
        received(WHOLE)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a program to its limit of memory")
def test_the_child_gets_no_more_memory_than_it_may_have(tmp_path, monkeypatch):
    stand_in = tmp_path / "child.py"
    answer = """print('{"refused": ["nul"]}')"""
    monkeypatch.setattr(child, "_PROGRAM", stand_in)
    for size, code in ((MOST_MEMORY // 2, "CS-INV-005"), (MOST_MEMORY, "CS-INV-011")):
        stand_in.write_text(f"{LIMITED}x = bytearray({size}); {answer}\n", encoding="utf-8")
        with pytest.raises(BadData, match=code):
            received(WHOLE)


def test_a_child_that_cannot_be_started_is_the_same_error(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(BadData, match="CS-INV-011"):
        received(WHOLE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_gives_up_after_a_second_of_work(tmp_path, monkeypatch):
    stand_in = tmp_path / "child.py"
    stand_in.write_text(f"{LIMITED}while True: pass\n", encoding="utf-8")
    monkeypatch.setattr(child, "_PROGRAM", stand_in)
    monkeypatch.setattr(child, "_LONGEST_WAIT", 30)
    before = os.times().children_user
    with pytest.raises(BadData, match="CS-INV-011"):
        received(WHOLE)
    assert os.times().children_user - before < SOON


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no calendar"),
        (WHOLE + b"BEGIN:VCALENDAR\nEND:VCALENDAR", "calendars"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "no event"),
        (WHOLE.replace(b"END:VEVENT", b"END:VEVENT\nBEGIN:VEVENT\nEND:VEVENT"), "events"),
        (ics("RDATE:20261113T140000Z"), "series"),
        (WHOLE + b"\n" * 20_000, "long"),
        (ics(*["ATTENDEE:mailto:a@acme.example"] * 501), "crowd"),
        (ics(before=("BEGIN:VTIMEZONE", "END:VTIMEZONE") * 51), "deep"),
        (ics("BEGIN:VTIMEZONE", "END:VTIMEZONE"), "deep"),
        (b"BEGIN:VEVENT\nEND:VEVENT", "torn"),
        (ics("DTEND"), "line"),
        (ics(DTSTART='DTSTART;TZID="Europe/Berlin:20261112T140000'), "line"),
    ],
)
def test_the_child_has_the_last_word_on_what_the_screen_lets_through(content, word):
    with pytest.raises(Refused) as refused:
        parse(content)
    assert refused.value.args[0] == word


def test_parameters_are_read_to_a_certain_number():
    many = "".join(f";P{number}=x" for number in range(30))
    (said,) = parse(ics(f'ATTENDEE;CN="A; B: C"{many}:mailto:a@acme.example'))["attendees"]
    assert said["parameters"]["CN"] == "A; B: C"
    assert len(said["parameters"]) == 20
    assert said["value"] == "mailto:a@acme.example"


def test_the_child_loads_nothing_of_calsync(loaded_by):
    loaded = loaded_by(f"exec(open({content_lines.__file__!r}).read(), {{'__name__': 'alone'}})")
    assert "icalendar" in loaded
    assert not {name for name in loaded if name.startswith("calsync")}


# --- mutations ---

SAMPLES = [path.read_bytes() for path in sorted(FIXTURES.glob("*.ics"))]
PIECES = [
    b"",
    b"\r\n",
    b"\n ",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b":",
    b";",
    b'"',
    b"\\",
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"BEGIN:VTIMEZONE\r\n",
    b"RRULE:FREQ=SECONDLY\r\n",
    b"TZID=Europe",
    b"<p>",
    b"<!--",
    b"&#99999999999;",
    b"9" * 50,
    "\u202e".encode(),
    b"\x1b[31m",
    b"file:///etc/passwd",
    b"=1+1",
]


@st.composite
def mutated(draw):
    content = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(content)))
        gone = draw(st.sampled_from([0, 0, 1, 5, 40, 400]))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)))
        content = content[:begin] + piece + content[begin + gone :]
    return content


def lines_in(content: bytes) -> child.Lines:
    """The child's work done here, where its own faults show, hundreds a second."""
    try:
        answer = parse(content)
    except Refused as refusal:
        answer = {"refused": refusal.args}
    return child.lines_of(json.loads(json.dumps(answer)))


def understood_here(content: bytes):
    return understood(lines_in(screened(content)), PREFERENCES, None)


@pytest.mark.usefixtures("unmeasured")
@settings(max_examples=1_000 if IN_CI else 300)
@given(mutated())
@example(b"")
@example(b"BEGIN:VCALENDAR")
def test_a_mutated_invitation_is_a_value_or_an_error_of_ours(content):
    try:
        invitation = understood_here(content)
    except CalsyncError as error:
        said = str(error)
    else:
        said = ""
        assert_fit_to_show(invitation)
    assert not OBEYED.search(said)


@settings(max_examples=100 if IN_CI else 10)
@given(mutated())
def test_the_child_answers_as_its_work_done_here(content):
    def outcome(read):
        try:
            return read(content)
        except BadData as error:
            return str(error)

    assert outcome(child.read_in_child) == outcome(lines_in)


@pytest.mark.usefixtures("unmeasured")
@settings(max_examples=300 if IN_CI else 100)
@given(st.sampled_from(["SUMMARY", "LOCATION", "DESCRIPTION", "UID", "URL", "COMMENT"]), st.text(max_size=60))
def test_any_text_stays_in_its_own_property(name, words):
    escaped = words.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n").replace("\0", "")
    line = f"{name}:{escaped}"
    content = ics(**{name: line}) if name in USUAL else ics(line)
    with suppress(BadData):  # not every text is a UID
        changed = understood_here(content)
        assert_fit_to_show(changed)
        usual = understood_here(WHOLE)
        assert (changed.start, changed.organizer) == (usual.start, usual.organizer)
