"""``calsync log``: what happened, in one line; the plan follows. Alone in a terminal, it asks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import click
import msgspec

from calsync.cli.as_json import plans_document
from calsync.cli.log_questions import ask_day, ask_outcome, ask_which, confirm
from calsync.cli.memory import command_lines, memory, outcome_line, say_done, title
from calsync.cli.options import common_options
from calsync.cli.output import clean, hanging, terminal_width, wrapped
from calsync.cli.questions import can_ask
from calsync.cli.state import State, pass_state
from calsync.domain import OUTCOMES, Interview, Outcome, Span, Step
from calsync.domain.outcome import Result
from calsync.errors import BadValue, Usage
from calsync.intake import day, day_or_moment
from calsync.intake.spoken_days import absolute, span
from calsync.phrase import phrase
from calsync.store import Store, StoredEvent, StoredInterview
from calsync.texts.catalogue import say
from calsync.texts.phrases import value, what
from calsync.workflows.due import Agenda
from calsync.workflows.names import Target, find_event, find_target
from calsync.workflows.outcome_rules import NEEDS
from calsync.workflows.outcomes import FarAhead, move, others_to_tell
from calsync.workflows.outcomes import log as log_outcome
from calsync.workflows.plans import numbered

if TYPE_CHECKING:
    from calsync.workflows import Context
    from calsync.workflows.interviews import Done

__all__ = ["log"]

T = TypeVar("T")

_NOON = time(12)

_RESULTS = tuple(result for result in OUTCOMES if result != "moved")
"""Moving is a command of its own."""
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
_MEANING: dict[str, str] = {
    "bad-time": phrase("when they asked you to call"),
    "call-back": phrase("the day they asked you to call back"),
    "more-time": phrase("when they decide now"),
    "competing-offer": phrase("the day the other employer wants an answer"),
    "away": phrase("the last day they are away"),
}
"""What the day is that an outcome needs."""


class _Given(msgspec.Struct, frozen=True):
    """What the options say."""

    step: Step | None = None
    next: str | None = None
    decision: str | None = None
    by: str | None = None
    until: str | None = None
    at: str | None = None
    note: str = ""
    force: bool = False


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("result", metavar="[OUTCOME]", required=False, type=click.Choice(_RESULTS))
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option(
    "--step",
    type=click.Choice(_STEPS),
    help="Which follow-up, by its step. [the next that fits, if it is due within a business day]",
)
@click.option("--next", "next_", metavar="WHEN", help='The day, or day and time, they named: "thu 14:00".')
@click.option("--decision", metavar="D", help='When they decide now: a date, "5 business days".')
@click.option("--by", metavar="DATE", help="When an answer to the offer is wanted.")
@click.option("--until", metavar="DATE", help="The last day they are away.")
@click.option("--at", metavar="WHEN", help='When it happened, on your clock: "yesterday 16:10". [now]')
@click.option("--note", metavar="TEXT", help="A line for your own memory.")
@click.option("--force", is_flag=True, help="Record it even if it goes over the limits.")
@click.option("--json", "as_json", is_flag=True, help="Write the new plan as JSON.")
@common_options
@pass_state
def log(
    state: State,
    name: str | None,
    result: Result | None,
    words: tuple[str, ...],
    step: Step | None,
    next_: str | None,
    decision: str | None,
    by: str | None,
    until: str | None,
    at: str | None,
    note: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Record what happened with an interview or a follow-up; what is still to come follows.

    NAME is an interview (1, acme) or one of its follow-ups (1.3). Without
    NAME or OUTCOME, a terminal is asked.

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
      competing-offer           another employer wants an answer; --by
      away                      they are away; --until
      no-show                   they missed a call that was agreed
      cancelled, ghosted        they called it off, they never answered
      skip, done                pass a follow-up over; you asked, or prepared
      note WORDS                nothing but a line for your own memory
    """
    if words and result != "note":
        raise Usage(
            phrase("{words!r} is one word too many", words=" ".join(words)),
            remedy=phrase('for your memory: --note "{words}"', words=" ".join(words)),
            code="CS-USE-039",
        )
    if result is None and not can_ask(state):
        raise Usage(
            phrase("what happened was not said"),
            remedy=phrase("choose from: {results}", results=", ".join(_RESULTS)),
            code="CS-USE-041",
        )
    given = _Given(step, next_, decision, by, until, at, " ".join([*words, note or ""]).strip(), force)
    with memory(state) as (context, store):
        target = _target(state, context, store, name)
        asked = result is None
        if result is None:
            result = _asked(state, store, target)
            if result == "moved":
                _say(
                    state,
                    context,
                    store,
                    target,
                    move(context, store, _event(store, target), None, now=state.clock),
                )
                return
        given = _with_day(state, target.kept.interview, result, given)
        if asked and not given.note:
            given = msgspec.structs.replace(given, note=_note(state))
        done = _log(state, context, store, target, result, given)
        if as_json:
            plans = [numbered(store, done.plan)] if done.plan else []
            click.echo("".join(plans_document(context, plans)), nl=False)
            return
        _say(state, context, store, target, done)


