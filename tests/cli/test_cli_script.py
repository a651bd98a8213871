"""script: one text of one follow-up, to say, to write, to copy, to open."""

import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from calsync.texts import FORMS, fields
from tests.cli.running import INTERVIEWS, calsync, csv_file, done

pytestmark = pytest.mark.usefixtures("acme")

NOW = "2026-11-16T09:00:00-05:00"


@pytest.fixture
def acme():
    done(
        "add", "Acme", "Product manager", "--at", "2026-11-12 14:00", "--id", "acme",
        "--phone", "+1 212-555-0142", "--contact", "Sarah Smith", "--email", "sarah@acme.example",
        "--country", "US", "--timezone", "America/New_York", "--now", "2026-11-12T09:00:00-05:00",
    )  # fmt: skip
    done("config", "set", "candidate.name", "Jo Doe")


def number(step):
    plans = done("plan", "--json", "--now", NOW).json["interviews"][0]["events"]
    return next(event["ref"] for event in plans if event["step"] == step)


@pytest.mark.parametrize("name", ["acme.status", "acme.status@calsync", None])
def test_a_follow_up_goes_by_its_number_its_uid_and_the_uid_s_beginning(name):
    told = done("script", name or number("status"), "--now", NOW)
    assert "Good morning, this is Jo Doe" in told.out
    assert "Jo Doe" in told.out
    assert told.messages == ""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("call", "Is this a good time"),
        ("voicemail", "quick call back"),
        ("gatekeeper", "leave a message"),
        ("email", "Dear Sarah Smith"),
    ],
)
def test_each_form_is_a_text_of_its_own(form, said):
    told = done("script", "acme.status", "--as", form, "--now", NOW)
    assert said in told.out


def test_the_gatekeeper_hears_neither_the_role_nor_the_company():
    told = done("script", "acme.status", "--as", "gatekeeper", "--now", NOW).out
    assert "Acme" not in told
    assert "Product manager" not in told


def test_an_email_begins_with_its_subject():
    told = done("script", "acme.second", "--now", NOW)
    record = done("script", "acme.second", "--json", "--now", NOW).json
    assert record["schema"] == 1
    assert record["to"] == "sarah@acme.example"
    assert told.out == f"{record['subject']}\n\n{record['text']}\n"


def test_what_is_said_has_no_subject():
    assert done("script", "acme.status", "--json", "--now", NOW).json["subject"] == ""


def test_the_link_holds_the_same_email():
    record = done("script", "acme.second", "--json", "--now", NOW).json
    link = done("script", "acme.second", "--mailto", "--now", NOW).out.strip()
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", record["to"])
    told = parse_qs(parts.query)
    assert told["subject"] == [record["subject"]]
    assert told["body"][0].replace("\r\n", "\n") == record["text"]
    assert len(link) <= 1900
    assert done("script", "acme.second", "--mailto", "--json", "--now", NOW).json["mailto"] == link


def test_a_call_s_link_is_the_email_that_could_be_written_instead():
    record = done("script", "acme.status", "--mailto", "--json", "--now", NOW).json
    assert record == done("script", "acme.status", "--as", "email", "--json", "--now", NOW).json | {
        "mailto": record["mailto"]
    }
    assert parse_qs(urlsplit(record["mailto"]).query)["subject"] == [record["subject"]]


def test_an_interview_means_its_next_call_or_email():
    assert done("script", "acme", "--now", NOW).out == done("script", "acme.thank-you", "--now", NOW).out


def test_a_form_that_a_step_does_not_have_is_refused_with_those_it_has():
    told = calsync("script", "acme.closing", "--as", "voicemail")
    assert told.code == 2
    assert "use --as email" in told.messages


def test_without_an_event_the_way_to_its_number_is_told():
    told = calsync("script")
    assert told.code == 2
    assert "calsync plan shows them" in told.messages


def test_a_step_is_enough_where_a_file_has_one_interview(tmp_path):
    told = done("script", "status", "--in", csv_file(tmp_path, {"company": "Globex"}), "--now", NOW)
    assert "this is Jo Doe" in told.out


def test_a_step_of_many_interviews_is_asked_back():
    told = calsync("script", "status", "--in", INTERVIEWS)
    assert told.code == 2
    assert "events; name one of" in told.messages


def test_a_missing_name_is_told_beside_the_text():
    done("config", "set", "candidate.name", "")
    told = done("script", "acme.status", "--now", NOW)
    assert "Your name is missing" in told.messages
    assert "missing" not in told.out


def test_the_fields_of_a_text_are_listed_without_anything_remembered(tmp_path):
    told = done("script", "--fields", "--home", tmp_path)
    assert all(f"${name} " in told.out for name in fields())
    assert done("script", "--fields", "--json").json["fields"] == dict(fields())
    assert not list(tmp_path.iterdir())


def test_words_of_one_s_own_win(home):
    own = home / ".config" / "calsync" / "texts"
    own.mkdir(parents=True, exist_ok=True)
    (own / "status.call.txt").write_text("Ahoy $contact, here is $me.\n", "utf-8")
    assert done("script", "acme.status", "--now", NOW).out.startswith("Ahoy Sarah Smith, here is Jo Doe.\n")


def test_a_record_cannot_steer_the_terminal(tmp_path):
    file = csv_file(tmp_path, {"contact": "Eve", "topic": "red \x1b[31m alert \u202e"})
    told = done("script", "status", "--in", file, "--now", NOW)
    assert "\x1b" not in told.out
    assert "\u202e" not in told.out


def test_without_a_clipboard_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    told = calsync("script", "acme.status", "--copy", "--now", NOW)
    assert (told.code, told.out) == (69, "")
    assert "no clipboard" in told.messages


@pytest.mark.skipif(os.name == "nt", reason="a program of a test's own is a script with a first line")
@pytest.mark.parametrize(
    ("tool", "screen"),
    [("pbcopy", None), ("wl-copy", "WAYLAND_DISPLAY"), ("xclip", "DISPLAY"), ("xsel", "DISPLAY")],
)
def test_the_text_goes_to_the_clipboard_and_nowhere_else(tool, screen, monkeypatch, tmp_path):
    clipboard = program(tmp_path, tool)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    if screen:
        assert calsync("script", "acme.status", "--copy", "--now", NOW).code == 69, "there is no screen"
        monkeypatch.setenv(screen, ":0")
    told = done("script", "acme.status", "--copy", "--now", NOW)
    assert told.out == ""
    assert tool in told.messages
    assert f"{clipboard.read_text('utf-8')}\n" == done("script", "acme.status", "--now", NOW).out


def program(folder: Path, name: str) -> Path:
    """A program of that name, which keeps what it is given."""
    kept = folder / "clipboard.txt"
    code = f"import sys, pathlib; pathlib.Path({str(kept)!r}).write_bytes(sys.stdin.buffer.read())"
    file = folder / name
    file.write_text(f"#!{sys.executable}\n{code}\n", "utf-8")
    file.chmod(0o755)
    return kept


def test_the_forms_are_those_of_the_texts():
    assert FORMS == ("call", "voicemail", "gatekeeper", "email")


def test_a_text_is_made_ones_own_with_one_command(tmp_path, monkeypatch):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "Ahoy \\$contact" > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    done("script", "acme.status", "--as", "voicemail", "--edit", "--now", NOW)
    assert done("script", "acme.status", "--as", "voicemail", "--now", NOW).out == "Ahoy Sarah Smith\n"
