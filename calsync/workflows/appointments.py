"""Appointments in the user's calendar at Google that look like interviews, and what is known of them already.

    looked = look(desk, store, events, calendar_zone)
    receive(desk, store, looked.found[0].invitation, now=now)

Which of them is one is for a person to say; taking one in is what
``calsync.workflows.invitations`` does with every invitation.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from calsync.errors import BadData, BadValue, Usage
from calsync.workflows.desk import Desk
from calsync.workflows.invitations import Kind, foretold

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store

__all__ = ["Found", "LeftOut", "Looked", "chosen", "look"]


class Found(NamedTuple):
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
        return self.kind in {"new", "moved", "cancelled"}


class LeftOut(NamedTuple):
    """Something that looks like an interview and cannot be taken."""

    title: str
    why: str


class Looked(NamedTuple):
    """What was found, in order of its start, and what was left out."""

    found: Sequence[Found]
    left_out: Sequence[LeftOut]


def look(desk: Desk, store: "Store", events: Iterable[Mapping[str, Any]], calendar_zone: str) -> Looked:
    """Those of the events that look like interviews, or brought one before."""
    found: list[Found] = []
    left_out: list[LeftOut] = []
    for event in events:
        told = _told(desk, store, event, calendar_zone)
        if isinstance(told, LeftOut):
            left_out.append(told)
        elif told is not None:
            found.append(told._replace(number=len(found) + 1))
    return Looked(found, left_out)


def chosen(found: Sequence[Found], names: Iterable[str]) -> list[Found]:
    """Those that are meant by their numbers or their uids, each once, in their order. Raises Usage."""
    meant: set[int] = set()
    for name in names:
        numbers = [each.number for each in found if name in (str(each.number), each.invitation.uid)]
        if not numbers:
            last = f"from 1 to {len(found)}" if found else "none"
            raise Usage(
                f"{name!r} is none of the numbers in the list", remedy=f"they are {last}", where="--take",
                code="CS-USE-040",
            )  # fmt: skip
        meant.update(numbers)
    return [each for each in found if each.number in meant]


def _told(
    desk: Desk, store: "Store", event: Mapping[str, Any], calendar_zone: str
) -> "Found | LeftOut | None":
    from calsync.intake.invitation import (  # noqa: PLC0415  # few commands read invitations
        account_of,
        from_google,
        has_declined,
        is_of_a_series,
        likeness,
    )

    try:
        invitation = from_google(event, preferences=desk.preferences, calendar_zone=calendar_zone)
    except (BadValue, BadData):  # whole days, weeks away, tasks: nothing that anybody is interviewed in
        return None
    known = store.invited(invitation.uid)
    if known is not None:
        return Found(0, invitation, foretold(store, invitation), (), known.number)
    why = likeness(invitation, account_of(event))
    if not why or invitation.cancelled or has_declined(event):
        return None
    if is_of_a_series(event):
        return LeftOut(invitation.summary, "it is one of a series")
    return Found(0, invitation, "new", why)
