"""A playbook of one's own: found by name or path, laid over another, refused with file, step and key."""

from pathlib import Path

import pytest

from calsync.errors import BadSettings
from calsync.playbooks import load, names

SEVEN = "{ days = 7, source = ['000-08'] }"
WINDOW = f"earliest = {SEVEN}\npreferred = {SEVEN}\nlatest = {SEVEN}\n"


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "playbooks"
    home.mkdir()
    return home


def _write(folder, name, text):
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_small_file_is_a_playbook(folder):
    _write(folder, "mine", f"[status.no-decision]\n{WINDOW}")
    mine = load("mine", folder)
    assert (mine.name, mine.title, mine.summary, mine.window) == ("mine", "mine", "", None)
    assert mine.thank_you is None
    assert mine.second is None
    assert mine.closing is None
    assert mine.status.no_decision.preferred.count == 7
    assert mine.status.decision is None
    assert (mine.calls.retries.count, mine.calls.messages.count, mine.calls.retry_after) == (0, 0, None)


def test_an_empty_file_is_a_playbook_without_any_step(folder):
    _write(folder, "quiet", "")
    quiet = load("quiet", folder)
    assert (quiet.thank_you, quiet.status.no_decision, quiet.second) == (None, None, None)


def test_ones_own_is_found_by_name_before_ours(folder):
    _write(folder, "classic", "title = 'My classic'")
    assert load("classic", folder).title == "My classic"
    assert load("classic").title == "Classic"
    assert load("gentle", folder).title == "Gentle"


def test_ones_own_is_found_by_path(folder, monkeypatch, home):
    path = _write(folder, "mine", "title = 'By path'")
    assert load(str(path)).title == "By path"
    monkeypatch.chdir(folder)
    assert load("mine.toml").title == "By path"
    assert load("./mine.toml").title == "By path"
    _write(home, "at-home", "title = 'At home'")
    assert load("~/at-home.toml").title == "At home"


def test_ones_own_are_listed_behind_ours_and_each_name_once(folder):
    for name in ("zeal", "balanced", "aunt"):
        _write(folder, name, "")
    (folder / "notes.txt").write_text("no playbook")
    assert names(folder)[0] == "balanced"
    assert names(folder)[-2:] == ("aunt", "zeal")
    assert len(names(folder)) == 10
    assert names(folder / "not-there") == names()


def test_extends_takes_over_what_is_not_said(folder):
    _write(
        folder,
        "patient",
        "extends = 'balanced'\ntitle = 'Patient'\nthank-you = 'none'\nclosing = 'none'\nwindow = 'late'\n"
        "[status.no-decision]\nlatest = { business_days = 20 }\n[calls]\nretries = { count = 0 }\n",
    )
    patient, balanced = load("patient", folder), load("balanced")
    assert (patient.title, patient.summary, patient.window) == ("Patient", balanced.summary, "late")
    assert patient.thank_you is None
    assert patient.closing is None
    assert patient.second == balanced.second
    assert patient.status.no_decision.preferred == balanced.status.no_decision.preferred
    assert patient.status.no_decision.latest.count == 20
    assert patient.status.decision == balanced.status.decision
    assert (patient.calls.retries.count, patient.calls.messages.count) == (0, 2)


def test_a_number_of_days_is_taken_over_whole_or_not_at_all(folder):
    text = f"extends = 'balanced'\n[status.no-decision]\n{WINDOW}"
    _write(folder, "mine", text)
    preferred = load("mine", folder).status.no_decision.preferred
    assert (preferred.count, preferred.unit, preferred.source) == (7, "days", ("000-08",))


def test_none_takes_a_step_away_and_a_table_puts_one_where_there_was_none(folder):
    _write(folder, "later", f"extends = 'gentle'\nthank-you = 'none'\n[second]\nafter = 'decision'\n{WINDOW}")
    later = load("later", folder)
    assert later.thank_you is None
    assert (later.second.after, later.second.window.preferred.count) == ("decision", 7)
    _write(folder, "warmer", "extends = 'warm-call'\n[status]\ndecision = 'none'")
    assert load("warmer", folder).status.decision is None


def test_before_turns_the_wait_of_another_into_a_deadline(folder):
    _write(folder, "early", "extends = 'balanced'\n[status.decision]\nbefore = true\nsource = '002-21'")
    early = load("early", folder)
    assert early.status.before_decision
    assert early.status.decision is None
    assert early.status.source == ("002-21",)


def test_ones_own_balanced_can_extend_ours_and_others_extend_ones_own(folder):
    _write(folder, "balanced", "extends = 'balanced'\ntitle = 'My balance'")
    _write(folder, "child", "extends = 'balanced'\nsummary = 'A child.'")
    assert load("balanced", folder).title == "My balance"
    assert load("balanced", folder).second == load("balanced").second
    assert (load("child", folder).title, load("child", folder).summary) == ("My balance", "A child.")


def test_extends_goes_by_path_too(folder):
    parent = _write(folder, "parent", "title = 'Parent'")
    _write(folder, "child", f"extends = '{parent.as_posix()}'")
    assert load("child", folder).title == "Parent"


