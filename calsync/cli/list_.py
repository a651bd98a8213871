"""``calsync list``: the interviews that are remembered, and what comes next for each."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from calsync.cli.as_json import interviews_document
from calsync.cli.memory import memory
from calsync.cli.options import common_options
from calsync.cli.output import clean, cut, dim, hanging, is_narrow, pad, strong, terminal_width
from calsync.cli.state import State, pass_state
from calsync.texts.catalogue import say
from calsync.texts.phrases import addressee, clock, short_day, task
from calsync.workflows.agenda import find_candidate, summaries

if TYPE_CHECKING:
    from datetime import datetime

    from calsync.store import Store
    from calsync.store.interviews import Summary

__all__ = ["list_"]

_AT_ONCE = 500
"""Lines that are written together."""


@click.command("list")
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--open", "open_only", is_flag=True, help="Only those that still run.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def list_(state: State, candidate: str | None, open_only: bool, as_json: bool) -> None:
    """List the interviews that are remembered, with their numbers and what comes next."""
    with memory(state) as (_, store):
        candidate = find_candidate(store, candidate)
        if as_json:
            _write_json(store, candidate, open_only=open_only)
            return
        known = summaries(store, state.clock, candidate=candidate, open_only=open_only)
        if not _write(_lines(known, state.preferences.zone, state.language)):
            begin = 'calsync add "Acme" "Product manager" --at "tomorrow 14:00"'
            click.echo(say("No interviews yet. Add one: {command}", state.language, command=begin))


def _write_json(store: "Store", candidate: str | None, *, open_only: bool) -> None:
    for piece in interviews_document(store.interviews(candidate=candidate, open_only=open_only)):
        click.echo(piece, nl=False)


def _write(lines: Iterator[str]) -> int:
    """Some hundreds at a time; how many there were."""
    count = 0
    while some := list(islice(lines, _AT_ONCE)):
        click.echo("\n".join(some))
        count += len(some)
    return count


def _lines(known: "Iterable[Summary]", own: ZoneInfo, language: str) -> Iterator[str]:
    width = terminal_width()
    candidate = ""
    for each in known:
        if each.candidate != candidate:
            candidate = each.candidate
            yield strong(clean(candidate) or "–")
        yield from (cut(line, width) for line in _interview(each, language))
        if each.start is not None:
            front = f"      {each.ref:<5} "
            coming = hanging(front, _coming(each, each.start.astimezone(own), language), width)
            yield from map(dim, coming)


def _interview(each: "Summary", language: str) -> list[str]:
    """On one line, or on two where there is no room for columns."""
    name, day = clean(f"{each.company} · {each.role}"), short_day(each.day, language, year=True)
    state = _state(each, language)
    if is_narrow():
        return [f"{each.number:4}  {name}", f"      {day}  {state}".rstrip()]
    return [f"{each.number:4}  {pad(cut(name, _NAME), _NAME)}  {day}  {state}"]


_NAME = 38
"""Columns of a company and a role."""


def _state(each: "Summary", language: str) -> str:
    if each.status != "open":
        return say(each.status, language)
    return "" if each.start else say("nothing pending", language)


def _coming(each: "Summary", start: "datetime", language: str) -> str:
    whom = addressee(each.person, each.contact, each.contact_role, language)
    doing = clean(task(each.step, each.action, whom, language))
    return f"{short_day(start, language, year=False)} {clock(start)}  {doing}"
