"""Invitations out of files and mails: read, asked about where they leave something open, chosen, taken in."""

import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from calsync.cli.invited import take_in
from calsync.cli.output import clean
from calsync.cli.state import State
from calsync.domain import Candidate, Person, replace
from calsync.errors import BadValue, CalsyncError, Usage
from calsync.intake import Source, zone
from calsync.intake.invitation import ZoneWanted, calendars_in, read_invitation
from calsync.phrase import phrase
from calsync.settings import needed
from calsync.settings.settings import text_of
from calsync.settings.writing import changed, write
from calsync.texts.phrases import value

if TYPE_CHECKING:
    from calsync.intake.invitation import IncomingInvitation
    from calsync.store import Store
    from calsync.workflows import Context

__all__ = ["take_file"]


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
    answers = _Answers(state, zone(str(values["timezone"])) if values.get("timezone") else None)
    found = _read(state, Source("-", sys.stdin.buffer) if file == "-" else Source(file), values, answers)
    if answers.own:  # said just now: the settings from before do not know it
        values = {"candidate": answers.own, **values}
    threads = list(dict.fromkeys(each.uid for each in found))
    chosen = threads if every or len(threads) == 1 else _chosen(state, found, threads, take, file)
    if len(chosen) > 1 and (beside := values.keys() - {"playbook", "timezone", "candidate"}):
        raise Usage(
            phrase(
                "--{own} goes with one invitation, and {chosen} are to be taken",
                own=min(beside),
                chosen=len(chosen),
            ),
            remedy=phrase("take one at a time with --take"),
            code="CS-USE-042",
        )
    for invitation in found:
        if invitation.uid in chosen:
            take_in(state, context, store, invitation, values, file)
    return 0 if chosen else 1


def _read(
    state: State, source: Source, values: Mapping[str, object], answers: "_Answers"
) -> "list[IncomingInvitation]":
    """The invitations of a file, each once, the oldest of a thread first; what cannot be read only matters alone."""
    found: dict[object, IncomingInvitation] = {}
    wrong: list[CalsyncError] = []
    calendars = calendars_in(source)
    for content in calendars.contents:
        try:
            read = _read_one(state, source, content, calendars.recipients, answers, values)
            found.setdefault((read.uid, read.version, read.cancelled), read)
        except CalsyncError as error:
            wrong.append(error)
    if wrong and not found:
        raise wrong[0]
    for left_out in wrong:
        state.warn(clean(left_out.said(state.phrase)))
    return sorted(found.values(), key=lambda each: each.version)


class _Answers:
    """What somebody said about the invitations of a command, for all of its files."""

    def __init__(self, state: State, zone: ZoneInfo | None) -> None:
        self.zone = zone
        self.preferences = state.preferences
        self.own = ""
        self.is_asked = state.no_input or not sys.stdin.isatty()


def _read_one(
    state: State,
    source: Source,
    content: bytes,
    recipients: Sequence[str],
    answers: _Answers,
    values: Mapping[str, object],
) -> "IncomingInvitation":
    """One invitation, with what it leaves open asked for in a terminal."""
    while True:
        try:
            read = read_invitation(
                Source(source.path, BytesIO(content)),
                preferences=answers.preferences,
                zone=answers.zone,
                start_needed=not values.get("start"),
                recipients=recipients,
            )
        except ZoneWanted as error:
            if state.no_input or not sys.stdin.isatty():
                raise
            answers.zone = _asked_zone(state, error)
            continue
        people = (read.assumed,) if read.assumed else read.perhaps
        if answers.is_asked or not people:
            return read
        answers.is_asked = True
        if own := _asked_who(state, people):
            answers.preferences, answers.own = replace(answers.preferences, candidate=own), own.name
            _remember(state, own)


def _asked_who(state: State, people: Sequence[Person]) -> Candidate | None:
    """The candidate among people, if it is one of them."""
    for number, person in enumerate(people, 1):
        click.echo(clean(f"{number:>3}  {person}"), err=True)
    numbers = click.IntRange(0, len(people))
    question = (
        state.phrase("Which of them is you (0 for none)")
        if len(people) > 1
        else state.phrase("Is this you (1 for yes, 0 for no)")
    )
    chosen = click.prompt(question, default=1 if len(people) == 1 else 0, type=numbers, err=True)
    if not chosen:
        return None
    me = people[chosen - 1]
    return Candidate(name="" if me.name == me.email else me.name, email=me.email)


def _remember(state: State, own: Candidate) -> None:
    """Who the candidate is goes into the settings, so that nobody asks again."""
    file = needed(state.folders.settings_file)
    text = text_of(file) or ""
    for key, said in (("candidate.name", own.name), ("candidate.email", own.email)):
        text = changed(text, key, said, file) if said else text
    write(file, text)
    state.say("That is in the settings now: {file}", file=file)


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
        when = value(invitation.start, state.language) if invitation.start else state.phrase("called off")
        click.echo(clean(f"{number:>3}  {when}  {invitation.summary}"))
    if state.no_input or not sys.stdin.isatty():
        said = state.phrase(
            "there are {count} invitations in it; take some with --take 1,2, or all with --all",
            count=len(threads),
        )
        state.warn(f"{clean(file)}: {said}")
        return []
    while True:
        typed = click.prompt(
            state.phrase("Which of them (1,2 or all; Enter for all)"),
            default="all",
            show_default=False,
            err=True,
        )
        try:
            return threads if typed.strip().casefold() == "all" else _meant(typed, names)
        except Usage as error:
            click.echo(clean(error.said(state.phrase)), err=True)


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


def _asked_zone(state: State, error: ZoneWanted) -> ZoneInfo:
    """The zone that a person names, until there is one of that name."""
    click.echo(clean(f"{error.where}: {state.phrase(error.what)}"), err=True)
    while True:
        try:
            return zone(click.prompt(state.phrase("In which zone is it"), default=error.fitting[0], err=True))
        except BadValue as wrong:
            click.echo(clean(wrong.said(state.phrase)), err=True)
