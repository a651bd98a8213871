"""Text in columns: how wide it is, where it breaks, and what a terminal never gets to see."""

import io
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.cli import output
from calsync.cli.output import clean, columns, cut, pad, strong, visible, wrapped


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Acme", 4),
        ("Größl", 5),
        ("さくら", 6),
        ("田中 美咲", 9),
        ("e\u0301", 1),
        ("नमस्ते", 4),
        ("ก็ได้", 3),
        ("한국", 4),
        ("🌸", 2),
    ],
)
def test_text_is_as_wide_as_a_terminal_makes_it(text, width):
    assert columns(text) == width


@given(st.text())
def test_clean_text_cannot_steer_a_terminal(text):
    assert {unicodedata.category(sign) for sign in clean(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


@given(st.text())
def test_visible_text_hides_nothing(text):
    assert visible(text).isprintable()


@given(st.text(), st.integers(1, 40))
def test_cut_text_fits(text, width):
    assert columns(cut(text, width)) <= width
    assert cut(text, width) == text or cut(text, width).endswith("…")


@given(st.text(), st.integers(0, 40))
def test_padded_text_is_never_narrower_than_asked(text, width):
    assert columns(pad(text, width)) >= width
    assert pad(text, width).startswith(text)


@given(st.lists(st.text("abc さくら", min_size=1)), st.integers(4, 40))
def test_wrapped_lines_fit_and_lose_no_letter(words, width):
    text = " ".join(words)
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert columns(line) <= width or " " not in line
        assert columns(line) <= width or columns(line) == len(line), "wide letters break anywhere"


def test_lines_break_between_words():
    assert wrapped("business day 7 after the interview", 16) == ["business day 7", "after the", "interview"]


def test_wide_letters_break_anywhere():
    assert wrapped("さくら文庫出版", 6) == ["さくら", "文庫出", "版"]


@pytest.mark.parametrize(
    ("environment", "styled"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_gets_bold_unless_it_says_no(environment, styled, monkeypatch):
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (strong("Acme") == "\x1b[1mAcme\x1b[0m") is styled
    assert strong("") == ""


def test_a_file_gets_no_bold(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert strong("Acme") == "Acme"


@pytest.mark.parametrize(
    ("told", "width"), [("100", 100), ("20", 24), ("500", 120), ("x", 80), ("-5", 80), ("", 80)]
)
def test_the_width_is_the_terminal_s_within_reason(told, width, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("COLUMNS", told)
    assert output.terminal_width() == width


class Terminal(io.StringIO):
    def isatty(self):
        return True
