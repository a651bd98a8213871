"""``calsync export``: the follow-ups as .ics files, and what will ring."""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from calsync.cli.options import common_options
from calsync.cli.output import clean
from calsync.cli.sources import FoundPlans, How, plan_options, plans_of
from calsync.cli.state import State, pass_state
from calsync.errors import CannotWrite, Usage
from calsync.phrase import phrase
from calsync.texts.catalogue import say

if TYPE_CHECKING:
    from calsync.targets.ics import EditionCounts

__all__ = ["RINGS", "export"]

_DEFAULT = "follow-ups.ics"
RINGS = (
    phrase(
        "Nothing to set up: calsync phone shows codes to scan, and links that add one event to Google, Outlook or Yahoo."
    ),
    phrase(
        "Rings: Apple, Outlook, Thunderbird, GNOME, KDE; Android through ICSx5 or DAVx5. Import into a calendar of its own."
    ),
    phrase(
        "Does not ring: Google Calendar, which drops every alarm of a file. There: calsync auth google, then calsync sync google."
    ),
)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@plan_options
@click.option(
    "-o", "--output", metavar="OUT.ics", help=f"The file to write; - is standard output. [{_DEFAULT}]"
)
@click.option("--split", metavar="DIR", help="Write one file for each candidate into DIR.")
@click.option("--force", is_flag=True, help="Write over a file that is not calsync's.")
@common_options
@pass_state
def export(
    state: State,
    /,
    files: tuple[str, ...],
    output: str | None,
    split: str | None,
    force: bool,
    **how: Unpack[How],
) -> int:
    """Write the follow-ups to an .ics file for any calendar program.

    They are those of the interviews that are remembered, or of those in FILEs
    (.csv, .toml, .json; - is standard input). Writing again over the same file
    keeps what did not change, and raises the sequence of what did, so that
    calendars take the change.
    """
    if output is not None and split is not None:
        raise Usage(
            phrase("-o and --split name two places"), remedy=phrase("use one of them"), code="CS-USE-021"
        )
    if "" in (output, split):
        raise Usage(
            phrase("the name to write to is empty"),
            remedy=phrase("name a file or a folder"),
            code="CS-USE-022",
        )
    with plans_of(state, files, how) as found:
        plans = (each.plan for each in found.source.plans())
        if output == "-":
            found.context.dump(plans, sys.stdout.buffer, now=state.clock)
        elif split is not None:
            _split(state, found, Path(split), force=force)
        else:
            path = Path(output or _DEFAULT)
            _report(state, path, found.context.export(plans, path, now=state.clock, force=force))
    if output != "-":
        for line in RINGS:
            state.say(say(line, state.language))
    return found.code


def _report(state: State, path: Path, written: "EditionCounts") -> None:
    counts = (
        (written.created, "new"),
        (written.changed, "changed"),
        (written.unchanged, "unchanged"),
        (written.gone, "gone"),
    )
    language = state.language
    said = ", ".join(f"{count} {say(name, language)}" for count, name in counts if count)
    said = said or say("no follow-ups", language)
    state.say(f"{clean(str(path))}: {said}")


def _split(state: State, found: FoundPlans, folder: Path, *, force: bool) -> None:
    """One file a candidate, one after the other: each is written whole or stays as it was."""
    _make(folder)
    names = _file_names(found.source.candidates())
    for candidate, name in names.items():
        plans = (each.plan for each in found.source.plans(candidate))
        title = f"Follow-ups: {candidate}" if candidate else ""
        written = found.context.export(plans, folder / name, now=state.clock, force=force, name=title)
        _report(state, folder / name, written)
    for stale in sorted(set(folder.glob("*.ics")) - {folder / name for name in names.values()}):
        left = say("left alone, nobody goes by that name", state.language)
        state.say(f"{clean(str(stale))}: {left}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or phrase("this is no name for a folder")
        raise CannotWrite(what, where=str(folder), remedy=phrase("name another folder")) from None


def _file_names(candidates: Iterable[str]) -> dict[str, str]:
    """A file name for each candidate: plain ASCII, never leaving the folder, never two alike.

    A name that is not somebody's alone carries a digest, so that no file passes
    from one candidate to another when somebody joins.
    """
    plain = {candidate: _plain(candidate) for candidate in sorted(candidates)}
    bearers = Counter(plain.values())
    return {
        candidate: f"{base if base and bearers[base] == 1 and base not in _RESERVED else _marked(base, candidate)}.ics"
        for candidate, base in plain.items()
    }


def _plain(candidate: str) -> str:
    letters = unicodedata.normalize("NFKD", candidate).encode("ascii", "ignore").decode()
    return "follow-ups" if not candidate else re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")[:60]


def _marked(base: str, candidate: str) -> str:
    return f"{base or 'candidate'}_{sha256(candidate.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}
