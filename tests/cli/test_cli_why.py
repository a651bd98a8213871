"""calsync why: the reasons of the events that are named, or of all."""

import pytest

from tests.cli.running import calsync, csv_file, done


@pytest.fixture
def file(tmp_path):
    return csv_file(tmp_path, {"company": "Acme", "id": "acme"}, {"company": "Globex", "id": "globex"})


def uids(told):
    return [event["uid"] for event in told.json["events"]]


def test_without_a_name_every_event_is_explained(file):
    plans = done("plan", "--json", file).json["interviews"]
    assert uids(done("why", "--json", "--in", file)) == [
        event["uid"] for plan in plans for event in plan["events"]
    ]


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (["status"], ["acme.status@calsync", "globex.status@calsync"]),
        (["acme.status@calsync"], ["acme.status@calsync"]),
        (["acme.status"], ["acme.status@calsync"]),
        (["acme.sta"], ["acme.status@calsync"]),
        (["globex.second", "acme.status"], ["acme.status@calsync", "globex.second@calsync"]),
        (["acme.status", "acme.sta", "acme.status"], ["acme.status@calsync"]),
    ],
)
def test_an_event_goes_by_its_step_its_uid_and_the_uid_s_beginning(names, meant, file):
    assert uids(done("why", "--json", *names, "--in", file)) == meant


@pytest.mark.parametrize(
    "names", [["nope"], [""], ["ACME.status"], ["status", "nope"], ["acme.status@calsyncx"]]
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_name_that_means_none_is_told_before_anything_is_explained(names, form, file):
    told = calsync("why", *names, *form, "--in", file)
    assert (told.code, told.output) == (2, b"")
    assert told.messages.startswith(f"calsync: no event goes by {names[-1]!r}; ")


def test_the_reasons_are_those_of_the_plan(file):
    (plan, _) = done("plan", "--json", file).json["interviews"]
    (event,) = done("why", "--json", "acme.status", "--in", file).json["events"]
    assert event["trace"] == next(each["trace"] for each in plan["events"] if each["step"] == "status")


def test_reasons_are_numbered_sentences_and_a_day_passed_over_is_marked(file):
    lines = done("why", "acme.status", "--in", file).out.splitlines()
    assert lines[0] == "Call Sarah Smith (Acme), Tue 24 Nov 2026 09:00 in New York (14:00 for you)"
    assert [line[:6] for line in lines[1:4]] == ["   1. ", "   2. ", "   3. "]
    assert lines[3].startswith("   3. ✗ Mon 23 Nov 2026 is a weekday kept free of calls.")
    assert "      acme.status@calsync" in lines


def test_the_advice_behind_the_reasons_is_told_once_for_each_id(file):
    out = done("why", "status", "--in", file).out
    _, legend = out.split("The advice behind them:\n")
    ids = [line[2:8] for line in legend.splitlines() if line[2:5].isdigit()]
    assert ids == sorted(set(ids))
    assert "001-07" in ids
    assert "The advice" not in done("why", "status", "--in", file, "--quiet").out


def test_bad_rows_that_are_left_out_make_it_partly_done(tmp_path):
    told = calsync("why", "--skip-bad", "--in", csv_file(tmp_path, {}, {"country": "XX"}))
    assert told.code == 1
    assert "Call Sarah Smith" in told.out


def test_what_speaks_against_a_day_is_said_another_interview_s_call_too():
    for company, *more in (
        ("Acme", "--agreed", "2026-11-24 09:00"),
        ("Beta", "--busy", "Mon-Fri 09:15-17:00"),
    ):
        done(
            "add", company, "PM", "--at", "2026-11-12 14:00", "--timezone", "America/New_York", "--country", "US",
            "--phone", "+1 212-555-0142", "--now", "2026-11-12T16:00:00-05:00", *more,
        )  # fmt: skip
    call = "beta-pm-20261112.status"
    told = done("why", call, "--not", "24 nov 2026").out
    assert "Tue 24 Nov 2026 has no quarter hour left that is not taken." in told
    (event,) = done("why", call, "--not", "26 nov 2026", "--json").json["events"]
    assert [each["rule"] for each in event["against"]][-1] == "holiday"
