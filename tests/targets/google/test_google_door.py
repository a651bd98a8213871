"""The door that waits for Google's answer: whatever knocks, only the right answer gets in."""

from contextlib import ExitStack
from http import HTTPStatus
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.errors import TryLater
from calsync.targets.google.sign_in import Door, SignInAnswer, door

STATE = "the-right-state"
TARGETS = st.one_of(
    st.text(max_size=80),
    st.builds("/?state={}&code={}".format, st.text(max_size=20).map(quote), st.text(max_size=20).map(quote)),
    st.builds(
        "http://127.0.0.1:1/?{}={}&state=x".format, st.sampled_from(["code", "error"]), st.text(max_size=9)
    ),
    st.integers(51, 400).map(
        lambda number: "/?state=the-right-state&" + "&".join("code=1" for _ in range(number))
    ),
    st.sampled_from(
        ["//[", "/?state=the-right-state", "/?code=1", "http://[::1", "/%00?state=&code=", "/?;state=x"]
    ),
)


@pytest.fixture
def said():
    return []


@pytest.fixture
def shut(said):
    """A door without a server behind it."""
    return Door(1, STATE, said.append)


def inside(it):
    return list(it.answers(0.01))


@given(TARGETS)
def test_no_visitor_gets_in_without_the_right_state_and_none_breaks_it(target):
    shut = Door(1, STATE, lambda _: None)
    status, sentence, then = shut.visited(target)
    then()
    assert status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}
    assert sentence
    assert inside(shut) == []


@given(TARGETS)
def test_nothing_that_is_pasted_breaks_it_and_no_address_of_another_sign_in_gets_in(line):
    shut = Door(1, STATE, lambda _: None)
    shut.pasted(line)
    assert all(answer.pasted and "state" not in line for answer in inside(shut))


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ("code=4/0Ab&scope=x", SignInAnswer("4/0Ab", "")),
        ("error=access_denied", SignInAnswer("", "access_denied")),
        ("code=4%2F0Ab&code=other", SignInAnswer("4/0Ab", "")),
    ],
)
def test_the_right_answer_gets_in_as_it_came(shut, fields, answer):
    status, _, then = shut.visited(f"/?state={STATE}&{fields}")
    assert inside(shut) == []  # not before the visitor was answered
    then()
    assert (status, inside(shut)) == (HTTPStatus.OK, [answer])


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            f"http://127.0.0.1:1/?state={STATE}&code=4/0Abcdefgh\r\n",
            SignInAnswer("4/0Abcdefgh", "", pasted=True),
        ),
        (f' "127.0.0.1:1/?code=4%2F0Abcdefgh&state={STATE}" ', SignInAnswer("4/0Abcdefgh", "", pasted=True)),
        (
            f"http://127.0.0.1:1/?state={STATE}&error=access_denied",
            SignInAnswer("", "access_denied", pasted=True),
        ),
        ("4/0Abcdefgh", SignInAnswer("4/0Abcdefgh", "", pasted=True)),
        ("4%2F0Abcdefgh", SignInAnswer("4/0Abcdefgh", "", pasted=True)),
    ],
)
def test_an_address_or_a_code_is_taken_as_people_copy_it(shut, said, line, answer):
    shut.pasted(line)
    assert (inside(shut), said) == ([answer], [])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("http://127.0.0.1:1/?state=other&code=4/0Abcdefgh", "another sign-in was refused"),
        ("what now?", "that is not the address"),
        ("https://accounts.google.com/o/oauth2/v2/auth", "that is not the address"),
    ],
)
def test_anything_else_that_is_pasted_is_answered(shut, said, line, says):
    shut.pasted(line)
    assert (inside(shut), len(said)) == ([], 1)
    assert says in said[0]


def test_an_empty_line_is_no_answer(shut, said):
    shut.pasted("\n")
    assert (inside(shut), said) == ([], [])


def test_two_doors_cannot_stand_at_one_port():
    with ExitStack() as open_:
        first = open_.enter_context(door(0, STATE, print))
        port = int(first.address.rpartition(":")[2].rstrip("/"))
        with pytest.raises(TryLater, match="taken by another program") as refused:
            open_.enter_context(door(port, STATE, print))
    assert refused.value.exit_code == 75
    with door(port, STATE, print):
        pass
