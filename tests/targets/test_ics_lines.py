"""Laws of content lines: RFC 5545, sections 3.1 and 3.3.11."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from calsync.targets.ics import content
from calsync.targets.ics.vevent import cleaned, content_line, escaped, one_line
from tests.builders import event
from tests.targets.ics_samples import NOW, TEXTS

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("aé面😀\\;,:\"'nN \t\r\n\u0301\u200d\u2028\u0085\x00\x1b\x7f\ud800\ufeff"), max_size=300
)
ORDINARY = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    max_size=400,
)


def unfolded(line: bytes) -> bytes:
    return line.replace(b"\r\n ", b"").removesuffix(b"\r\n")


def written(**texts) -> bytes:
    return b"".join(content([event(**texts)], now=NOW))


def read_back(data: bytes):
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    return found


@given(ANY_TEXT)
@example("\\" * 300)
@example("e" + "\u0301" * 300)
@example("😀" * 100)
def test_every_line_is_75_octets_at_most_of_valid_utf_8(text):
    line = content_line("DESCRIPTION", escaped(cleaned(text)))
    assert line.endswith(b"\r\n")
    for part in line[:-2].split(b"\r\n"):
        assert len(part) <= 75
        assert part.decode()
        assert not part.endswith(b"\r")


@given(ANY_TEXT)
def test_folding_changes_nothing(text):
    value = escaped(cleaned(text))
    assert unfolded(content_line("SUMMARY", value)) == f"SUMMARY:{value}".encode()


@given(st.text(st.sampled_from("ab\\;,\n"), min_size=100, max_size=300))
def test_no_fold_parts_a_backslash_from_what_it_escapes(text):
    for part in content_line("SUMMARY", escaped(text)).split(b"\r\n "):
        last = part.removesuffix(b"\r\n")
        assert (len(last) - len(last.rstrip(b"\\"))) % 2 == 0


@pytest.mark.parametrize(
    "letter", ["e\u0301", "\U0001f44b\U0001f3fd", "❤\ufe0f", "\U0001f469\u200d\U0001f467"]
)
def test_no_fold_parts_a_letter_from_its_marks(letter):
    for before in range(75):
        line = content_line("SUMMARY", "x" * before + letter * 40)
        for part in line.removesuffix(b"\r\n").split(b"\r\n "):
            assert part.decode().removeprefix("SUMMARY:").lstrip("x").replace(letter, "") == ""


def test_a_line_of_75_octets_is_not_folded():
    assert content_line("SUMMARY", "x" * 67).count(b"\r\n") == 1
    assert content_line("SUMMARY", "x" * 68).count(b"\r\n") == 2


@given(ANY_TEXT)
def test_nothing_invisible_is_left_in_a_text(text):
    for character in cleaned(text):
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert character not in "\ufffe\uffff"


@given(ANY_TEXT)
def test_a_summary_is_one_line_of_180_characters_at_most(text):
    line = one_line(text)
    assert len(line) <= 180
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("line_break", ["\r", "\n", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f"])
def test_a_line_break_is_a_space_in_a_summary_and_kept_in_a_description(line_break):
    text = f"one{line_break}two"
    assert one_line(text) == "one two"
    assert cleaned(text) == "one\ntwo"


def test_a_long_summary_ends_in_an_ellipsis():
    assert one_line("x" * 180) == "x" * 180
    assert one_line("x" * 181) == "x" * 179 + "…"


def test_a_long_summary_is_not_cut_inside_a_letter():
    assert one_line("x" * 178 + "e\u0301" * 9) == "x" * 178 + "…"


def test_a_lone_surrogate_becomes_a_replacement_character():
    assert cleaned("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_troublesome_text_comes_back_as_it_was(text):
    found = read_back(written(description=text, location=text))
    assert str(found["DESCRIPTION"]) == text
    assert str(found["LOCATION"]) == text


@given(ORDINARY)
@example("C:\\Notes\\new")
@example("\\N\\n\\\\n,;")
@example(" ")
def test_any_ordinary_text_comes_back_as_it_was(text):
    found = read_back(written(summary=text[:180], description=text, location=text))
    assert str(found.get("SUMMARY", "")) == text[:180]
    assert str(found.get("DESCRIPTION", "")) == text
    assert str(found.get("LOCATION", "")) == text


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_no_text_adds_or_hides_a_property(summary, description, location, url):
    data = written(
        summary=summary, description=description, location=location, url=f"https://x.example/{url}"
    )
    names = [line.partition(b":")[0] for line in data.replace(b"\r\n ", b"").splitlines()]
    plain = {
        b"SUMMARY": cleaned(summary),
        b"DESCRIPTION": cleaned(description),
        b"LOCATION": cleaned(location),
    }
    for name, text in plain.items():
        alarm = name == b"DESCRIPTION"
        assert names.count(name) == bool(text) + alarm
    assert names.count(b"URL") == 1
    assert len(names) == 24 + sum(map(bool, plain.values()))


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://acme.example/a,b;c?d=e#f", b"URL:https://acme.example/a,b;c?d=e#f"),
        ("HTTP://ACME.example", b"URL:HTTP://ACME.example"),
        ("https://acme.example/Zoë b\r\nX:1", b"URL:https://acme.example/Zo%C3%AB%20b%0D%0AX:1"),
        ("https://acme.example/a\\b\ud800", b"URL:https://acme.example/a%5Cb%3F"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("acme.example", None),
        ("  ", None),
    ],
)
def test_a_link_is_one_of_the_web_or_left_out(url, line):
    lines = written(url=url).splitlines()
    assert [each for each in lines if each.startswith(b"URL")] == ([line] if line else [])
