"""Appointments in the user's calendar at Google that look like interviews, and what is known of them already.

``look`` finds them; which of them is one is for a person to say, and
``calsync.workflows.invitations.receive`` takes it in like any other invitation.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from calsync.errors import BadData, BadValue, Usage
from calsync.intake.invitation import account_of, from_google, has_declined, is_of_a_series, likeness, uid_of
from calsync.phrase import phrase
from calsync.workflows.context import Context
from calsync.workflows.invitations import Kind, foretold
from calsync.workflows.threads import is_news

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store

__all__ = ["FoundInvitation", "LeftOut", "Looked", "chosen", "look"]


class FoundInvitation(msgspec.Struct, frozen=True):
    """An appointment with its number in the list, which stays the same when others are taken.

    ``why`` is what makes it look like an interview; ``known`` the interview that it brought before.
    """

    number: int
    invitation: "IncomingInvitation"
    kind: Kind
    why: tuple[str, ...]
    known: int | None = None

    @property
    def is_news(self) -> bool:
        """Whether taking it would change anything."""
        return is_news(self.kind)


class LeftOut(msgspec.Struct, frozen=True):
    """Something that looks like an interview and cannot be taken."""

    title: str
    why: str


class Looked(msgspec.Struct, frozen=True):
    """What was found, in order of its start, and what was left out."""

    found: Sequence[FoundInvitation]
    left_out: Sequence[LeftOut]


def look(context: Context, store: "Store", events: Iterable[Mapping[str, Any]], calendar_zone: str) -> Looked:
    """Those of the events that look like interviews, or brought one before."""
    found: list[FoundInvitation] = []
    left_out: list[LeftOut] = []
    for event in events:
        told = _told(context, store, event, calendar_zone)
        if isinstance(told, LeftOut):
            left_out.append(told)
        elif told is not None:
            found.append(replace(told, number=len(found) + 1))
    return Looked(found, left_out)


def chosen(found: Sequence[FoundInvitation], names: Iterable[str]) -> list[FoundInvitation]:
    """Those that are meant by their numbers or their uids, each once, in their order. Raises Usage."""
    meant: set[int] = set()
    for name in names:
        numbers = [each.number for each in found if name in (str(each.number), each.invitation.uid)]
        if not numbers:
            last = phrase("from 1 to {found}", found=len(found)) if found else "none"
            raise Usage(
                phrase("{name!r} is none of the numbers in the list", name=name), remedy=phrase("they are {last}", last=last), where="--take",
                code="CS-USE-040",
            )  # fmt: skip
        meant.update(numbers)
    return [each for each in found if each.number in meant]


def _told(
    context: Context, store: "Store", event: Mapping[str, Any], calendar_zone: str
) -> "FoundInvitation | LeftOut | None":
    try:
        invitation = from_google(event, preferences=context.preferences, calendar_zone=calendar_zone)
    except (BadValue, BadData) as error:
        # whole days, weeks away, tasks: nothing that anybody is interviewed in, unless it was one before
        known = store.invited(uid_of(event))
        return LeftOut(str(event.get("summary", "")), error.what) if known else None
    known = store.invited(invitation.uid)
    if known is not None:
        return FoundInvitation(0, invitation, foretold(context, store, invitation), (), known.number)
    why = likeness(invitation, account_of(event))
    if not why or invitation.cancelled or has_declined(event):
        return None
    if is_of_a_series(event):
        return LeftOut(invitation.summary, phrase("it is one of a series"))
    return FoundInvitation(0, invitation, "new", why)