@pytest.mark.parametrize("asked", ["balancd", "", " balanced", "a b", "-x", "ba\x00lanced", "müller"])
def test_a_name_that_is_none_is_refused_with_those_that_are(asked, folder):
    _write(folder, "mine", "")
    with pytest.raises(
        BadSettings, match=r"no playbook .*; use one of balanced, .*mine, or the path"
    ) as refused:
        load(asked, folder)
    assert refused.value.code == "CS-PLB-001"


@pytest.mark.parametrize(
    "asked",
    ["not-there.toml", "../not-there.toml", "/", "a/b", "a\\b", "~nobody-of-that-name/x.toml", "a\x00.toml"],
)
def test_a_path_that_cannot_be_read_is_refused(asked, folder, monkeypatch):
    monkeypatch.chdir(folder)
    with pytest.raises(BadSettings) as refused:
        load(asked, folder)
    assert refused.value.code == "CS-PLB-002"
    assert "name a playbook or a .toml file of one" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"title = ", "Invalid value"),
        (b"\xff\xfe", "utf-8"),
        (b"a = " + b"[" * 5000, ""),
        (b"# " + b"x" * 300_000, "too large"),
        (b"title = 'a'\ntitle = 'b'", "overwrite"),
        (b"x = \x00", ""),
    ],
    ids=["cut short", "not UTF-8", "deep", "large", "twice", "NUL"],
)
def test_a_file_that_is_no_toml_is_refused_by_its_path(content, told, folder):
    path = folder / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(BadSettings) as refused:
        load("broken", folder)
    assert refused.value.where == str(path)
    assert told in refused.value.what


def test_a_byte_order_mark_is_no_harm(folder):
    (folder / "bom.toml").write_bytes(b"\xef\xbb\xbftitle = 'With a mark'")
    assert load("bom", folder).title == "With a mark"


def test_playbooks_that_extend_each_other_in_a_circle_are_refused_by_path(folder):
    one = _write(folder, "one", f"extends = '{(folder / 'two.toml').as_posix()}'")
    _write(folder, "two", f"extends = '{one.as_posix()}'")
    with pytest.raises(BadSettings, match="extend each other in a circle"):
        load("one", folder)


def test_playbooks_that_extend_each_other_in_a_circle_are_refused_by_name(folder):
    _write(folder, "one", "extends = 'two'")
    two = _write(folder, "two", "extends = 'one'")
    with pytest.raises(BadSettings, match="extend each other in a circle") as refused:
        load("one", folder)
    assert refused.value.where == f"{two}, extends"


