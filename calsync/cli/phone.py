"""``calsync phone``: the next follow-ups as codes to scan and links to click."""

import os
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import click

from calsync.cli.as_json import document
from calsync.cli.memory import memory, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, pad, screen_width
from calsync.cli.state import State, pass_state
from calsync.cli.tables import moment_in_both
from calsync.domain import Event, Plan
from calsync.errors import CannotWrite
from calsync.files import write_whole
from calsync.phrase import phrase
from calsync.store import Store
from calsync.targets.phone import Code, Links, PhoneEvent, code_text, links, qr_code, svg, terminal_lines
from calsync.texts.catalogue import say
from calsync.texts.phrases import what
from calsync.workflows import Context
from calsync.workflows.agenda import find_candidate
from calsync.workflows.due import Agenda
from calsync.workflows.phone import phone_event
from calsync.workflows.plans import StorePlans

__all__ = ["phone"]

_MOST = 3
"""Follow-ups, where none is named."""
_NAMES = {"google": "Google", "outlook": "Outlook", "office": "Office 365", "yahoo": "Yahoo"}
_MARK = "<desc>calsync</desc>"
"""Says that a picture is ours, and may be written over."""
_HEAD = 1000
"""Characters of a picture in which the mark stands."""

Found = tuple[str, Plan, Event, PhoneEvent]
"""A follow-up with what it is called."""


@click.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@click.option("--svg", "picture", metavar="FILE", help="Write the codes as a picture; - is standard output.")
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def phone(
    state: State, /, events: tuple[str, ...], picture: str | None, candidate: str | None, as_json: bool
) -> None:
    """Put follow-ups on a phone: a code for its camera, and links for Google, Outlook and Yahoo.

    An EVENT is what plan, today and next call it (1.3); without one, the next
    three are shown. Nothing is sent anywhere: the code holds the follow-up
    itself, and a link opens a calendar with it filled in.
    """
    with memory(state) as (context, store):
        found = _found(state, context, store, events, find_candidate(store, candidate))
        if as_json:
            click.echo(document(events=[_record(*each) for each in found]))
        elif not found:
            click.echo(say("Nothing is pending.", state.language))
        elif picture is not None:
            _write(state, picture, found)
        else:
            for each in found:
                _print(state, *each)
    if found and not as_json:
        state.say(
            say(
                "These are copies: they do not move with the plan, and ring when the phone's calendar usually does. "
                "{command} keeps a calendar up to date.",
                state.language,
                command="calsync sync google",
            )
        )


def _found(
    state: State, context: Context, store: Store, names: Sequence[str], candidate: str | None
) -> list[Found]:
    """The follow-ups that are named, each once and in that order of time, or else the next ones to come."""
    if names:
        meant = [(each.refs[event.uid], each.plan, event) for each, event in StorePlans(store).named(names)]
    else:
        agenda = Agenda(context, store, state.clock, candidate)
        coming = islice((each.planned for each in agenda.due() if each.event.start >= state.clock), _MOST)
        plans = [(each, store.plan(each.event.interview)) for each in coming]
        meant = [(each.ref, plan, each.event) for each, plan in plans if plan]
    return [(ref, plan, event, phone_event(context, plan, event)) for ref, plan, event in meant]


def _print(state: State, ref: str, plan: Plan, event: Event, short: PhoneEvent) -> None:
    language, interview = state.language, plan.interview
    click.echo(title(f"{ref}  {what(event, interview, language)} ({interview.company})"))
    click.echo(clean(moment_in_both(event, interview.zone, state.preferences.zone, language)))
    for line in _code_lines(state, ref, qr_code(code_text(short))):
        click.echo(line, color=True)
    urls, width = links(short), max(map(len, _NAMES.values()))
    for name, shown in _NAMES.items():
        click.echo(f"{pad(shown, width)}  {getattr(urls, name)}")
    click.echo("")


def _code_lines(state: State, ref: str, code: Code) -> list[str]:
    """The code, or how to get it where this terminal cannot show it."""
    fits = code.width <= screen_width() and os.environ.get("TERM") != "dumb" and _draws()
    if fits:
        return list(terminal_lines(code))
    return [
        say(
            "The code needs a terminal of {columns} columns that can draw blocks; as a picture: {command}",
            state.language,
            columns=code.width,
            command=f"calsync phone {ref} --svg code.svg",
        )
    ]


def _draws() -> bool:
    """Whether the output has the blocks that a code is made of."""
    try:
        "▀▄█".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write(state: State, picture: str, found: Sequence[Found]) -> None:
    text = svg((f"{ref}  {short.summary}", qr_code(code_text(short))) for ref, _, _, short in found)
    if picture == "-":
        click.echo(text, nl=False)
        return
    file = Path(picture)
    _refuse_others(file)
    write_whole(str(file), text.encode())
    state.say("{file} is written: show it and scan it.", file=file)


def _refuse_others(file: Path) -> None:
    """Write over nothing but an older picture of ours."""
    try:
        others = file.exists() and _MARK not in file.read_text(encoding="utf-8", errors="replace")[:_HEAD]
    except (OSError, ValueError) as error:
        what_is_wrong = getattr(error, "strerror", None) or phrase("this is no name for a file")
        raise CannotWrite(
            what_is_wrong.lower(), where=str(file), remedy=phrase("name another file")
        ) from None
    if others:
        raise CannotWrite(
            phrase("there is a file that is not calsync's"),
            where=str(file),
            remedy=phrase("name another file"),
        )


def _record(ref: str, plan: Plan, event: Event, short: PhoneEvent) -> dict[str, object]:
    del plan
    urls: Links = links(short)
    return {
        "uid": event.uid,
        "ref": ref,
        "summary": short.summary,
        "start": event.start.isoformat(),
        "code": code_text(short),
        "links": {name: getattr(urls, name) for name in _NAMES},
    }
