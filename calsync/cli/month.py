"""``calsync month``: six weeks at a glance, as a grid, or as an agenda where there is no room for one."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from calsync.business_days import home_place
from calsync.cli.as_json import agenda_records, document
from calsync.cli.grid import grid_lines, sign, signs
from calsync.cli.memory import memory, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, cut, dim, strong, terminal_width
from calsync.cli.state import State, pass_state, read_moment
from calsync.texts.catalogue import say
from calsync.texts.languages import day as long_day
from calsync.texts.phrases import clash, quiet_day, short_day, what, whose
from calsync.workflows.agenda import AgendaEntry, Day, clashes, find_candidate, moved_from
from calsync.workflows.agenda import month as days_of

if TYPE_CHECKING:
    from calsync.store import Store
    from calsync.workflows import Context

__all__ = ["month"]

_ROOM_FOR_A_GRID = 80


@click.command()
@click.option("--candidate", metavar="NAME", help="Only this candidate's, for coaches.")
@click.option(
    "--all", "every", is_flag=True, help="Everybody's with their names, and who would call the same contact."
)
@click.option("--from", "start", metavar="DAY", help="Begin with the week of that day, not of today.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def month(state: State, candidate: str | None, every: bool, start: str | None, as_json: bool) -> None:
    """Show six weeks from this week on: interviews, follow-ups, holidays, and what had to move.

    A grid with the numbers of the weeks; in a terminal of less than 80 columns
    a list. Times are yours.
    """
    with memory(state) as (context, store):
        days = days_of(context, store, _monday(state, start), candidate=find_candidate(store, candidate))
        if as_json:
            click.echo(_document(context, store, days))
            return
        click.echo(
            title(
                say(
                    "{first} to {last}",
                    state.language,
                    first=_day(days[0].day, state),
                    last=_day(days[-1].day, state),
                )
            )
        )
        for line in _lines(state, days, every=every):
            click.echo(line)
        if every:
            planned = [
                entry.planned
                for each in days
                for entry in each.entries
                if entry.kind == "event" and entry.planned
            ]
            for each in clashes(store, planned):
                click.echo(clean(f"! {clash(each.day, each.first, each.second, state.language)}"))


def _monday(state: State, start: str | None) -> date:
    at = read_moment(state, start, "--from") if start else state.clock
    day = at.astimezone(state.preferences.zone).date()
    return day - timedelta(days=day.weekday())


def _day(day: date, state: State) -> str:
    return long_day(day, state.language, weekday=False, year=True)


def _lines(state: State, days: Sequence[Day], *, every: bool) -> Iterator[str]:
    width = terminal_width()
    if width < _ROOM_FOR_A_GRID:
        yield from _agenda(state, days, width, every=every)
    else:
        yield from grid_lines(days, state.preferences, state.clock, state.language, every=every)


def _agenda(state: State, days: Sequence[Day], width: int, *, every: bool) -> Iterator[str]:
    """The days with something on them, week by week."""
    today = state.clock.astimezone(state.preferences.zone).date()
    week = 0
    for each in days:
        if not (each.entries or each.holidays or each.day == today):
            continue
        if each.day.isocalendar().week != week:
            week = each.day.isocalendar().week
            yield strong(say("Week {number}", state.language, number=week))
        yield from _agenda_day(state, each, today, width, every=every)


def _agenda_day(state: State, each: Day, today: date, width: int, *, every: bool) -> Iterator[str]:
    names = [
        f"{holiday.country}: {holiday.name}" if holiday.country else holiday.name for holiday in each.holidays
    ]
    if each.quiet:
        names.append(f"({quiet_day(each.quiet, state.language)})")
    heading = f"  {short_day(each.day, state.language, year=False)}"
    if each.day == today:
        heading += f" [{say('today', state.language)}]"
    yield cut(clean("  ".join([heading, *names])), width)
    for entry in each.entries:
        line = clean(_agenda_entry(state, entry, every=every))
        yield dim(cut(line, width)) if entry.kind == "moved" else cut(line, width)


def _agenda_entry(state: State, entry: AgendaEntry, *, every: bool) -> str:
    known, interview = signs(), entry.interview
    who = whose(interview, state.preferences, every=every)
    if entry.planned is None:
        return f"         {entry.at:%H:%M} {known.interview} {who}{interview.company} · {interview.role}"
    event, mark = entry.planned.event, sign(entry, known)
    said = f"{mark} {who}{what(event, interview, state.language)} ({interview.company})"
    if entry.kind == "moved":
        day = short_day(event.start, state.language, year=False)
        return f"         {known.moved}     {said}, {say('moved to {day}', state.language, day=day)}"
    overdue = f", {say('overdue', state.language)}" if entry.is_overdue(state.clock) else ""
    return f"  {entry.planned.ref:>5}  {entry.at:%H:%M} {said}{overdue}"


def _document(context: "Context", store: "Store", days: Sequence[Day]) -> str:
    entries = [entry for each in days for entry in each.entries]
    planned = [entry.planned for entry in entries if entry.kind == "event" and entry.planned]
    events = agenda_records(context, store, planned)
    for record, each in zip(events, planned, strict=True):
        record["moved_from"] = _iso(moved_from(each.event))
    return document(
        **{"from": days[0].day.isoformat(), "to": days[-1].day.isoformat()},
        events=events,
        interviews=[
            {
                "id": entry.interview.id,
                "start": entry.interview.start.isoformat(),
                "company": entry.interview.company,
            }
            for entry in entries
            if entry.kind == "interview"
        ],
        holidays=[
            {
                "date": each.day.isoformat(),
                "name": holiday.name,
                "country": holiday.country or home_place(context.preferences)[0],
            }
            for each in days
            for holiday in each.holidays
        ],
        quiet_days=[{"date": each.day.isoformat(), "kind": each.quiet} for each in days if each.quiet],
    )


def _iso(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()
