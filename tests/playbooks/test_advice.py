"""Every rule id that calsync names can be said in a sentence."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import calsync
from calsync.playbooks import BUILT_IN, advice

PACKAGE = Path(calsync.__file__).parent
PER_ARTICLE = {"000": 24, "001": 24, "002": 25, "003": 14, "004": 20}
ID = re.compile(r"(?<![\d-])\d{3}-\d{2}(?![\d-])")
NAMING = [*sorted(Path(BUILT_IN).glob("*.toml")), *sorted((PACKAGE / "planner").glob("*.py"))]


def test_every_rule_of_every_article_is_there_in_order():
    numbered = [f"{article}-{n:02}" for article, most in PER_ARTICLE.items() for n in range(1, most + 1)]
    assert list(advice().ids) == numbered
    assert len(numbered) == 107


def test_every_article_has_a_title_found_by_its_number_or_by_any_of_its_rules():
    assert set(advice().articles) == set(PER_ARTICLE)
    assert all(0 < len(title) <= 90 for title in advice().articles.values())
    assert all(advice().article(rule) == advice().articles[rule[:3]] for rule in advice().ids)
    assert advice().article("002") == advice().article("002-07")


@pytest.mark.parametrize("rule", advice().ids)
def test_a_rule_is_one_short_sentence(rule):
    sentence = advice().says(rule)
    assert 0 < len(sentence) <= 120
    assert sentence == sentence.strip()
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_no_two_rules_are_said_in_the_same_words():
    assert [said for said, times in Counter(advice().rules.values()).items() if times > 1] == []


def test_readers_comments_are_the_second_half_of_the_third_article():
    told_apart = [rule for rule in advice().ids if advice().is_comment(rule)]
    assert told_apart == [f"002-{n}" for n in range(13, 26)]
    assert advice().comments == set(told_apart)


@pytest.mark.parametrize("path", NAMING, ids=lambda path: path.name)
def test_every_rule_named_by_a_playbook_or_the_planner_is_known(path):
    assert set(ID.findall(path.read_text("utf-8"))) <= set(advice().ids)


def test_playbooks_and_the_planner_do_name_rules():
    named = dict.fromkeys(("built_in", "planner"), 0)
    for path in NAMING:
        named[path.parent.name] += len(ID.findall(path.read_text("utf-8")))
    assert min(named.values()) > 20


@pytest.mark.parametrize("unknown", ["999-01", "002-26", "my aunt", ""])
def test_an_id_of_the_users_own_says_nothing_and_is_no_error(unknown):
    assert advice().says(unknown) == ""
    assert not advice().is_comment(unknown)


def test_an_unknown_article_has_no_title():
    assert [advice().article(unknown) for unknown in ("999-01", "my aunt", "")] == ["", "", ""]


def test_advice_cannot_be_changed_by_those_who_read_it():
    with pytest.raises(AttributeError):
        advice().rules = {}
    with pytest.raises(TypeError):
        advice().rules["002-07"] = "Ring on Mondays."


def test_the_file_is_read_when_first_asked_for_and_only_then():
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "from calsync.playbooks import advice\n"
        "count = lambda: sum(path.endswith('advice.toml') for path in opened)\n"
        "print(count())\n"
        "advice(), advice()\n"
        "print(count())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
