"""calsync export: one file or one for each candidate, written again only where something changed."""

import json
import os
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from calsync.cli.export import _file_names
from tests.cli.running import INTERVIEWS, NOW, calsync, csv_file, done

LATER = "2026-11-22T09:00:00-05:00"
TWO = ({"id": "acme", "company": "Acme"}, {"id": "globex", "company": "Globex", "start": "2026-11-04 10:00"})


def events(path):
    """Each event of a file by its uid, as a dict of its lines."""
    blocks = re.findall(
        rb"BEGIN:VEVENT\r\n(.*?)END:VEVENT", path.read_bytes().replace(b"\r\n ", b""), re.DOTALL
    )
    told = [
        dict(line.split(":", 1) for line in block.decode().splitlines() if ":" in line) for block in blocks
    ]
    return {event["UID"]: event for event in told}


def test_without_a_name_the_file_is_called_follow_ups(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = done("export", csv_file(tmp_path, {}))
    assert (tmp_path / "follow-ups.ics").is_file()
    assert told.output == b""
    assert told.messages.splitlines()[0] == "follow-ups.ics: 6 new"


def test_every_event_of_the_plan_is_in_the_file(tmp_path):
    done("export", INTERVIEWS, "-o", tmp_path / "o.ics")
    plans = done("plan", "--json", INTERVIEWS).json["interviews"]
    assert set(events(tmp_path / "o.ics")) == {event["uid"] for plan in plans for event in plan["events"]}


def test_three_lines_say_what_is_quick_what_rings_and_what_does_not(tmp_path):
    told = done("export", csv_file(tmp_path, {}), "-o", tmp_path / "o.ics").messages.splitlines()
    quick, rings, not_ = told[1:]
    assert "calsync phone" in quick
    assert rings.startswith("Rings: ")
    assert all(name in rings for name in ("Apple", "Outlook", "Thunderbird", "Android"))
    assert not_.startswith("Does not ring: Google Calendar")
    assert done("export", csv_file(tmp_path, {}), "-o", tmp_path / "o.ics", "--quiet").messages == ""


def test_standard_output_gets_the_same_bytes_and_nothing_else(tmp_path):
    file = csv_file(tmp_path, {})
    done("export", file, "-o", tmp_path / "o.ics", "--now", NOW)
    told = done("export", file, "-o", "-", "--now", NOW)
    assert told.output == (tmp_path / "o.ics").read_bytes()
    assert told.messages == ""


def test_again_with_nothing_changed_leaves_the_file_alone_down_to_its_time(tmp_path):
    file, out = csv_file(tmp_path, *TWO), tmp_path / "o.ics"
    done("export", file, "-o", out, "--now", NOW)
    before, when = out.read_bytes(), 1_000_000_000
    os.utime(out, (when, when))
    told = done("export", file, "-o", out, "--now", LATER)
    assert (out.read_bytes(), out.stat().st_mtime) == (before, when)
    assert told.messages.startswith(f"{out}: 12 unchanged\n")


def test_a_change_raises_the_sequence_of_exactly_what_changed(tmp_path):
    out = tmp_path / "o.ics"
    done("export", csv_file(tmp_path, *TWO), "-o", out, "--now", NOW)
    before = events(out)
    told = done(
        "export", csv_file(tmp_path, TWO[0] | {"decision": "2026-11-19"}, TWO[1]), "-o", out, "--now", LATER
    )
    after = events(out)
    changed = {uid for uid in before if uid in after and after[uid] != before[uid]}
    assert {uid: after[uid]["SEQUENCE"] for uid in changed} == dict.fromkeys(changed, "1")
    assert "acme.status@calsync" in changed
    assert all(uid.startswith("acme.") for uid in changed)
    content = {"DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS"}
    for uid, event in after.items():
        stamps = {event["DTSTAMP"], event["LAST-MODIFIED"]}
        if uid in changed:
            assert any(event.get(name) != before[uid].get(name) for name in content)
            assert stamps == {"20261122T140000Z"}
        elif uid in before:
            assert event["SEQUENCE"] == "0"
            assert stamps == {"20261121T140000Z"}
    assert f"{len(changed)} changed" in told.messages


def test_what_is_gone_leaves_the_file_and_is_counted(tmp_path):
    out = tmp_path / "o.ics"
    done("export", csv_file(tmp_path, *TWO), "-o", out)
    told = done("export", csv_file(tmp_path, TWO[0]), "-o", out)
    assert told.messages.startswith(f"{out}: 6 unchanged, 6 gone\n")
    assert {uid.split(".")[0] for uid in events(out)} == {"acme"}


@pytest.mark.parametrize(
    "foreign", [b"my diary", b"BEGIN:VCALENDAR\r\nPRODID:-//Other//\r\nEND:VCALENDAR\r\n"]
)
def test_a_file_that_is_not_ours_is_refused_without_force(foreign, tmp_path):
    file, out = csv_file(tmp_path, {}), tmp_path / "o.ics"
    out.write_bytes(foreign)
    told = calsync("export", file, "-o", out)
    assert (told.code, told.output, out.read_bytes()) == (73, b"", foreign)
    assert told.messages.startswith(f"calsync: {out}: ")
    assert "--force" in told.messages
    done("export", file, "-o", out, "--force")
    assert len(events(out)) == 6


def test_bad_rows_left_out_make_it_partly_done(tmp_path):
    told = calsync(
        "export", "--skip-bad", csv_file(tmp_path, {}, {"country": "XX"}), "-o", tmp_path / "o.ics"
    )
    assert (told.code, len(events(tmp_path / "o.ics"))) == (1, 6)


def test_bad_rows_write_nothing(tmp_path):
    assert calsync("export", csv_file(tmp_path, {}, {"country": "XX"}), "-o", tmp_path / "o.ics").code == 65
    assert not (tmp_path / "o.ics").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_at_the_target_is_replaced_and_not_followed(tmp_path):
    (tmp_path / "theirs").write_text("precious", encoding="utf-8")
    (tmp_path / "o.ics").symlink_to(tmp_path / "theirs")
    done("export", csv_file(tmp_path, {}), "-o", tmp_path / "o.ics")
    assert (tmp_path / "theirs").read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "o.ics").is_symlink()


