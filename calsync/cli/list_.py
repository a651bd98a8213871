"""``calsync list``: the interviews that are remembered, and what comes next for each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from calsync.cli.memory import memory
from calsync.cli.options import State, common_options, pass_state
from calsync.cli.table import clean, cut, dim, pad, strong, terminal_width
from calsync.cli.wording import short_day, what
from calsync.workflows.due import first_of_each

if TYPE_CHECKING:
    from calsync.domain import Event
    from calsync.store import Kept

__all__ = ["list_"]


@click.command("list")
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option("--open", "open_only", is_flag=True, help="Only those that still run.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def list_(state: State, candidate: str | None, open_only: bool, as_json: bool) -> None:
    """List the interviews that are remembered, with their numbers and what comes next."""
    with memory(state) as (_, store):
        kept = store.interviews(candidate=candidate, open_only=open_only)
        if as_json:
            from calsync.cli.as_json import interviews_document  # noqa: PLC0415  # only when asked

            for piece in interviews_document(kept):
                click.echo(piece, nl=False)
            return
        first = first_of_each(store, state.clock, candidate=candidate)
        coming = {planned.event.interview: planned.event for planned in first}
        count = 0
        for line in _lines(kept, coming, state.preferences.zone):
            click.echo(line)
            count += 1
        if not count:
            click.echo(
                'No interviews yet. Add one: calsync add "Acme" "Product manager" --at "tomorrow 14:00"'
            )


def _lines(kept: "Iterator[Kept]", coming: "dict[str, Event]", own: ZoneInfo) -> Iterator[str]:
    width = terminal_width()
    candidate = None
    for each in kept:
        interview = each.interview
        if interview.candidate != (candidate or ""):
            candidate = interview.candidate
            yield strong(clean(candidate) or "–")
        day = short_day(interview.start, year=True)
        left = f"{each.number:4}  {pad(cut(clean(f'{interview.company} · {interview.role}'), 38), 38)}  {day}"
        yield cut(f"{left}  {_state(coming.get(interview.id), interview.status)}", width)
        event = coming.get(interview.id)
        if event is not None:
            start = event.start.astimezone(own)
            yield dim(
                cut(
                    f"      {short_day(start, year=False)} {start:%H:%M}  {clean(what(event, interview))}",
                    width,
                )
            )


def _state(event: "Event | None", status: str) -> str:
    if status != "open":
        return status
    return "" if event else "nothing pending"