def _target(state: State, context: "Context", store: Store, name: str | None) -> Target:
    """What is meant; asked for where nothing is named."""
    if name is not None:
        return find_target(store, name)
    return find_target(store, ask_which(state, context, store))


def _asked(state: State, store: Store, target: Target) -> Result:
    planned = _event(store, target) if target.uid else None
    return ask_outcome(state, target.kept.interview, planned.event if planned else None)


def _event(store: Store, target: Target) -> StoredEvent:
    """The follow-up that is meant; of an interview its next call or email."""
    return store.event(target.uid) if target.uid else find_event(store, str(target.kept.number))


def _with_day(state: State, interview: Interview, result: Result, given: _Given) -> _Given:
    """With the day that an outcome is worth nothing without; asked for in a terminal."""
    key = NEEDS.get(result)
    if key is None or getattr(given, key):
        return given
    if not can_ask(state):
        raise Usage(
            phrase("{result} needs --{key}", result=result, key=key),
            remedy=phrase("add {meaning}, like --{key} 2026-11-30", meaning=_MEANING[result], key=key),
            code="CS-USE-032",
        )
    read = _READERS[key]
    zone = interview.zone
    text = ask_day(state, result, lambda said: _named(f"--{key}", read, said, zone, state))
    return msgspec.structs.replace(given, **{key: text})


def _note(state: State) -> str:
    note: str = click.prompt(
        say("A line for your memory (Enter for none)", state.language),
        default="",
        show_default=False,
        err=True,
    )
    return note.strip()


def _log(
    state: State, context: "Context", store: Store, target: Target, result: Result, given: _Given
) -> "Done":
    """Log it; what is far ahead only if the person says so."""
    kept, zone = target.kept, target.kept.interview.zone
    outcome = Outcome(
        interview=kept.interview.id,
        result=result,
        at=_happened(given.at, kept.interview, state),
        step=_one_step(given.step, target),
        uid=target.uid,
        next=_named("--next", _when, given.next, zone, state),
        decision=_named("--decision", _decision, given.decision, zone, state),
        by=_named("--by", _day, given.by, zone, state),
        until=_named("--until", _day, given.until, zone, state),
        note=given.note,
    )
    try:
        return log_outcome(context, store, kept.number, outcome, now=state.clock, force=given.force)
    except FarAhead as error:
        if not can_ask(state):
            raise
        event = error.event.event
        doing = what(event, kept.interview, state.language)
        when = value(event.start.astimezone(state.preferences.zone), state.language)
        if not confirm(say("Do you mean {what} on {when}?", state.language, what=doing, when=when)):
            raise
        meant = msgspec.structs.replace(outcome, step=event.step, uid=event.uid)
        return log_outcome(context, store, kept.number, meant, now=state.clock, force=given.force)


def _one_step(option: Step | None, target: Target) -> Step | None:
    """The step that is meant. Raises Usage where --step and the follow-up that is named contradict each other."""
    if option is not None and target.uid and target.step != option:
        raise Usage(
            phrase(
                "{name} is the follow-up {named}, not {option}",
                name=target.name,
                named=target.step,
                option=option,
            ),
            remedy=phrase("leave out --step"),
            code="CS-USE-038",
        )
    return target.step or option


# What is said afterwards: what has changed, and what to do next.


