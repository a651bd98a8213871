"""``calsync`` alone, where something is remembered: what is due, and the three commands that fit."""

from itertools import islice, takewhile

from calsync.cli.memory import command_lines, memory, title
from calsync.cli.options import Common
from calsync.cli.output import clean, cut, terminal_width
from calsync.cli.state import State
from calsync.cli.tables import moment_in_both
from calsync.phrase import phrase
from calsync.texts.catalogue import say
from calsync.texts.phrases import what
from calsync.workflows.due import Agenda, Due, Rank

__all__ = ["HEADINGS", "overview"]

_MOST = 5
HEADINGS: dict[Rank, str] = {1: "Due now:", 2: "Today:", 3: "Overdue:", 4: "Next:", 5: "Overdue:"}
_TODAY = 3
"""The last rank of what is due, and not only to come or long ago."""


def overview(common: Common) -> str:
    """The lines to print; an empty text where nothing is remembered."""
    state = State.of(common)
    if not state.context().has_store:
        return ""
    with memory(state) as (context, store):
        if next(store.interviews(), None) is None:
            return ""
        waits = list(islice(Agenda(context, store, state.clock).due(), _MOST))
        due = list(takewhile(lambda each: each.rank <= _TODAY, waits))
        heading = HEADINGS[waits[0].rank] if waits else phrase("Nothing is pending.")
        lines = [title(say(heading, state.language))]
        lines += [_line(state, each) for each in due or waits[:1]]
        return "\n".join([*lines, "", *_commands(state, due or waits), ""])


def _line(state: State, due: Due) -> str:
    when = moment_in_both(due.event, due.interview.zone, state.preferences.zone, state.language)
    doing = what(due.event, due.interview, state.language)
    return cut(clean(f"{due.planned.ref:<5} {when}  {doing} ({due.interview.company})"), terminal_width())


def _commands(state: State, found: list[Due]) -> list[str]:
    """What fits: to do it, to log it, to look around; or to begin again where nothing is left."""
    meant = {"calsync next": phrase("what to do, with number and words")} if found else {}
    if found:
        meant[f"calsync log {found[0].planned.ref} …"] = phrase("what came of it")
    else:
        meant["calsync add"] = phrase("remember another interview")
        meant["calsync list"] = phrase("the interviews there are")
    meant["calsync month"] = phrase("six weeks at a glance")
    return list(command_lines(meant, state.language))
