"""An invitation taken in while somebody watches: what it proposes is shown, what it does not tell is asked for."""

import sys
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from calsync.cli.memory import interview_line, record_lines, say_done
from calsync.cli.output import clean
from calsync.cli.state import State
from calsync.errors import BadValue
from calsync.intake import Source, zone
from calsync.intake.invitation import ZoneWanted, content_of, read_invitation
from calsync.workflows.invitations import receive

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store
    from calsync.workflows import Context

__all__ = ["take_file", "take_in"]

_SAID = {
    "new": "New: {line}",
    "moved": "Moved: {line}",
    "changed": "Changed: {line}",
    "reopened": "Open again: {line}",
    "cancelled": "Cancelled: {line}",
    "known": "{name}: nothing new in it.",
    "stale": "{name}: an older message about an interview that was changed since; it is left alone.",
    "unknown": "{name}: it cancels an interview that is not remembered; should the invitation still come, it is cancelled.",
}
_ADDED = "{name}: an older message; what it alone tells is taken: {line}"


def take_file(
    state: State, context: "Context", store: "Store", file: str, values: Mapping[str, object]
) -> None:
    """Take the invitation of a file in, asking for a zone that it does not tell. Raises BadData, NoInput."""
    source = Source("-", sys.stdin.buffer) if file == "-" else Source(file)
    content = content_of(source)
    answer = zone(str(values["timezone"])) if values.get("timezone") else None
    while True:
        try:
            invitation = read_invitation(
                Source(source.path, BytesIO(content)),
                preferences=state.preferences,
                zone=answer,
                start_needed=not values.get("start"),
            )
        except ZoneWanted as error:
            if state.no_input or not sys.stdin.isatty():
                raise
            answer = _asked_zone(error)
        else:
            break
    take_in(state, context, store, invitation, values, file)


def _asked_zone(error: ZoneWanted) -> ZoneInfo:
    """The zone that a person names, until there is one of that name."""
    click.echo(clean(f"{error.where}: {error.what}"), err=True)
    while True:
        try:
            return zone(click.prompt("In which zone is it", default=error.fitting[0], err=True))
        except BadValue as wrong:
            click.echo(clean(str(wrong)), err=True)


def take_in(
    state: State,
    context: "Context",
    store: "Store",
    invitation: "IncomingInvitation",
    values: Mapping[str, object],
    name: str,
) -> None:
    """Take one invitation in and say what became of it; ``name`` is what a person calls it. Raises BadData."""
    for note in invitation.notes:
        state.say(f"calsync: {clean(name)}: {clean(note)}")
    given = dict(values)
    if store.invited(invitation.uid) is None and not invitation.cancelled:
        _show_proposals(state, invitation, given)
        if not state.no_input and sys.stdin.isatty():
            for key in invitation.missing:
                if not given.get(key) and key != "start":
                    given[key] = click.prompt(f"Which {key} is it", err=True).strip()
    received = receive(context, store, invitation, now=state.clock, values=given)
    for note in received.notes:
        state.say(f"calsync: {clean(name)}: {clean(note)}")
    kept = received.done.kept if received.done else None
    line = interview_line(kept, state.language) if kept else ""
    said = _ADDED if kept and received.kind == "stale" else _SAID[received.kind]
    click.echo(said.format(line=line, name=clean(name)))
    if kept and received.before:
        for said in record_lines(received.before, kept.interview):
            click.echo(said)
    if received.done:
        say_done(state, store, received.done)


def _show_proposals(state: State, invitation: "IncomingInvitation", given: Mapping[str, object]) -> None:
    for key in ("company", "role", "contact"):
        proposal = getattr(invitation, key)
        if proposal and not given.get(key):
            state.say(f"  {key}: {clean(str(proposal))}")