def _say(state: State, context: "Context", store: Store, target: Target, done: "Done") -> None:
    kept, language = done.kept or target.kept, state.language
    if done.outcome is not None:
        line = outcome_line(done.outcome, state.preferences.zone, language)
        click.echo("\n".join(map(title, wrapped(f"{kept.interview.company}: {line}", terminal_width()))))
    say_done(state, store, done, assumed=False)
    if not state.quiet:
        for line in _what_next(state, context, store, kept, done):
            click.echo(line)


def _what_next(
    state: State, context: "Context", store: Store, kept: StoredInterview, done: "Done"
) -> Iterator[str]:
    """Where it goes from here: the commands that fit what happened, or what comes next."""
    result, number, language = done.outcome.result if done.outcome else "note", kept.number, state.language
    if result == "offer":
        yield from _tell_the_others(state, store, kept, done)
    elif result == "invited":
        yield say("The next round is an interview of its own:", language)
        yield f"  {_next_round(kept.interview)}"
    elif (
        result == "replied"
        and kept.interview.status == "open"
        and done.outcome
        and not _names_a_day(done.outcome)
    ):
        yield say("If they said more than that:", language)
        yield from command_lines(
            {
                f'calsync log {number} replied --next "fri 10:00"': phrase("They named a day"),
                f'calsync log {number} more-time --decision "1 week"': phrase("They need more time"),
                f"calsync log {number} invited": phrase("They invited you to the next round"),
                f"calsync log {number} rejected": phrase("They turned you down"),
            },
            language,
        )
    elif result != "note":
        yield from _coming(state, context, store, kept)


def _names_a_day(outcome: Outcome) -> bool:
    return outcome.next is not None or outcome.decision is not None


def _coming(state: State, context: "Context", store: Store, kept: StoredInterview) -> Iterator[str]:
    """The next thing to do for this interview."""
    agenda, language = Agenda(context, store, state.clock), state.language
    waits = [due for each in store.planned(interview=kept.number) if (due := agenda.of(each)) is not None]
    if not waits:
        return
    first = min(waits, key=lambda due: due.event.start)
    when = value(first.event.start.astimezone(state.preferences.zone), language)
    doing = what(first.event, kept.interview, language)
    front = f"  {say('Next:', language)} "
    yield from hanging(front, clean(f"{first.planned.ref}  {when}  {doing}"), terminal_width())


def _tell_the_others(state: State, store: Store, kept: StoredInterview, done: "Done") -> Iterator[str]:
    """An offer is news for those who have not decided yet."""
    language, others = state.language, others_to_tell(store, kept)
    if not others:
        return
    by = f"{done.outcome.by:%Y-%m-%d}" if done.outcome and done.outcome.by else "DATE"
    yield say("The others are still deciding. Let them know that an answer is wanted:", language)
    for each in others:
        yield clean(f"  calsync log {each.number} competing-offer --by {by}   {each.interview.company}")
    yield say("Once you have accepted, withdraw there:", language)
    for each in others:
        yield clean(f"  calsync log {each.number} withdrew   {each.interview.company}")


def _next_round(interview: Interview) -> str:
    """The command that remembers it, with what is known already."""
    parts = ["calsync add", _quoted(interview.company), _quoted(interview.role), '--at "…"']
    known = {
        "candidate": interview.candidate,
        "timezone": interview.timezone,
        "country": interview.country,
        "contact": interview.contact,
        "phone": interview.phone,
        "email": interview.email,
    }
    parts += [f"--{key} {_quoted(text)}" for key, text in known.items() if text]
    return clean(" ".join(parts))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


# What the options say, read.


def _happened(text: str | None, interview: Interview, state: State) -> datetime:
    """When it happened: now; a day alone means its noon, but after the interview and not after now."""
    now, own = state.clock, state.preferences.zone
    if text is None:
        return now
    moment = _named("--at", _when_it_was, text, own, state) or now
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


def _when_it_was(text: str, zone: ZoneInfo, today: date) -> date | datetime:
    return day_or_moment(absolute(text, today, back=True), zone)


def _day(text: str, _: ZoneInfo, today: date) -> date:
    return day(absolute(text, today))


def _decision(text: str, zone: ZoneInfo, today: date) -> date | Span:
    try:
        return Span.parse(span(text) or text)
    except BadValue:
        return _day(text, zone, today)


_READERS: dict[str, Callable[[str, ZoneInfo, date], object]] = {
    "next": _when,
    "decision": _decision,
    "by": _day,
    "until": _day,
}
