"""What people call things: ``1`` or ``acme`` is an interview, ``1.3`` or a uid a follow-up."""

import re
from typing import TYPE_CHECKING, cast

import msgspec

from calsync.errors import BadData, NoInput
from calsync.phrase import phrase

if TYPE_CHECKING:
    from calsync.domain import Step
    from calsync.store import Store, StoredEvent, StoredInterview

__all__ = ["Target", "find", "find_event", "find_events", "find_interview", "find_target"]

_REF = re.compile(r"[0-9]{1,18}\.[0-9]{1,18}")
_NUMBER = re.compile(r"[0-9]{1,18}")
_ID = "id:"
_MOST_NAMED = 5


def find(store: "Store", name: str) -> "StoredInterview | StoredEvent":
    """The interview or the follow-up that is meant by a name.

    Raises NoInput where there is none, BadData where several begin like it; both name what is near.
    """
    if _is_event(store, name):
        return store.event(name)
    return find_interview(store, name)


def find_interview(store: "Store", name: str) -> "StoredInterview":
    """An interview by its number, its id, or the beginning of its id or its company, in any case.

    Digits alone are a number; ``id:1`` is the interview whose id is 1. Raises NoInput, BadData.
    """
    if name.startswith(_ID):
        return store.interview(name.removeprefix(_ID))
    if _REF.fullmatch(name):
        number = name.partition(".")[0]
        raise BadData(
            phrase("{name} is a follow-up, and this is about interviews", name=name),
            remedy=phrase("say {number} for its interview", number=number),
            code="CS-STO-015",
        )
    if _NUMBER.fullmatch(name):
        return _numbered(store, name)
    if store.taken([name]):
        return store.interview(name)
    found = store.begin_with(name) if name.strip() else []
    exact = [each for each in found if each.interview.company.casefold() == name.casefold()]
    found = exact or found
    if not found:
        raise NoInput(
            phrase("there is no interview {name}", name=name),
            remedy=phrase("calsync list shows their numbers"),
            code="CS-STO-008",
        )
    if len(found) > 1:
        raise _several(name, found)
    return found[0]


def find_event(store: "Store", name: str) -> "StoredEvent":
    """A follow-up by its ref, its uid or a uid's beginning; of an interview, its next call or email.

    Raises NoInput, BadData.
    """
    found = find_events(store, name)
    touches = [each for each in found if each.event.action in {"call", "email"}]
    return (touches or found)[0]


def find_events(store: "Store", name: str) -> "list[StoredEvent]":
    """One follow-up, or all that are pending of an interview. Raises NoInput, BadData."""
    if _is_event(store, name):
        return [store.event(name)]
    kept = find_interview(store, name)
    found = list(store.planned(interview=kept.number))
    if not found:
        raise NoInput(
            phrase("nothing is pending for {company}", company=kept.interview.company),
            where=name,
            remedy=phrase("calsync show {number} tells what was logged", number=kept.number),
            code="CS-STO-011",
        )
    return found


def _is_event(store: "Store", name: str) -> bool:
    """Whether a name is a ref or a uid: a uid goes on where the id of its interview ends."""
    if _REF.fullmatch(name) or "@" in name:
        return True
    if name.startswith(_ID) or _NUMBER.fullmatch(name) or store.taken([name]) or store.begin_with(name):
        return False
    try:
        store.event(name)
    except NoInput:
        return False
    except BadData:
        pass
    return True


def _numbered(store: "Store", name: str) -> "StoredInterview":
    number, has_id = int(name), bool(store.taken([name]))
    try:
        kept = store.interview(number)
    except NoInput:
        if has_id:
            return store.interview(name)
        raise
    if has_id and kept.interview.id != name:
        other = store.interview(name)
        raise BadData(
            phrase(
                "{name} is the number of {told} and the id of {told2}",
                name=name,
                told=_told(kept),
                told2=_told(other),
            ),
            remedy=phrase(
                "say {number} or {id}{name} for the second, {id}{id2} for the first",
                number=other.number,
                id=_ID,
                name=name,
                id2=kept.interview.id,
            ),
            code="CS-STO-013",
        )
    return kept


def _several(name: str, found: "list[StoredInterview]") -> BadData:
    named = ", ".join(f"{each.number} ({_told(each)})" for each in found[:_MOST_NAMED])
    more = ", …" if len(found) > _MOST_NAMED else ""
    return BadData(
        phrase(
            "{found} interviews begin with {name!r}: {named}{more}",
            found=len(found),
            name=name,
            named=named,
            more=more,
        ),
        remedy=phrase("say the number of the one you mean"),
        code="CS-STO-014",
    )


def _told(kept: "StoredInterview") -> str:
    interview = kept.interview
    who = f"{interview.candidate}: " if interview.candidate else ""
    return f"{who}{interview.company}, {interview.role}, {interview.start:%Y-%m-%d}"


class Target(msgspec.Struct, frozen=True):
    """What an outcome is said of: an interview, or one of its follow-ups, which may be planned no longer."""

    name: str
    kept: "StoredInterview"
    uid: str = ""
    step: "Step | None" = None


def find_target(store: "Store", name: str) -> Target:
    """An interview, or a follow-up that is or once was planned. Raises NoInput, BadData."""
    if not _is_event(store, name):
        return Target(name, find_interview(store, name))
    of, uid = store.event_called(name)
    step = uid.partition("@")[0].split(".")[1]
    return Target(name, store.interview(of), uid, cast("Step", step))
