"""``calsync log``: what happened, in one line; the plan follows."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from calsync.cli.as_json import plans_document
from calsync.cli.memory import memory, outcome_line, say_done, title
from calsync.cli.options import common_options
from calsync.cli.output import terminal_width, wrapped
from calsync.cli.state import State, pass_state
from calsync.domain import OUTCOMES, Interview, Outcome, Span, Step
from calsync.domain.outcome import Result
from calsync.errors import BadValue, Usage
from calsync.intake import day, day_or_moment
from calsync.intake.dates import absolute
from calsync.phrase import phrase
from calsync.store import StoredEvent
from calsync.workflows.interviews import log as log_outcome
from calsync.workflows.names import find
from calsync.workflows.outcome_rules import NEEDS
from calsync.workflows.plans import numbered

__all__ = ["log"]

T = TypeVar("T")

_NOON = time(12)

_STEPS: tuple[Step, ...] = (
    "thank-you",
    "status",
    "retry",
    "second",
    "closing",
    "courtesy",
    "news",
    "no-show",
)
_MEANING: dict[Result, str] = {
    "bad-time": phrase("when they asked you to call"),
    "call-back": phrase("the day they asked you to call back"),
    "more-time": phrase("when they decide now"),
    "competing-offer": phrase("the day the other employer wants an answer"),
}
"""What the day is that an outcome needs."""


@click.command()
@click.argument("name", metavar="NAME")
@click.argument("result", metavar="OUTCOME", type=click.Choice(OUTCOMES))
@click.option(
    "--step",
    type=click.Choice(_STEPS),
    help="Which follow-up. [the next that fits, if it is due within a business day]",
)
@click.option(
    "--next", "next_", metavar="WHEN", help='The day, or day and time, they named: "next thu 14:00".'
)
@click.option("--decision", metavar="D", help='When they decide now: a date, "5 business days".')
@click.option("--by", metavar="DATE", help="When the other employer wants an answer.")
@click.option("--at", metavar="WHEN", help='When it happened, on your clock: "yesterday 16:10". [now]')
@click.option("--force", is_flag=True, help="Record it even if it goes over the limits.")
@click.option("--json", "as_json", is_flag=True, help="Write the new plan as JSON.")
@common_options
@pass_state
def log(
    state: State,
    name: str,
    result: Result,
    step: Step | None,
    next_: str | None,
    decision: str | None,
    by: str | None,
    at: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Record what happened with an interview or a follow-up; what is still to come follows.

    NAME is an interview (1, acme) or one of its follow-ups (1.3).

    \b
    OUTCOME is one of
      sent                      the email went out
      no-answer                 nobody answered, and you left no message
      voicemail, gatekeeper     you left a message, with a machine or a person
      reached, vague            you talked; --next if they named a day
      bad-time, call-back       they asked for another time; --next
      more-time                 they need longer; --decision
      replied                   they answered by themselves
      offer, rejected, withdrew, invited
      competing-offer           somebody else wants an answer; --by
      no-show                   they missed a call that was agreed
      skip                      pass a follow-up over
    """
    given = {"next": next_, "decision": decision, "by": by}
    key = NEEDS.get(result)
    if key and not given[key]:
        raise Usage(
            phrase("{result} needs --{key}", result=result, key=key),
            remedy=phrase("add {meaning}, like --{key} 2026-11-30", meaning=_MEANING[result], key=key),
            code="CS-USE-032",
        )
    with memory(state) as (context, store):
        found = find(store, name)
        kept = store.interview(found.of) if isinstance(found, StoredEvent) else found
        step = _one_step(step, found.event.step if isinstance(found, StoredEvent) else step, name)
        zone = kept.interview.zone
        outcome = Outcome(
            interview=kept.interview.id,
            result=result,
            at=_happened(at, kept.interview, state),
            step=step,
            next=_named("--next", _when, next_, zone, state),
            decision=_named("--decision", _decision, decision, zone, state),
            by=_named("--by", _day, by, zone, state),
        )
        done = log_outcome(context, store, kept.number, outcome, now=state.clock, force=force)
        if as_json:
            plans = [numbered(store, done.plan)] if done.plan else []
            click.echo("".join(plans_document(context, plans)), nl=False)
            return
        line = outcome_line(done.outcome or outcome, state.preferences.zone, state.language)
        click.echo("\n".join(map(title, wrapped(f"{kept.interview.company}: {line}", terminal_width()))))
        say_done(state, store, done, assumed=False)


def _one_step(option: Step | None, named: Step | None, name: str) -> Step | None:
    """The step that is meant. Raises Usage where --step and the follow-up that is named contradict each other."""
    if option is not None and named != option:
        raise Usage(
            phrase("{name} is the follow-up {named}, not {option}", name=name, named=named, option=option),
            remedy=phrase("leave out --step"),
            code="CS-USE-038",
        )
    return named


def _happened(text: str | None, interview: Interview, state: State) -> datetime:
    """When it happened: now; a day alone means its noon, but after the interview and not after now."""
    now, own = state.clock, state.preferences.zone
    if text is None:
        return now
    moment = _named("--at", _when, text, own, state) or now
    if isinstance(moment, datetime):
        return moment
    noon = datetime.combine(moment, _NOON, own)
    ended = interview.end if interview.end.astimezone(own).date() == moment else noon
    return min(max(noon, ended), now) if moment <= now.astimezone(own).date() else noon


def _named(
    option: str, read: Callable[[str, ZoneInfo, date], T], text: str | None, zone: ZoneInfo, state: State
) -> T | None:
    """What an option says, read in ``zone``; spoken days are counted from today there."""
    if not text:
        return None
    try:
        return read(text, zone, state.clock.astimezone(zone).date())
    except BadValue as error:
        raise error.at(option) from None


def _when(text: str, zone: ZoneInfo, today: date) -> date | datetime:
    return day_or_moment(absolute(text, today), zone)


def _day(text: str, _: ZoneInfo, today: date) -> date:
    return day(absolute(text, today))


def _decision(text: str, zone: ZoneInfo, today: date) -> date | Span:
    try:
        return Span.parse(text)
    except BadValue:
        return _day(text, zone, today)
