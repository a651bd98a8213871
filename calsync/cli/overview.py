"""``calsync`` alone, where something is remembered: what is due, and the three commands that fit."""

from itertools import islice

from calsync.cli.memory import memory, title
from calsync.cli.options import Common
from calsync.cli.output import clean, cut, pad, terminal_width
from calsync.cli.state import State
from calsync.cli.tables import moment_in_both
from calsync.store import Store, StoredEvent
from calsync.texts.catalogue import say
from calsync.texts.phrases import what
from calsync.workflows.agenda import waiting

__all__ = ["overview"]

_MOST = 5


def overview(common: Common) -> str:
    """The lines to print; an empty text where nothing is remembered."""
    state = State.of(common)
    if not state.context().has_store:
        return ""
    with memory(state) as (_, store):
        if next(store.interviews(), None) is None:
            return ""
        due = list(islice(waiting(store, state.clock, until=state.clock), _MOST))
        coming = list(islice(waiting(store, state.clock, since=state.clock), 1))
        heading = "Due now:" if due else "Next:" if coming else "Nothing is pending."
        lines = [title(say(heading, state.language))]
        lines += [_line(state, store, each) for each in due or coming]
        return "\n".join([*lines, "", *_commands(state, due or coming), ""])


def _line(state: State, store: Store, planned: StoredEvent) -> str:
    interview = store.interview(planned.event.interview).interview
    when = moment_in_both(planned.event, interview.zone, state.preferences.zone, state.language)
    doing = what(planned.event, interview, state.language)
    return cut(clean(f"{planned.ref:<5} {when}  {doing} ({interview.company})"), terminal_width())


def _commands(state: State, found: list[StoredEvent]) -> list[str]:
    """What fits: to do it, to log it, to look around; or to begin again where nothing is left."""
    meant = {"calsync next": "what to do, with number and words"} if found else {}
    if found:
        meant[f"calsync log {found[0].ref} …"] = "what came of it"
    else:
        meant["calsync add"] = "remember another interview"
        meant["calsync list"] = "the interviews there are"
    meant["calsync month"] = "six weeks at a glance"
    width = max(map(len, meant))
    return [f"  {pad(command, width)}  {say(text, state.language)}" for command, text in meant.items()]