# --- one file a candidate -------------------------------------------------------------------------

HOSTILE = (
    "../escape", "..", ".", "../../../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "C:\\x", "C:", "//server/share",
    "CON", "con", "Nul", "COM1", "lpt9", "aux.ics", "COM¹", "x" * 300, "é" * 300, ".hidden", "-o", "--force", "a:b",
    "Ann", "ANN", "ann", "Änn", "ann-2", "Ann.", "Ann ", "田中", "美咲", "follow-ups", "Follow Ups", "candidate", "$(id)", "~",
)  # fmt: skip
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


def safe(names):
    """Why the names of files are not good; nothing when they are."""
    for name in names:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*\.ics", name) or len(name) > 80:
            yield f"{name} leaves the folder, or a system refuses it"
        if name.removesuffix(".ics") in RESERVED:
            yield f"{name} is a device on Windows"
    if len(names) != len({name.lower() for name in names}):
        yield "two are one on some systems"


def test_hostile_names_become_files_in_the_folder_and_nowhere_else(tmp_path):
    rows = [{"candidate": name, "company": f"C{number}"} for number, name in enumerate(HOSTILE)]
    file, folder = csv_file(tmp_path, *rows), tmp_path / "deep" / "out"
    done("export", file, "--split", folder)
    made = [path for path in tmp_path.rglob("*") if path.is_file() and path != file]
    assert {path.parent for path in made} == {folder}
    assert len(made) == len({name.strip() for name in HOSTILE})
    assert list(safe([path.name for path in made])) == []


@given(st.sets(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=90), max_size=12))
def test_no_name_leaves_the_folder_and_no_two_are_alike(candidates):
    names = _file_names(candidates)
    assert set(names) == candidates
    assert list(safe(list(names.values()))) == []


@given(st.sets(st.sampled_from(HOSTILE)), st.sampled_from(HOSTILE))
def test_nobody_gets_a_file_that_was_somebody_else_s(candidates, joining):
    before, after = _file_names(candidates), _file_names({*candidates, joining})
    owners = {name: candidate for candidate, name in before.items()}
    assert all(owners.get(name, candidate) == candidate for candidate, name in after.items())


def test_each_candidate_s_file_holds_theirs_alone_under_their_name(tmp_path):
    file = csv_file(tmp_path, {"candidate": "Ann"}, {"candidate": "Bob", "id": "b"}, {"candidate": ""})
    told = done("export", file, "--split", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "ann.ics",
        "bob.ics",
        "follow-ups.ics",
    ]
    assert {uid.split(".")[0] for uid in events(tmp_path / "out" / "bob.ics")} == {"b"}
    assert b"NAME:Follow-ups: Ann\r\n" in (tmp_path / "out" / "ann.ics").read_bytes()
    assert told.messages.count(": 6 new\n") == 3


def test_a_file_whose_candidate_is_gone_is_told_and_left_alone(tmp_path):
    out = tmp_path / "out"
    done("export", csv_file(tmp_path, {"candidate": "Ann"}, {"candidate": "Bob"}), "--split", out)
    before = (out / "bob.ics").read_bytes()
    told = done("export", csv_file(tmp_path, {"candidate": "Ann"}), "--split", out)
    assert f"{out / 'bob.ics'}: left alone" in told.messages
    assert (out / "bob.ics").read_bytes() == before


def test_the_same_plans_are_written_split_and_whole(tmp_path):
    done("export", INTERVIEWS, "-o", tmp_path / "o.ics", "--now", NOW)
    done("export", INTERVIEWS, "--split", tmp_path / "out", "--now", NOW)
    split = {uid: event for path in (tmp_path / "out").iterdir() for uid, event in events(path).items()}
    assert split == events(tmp_path / "o.ics")


def test_a_description_is_the_one_of_plan_json(tmp_path):
    done("export", INTERVIEWS, "-o", tmp_path / "o.ics")
    plans = done("plan", "--json", INTERVIEWS).json["interviews"]
    wanted = {event["uid"]: event["description"] for plan in plans for event in plan["events"]}
    read = Calendar.from_ical((tmp_path / "o.ics").read_bytes())
    assert {str(event["UID"]): str(event["DESCRIPTION"]) for event in read.events} == json.loads(
        json.dumps(wanted)
    )
