"""``calsync edit``: change an interview's record; its follow-ups go along."""

import json
import sys

import click

from calsync.cli.memory import interview_line, memory, record_lines, say_done, title
from calsync.cli.options import common_options
from calsync.cli.record_options import record_options, typed
from calsync.cli.state import State, pass_state
from calsync.errors import BadData, Usage
from calsync.intake import as_record
from calsync.phrase import phrase
from calsync.toml_text import parsed_toml
from calsync.workflows.interviews import edit as edit_interview
from calsync.workflows.names import find_interview

__all__ = ["edit"]


@click.command()
@click.argument("name", metavar="NAME")
@record_options
@click.option("--company", metavar="NAME", help="Who it is with.")
@click.option("--role", metavar="TEXT", help="Which position it is for.")
@click.option("--status", metavar="S", help="open, offer, rejected, withdrawn or closed.")
@common_options
@pass_state
def edit(state: State, /, name: str, **given: str | None) -> None:
    """Change the interview NAME with flags, or in your editor when there are none.

    NAME is its number, its id, or how its id or company begins. An empty value takes a key away: --phone "". A moved interview takes its
    follow-ups along.
    """
    with memory(state) as (context, store):
        kept = find_interview(store, name)
        before = as_record(kept.interview)
        beside = {key: str(before[key] or "") for key in ("country", "timezone")}
        values: dict[str, object] = dict(typed(given, state.preferences, state.clock, beside))
        if not values:
            values = _edited(state, before)
        done = edit_interview(context, store, kept.number, values, now=state.clock)
        if done.kept:
            click.echo(title(interview_line(done.kept, state.language)))
            for line in record_lines(kept.interview, done.kept.interview):
                click.echo(line)
        say_done(state, store, done)


def _edited(state: State, record: dict[str, str | int | None]) -> dict[str, object]:
    """The record after the user's editor has had it, as TOML; only keys that changed."""
    if state.no_input or not sys.stdin.isatty():
        raise Usage(
            phrase("nothing to change"),
            remedy=phrase("name what changes, like --decision 2026-11-30"),
            code="CS-USE-031",
        )

    lines = [
        f"{key} = {json.dumps('' if value is None else value, ensure_ascii=False)}"
        for key, value in record.items()
    ]
    edited = click.edit(
        "\n".join(
            [
                state.phrase("# Change what you like, save and close. An empty text takes a key away."),
                *lines,
                "",
            ]
        ),
        extension=".toml",
    )
    if edited is None:
        raise Usage(
            phrase("nothing was changed"), remedy=phrase("save the file in the editor"), code="CS-USE-031"
        )
    try:
        table = parsed_toml(edited)
    except ValueError as error:
        raise BadData(
            phrase("this is not TOML: {error}", error=error.args[0]),
            where=phrase("your edit"),
            remedy=phrase('keep each line as key = "text"'),
            code="CS-TOM-030",
        ) from None
    return {
        key: value
        for key, value in table.items()
        if value != ("" if record.get(key) is None else record.get(key))
    }