def test_a_playbook_that_extends_what_is_not_there_is_refused_by_its_path(folder):
    path = _write(folder, "mine", "extends = 'balancd'")
    with pytest.raises(BadSettings, match="no playbook 'balancd'") as refused:
        load("mine", folder)
    assert refused.value.where == f"{path}, extends"


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("titel = 'x'", "titel", "no key 'titel' here; did you mean title?"),
        ("zzz = 1", "zzz", "no key 'zzz' here; use title, summary"),
        ("title = 3", "title", "3 is not text; put it in quotes"),
        ("summary = true", "summary", "True is not text"),
        ("window = 'noon'", "window", "'noon' is not a time of day; write early, late or any"),
        ("window = ['late']", "window", "is not a time of day"),
        ("thank-you = 'yes'", "thank-you", "'yes' is not a table; write a section [thank-you]"),
        ("[thank-you]\nwithin_hours = 24", "thank-you.action", 'None is no way to thank; write "email" or'),
        ("[thank-you]\naction = 'fax'", "thank-you.action", "'fax' is no way to thank"),
        ("[thank-you]\naction = ['call']", "thank-you.action", "is no way to thank"),
        ("[thank-you]\naction = 'call'\nwithin = 3", "thank-you.within", "did you mean within_hours?"),
        ("[thank-you]\naction = 'call'\nwithin_hours = 73", "thank-you.within_hours", "73 is out of range"),
        (
            "[thank-you]\naction = 'call'\nwithin_hours = true",
            "thank-you.within_hours",
            "True is out of range",
        ),
        (
            "[thank-you]\naction = 'call'\nwithin_hours = 2.5",
            "thank-you.within_hours",
            "write a whole number",
        ),
        ("[thank-you]\naction = 'call'\nsource = 'C9'", "thank-you.source", "'C9' is no rule id"),
        ("[thank-you]\naction = 'call'\nsource = [7]", "thank-you.source", "7 is no rule id; write ids like"),
        ("status = 'none'", "status", "'none' is not a table"),
        ("[status]\nchanel = 'email'", "status.chanel", "did you mean channel?"),
        ("[status]\nchannel = 'fax'", "status.channel", '\'fax\' is not a channel; write "any" or "email"'),
        ("[status]\nno-decision = 5", "no-decision", "5 is not a table"),
        ("[status.no-decision]", "status.no-decision.earliest", "not a number of days; write it like"),
        ("[status.no-decision]\nearliest = 7", "status.no-decision.earliest", "not a number of days"),
        (
            f"[status.no-decision]\n{WINDOW.replace('days = 7', 'days = -1')}",
            "status.no-decision.earliest.days",
            "-1 is out of range",
        ),
        (
            f"[status.no-decision]\n{WINDOW.replace('days = 7', 'days = 367')}",
            "status.no-decision.earliest.days",
            "367 is out of range; write a whole number up to 366",
        ),
        (
            f"[status.no-decision]\n{WINDOW.replace('days = 7', 'days = 7, business_days = 5')}",
            "status.no-decision.earliest",
            "not a number of days",
        ),
        (
            f"[status.no-decision]\n{WINDOW.replace('source', 'sauce')}",
            "status.no-decision.earliest.sauce",
            "did you mean source?",
        ),
        (
            f"[status.no-decision]\n{WINDOW.replace('000-08', '000-8')}",
            "status.no-decision.earliest.source",
            "'000-8' is no rule id",
        ),
        (f"[status.no-decision]\n{WINDOW}last = 1", "status.no-decision.last", "did you mean latest?"),
        (
            "[status.no-decision]\nearliest = { days = 7 }\npreferred = { business_days = 7 }\nlatest = { days = 9 }",
            "status.no-decision",
            "days and business_days are mixed in one window; use one of them",
        ),
        (
            "[status.no-decision]\nearliest = { days = 7 }\npreferred = { days = 6 }\nlatest = { days = 9 }",
            "status.no-decision.preferred",
            "6 days is before 7 days; let them grow",
        ),
        (
            "[status.no-decision]\nearliest = { days = 7 }\npreferred = { days = 7 }\nlatest = { days = 1 }",
            "status.no-decision.latest",
            "1 day is before 7 days",
        ),
        ("[status.decision]\nbefore = false", "status.decision.earliest", "not a number of days"),
        ("[status.decision]\nbefore = 'yes'", "status.decision.before", "'yes' is neither yes nor no"),
        ("[status.decision]\nbefore = true\nlater = 1", "status.decision.later", "no key 'later' here"),
        ("calls = 3", "calls", "3 is not a table"),
        ("[calls]\nmessages = 2", "calls.messages", "2 is not a count; write it like { count = 1"),
        (
            "[calls]\nmessages = { count = 3 }",
            "calls.messages",
            "3 messages are too many; leave two at most (002-10)",
        ),
        ("[calls]\nretries = { count = 10 }", "calls.retries.count", "10 is out of range"),
        ("[calls]\nretries = { counts = 1 }", "calls.retries.counts", "did you mean count?"),
        ("[calls]\nretries = { count = 1, source = 'x' }", "calls.retries.source", "'x' is no rule id"),
        ("[calls]\nretry_after = 'tomorrow'", "calls.retry_after", "not a number of days"),
        ("[calls]\nretrys = 1", "calls.retrys", "did you mean retries?"),
        (
            f"[second]\n{WINDOW}after = 'lunch'",
            "second.after",
            "'lunch' is nothing to count from; write \"last-touch\"",
        ),
        (f"[second]\n{WINDOW}source = '000-08'", "second.source", "no key 'source' here"),
        ("[second]\nafter = 'decision'", "second.earliest", "not a number of days"),
        (
            f"[closing]\n{WINDOW}withdraws = 'no'",
            "closing.withdraws",
            "'no' is neither yes nor no; write true or false",
        ),
        (f"[closing]\n{WINDOW}note = 7", "note", "7 is not text"),
        ("closing = 10", "closing", "10 is not a table"),
    ],
)
def test_what_a_playbook_cannot_mean_is_refused_with_file_step_and_key(text, where, told, folder):
    path = _write(folder, "mine", text)
    with pytest.raises(BadSettings) as refused:
        load("mine", folder)
    assert refused.value.where == f"{path}, {where}"
    assert told in str(refused.value)
    assert refused.value.code == "CS-PLB-003"
    assert refused.value.exit_code == 78


@pytest.mark.parametrize(
    ("asked", "found"),
    [("Mine", "Mine"), ("mine", "mine"), ("MINE", "Mine"), ("my way", "My Way"), ("Balanced", "balanced")],
)
def test_every_name_that_is_listed_is_found_with_capitals_or_without(folder, asked, found):
    for name in ("Mine", "mine", "My Way"):
        if not (folder / f"{name}.toml").exists():  # a disk may take the first two for one
            _write(folder, name, "")
    assert all(load(name, folder) for name in names(folder))
    assert load(asked, folder).name.casefold() == found.casefold()
    if len(list(folder.glob("*.toml"))) > 2:
        assert load(asked, folder).name == found


def test_a_folder_called_like_a_playbook_is_not_read(folder):
    Path(folder / "mine.toml").mkdir()
    with pytest.raises(BadSettings, match="no playbook 'mine'"):
        load("mine", folder)
    with pytest.raises(BadSettings) as refused:
        load(str(folder / "mine.toml"))
    assert refused.value.code == "CS-PLB-002"
