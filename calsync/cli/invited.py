"""An invitation taken in while somebody watches: what it proposes is shown, what it does not tell is asked for."""

import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from calsync.cli.memory import interview_line, record_lines, say_done
from calsync.cli.output import clean
from calsync.cli.state import State
from calsync.domain import spoken
from calsync.errors import BadValue, CalsyncError, Usage
from calsync.intake import Source, zone
from calsync.intake.invitation import ZoneWanted, calendars_in, read_invitation
from calsync.phrase import phrase
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
    "reopened": phrase("Open again: {line}"),
    "cancelled": "Cancelled: {line}",
    "known": phrase("{name}: nothing new in it."),
    "stale": phrase("{name}: an older message about an interview that was changed since; it is left alone."),
    "unknown": phrase(
        "{name}: it cancels an interview that is not remembered; should the invitation still come, it is cancelled."
    ),
}
_ADDED = phrase("{name}: an older message; what it alone tells is taken: {line}")


def take_file(
    state: State,
    context: "Context",
    store: "Store",
    file: str,
    values: Mapping[str, object],
    *,
    take: str | None = None,
    every: bool = False,
) -> int:
    """Take the invitation of a file or a mail in, asking for what it does not tell.

    Of several in one mail those that are chosen; 1 where nothing was. Raises BadData, NoInput, Usage.
    """
    found = _read(state, Source("-", sys.stdin.buffer) if file == "-" else Source(file), values)
    threads = list(dict.fromkeys(each.uid for each in found))
    chosen = threads if every or len(threads) == 1 else _chosen(state, found, threads, take, file)
    if len(chosen) > 1 and (own := values.keys() - {"playbook", "timezone"}):
        raise Usage(
            phrase(
                "--{own} goes with one invitation, and {chosen} are to be taken",
                own=min(own),
                chosen=len(chosen),
            ),
            remedy=phrase("take one at a time with --take"),
            code="CS-USE-042",
        )
    for invitation in found:
        if invitation.uid in chosen:
            take_in(state, context, store, invitation, values, file)
    return 0 if chosen else 1


def _read(state: State, source: Source, values: Mapping[str, object]) -> "list[IncomingInvitation]":
    """The invitations of a file, each once, the oldest of a thread first; what cannot be read only matters alone."""
    answer = zone(str(values["timezone"])) if values.get("timezone") else None
    found: dict[object, IncomingInvitation] = {}
    wrong: list[CalsyncError] = []
    calendars = calendars_in(source)
    for content in calendars.contents:
        try:
            read = _read_one(state, source, content, calendars.recipients, answer, values)
            found.setdefault((read.uid, read.version, read.cancelled), read)
        except CalsyncError as error:
            wrong.append(error)
    if wrong and not found:
        raise wrong[0]
    for left_out in wrong:
        state.say(f"calsync: {clean(str(left_out))}")
    return sorted(found.values(), key=lambda each: each.version)


def _read_one(
    state: State,
    source: Source,
    content: bytes,
    recipients: Sequence[str],
    answer: ZoneInfo | None,
    values: Mapping[str, object],
) -> "IncomingInvitation":
    while True:
        try:
            return read_invitation(
                Source(source.path, BytesIO(content)),
                preferences=state.preferences,
                zone=answer,
                start_needed=not values.get("start"),
                recipients=recipients,
            )
        except ZoneWanted as error:
            if state.no_input or not sys.stdin.isatty():
                raise
            answer = _asked_zone(error)


def _chosen(
    state: State, found: "list[IncomingInvitation]", threads: list[str], take: str | None, file: str
) -> list[str]:
    """The threads that a person chooses from a list of them."""
    names = {str(number): uid for number, uid in enumerate(threads, 1)}
    if take is not None:
        return _meant(take, names)
    newest = {each.uid: each for each in found}
    for number, uid in names.items():
        invitation = newest[uid]
        when = spoken(invitation.start) if invitation.start else "called off"
        click.echo(clean(f"{number:>3}  {when}  {invitation.summary}"))
    if state.no_input or not sys.stdin.isatty():
        state.say(
            f"calsync: {clean(file)}: there are {len(threads)} invitations in it; "
            "take some with --take 1,2, or all with --all"
        )
        return []
    while True:
        typed = click.prompt(
            phrase("Which of them (1,2 or all; Enter for all)"), default="all", show_default=False, err=True
        )
        try:
            return threads if typed.strip().casefold() == "all" else _meant(typed, names)
        except Usage as error:
            click.echo(clean(str(error)), err=True)


def _meant(typed: str, names: Mapping[str, str]) -> list[str]:
    wanted = typed.replace(",", " ").split()
    for name in wanted:
        if name not in names:
            raise Usage(
                phrase("{name!r} is none of the numbers in the list", name=name),
                remedy=phrase("they are from 1 to {names}", names=len(names)),
                where="--take",
                code="CS-USE-040",
            )
    return [uid for name, uid in names.items() if name in wanted]


def _asked_zone(error: ZoneWanted) -> ZoneInfo:
    """The zone that a person names, until there is one of that name."""
    click.echo(clean(f"{error.where}: {error.what}"), err=True)
    while True:
        try:
            return zone(click.prompt(phrase("In which zone is it"), default=error.fitting[0], err=True))
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
                    given[key] = click.prompt(phrase("Which {key} is it", key=key), err=True).strip()
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
