"""plan, why and export without a file: what is remembered, with its short numbers, and nothing planned anew."""

import pytest

from tests.cli.running import INTERVIEWS, calsync, csv_file, done

pytestmark = pytest.mark.usefixtures("remembered")

THU_BEFORE = "2026-11-12T09:00:00-05:00"
MON_AFTER = "2026-11-16T09:00:00-05:00"


@pytest.fixture
def remembered():
    """Two candidates' interviews, added on the morning of the first."""
    add("Acme", "PM", "--at", "2026-11-12 14:00", "--id", "acme", "--candidate", "Ann")
    add("Globex", "Chemist", "--at", "2026-11-13 10:00", "--id", "globex", "--candidate", "Bob")
    add("Initech", "Clerk", "--at", "2026-11-13 15:00", "--id", "initech", "--candidate", "Ann")


def add(*arguments):
    return done(
        "add", *arguments, "--phone", "+1 212-555-0142", "--contact", "Sarah Smith", "--country", "US",
        "--timezone", "America/New_York", "--now", THU_BEFORE,
    )  # fmt: skip


def document(*arguments):
    return done(*arguments, "--json", "--now", MON_AFTER).json


def events_of(plans):
    return [event for interview in plans["interviews"] for event in interview["events"]]


@pytest.mark.parametrize("command", ["plan", "why", "export"])
def test_without_a_file_and_with_nothing_remembered_a_sentence_says_what_to_do(
    command, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    told = calsync(command, "--home", tmp_path / "new")
    assert told.code == 2
    assert "nothing is remembered yet; name a .csv, .toml or .json file" in told.messages
    assert not list(tmp_path.rglob("*.sqlite3")), "looking made a store"
    assert not list(tmp_path.rglob("*.ics"))


def test_a_store_that_was_emptied_again_is_told_like_none():
    for name in ("acme", "globex", "initech"):
        done("remove", name)
    assert calsync("plan").code == 2


def test_plan_shows_every_interview_with_the_numbers_that_why_takes():
    plans = document("plan")
    assert [each["id"] for each in plans["interviews"]] == ["acme", "globex", "initech"]
    for count, interview in enumerate(plans["interviews"], 1):
        numbers = [event["number"] for event in interview["events"]]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [event["ref"] for event in interview["events"]] == [f"{count}.{number}" for number in numbers]
    for event in events_of(plans):
        (told,) = document("why", event["ref"])["events"]
        assert told == event


def test_plans_of_files_have_no_numbers(tmp_path):
    plans = document("plan", csv_file(tmp_path, {}))
    assert {event["number"] for event in events_of(plans)} == {None}


def test_the_table_names_the_numbers_in_front():
    lines = done("plan", "--now", MON_AFTER).out.splitlines()
    numbers = {event["ref"]: event for event in events_of(document("plan"))}
    rows = [line.split() for line in lines if line.strip()[:1].isdigit()]
    assert {row[0] for row in rows} == numbers.keys()


def test_what_was_logged_is_in_the_plan():
    before = {event["step"] for event in document("plan")["interviews"][0]["events"]}
    done("log", "acme", "rejected", "--now", MON_AFTER)
    after = document("plan")["interviews"][0]
    assert after["status"] == "rejected"
    assert "status" in before
    assert "status" not in {event["step"] for event in after["events"]}


def test_an_interview_that_is_over_and_has_nothing_pending_is_counted_not_shown():
    done("log", "acme", "sent", "--at", "2026-11-13 08:00", "--now", MON_AFTER)
    done("log", "acme", "invited", "--now", MON_AFTER)
    told = done("plan", "--now", MON_AFTER)
    assert "Acme" not in told.out
    assert "1 more that are over" in told.messages


@pytest.mark.parametrize("name", ["acme.status", "acme.status@calsync"])
def test_why_takes_a_uid_and_its_beginning(name):
    (event,) = document("why", name)["events"]
    assert event["uid"] == "acme.status@calsync"
    assert "acme.status@calsync" in done("why", name).out


def test_why_takes_an_interview_for_all_of_its_events():
    events = document("why", "globex")["events"]
    assert events == document("plan")["interviews"][1]["events"]


def test_why_without_a_name_explains_all():
    assert document("why")["events"] == events_of(document("plan"))
    assert [
        event["ref"] for event in events_of(document("plan")) if event["ref"] not in done("why").out
    ] == []


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("999", 66, "there is no interview 999"),
        ("1.99", 66, "there is no such follow-up"),
        ("nobody", 66, "there is no interview nobody"),
        ("acme.", 65, "several follow-ups"),
    ],
)
def test_a_name_that_means_nothing_or_too_much_is_told_before_anything_is_written(name, code, said):
    told = calsync("why", "acme.status", name, "--json")
    assert (told.code, told.out) == (code, "")
    assert said in told.messages


