"""What the messages about one interview come to (RFC 5546, 2.1.5): the same in whatever order they arrive.

Newer is decided by SEQUENCE, then DTSTAMP. Of each key the newest message that
tells it counts, of whether it is cancelled the newest of all. What the
candidate changed by hand stays, but for when and where it is.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from calsync.domain import Interview, Preferences
from calsync.intake import as_record, read_record
from calsync.store import Invitation

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import StoredInterview, Told

__all__ = ["Kind", "Verdict", "first_of", "is_news", "order", "verdict"]

Kind = Literal["new", "moved", "changed", "reopened", "cancelled", "known", "stale", "unknown"]

_WHEN_AND_WHERE = ("start", "timezone", "minutes", "location", "url")
"""What a message says goes over what the candidate wrote; the rest of the record is theirs."""
_ALWAYS_TOLD = ("minutes", "location", "url")
"""An invitation without a place takes the place away."""
_DAYS_AFTER = ("decision", "agreed")
_PEOPLE = ("contact", "email", "interviewers")
"""Told together, so that nobody has another's address."""


class Verdict(msgspec.Struct, frozen=True):
    """What a message means for an interview: the keys to change, and what has been said by now."""

    kind: Kind
    values: Mapping[str, object]
    thread: Invitation


def is_news(kind: Kind) -> bool:
    """Whether taking it in changes anything."""
    return kind in {"new", "moved", "changed", "reopened", "cancelled"}


def first_of(invitation: "IncomingInvitation", called_off: Invitation | None = None) -> Invitation:
    """The thread that begins with a message; with a cancellation that came before it."""
    thread = Invitation(invitation.uid, *invitation.version, invitation.cancelled, _told(invitation))
    if called_off is None or order(thread, called_off) > 0:
        return thread
    return replace(called_off, told=thread.told)


def order(one: Invitation, other: Invitation) -> int:
    """Above 0 where the one is newer, below 0 where it is older, 0 where that cannot be told."""
    return _newer((one.sequence, one.stamp), (other.sequence, other.stamp))


def verdict(
    invitation: "IncomingInvitation",
    known: "StoredInterview",
    given: Mapping[str, object],
    preferences: Preferences,
) -> Verdict:
    """What a message means for the interview that it is about; ``given`` is what somebody said beside it."""
    before = known.invitation or Invitation(invitation.uid, -1)
    message = first_of(invitation)
    is_older = order(message, before) < 0
    newest = before if is_older else message
    if invitation.cancelled:
        thread = replace(newest, told=before.told)
        if is_older:
            return Verdict("stale", {}, thread)
        if known.interview.status == "open" and not before.cancelled:
            return Verdict("cancelled", {"status": "closed"}, thread)
        return Verdict("known", {}, thread)
    thread = replace(newest, told=_merged(before.told, message.told))
    if before.cancelled and order(message, before) == 0:
        thread = replace(thread, cancelled=True)
    values = {
        **_changed(before.told, thread.told, known.interview, preferences),
        **_different(given, known.interview, preferences),
    }
    if _opens_again(message, before, known.interview):
        return Verdict("reopened", {**values, "status": "open"}, thread)
    if is_older:
        return Verdict("stale", values, thread)
    kind: Kind = "moved" if values.keys() & set(_WHEN_AND_WHERE) else "changed" if values else "known"
    return Verdict(kind, values, thread)


def _opens_again(message: Invitation, before: Invitation, interview: Interview) -> bool:
    """A later invitation opens what a cancellation closed, and nothing that the candidate closed."""
    was_cancelled = before.cancelled or not before.told
    return interview.status == "closed" and was_cancelled and order(message, before) > 0


def _newer(one: tuple[int, str], other: tuple[int, str]) -> int:
    """A message without a stamp is as new as any of its sequence."""
    if one[0] != other[0] or not (one[1] and other[1]):
        return (one[0] > other[0]) - (one[0] < other[0])
    return (one[1] > other[1]) - (one[1] < other[1])


def _told(invitation: "IncomingInvitation") -> "dict[str, Told]":
    """The keys that a message tells; a cancellation tells none."""
    if invitation.cancelled:
        return {}
    proposed = {key: _plain(value) for key, value in invitation.proposed.items()}
    always = [*_ALWAYS_TOLD, *(_PEOPLE if proposed.keys() & set(_PEOPLE) else ())]
    said = {**dict.fromkeys(always, ""), **proposed}
    return {key: (value, *invitation.version) for key, value in said.items()}


def _plain(value: object) -> str | int:
    """People as a file has them."""
    if isinstance(value, list):
        return "; ".join(
            f"{each['name']} <{each['email']}>" if each["email"] else each["name"] for each in value
        )
    return value if isinstance(value, int) else str(value)


def _merged(before: "Mapping[str, Told]", message: "Mapping[str, Told]") -> "dict[str, Told]":
    fresh = {
        key: said
        for key, said in message.items()
        if key not in before or _newer(said[1:], before[key][1:]) >= 0
    }
    return {**before, **fresh}


def _changed(
    before: "Mapping[str, Told]", after: "Mapping[str, Told]", interview: Interview, preferences: Preferences
) -> dict[str, object]:
    """What is said otherwise now; of an interview whose messages were not kept only when and where it is."""
    record = {**as_record(interview), **dict.fromkeys(_DAYS_AFTER, "")}
    was = read_record({**record, **_values(before)}, preferences=preferences)
    now = read_record({**record, **_values(after)}, preferences=preferences)
    changed = {
        key
        for key in after
        if _said(was, key) != _said(now, key)
        and (
            key in _WHEN_AND_WHERE
            or _is_as_told(key, before, interview, was)
            or _holds_the_candidate(key, interview, preferences)
        )
    }
    if changed & {"start", "timezone"}:
        changed |= {"start", "timezone"} & after.keys()
    return {**{key: after[key][0] for key in changed}, **dict.fromkeys(_gone_by(interview, now), "")}


def _different(
    given: Mapping[str, object], interview: Interview, preferences: Preferences
) -> dict[str, object]:
    """What somebody gave that is not so already."""
    if not given:
        return {}
    now = read_record({**as_record(interview), **given}, preferences=preferences)
    return {key: value for key, value in given.items() if _said(now, key) != _said(interview, key)}


def _is_as_told(key: str, before: "Mapping[str, Told]", interview: Interview, was: Interview) -> bool:
    """Whether the candidate left it as the messages said it, or nobody said anything."""
    return _said(interview, key) == _said(was, key) if key in before else not _said(interview, key)


def _holds_the_candidate(key: str, interview: Interview, preferences: Preferences) -> bool:
    """Whether the candidate stands among the people met, as before anybody said who that is."""
    own = preferences.candidate.email.casefold()
    there = {interview.email.casefold(), *(person.email.casefold() for person in interview.interviewers)}
    return key in _PEOPLE and bool(own) and own in there


def _gone_by(interview: Interview, now: Interview) -> list[str]:
    """Days named for after the interview that are before it, now that it is later."""
    if now.start <= interview.start:
        return []
    days = {key: getattr(interview, key) for key in _DAYS_AFTER}
    return [key for key, day in days.items() if isinstance(day, date) and _is_before(day, now)]


def _is_before(day: date, interview: Interview) -> bool:
    return day < interview.start if isinstance(day, datetime) else day < interview.day


def _values(told: "Mapping[str, Told]") -> dict[str, object]:
    return {key: value for key, (value, *_) in told.items()}


def _said(interview: Interview, key: str) -> object:
    """A value of the record; one moment on two clocks is two."""
    return (interview.start, interview.timezone) if key == "start" else getattr(interview, key)
