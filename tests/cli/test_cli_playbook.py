"""calsync playbook: which there are, what is in them, how they differ, and what is wrong with one's own."""

import pytest

from calsync.cli.output import columns
from tests.cli.running import calsync, done

ALL = ["balanced", "classic", "early-bird", "email-only", "gentle", "professional", "prompt", "warm-call"]


@pytest.fixture
def own(tmp_path):
    """Write playbooks of one's own into a home."""
    (tmp_path / "playbooks").mkdir()

    def write(name, text):
        path = tmp_path / "playbooks" / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_list_names_them_all_and_marks_the_one_in_use(tmp_path):
    out = done("playbook", "list").out
    assert [line.split()[0] for line in out.splitlines() if not line.startswith(" ")] == ALL
    assert "balanced (used where a record names none)" in out
    assert [book["name"] for book in done("playbook", "list", "--json").json["playbooks"]] == ALL
    (tmp_path / "settings.toml").write_text('playbook = "gentle"\n', encoding="utf-8")
    assert "gentle (used where a record names none)" in done("playbook", "list", "--home", tmp_path).out


def test_list_has_one_s_own_at_the_end_and_leaves_out_a_broken_one(own, tmp_path):
    own("mine", 'extends = "classic"\ntitle = "Mine"\nsummary = "My way."\n')
    assert done("playbook", "list", "--home", tmp_path).out.endswith("mine\n  My way.\n")
    bad = own("worse", "x = [")
    told = calsync("playbook", "list", "--home", tmp_path)
    assert told.code == 1
    assert "mine" in told.out
    assert told.messages.startswith(f"calsync: left out: {bad}: ")
    assert calsync("playbook", "compare", "--home", tmp_path).code == 1


@pytest.mark.parametrize("name", ALL)
def test_show_names_every_number_with_its_advice(name):
    out = done("playbook", "show", name).out
    assert out.startswith(f"{name}: ")
    assert "thank-you" in out
    assert any(line[4:7].isdigit() and line[7] == "-" for line in out.splitlines())
    assert [line for line in out.splitlines() if columns(line) > 80] == []
    shown = done("playbook", "show", name, "--json").json
    assert (shown["schema"], shown["playbook"]["name"]) == (1, name)
    assert {"what", "value", "source"} == set(shown["playbook"]["rules"][0])


def test_compare_puts_those_that_are_named_side_by_side():
    out = done("playbook", "compare", "classic", "prompt").out
    assert "second email\n  classic               none\n  prompt                none\n" in out
    assert "gentle" not in out
    assert all(name in done("playbook", "compare").out for name in ALL)


def test_check_finds_a_good_one_good(own):
    path = own("mine", 'extends = "classic"\ntitle = "Mine"\n')
    assert done("playbook", "check", path).out == f"{path}: good\n"
    assert done("playbook", "check", "balanced").out == "balanced: good\n"


def test_check_tells_sources_that_are_nobody_s(own):
    path = own("mine", 'extends = "balanced"\n[calls]\nretries = { count = 1, source = ["999-01"] }\n')
    told = done("playbook", "check", path)
    assert told.messages == "calsync: sources of its own, not of the five articles: 999-01\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("x = [", ": "),
        ('extends = "balanced"\nbogus = 1', ", bogus: no key 'bogus' here"),
        ('extends = "balanced"\n[statsu]\n', ", statsu: no key 'statsu' here; did you mean status?"),
        ('extends = "balanced"\n[status.no-decision]\nearliest = { business_days = 99 }', ", status.no-decision.preferred: "),
        ('extends = "balanced"\n[status.no-decision]\nlatest = { business_days = -1 }', ", status.no-decision.latest.business_days: "),
        ('extends = "balanced"\n[status.no-decision]\nlatest = { days = 30 }', ", status.no-decision: days and business_days are mixed"),
        ('extends = "balanced"\n[status]\nchannel = "fax"', ", status.channel: 'fax' is not a channel"),
        ('extends = "balanced"\n[thank-you]\naction = "visit"', ", thank-you.action: 'visit' is no way to thank"),
        ('extends = "balanced"\n[thank-you]\nwithin_hours = 999999999999999999999', ", thank-you.within_hours: "),
        ('extends = "balanced"\n[calls]\nmessages = { count = 9 }', ", calls.messages: "),
        ('extends = "balanced"\n[calls]\nretries = { count = 1, source = ["x"] }', ", calls.retries.source: 'x' is no rule id"),
        ('extends = "balanced"\n[second]\nafter = "lunch"', ", second.after: 'lunch' is nothing to count from"),
        ('extends = "balanced"\n[closing]\nwithdraws = "no"', ", closing.withdraws: "),
        ('extends = "balanced"\nwindow = "noon"', ", window: 'noon' is not a time of day"),
        ('extends = "balanced"\ntitle = 3', ", title: 3 is not text"),
        ('extends = "nobody"', "no playbook 'nobody'"),
    ],
)  # fmt: skip
def test_check_names_file_step_and_key_of_what_is_wrong(text, where, own, tmp_path):
    path = own("broken", text)
    told = calsync("playbook", "check", path, "--home", tmp_path)
    assert (told.code, told.output) == (78, b"")
    assert told.messages.startswith(f"calsync: {path}")
    assert where in told.messages
    assert told.messages.count("\n") == 1
    assert calsync("plan", "x.csv", "--playbook", path).code in {66, 78}


def test_playbooks_that_extend_each_other_are_refused(own, tmp_path):
    own("a", 'extends = "b"\n')
    own("b", 'extends = "a"\n')
    told = calsync("playbook", "check", "a", "--home", tmp_path)
    assert told.code == 78
    assert "circle" in told.messages


def test_a_text_of_one_s_own_cannot_steer_the_terminal(own, tmp_path):
    own("evil", 'extends = "balanced"\ntitle = "\\u001b[31mred"\nsummary = "\\u001b]0;x\\u0007 y"\n')
    for command in (["list"], ["show", "evil"], ["compare", "evil"]):
        assert not set(done("playbook", *command, "--home", tmp_path).out) & {"\x1b", "\x07"}


def test_check_names_every_error_and_not_only_the_first(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        'extends = "balanced"\nfoo = 1\n[thank-you]\naction = "shout"\nwithin_hours = -3\n[status]\nbar = 2\n'
    )
    told = calsync("playbook", "check", file)
    assert told.code == 78
    places = [line.split(": ")[1].partition(", ")[2] for line in told.messages.splitlines()]
    assert sorted(places) == ["foo", "status.bar", "thank-you.action", "thank-you.within_hours"]
