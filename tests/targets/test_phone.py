"""Codes and links: what they hold is the event, whole, in every language, and nothing more."""

import json
import subprocess
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import asdict, replace

from calsync.targets.phone import PhoneEvent, code_text, links, qr_code, svg, terminal_lines
from calsync.targets.phone.links import LONGEST
from tests.pictures import codes_in, picture_of_svg, picture_of_terminal

TUE_2026_11_24_14_00, TUE_2026_11_24_14_15 = (
    datetime(2026, 11, 24, 14, minute, tzinfo=UTC) for minute in (0, 15)
)
CALL = PhoneEvent(
    uid="acme-pm-20261112-status@calsync",
    summary="Call Sarah Smith (Acme)",
    start=TUE_2026_11_24_14_00,
    end=TUE_2026_11_24_14_15,
    location="+1 212-555-0142",
    details="+1 212-555-0142\nsarah@acme.example\n\nGood morning, Sarah Smith. This is Alex Doe.",
    is_busy=True,
)
LANGUAGES = {
    "english": CALL,
    "german": replace(CALL, summary="Jörg Größl anrufen (Hansen & Söhne)", details="Guten Tag, Frau Größl; schön!"),
    "emoji": replace(CALL, summary="Call 👩‍👩‍👧 🤝", details="Thank you 🙏\nand 👋🏽"),
    "quotes": replace(CALL, summary='Call "Sarah" \\ O\'Neill; R&D, <b>', details='a=1&b=2?#%41+"\n\nx'),
    "chinese": replace(CALL, summary="致电 王伟", location="+86 10 1234 5678", details="您好"),
    "email": replace(CALL, summary="Email Sarah Smith (Acme): status", location="", is_busy=False),
}  # fmt: skip
each_language = pytest.mark.parametrize("event", LANGUAGES.values(), ids=LANGUAGES)


@each_language
def test_a_code_holds_the_event_without_an_alarm(event):
    text = code_text(event)
    assert "VALARM" not in text
    assert len(text.encode()) <= 700
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    assert (str(found["UID"]), found["DTSTART"].dt, found["DTEND"].dt) == (event.uid, event.start, event.end)
    assert (str(found["SUMMARY"]), str(found["DESCRIPTION"])) == (event.summary, event.details)
    assert str(found.get("LOCATION", "")) == event.location


ICAL_JS = """
const ICAL = require("ical.js");
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
const event = calendar.getFirstSubcomponent("vevent");
const text = (name) => event.getFirstPropertyValue(name) || "";
console.log(JSON.stringify([text("uid"), text("summary"), text("description"), text("location"),
  event.getFirstPropertyValue("dtstart").toJSDate().toISOString()]));
"""


@each_language
def test_ical_js_reads_the_event_in_a_code(event, outside_program):
    node = outside_program("node", package="ical.js")
    told = subprocess.run(
        [node, "-e", ICAL_JS], input=code_text(event).encode(), capture_output=True, check=True
    )
    start = "2026-11-24T14:00:00.000Z"
    assert json.loads(told.stdout) == [event.uid, event.summary, event.details, event.location, start]


@each_language
@pytest.mark.parametrize("background", [0, 255], ids=["dark", "light"])
def test_a_reader_finds_the_event_on_any_terminal_of_80_columns(event, background, tmp_path, outside_program):
    zbarimg = outside_program("zbarimg")
    text = code_text(event)
    shown = "\n".join(terminal_lines(qr_code(text)))
    picture = picture_of_terminal(shown, tmp_path / "terminal.png", background=background)
    assert codes_in(picture, zbarimg).split() == text.split()


@each_language
def test_a_reader_finds_the_event_in_the_picture(event, tmp_path, outside_program):
    zbarimg = outside_program("zbarimg")
    text = code_text(event)
    picture = picture_of_svg(svg([(event.summary, qr_code(text))]), tmp_path / "code.png")
    assert codes_in(picture, zbarimg).split() == text.split()


def test_a_picture_is_drawn_by_a_browser_as_we_draw_it(tmp_path, outside_program):
    chromium, zbarimg = outside_program("chromium"), outside_program("zbarimg")
    text, file, shot = code_text(CALL), tmp_path / "code.svg", tmp_path / "shot.png"
    file.write_text(svg([(CALL.summary, qr_code(text))]), encoding="utf-8")
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--window-size=600,700", f"--screenshot={shot}", file.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert codes_in(shot, zbarimg).split() == text.split()


def test_a_code_has_its_quiet_zone_and_fits_into_80_columns():
    code = qr_code(code_text(replace(CALL, details="word " * 200)))
    assert code.width <= 80
    edge = [*code.rows[:4], *code.rows[-4:]]
    assert not any(any(row) for row in edge)
    assert not any(any(row[:4]) or any(row[-4:]) for row in code.rows)


def test_dark_modules_are_black_on_white_whatever_the_theme():
    assert all(line.startswith("\x1b[38;5;16;48;5;231m") for line in terminal_lines(qr_code(code_text(CALL))))


def query(link):
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


@each_language
def test_a_link_holds_the_event(event):
    found = links(event)
    google, outlook, yahoo = query(found.google), query(found.outlook), query(found.yahoo)
    assert google["text"] == outlook["subject"] == yahoo["title"] == event.summary
    assert google["details"] == outlook["body"] == yahoo["desc"] == event.details
    assert (
        google.get("location", "") == outlook.get("location", "") == yahoo.get("in_loc", "") == event.location
    )
    assert google["dates"] == "20261124T140000Z/20261124T141500Z"
    assert (outlook["startdt"], outlook["enddt"]) == ("2026-11-24T14:00:00Z", "2026-11-24T14:15:00Z")
    assert (yahoo["st"], yahoo["et"]) == ("20261124T140000Z", "20261124T141500Z")
    assert (google["action"], outlook["rru"], yahoo["v"]) == ("TEMPLATE", "addevent", "60")
    assert query(found.office) == outlook


def test_a_link_goes_to_the_calendar_it_is_named_after():
    hosts = {name: urlsplit(link).hostname for name, link in asdict(links(CALL)).items()}
    assert hosts == {
        "google": "calendar.google.com",
        "outlook": "outlook.live.com",
        "office": "outlook.office.com",
        "yahoo": "calendar.yahoo.com",
    }


anything = st.text(st.characters(), max_size=400)


@given(anything, anything, st.text(st.characters(), max_size=3000), st.text("a-", min_size=1, max_size=240))
def test_whatever_an_event_says_code_and_links_stay_short_and_whole(summary, location, details, name):
    event = PhoneEvent(f"{name}@calsync", summary, CALL.start, CALL.end, location, details)
    assert len(code_text(event).encode()) <= 700
    for link in asdict(links(event)).values():
        assert len(link) <= LONGEST
        assert link.isascii()
        assert all("\ufffd" not in value or "\ufffd" in summary + location + details or has_half(event)
                   for value in query(link).values())  # fmt: skip


def has_half(event):
    return any("\ud800" <= char <= "\udfff" for char in event.summary + event.location + event.details)