def test_an_option_about_files_without_a_file_is_refused():
    told = calsync("plan", "--map", "Date=start")
    assert told.code == 2
    assert "--map says how to read a file, and no file is named" in told.messages


def test_another_playbook_is_tried_on_what_is_remembered_and_changes_nothing():
    kept = document("plan")
    tried = document("plan", "--playbook", "email-only")
    assert {each["playbook"] for each in tried["interviews"]} == {"email-only"}
    assert {event["action"] for event in events_of(tried)} <= {"ask", "email"}
    known = {event["uid"]: event["number"] for event in events_of(kept)}
    assert all(event["number"] == known.get(event["uid"]) for event in events_of(tried))
    assert document("plan") == kept


def test_from_tries_a_later_beginning_on_what_is_remembered():
    tried = events_of(document("plan", "--from", "2026-11-27"))
    assert tried
    assert all(event["start"] >= "2026-11-27" for event in tried)
    (why, *_) = document("why", "acme.status", "--from", "2026-11-27")["events"]
    assert why["start"] >= "2026-11-27"


def test_a_playbook_named_at_import_stays_with_the_interviews():
    done("import", INTERVIEWS, "--playbook", "gentle", "--now", MON_AFTER)
    planned = {each["id"]: each["playbook"] for each in document("plan")["interviews"]}
    listed = {each["id"]: each["playbook"] for each in document("list")["interviews"]}
    imported = listed.keys() - {"acme", "globex", "initech"}
    assert {listed[name] for name in imported} >= {"gentle"}
    assert all(listed[name] for name in imported)
    assert "professional" in listed.values(), "a record that names one keeps it"
    assert planned == {name: playbook or "balanced" for name, playbook in listed.items()}


def test_export_writes_what_is_remembered_and_again_changes_nothing(tmp_path):
    file = tmp_path / "all.ics"
    done("export", "-o", file, "--now", MON_AFTER)
    first = file.read_bytes()
    assert uids(file) == {event["uid"] for event in events_of(document("plan"))}
    told = done("export", "-o", file, "--now", "2026-11-17T09:00:00-05:00")
    assert file.read_bytes() == first
    assert "unchanged" in told.messages


def test_export_to_standard_output_is_the_same_calendar():
    told = done("export", "-o", "-", "--now", MON_AFTER)
    assert told.out.startswith("BEGIN:VCALENDAR\r\n")
    assert told.out.count("BEGIN:VEVENT") == len(events_of(document("plan")))


def test_split_writes_one_file_a_candidate(tmp_path):
    done("export", "--split", tmp_path / "each", "--now", MON_AFTER)
    files = {file.name: uids(file) for file in (tmp_path / "each").iterdir()}
    assert files.keys() == {"ann.ics", "bob.ics"}
    assert {uid.partition(".")[0] for uid in files["bob.ics"]} == {"globex"}
    assert files["ann.ics"] | files["bob.ics"] == {event["uid"] for event in events_of(document("plan"))}


def uids(file):
    lines = file.read_text("utf-8").replace("\r\n ", "").splitlines()
    return {line.removeprefix("UID:") for line in lines if line.startswith("UID:")}


def test_the_reasons_are_in_the_language_of_the_settings(home):
    english = done("why", "acme.status", "--now", MON_AFTER).out
    settings(home, 'language = "de"')
    german = done("why", "acme.status", "--now", MON_AFTER).out
    assert "Di., 24. Nov. 2026" in german
    assert "Di., 24. Nov. 2026" not in english
    (event,) = document("why", "acme.status")["events"]
    assert any("Di., 24. Nov. 2026" in reason["text"] for reason in event["trace"])


def test_an_interview_in_another_language_has_its_texts_in_it_alone():
    done("edit", "acme", "--language", "de", "--now", MON_AFTER)
    acme, globex, _ = document("plan")["interviews"]
    assert "Warum" in acme["events"][-1]["description"]
    assert "Why this date" in globex["events"][-1]["description"]


def settings(home, *lines):
    done_at = home / ".config" / "calsync"
    done_at.mkdir(parents=True, exist_ok=True)
    (done_at / "settings.toml").write_text("\n".join(lines), "utf-8")
