"""``calsync import google``: appointments of the user's calendar that look like interviews, and those that are."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click
import msgspec

from calsync.cli.as_json import document
from calsync.cli.google import account_of
from calsync.cli.invited import take_in
from calsync.cli.memory import memory
from calsync.cli.output import clean, terminal_width, wrapped
from calsync.cli.state import State, read_moment
from calsync.domain import spoken
from calsync.errors import BadData, BadValue, Usage
from calsync.phrase import phrase
from calsync.targets.google.tokens import EVENTS
from calsync.texts.phrases import value
from calsync.workflows.appointments import chosen, look

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.workflows import Context
    from calsync.workflows.appointments import FoundInvitation, Looked

__all__ = ["Wish", "import_google"]

_BACK, _AHEAD = timedelta(weeks=2), timedelta(weeks=8)
_DAY_LENGTH = len("2026-11-24")
_STATES = {
    "moved": phrase("moved, interview {known}"),
    "changed": phrase("changed, interview {known}"),
    "reopened": phrase("invited again, interview {known}"),
    "cancelled": phrase("called off, interview {known}"),
}


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants of Google: from when to when, of which calendar, and which of what is found."""

    since: str | None
    until: str | None
    calendar: str
    take: str | None
    every: bool
    as_json: bool

    @property
    def is_any(self) -> bool:
        """Whether anything was said that means nothing to a file."""
        return self != Wish(None, None, "primary", None, every=False, as_json=False)

    @property
    def is_of_several(self) -> bool:
        """Whether it says no more than which of those in a list, which a mail may have too."""
        return self == Wish(None, None, "primary", self.take, every=self.every, as_json=False)


def import_google(state: State, wish: Wish, values: Mapping[str, object]) -> int:
    """List what looks like an interview and take what is chosen; ends with 1 where some could not be taken."""
    if wish.as_json and (wish.take or wish.every):
        raise Usage(
            phrase("--json lists, and takes nothing"), remedy=phrase("leave --json or --take and --all out")
        )
    since, until = _window(state, wish)
    with memory(state) as (context, store):
        looked = _looked(state, context, store, wish.calendar, since, until)
        if wish.as_json:
            click.echo(_document(looked))
            return 0
        if not (wish.take or wish.every):
            for line in _lines(state, looked, since, until):
                click.echo(line)
        names = _asked_for(state, looked, wish)
        return _take(state, context, store, names, values) if names else 0


def _window(state: State, wish: Wish) -> tuple[datetime, datetime]:
    """Two weeks back and eight ahead where nothing is said; a day that is named last is meant to its end."""
    since = read_moment(state, wish.since, "--from") if wish.since else state.clock - _BACK
    until = read_moment(state, wish.until, "--to") if wish.until else max(since, state.clock) + _AHEAD
    if wish.until and len(wish.until.strip()) == _DAY_LENGTH:
        until += timedelta(days=1)
    if until <= since:
        raise Usage(
            phrase("--to is before --from"),
            remedy=phrase("name the earlier one with --from"),
            code="CS-USE-041",
        )
    return since, until


def _looked(
    state: State, context: "Context", store: "Store", calendar: str, since: datetime, until: datetime
) -> "Looked":
    from calsync.targets.google.own_calendars import appointments  # noqa: PLC0415  # the extra, and heavy

    with account_of(state).connection(frozenset({EVENTS})) as connect:
        read = appointments(connect(), calendar, since, until)
    return look(context, store, read.events, read.zone)


def _asked_for(state: State, looked: "Looked", wish: Wish) -> "Sequence[FoundInvitation]":
    """Those to take: by their numbers, all, or as a person at a terminal says."""
    news = [each for each in looked.found if each.is_news]
    if wish.every:
        return news
    if wish.take:
        return chosen(looked.found, _names(wish.take))
    if not news or state.no_input or not sys.stdin.isatty():
        return ()
    while True:
        typed = click.prompt(
            state.phrase("Which of them (1,3 or all; Enter for none)"),
            default="",
            show_default=False,
            err=True,
        )
        try:
            return news if typed.strip().casefold() == "all" else chosen(looked.found, _names(typed))
        except Usage as error:
            click.echo(clean(error.said(state.phrase)), err=True)


def _names(text: str) -> list[str]:
    return [name for name in text.replace(",", " ").split() if name]


def _take(
    state: State,
    context: "Context",
    store: "Store",
    some: "Sequence[FoundInvitation]",
    values: Mapping[str, object],
) -> int:
    """One by one; what one of several does not tell keeps none of the others from being taken."""
    own = values.keys() - {"playbook"}
    if own and len(some) > 1:
        raise Usage(
            phrase(
                "--{own} goes with one appointment, and {some} are to be taken", own=min(own), some=len(some)
            ),
            remedy=phrase("take one at a time with --take"),
            code="CS-USE-042",
        )
    code = 0
    for each in some:
        try:
            take_in(
                state,
                context,
                store,
                each.invitation,
                values,
                each.invitation.summary or phrase("an appointment"),
            )
        except (BadData, BadValue) as error:
            if len(some) == 1:
                raise
            title = each.invitation.summary
            state.warn(
                phrase("{title}: {what}; take it by itself: --take {number} and what it lacks"),
                title=clean(title),
                what=error.what,
                number=each.number,
            )
            code = 1
    return code


def _lines(state: State, looked: "Looked", since: datetime, until: datetime) -> Iterator[str]:
    zone = state.preferences.zone
    first, last = (spoken(moment.astimezone(zone).date()) for moment in (since, until - timedelta(minutes=1)))
    if not looked.found:
        yield state.phrase("Nothing from {first} to {last} looks like an interview.", first=first, last=last)
    for each in looked.found:
        yield from _listed(state, each)
    for left in looked.left_out:
        yield clean(state.phrase("   –  {title}: {why}, and left out", title=left.title, why=left.why))
    if any(each.is_news for each in looked.found) and not (sys.stdin.isatty() and not state.no_input):
        state.say("To take some: calsync import google --take 1,3 (with the same --from and --to), or --all")


def _listed(state: State, found: "FoundInvitation") -> Iterator[str]:
    """When it is on the user's clock, what it is called, and why it is here."""
    invitation = found.invitation
    start = invitation.start.astimezone(state.preferences.zone) if invitation.start else None
    when = value(start, state.language) if start else state.phrase("called off")
    yield clean(f"{found.number:>3}  {when}  {invitation.summary}")
    said = _STATES.get(found.kind, phrase("known as interview {known}"))
    why = (
        "; ".join(map(state.phrase, found.why))
        if found.known is None
        else state.phrase(said, known=found.known)
    )
    for line in wrapped(clean(why), terminal_width() - 5):
        yield f"     {line}"


def _document(looked: "Looked") -> str:
    return document(
        appointments=[_record(each) for each in looked.found],
        left_out=[{"summary": each.title, "message": each.why} for each in looked.left_out],
    )


def _record(found: "FoundInvitation") -> dict[str, object]:
    invitation = found.invitation
    proposed = {key: getattr(invitation, key) for key in ("company", "role", "contact")}
    return {
        "number": found.number,
        "uid": invitation.uid,
        "kind": found.kind,
        "interview": found.known,
        "summary": invitation.summary,
        "start": invitation.start.isoformat() if invitation.start else None,
        "timezone": str(invitation.start.tzinfo) if invitation.start else None,
        "minutes": invitation.minutes,
        **{key: each.value if each else "" for key, each in proposed.items()},
        "why": list(found.why),
    }
