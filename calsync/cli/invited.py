"""An invitation taken in while somebody watches: what it proposes is shown, what it does not tell is asked for."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from calsync.cli.memory import interview_line, record_lines, say_done
from calsync.cli.output import clean
from calsync.cli.state import State
from calsync.phrase import phrase
from calsync.workflows.invitations import receive

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store
    from calsync.workflows import Context

__all__ = ["take_in"]

_SAID = {
    "new": phrase("New: {line}"),
    "moved": phrase("Moved: {line}"),
    "changed": phrase("Changed: {line}"),
    "reopened": phrase("Open again: {line}"),
    "cancelled": phrase("Cancelled: {line}"),
    "known": phrase("{name}: nothing new in it."),
    "stale": phrase("{name}: an older message about an interview that was changed since; it is left alone."),
    "unknown": phrase(
        "{name}: it cancels an interview that is not remembered; should the invitation still come, it is cancelled."
    ),
}
_ADDED = phrase("{name}: an older message; what it alone tells is taken: {line}")


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
        state.warn("{name}: {note}", name=clean(name), note=clean(note))
    given = dict(values)
    if store.invited(invitation.uid) is None and not invitation.cancelled:
        _show_proposals(state, invitation, given)
        if not state.no_input and sys.stdin.isatty():
            for key in invitation.missing:
                if not given.get(key) and key != "start":
                    given[key] = click.prompt(state.phrase("Which {key} is it", key=key), err=True).strip()
    received = receive(context, store, invitation, now=state.clock, values=given)
    for note in received.notes:
        state.warn("{name}: {note}", name=clean(name), note=clean(note))
    kept = received.done.kept if received.done else None
    line = interview_line(kept, state.language) if kept else ""
    said = _ADDED if kept and received.kind == "stale" else _SAID[received.kind]
    click.echo(state.phrase(said, line=line, name=clean(name)))
    if kept and received.before:
        for changed in record_lines(received.before, kept.interview):
            click.echo(changed)
    if received.done:
        say_done(state, store, received.done)


def _show_proposals(state: State, invitation: "IncomingInvitation", given: Mapping[str, object]) -> None:
    for key in ("company", "role", "contact", "phone"):
        proposal = getattr(invitation, key)
        if proposal and not given.get(key):
            value = clean(proposal.value or proposal.email)
            state.say(
                "  "
                + state.phrase("{key}: {value} from {source}", key=key, value=value, source=proposal.source)
            )
