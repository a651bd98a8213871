"""A value is what a frozen, slotted dataclass is, for everybody who looks."""

import copy
import dataclasses
import pickle

import pytest

from calsync.domain import Hours, Note, Period, Person, Preferences, Span, replace
from calsync.domain.value import Value
from calsync.errors import BadValue


class Pair(Value):
    left: int
    right: str = "r"


class Named(Value, kw_only=True):
    left: int
    right: str = "r"


@dataclasses.dataclass(frozen=True, slots=True)
class Twin:
    left: int
    right: str = "r"


TAKEN = [
    ((1,), {}),
    ((1, "x"), {}),
    ((), {"left": 1}),
    ((1,), {"right": "x"}),
    ((), {"right": "x", "left": 1}),
]
REFUSED = [
    ((), {}),
    ((1, "x", 2), {}),
    ((1,), {"left": 2}),
    ((1,), {"wrong": 2}),
    ((), {"left": 1, "right": "x", "wrong": 1}),
    ((), {"right": "x"}),
]


@pytest.mark.parametrize(("given", "named"), TAKEN)
def test_it_takes_what_a_dataclass_takes(given, named):
    pair, twin = Pair(*given, **named), Twin(*given, **named)
    assert dataclasses.asdict(pair) == dataclasses.asdict(twin)
    assert repr(pair) == repr(twin).replace("Twin", "Pair")


@pytest.mark.parametrize(("given", "named"), REFUSED)
def test_it_refuses_what_a_dataclass_refuses(given, named):
    for kind in (Pair, Twin):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_by_name_means_by_name():
    assert Named(left=1).left == 1
    with pytest.raises(TypeError, match="by name"):
        Named(1)


def test_the_refusal_says_which_field():
    with pytest.raises(TypeError, match="Pair needs left"):
        Pair()
    with pytest.raises(TypeError, match="Pair has no field 'wrong'"):
        Pair(1, wrong=2)


def test_it_is_frozen_and_has_no_room_for_more():
    pair = Pair(1)
    for name in ("left", "other"):
        with pytest.raises(AttributeError, match="frozen"):
            setattr(pair, name, 2)
    with pytest.raises(AttributeError, match="frozen"):
        del pair.left
    assert not hasattr(pair, "__dict__")


def test_equal_fields_make_equal_values_of_one_class_only():
    assert Pair(1) == Pair(1, "r") != Pair(1, "x")
    assert hash(Pair(1)) == hash(Pair(1, "r"))
    assert Span(3) != Pair(3, "days")
    assert Pair(1) != (1, "r")
    assert len({Person("Ann"), Person("Ann"), Person("Bob")}) == 2


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])  # noqa: S301  # its own words
def test_copies_are_equal(way):
    assert way(Hours(540, 1020)) == Hours(540, 1020)


def test_the_functions_of_dataclasses_know_it():
    assert dataclasses.is_dataclass(Pair)
    assert [(f.name, f.type, f.default) for f in dataclasses.fields(Pair)] == [
        (f.name, f.type, f.default) for f in dataclasses.fields(Twin)
    ]
    assert dataclasses.replace(Pair(1), right="x") == replace(Pair(1), right="x") == Pair(1, "x")


def test_a_changed_copy_is_checked_too():
    with pytest.raises(BadValue):
        replace(Hours(540, 1020), closes=500)
    with pytest.raises(TypeError):
        replace(Pair(1), wrong=2)


def test_it_can_be_matched_by_position():
    match Period.parse("2026-08-03..2026-08-16"):
        case Period(first, last):
            assert first < last


def test_a_default_is_no_attribute_of_the_class_that_a_value_could_miss():
    assert Note("status", "x").details is None
    assert Preferences.__slots__[0] == "zone"


@pytest.mark.parametrize("made", [0, 1000])
def test_a_value_is_the_same_however_many_there_are(made):
    refused = []

    class Even(Value):
        number: int
        name: str = "n"

        def __post_init__(self):
            if self.number % 2:
                refused.append(self)
                raise ValueError(self.number)

    for number in range(made):
        Even(2 * number)
    with pytest.raises(ValueError, match="3"):
        Even(3)
    for value in (Even(4), Even(number=4, name="n"), *refused):
        assert type(value) is Even
        assert not hasattr(value, "__dict__")
        with pytest.raises(AttributeError, match="frozen"):
            value.number = 6
        with pytest.raises(AttributeError, match="frozen"):
            del value.name
    assert Even(4) == copy.copy(Even(4)) == replace(Even(2), number=4) != Even(4, "x")
    with pytest.raises(TypeError):
        Even()
