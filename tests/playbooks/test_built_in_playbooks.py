"""The eight playbooks say what the table of the rules says."""

import re
import tomllib
from pathlib import Path

import pytest

from calsync.business_days import BusinessCalendar, Closed
from calsync.playbooks import BUILT_IN, DEFAULT, FollowUp, WaitWindow, advice, load, names
from tests import dates as d

NAMES = ("balanced", "classic", "early-bird", "email-only", "gentle", "professional", "prompt", "warm-call")
SECOND, CLOSING = "7-7-14 days", "10-10-15 business_days"
AFTER_D = "1-1-2 business_days"


def _window(window):
    if window is None:
        return "none"
    assert isinstance(window, WaitWindow)
    assert window.earliest.unit == window.preferred.unit == window.latest.unit
    counts = (window.earliest.count, window.preferred.count, window.latest.count)
    return f"{'-'.join(map(str, counts))} {window.preferred.unit}"


def _follow_up(step):
    return _window(step.window if isinstance(step, FollowUp) else None)


def test_there_are_eight_and_the_default_comes_first():
    assert names() == ("balanced", *(name for name in NAMES if name != "balanced"))
    assert DEFAULT == "balanced"


@pytest.mark.parametrize(
    ("name", "thanks", "unknown", "known"),
    [
        ("balanced", "email", "5-7-10 business_days", AFTER_D),
        ("gentle", "email", "7-7-14 days", "1-1-7 days"),
        ("professional", "email", "7-7-10 business_days", AFTER_D),
        ("classic", "email", "7-7-10 days", "1-1-4 days"),
        ("prompt", None, "2-2-3 days", "2-2-3 days"),
        ("warm-call", "call", "none", AFTER_D),
        ("email-only", "email", "5-7-10 business_days", AFTER_D),
        ("early-bird", "email", "7-7-10 days", "none"),
    ],
)
def test_thanks_and_status_are_those_of_the_table(name, thanks, unknown, known):
    playbook = load(name)
    assert (playbook.thank_you.action if playbook.thank_you else None) == thanks
    assert playbook.thank_you is None or playbook.thank_you.within_hours == 24
    assert (_window(playbook.status.no_decision), _window(playbook.status.decision)) == (unknown, known)
    assert playbook.status.before_decision is (name == "early-bird")
    assert playbook.status.email_only is (name == "email-only")


@pytest.mark.parametrize(
    ("name", "on_miss", "retries", "retry_after", "messages"),
    [
        ("balanced", 1, 1, "1 business day", 2),
        ("gentle", 1, 0, None, 1),
        ("professional", 1, 0, None, 1),
        ("classic", 1, 0, None, 2),
        ("prompt", 1, 1, "1 business day", 2),
        ("warm-call", 2, 1, None, 1),
        ("email-only", 0, 0, "1 business day", 0),
        ("early-bird", 1, 1, "1 business day", 2),
    ],
)
def test_calls_are_those_of_the_table(name, on_miss, retries, retry_after, messages):
    calls = load(name).calls
    assert (calls.message_on_miss.count, calls.retries.count, calls.messages.count) == (
        on_miss,
        retries,
        messages,
    )
    assert (str(calls.retry_after) if calls.retry_after else None) == retry_after


@pytest.mark.parametrize(
    ("name", "second", "closing", "withdraws"),
    [
        ("balanced", SECOND, CLOSING, False),
        ("gentle", "none", "none", False),
        ("professional", SECOND, CLOSING, True),
        ("classic", "none", "none", False),
        ("prompt", "none", "none", False),
        ("warm-call", "none", "none", False),
        ("email-only", SECOND, CLOSING, False),
        ("early-bird", SECOND, "none", False),
    ],
)
def test_second_and_closing_are_those_of_the_table(name, second, closing, withdraws):
    playbook = load(name)
    assert (_follow_up(playbook.second), _follow_up(playbook.closing)) == (second, closing)
    assert bool(playbook.closing and playbook.closing.withdraws) is withdraws
    if playbook.second:
        assert playbook.second.after == ("decision" if name == "early-bird" else "last-touch")


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_title_and_a_sentence_of_its_own(name):
    playbook = load(name)
    assert playbook.name == name
    assert playbook.title
    assert playbook.summary.endswith(".")
    assert playbook.window is None


def _numbers(table, path=()):
    """Every number of a playbook, with where it stands and the table it stands in."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _numbers(value, (*path, key))
        elif isinstance(value, int) and not isinstance(value, bool):
            yield ".".join((*path, key)), table


@pytest.mark.parametrize("name", NAMES)
def test_every_number_names_its_sources_and_every_source_is_listed(name):
    text = Path(BUILT_IN, f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    named = re.findall(r'"([^"]+)"', " ".join(re.findall(r"source = \[(.*?)\]", text)))
    assert named
    assert all(re.fullmatch(r"\d{3}-\d{2}", rule) for rule in named)
    assert set(named) <= set(advice().ids)
    unsourced = {where for where, around in _numbers(table) if not around.get("source")}
    # No article says how long to wait before closing; the file says so instead.
    own = {where for where in unsourced if name == "balanced" and where.startswith("closing.")}
    assert unsourced == own
    assert not own or "calsync's own" in table["closing"]["note"]


def test_the_closing_delay_comes_from_no_article_and_says_so():
    for name in ("balanced", "professional", "email-only"):
        assert "calsync's own" in load(name).closing.note


@pytest.mark.parametrize(
    ("days", "expected"),
    [("preferred", d.MON_2026_11_23), ("earliest", d.THU_2026_11_19), ("latest", d.THU_2026_11_26)],
)
def test_days_count_from_their_anchor(days, expected):
    counting = BusinessCalendar(lambda day: Closed("weekend") if day.weekday() > 4 else None)
    assert getattr(load("balanced").status.no_decision, days).after(d.THU_2026_11_12, counting) == expected
    assert load("classic").status.no_decision.preferred.after(d.THU_2026_11_12, counting) == d.THU_2026_11_19


def test_a_window_speaks_for_its_preferred_day():
    window = load("balanced").status.no_decision
    assert window.source == window.preferred.source == ("001-07", "000-04")
    assert str(window.preferred) == "7 business days"
    assert str(load("prompt").status.no_decision.preferred) == "2 days"
