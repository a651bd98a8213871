"""One follow-up: what to say, what happened, why it is on this date, and how to have it on another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

import msgspec
from starlette.responses import Response

from calsync.domain import (
    Action,
    Cancel,
    Change,
    Create,
    Event,
    Interview,
    Outcome,
    Plan,
    Reason,
    Rule,
    Step,
    Update,
)
from calsync.domain.outcome import OUTCOMES, Result
from calsync.errors import BadData, NoInput, Usage
from calsync.intake import day, day_or_moment
from calsync.planner import MOST_MESSAGES, changes
from calsync.playbooks import advice
from calsync.store import StoredEvent
from calsync.texts import international
from calsync.texts.languages import spoken
from calsync.texts.phone_numbers import tel
from calsync.web import wording
from calsync.web.app import Way
from calsync.web.rendering import phrase
from calsync.web.request import Notice, Visit
from calsync.web.wording import moment, what
from calsync.workflows.interviews import Done, edit, log
from calsync.workflows.outcome_rules import NEEDS
from calsync.workflows.replanning import ENDS
from calsync.workflows.saying import Form, is_passed_over, mailto, said, script, worded_event

__all__ = [
    "WAYS",
    "Choices",
    "Form",
    "Setting",
    "Touch",
    "Why",
    "changes_between",
    "changes_of",
    "choices",
    "last_change",
    "notice_of",
    "outcome_of",
    "setting_of",
    "touch",
    "why",
]


# What can be logged from a follow-up's card: one row for each button, and the forms for what needs a day.
#
# A new button is a row. What an outcome means, and which cannot be, is for ``calsync.workflows``.

if TYPE_CHECKING:
    from calsync.store import StoredInterview
    from calsync.web.request import Visit


Key = Literal["next", "decision", "by"]

_BUTTONS: Sequence[tuple[Result, str, frozenset[Action]]] = (
    ("reached", phrase("Talked"), frozenset({"call"})),
    ("voicemail", phrase("Left voicemail"), frozenset({"call"})),
    ("gatekeeper", phrase("Left a message with somebody"), frozenset({"call"})),
    ("no-answer", phrase("No answer"), frozenset({"call"})),
    ("sent", phrase("Sent"), frozenset({"email"})),
    ("replied", phrase("They replied"), frozenset({"call", "email"})),
    ("skip", phrase("Skip this one"), frozenset({"call", "email"})),
)
_MISSED: tuple[Result, str] = ("no-show", phrase("They missed the call"))
"""Only where the two had agreed on one."""
_ENDS: Sequence[tuple[Result, str]] = (
    ("offer", phrase("Offer")),
    ("rejected", phrase("Rejected")),
    ("invited", phrase("Invited to the next round")),
    ("withdrew", phrase("I withdraw")),
)
_OF_THE_STEP: frozenset[Result] = frozenset(
    {
        "sent",
        "no-answer",
        "voicemail",
        "gatekeeper",
        "bad-time",
        "reached",
        "vague",
        "call-back",
        "more-time",
        "skip",
    }
)
"""Outcomes of the touch itself; the others are news of the employer's."""
_MESSAGES: frozenset[Result] = frozenset({"voicemail", "gatekeeper"})


class Button(msgspec.Struct, frozen=True):
    """A result, its label, and how many messages it would make (``1 of 2``); empty where that is no matter."""

    result: Result
    label: str
    messages: str = ""


class OutcomeForm(msgspec.Struct, frozen=True):
    """Something that needs a day: ``results`` are the ways to mean it, the first one chosen."""

    title: str
    key: Key
    label: str
    results: Sequence[tuple[Result, str]]
    with_time: bool = False


_FOR_A_CALL = (
    OutcomeForm(
        phrase("They named a day"),
        "next",
        phrase("Day"),
        (
            ("call-back", phrase("Call again then")),
            ("bad-time", phrase("It was a bad time: call then")),
            ("reached", phrase("We talked: write again then")),
        ),
        with_time=True,
    ),
    OutcomeForm(
        phrase("They need more time"),
        "decision",
        phrase("They decide by"),
        (("more-time", phrase("They told me on the phone")), ("replied", phrase("They wrote to me"))),
    ),
)
_FOR_AN_EMAIL = (
    OutcomeForm(
        phrase("They named a day"),
        "next",
        phrase("Day"),
        (("replied", phrase("Get in touch then")), ("call-back", phrase("Call then"))),
        with_time=True,
    ),
    OutcomeForm(
        phrase("They need more time"),
        "decision",
        phrase("They decide by"),
        (("replied", phrase("They wrote to me")),),
    ),
)
_OTHER_OFFER = OutcomeForm(
    phrase("Another employer made an offer"),
    "by",
    phrase("They want an answer by"),
    (("competing-offer", phrase("Tell this employer")),),
)


class Choices(msgspec.Struct, frozen=True):
    """The buttons and forms of one follow-up."""

    buttons: Sequence[Button]
    ends: Sequence[Button]
    forms: Sequence[OutcomeForm]


def choices(visit: "Visit", kept: "StoredInterview", event: Event) -> Choices | None:
    """What can be logged; None for what is only prepared."""
    if event.action not in {"call", "email"}:
        return None
    count = _count(visit, kept)
    buttons = [
        Button(result, label, count if result == "voicemail" else "")
        for result, label, actions in _BUTTONS
        if event.action in actions
    ]
    if event.pinned and event.action == "call":
        buttons.insert(-1, Button(*_MISSED))
    return Choices(
        buttons,
        [Button(result, label) for result, label in _ENDS],
        [*(_FOR_A_CALL if event.action == "call" else _FOR_AN_EMAIL), _OTHER_OFFER],
    )


def _count(visit: "Visit", kept: "StoredInterview") -> str:
    """Which message the next would be, of how many."""
    most = min(visit.context.playbook_of(kept.interview).calls.messages.count, MOST_MESSAGES)
    left = sum(told.result in _MESSAGES for told in visit.store.outcomes(kept.number))
    return visit.say("{count} of {most}", count=left + 1, most=most)


def outcome_of(visit: "Visit", interview: Interview, event: Event) -> Outcome:
    """The outcome that a form tells of. Raises Usage, BadValue."""
    result = next((known for known in OUTCOMES if known == visit.field("result")), None)
    if result is None:
        raise Usage(
            visit.say("nothing was chosen"), remedy=visit.say("press one of the buttons"), code="CS-WEB-004"
        )
    needed = NEEDS.get(result)
    if needed and not visit.field(needed):
        raise Usage(
            visit.say("the day is missing"), remedy=visit.say("go back and fill it in"), code="CS-WEB-006"
        )
    return Outcome(
        interview=interview.id,
        result=result,
        at=_happened(visit),
        step=event.step if result in _OF_THE_STEP else None,
        next=_when(visit, "next", interview),
        decision=_day(visit, "decision"),
        by=_day(visit, "by"),
    )


def _happened(visit: "Visit") -> datetime:
    text = visit.field("at").replace("T", " ")
    if not text:
        return visit.now
    at = day_or_moment(text, visit.zone)
    return at if isinstance(at, datetime) else visit.now


def _when(visit: "Visit", key: Key, interview: Interview) -> date | datetime | None:
    text = f"{visit.field(key)} {visit.field(f'{key}_time')}".strip()
    if not text:
        return None
    if not visit.field(key):
        raise Usage(
            visit.say("there is a time, and no day"), remedy=visit.say("give the day too"), code="CS-WEB-005"
        )
    return day_or_moment(text, interview.zone)


def _day(visit: "Visit", key: Key) -> date | None:
    text = visit.field(key)
    return day(text) if text else None


# What a change did to the follow-ups, before and after, as the banner of the page that comes next.

if TYPE_CHECKING:
    from calsync.web.request import Visit
    from calsync.workflows.interviews import Done


_MOST_LINES = 12


def notice_of(visit: "Visit", done: "Done", title: str) -> Notice:
    """The banner for what a verb did: ``title``, then a line for each follow-up that is new, moved or gone, and Undo."""
    lines = [*changes_of(visit, done), *_notes(visit, done)]
    return Notice(title=title, lines=lines or [visit.say("Nothing else moves.")], undo=last_change(visit))


def changes_of(visit: "Visit", done: "Done") -> list[str]:
    """A line for each follow-up that is new, moved or gone."""
    moved = [change for change in done.changes if not _is_over(visit, change, done)]
    lines = [_line(visit, change, done) for change in moved[:_MOST_LINES]]
    if len(moved) > _MOST_LINES:
        lines.append(visit.say("+{count} more", count=len(moved) - _MOST_LINES))
    return lines


def changes_between(visit: "Visit", before: Iterable[Event], after: Iterable[Event]) -> list[str]:
    """The same for all that differs between two plans of everything, one line first that counts."""
    found = changes(before, after)
    return changes_of(visit, Done(kept=None, plan=None, changes=found))


def last_change(visit: "Visit") -> int | None:
    """The history's number of the newest change that can be taken back."""
    return next((entry.number for entry in visit.store.history(_RECENT) if entry.undoable), None)


_RECENT = 200


def _is_over(visit: "Visit", change: Change, done: "Done") -> bool:
    """A follow-up that leaves the plan because it was done or its time has passed is no news."""
    if not isinstance(change, Cancel):
        return False
    told, event = done.outcome, change.event
    logged = told is not None and told.result not in ENDS and event.step == told.step
    return logged or (event.end <= visit.now and event.action in {"ask", "prepare"})


def _line(visit: "Visit", change: Change, done: "Done") -> str:
    interview = _interview(visit, change.event.interview, done)
    name = what(change.event, interview, visit.language) if interview else change.event.step
    if interview and not (done.kept and done.kept.interview.id == interview.id):
        name = f"{name} ({interview.company})"
    return visit.say(_sentence(change), name=name, **_times(visit, change))


def _sentence(change: Change) -> str:
    match change:
        case Create():
            return phrase("New: {name}, {after}")
        case Cancel():
            return phrase("No longer: {name}, {before}")
        case Update(before, event) if before.start == event.start:
            return phrase("Changed: {name}, {after}")
        case Update():
            return phrase("Moved: {name}, {before} → {after}")


def _times(visit: "Visit", change: Change) -> dict[str, str]:
    before = change.before if isinstance(change, Update) else change.event
    return {
        "before": moment(before.start.astimezone(visit.zone), visit.language),
        "after": moment(change.event.start.astimezone(visit.zone), visit.language),
    }


def _notes(visit: "Visit", done: "Done") -> Iterator[str]:
    for note in done.plan.notes if done.plan else ():
        yield said(visit.context, note)


def _interview(visit: "Visit", name: str, done: "Done") -> Interview | None:
    if done.kept and done.kept.interview.id == name:
        return done.kept.interview
    try:
        return visit.store.interview(name).interview
    except NoInput:  # it was just removed
        return None


# Which setting, or which key of the interview's record, stands behind a reason: a row for each rule.

if TYPE_CHECKING:
    from calsync.web.request import Visit


class Setting(msgspec.Struct, frozen=True):
    """Where a rule can be changed, and what it is called there."""

    path: str
    label: str


_KEYS: Mapping[Rule, tuple[str, str, str]] = {
    "offset": ("playbook", "playbook", phrase("playbook")),
    "limit": ("playbook", "playbook", phrase("playbook")),
    "weekend": ("country", "country", phrase("country")),
    "holiday": ("country", "country", phrase("country")),
    "closure": ("closures", "", phrase("company closures")),
    "kept-free": ("kept_free", "", phrase("days kept free")),
    "monday-like": ("monday_like", "", phrase("days like a Monday")),
    "own-hours": ("hours", "", phrase("your hours")),
    "slot": ("window", "window", phrase("early or late")),
    "channel": ("phone", "channel", phrase("call or email")),
    "contact-busy": ("", "busy", phrase("their busy hours")),
    "away": ("", "away", phrase("their absence")),
    "decision": ("", "decision", phrase("when they decide")),
    "agreed": ("", "agreed", phrase("agreed day")),
    "pinned": ("", "agreed", phrase("agreed day")),
}
"""The key of settings.toml, the key of the record, and the name; a record's key counts where the record has a value."""


_SLOT_OF_AN_EMAIL = ("business_hours", "", phrase("business hours"))
"""An email does not mind early or late."""


def setting_of(visit: "Visit", reason: Reason, event: Event, interview: Interview) -> Setting | None:
    """Where the rule behind a reason of the event can be changed; None where it is nobody's choice."""
    if reason.rule not in _KEYS:
        return None
    emails_slot = reason.rule == "slot" and event.action == "email"
    setting, key, label = _SLOT_OF_AN_EMAIL if emails_slot else _KEYS[reason.rule]
    if key and (not setting or getattr(interview, key)):
        path = visit.url(f"/interviews/{interview.id}/edit")
        return Setting(f"{path}#{key}", visit.say(label))
    return Setting(f"{visit.url('/settings')}#{setting}", visit.say(label))


# One follow-up as its card shows it: whom, when on both clocks, how to reach them, what to say, what to log, and why.

if TYPE_CHECKING:
    from calsync.store import StoredEvent
    from calsync.texts import Words
    from calsync.web.request import Visit


class Block(msgspec.Struct, frozen=True):
    """A part of a text: a list of points, or a paragraph of lines."""

    kind: Literal["points", "lines"]
    lines: Sequence[str]


class Text(msgspec.Struct, frozen=True):
    """Something to say or write; ``plain`` is what is copied."""

    plain: str
    blocks: Sequence[Block]
    subject: str = ""


class Why(msgspec.Struct, frozen=True):
    """A sentence of the trace in three pieces; the middle one is a day that was passed over, empty for none."""

    before: str
    struck: str
    after: str
    sources: Sequence[str]
    setting: Setting | None


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """What the card shows; texts are in the reader's language, empty where there is none."""

    number: int
    event: Event
    interview: Interview
    whose: str
    what: str
    glyph: str
    their_time: str
    your_time: str
    distance: str
    is_overdue: bool
    phone: str
    tel: str
    email: str
    mailto: str
    main: Text
    voicemail: Text | None
    gatekeeper: Text | None
    hand: Sequence[str]
    choices: Choices | None
    why: Sequence[Why]


def touch(visit: "Visit", planned: "StoredEvent") -> Touch:
    """The whole card of a pending follow-up."""
    kept = visit.store.interview(planned.event.interview)
    plan = visit.store.plan(kept.number) or Plan(
        interview=kept.interview, playbook="", decision=None, events=(planned.event,)
    )
    event, interview, language = planned.event, kept.interview, visit.language
    clock = interview.zone if event.action in {"call", "email"} else visit.zone
    theirs, yours = wording.in_both(event.start, event.end, clock, visit.zone, language)
    phone = _phone(visit, event, interview)
    words = visit.context.words.speaking(interview.language)
    sections = worded_event(visit.context, plan, event).description.split("\n\n")
    return Touch(
        number=planned.number,
        event=event,
        interview=interview,
        whose="" if interview.candidate == visit.preferences.candidate.name else interview.candidate,
        what=wording.what(event, interview, language),
        glyph=wording.GLYPHS[event.action],
        their_time=theirs,
        your_time=yours,
        distance=wording.distance(event.start, visit.now, visit.zone, language),
        is_overdue=event.action in {"call", "email"} and event.start < visit.now,
        phone=phone,
        tel=tel(phone),
        email=_email(event, interview),
        mailto=mailto(visit.context, plan, event) if event.action == "email" else "",
        main=_main(visit, plan, event, words, sections),
        voicemail=_spoken(visit, plan, event, "voicemail"),
        gatekeeper=_spoken(visit, plan, event, "gatekeeper"),
        hand=_hand(words, sections),
        choices=choices(visit, kept, event),
        why=why(visit, event, interview),
    )


def why(visit: "Visit", event: Event, interview: Interview) -> list[Why]:
    """The trace, a sentence each, with the setting that stands behind it."""
    return [_why(visit, reason, event, interview) for reason in event.trace]


def _why(visit: "Visit", reason: Reason, event: Event, interview: Interview) -> Why:
    sentence = said(visit.context, reason)
    setting = setting_of(visit, reason, event, interview)
    day = spoken(reason.before, visit.language)
    if not (is_passed_over(reason) and day in sentence):
        return Why(sentence, "", "", reason.source, setting)
    before, struck, after = sentence.partition(day)
    return Why(before, struck, after, reason.source, setting)


def _phone(visit: "Visit", event: Event, interview: Interview) -> str:
    if event.action != "call":
        return ""
    return international(interview.phone, interview.country or visit.preferences.country)


def _email(event: Event, interview: Interview) -> str:
    if event.action != "email":
        return ""
    return event.person.email if event.person is not None else interview.email


def _main(visit: "Visit", plan: Plan, event: Event, words: "Words", sections: Sequence[str]) -> Text:
    """The script; of what is only prepared, everything that there is to do."""
    if event.action in {"call", "email"}:
        return _text(visit, plan, event, None)
    reasons = f"{words.say('Why this date')}:"
    body = "\n\n".join(part for part in sections if not part.startswith(reasons))
    return Text(body, list(_blocks(body)))


def _spoken(visit: "Visit", plan: Plan, event: Event, form: Form) -> Text | None:
    if event.action != "call":
        return None
    try:
        return _text(visit, plan, event, form)
    except Usage:
        return None


def _text(visit: "Visit", plan: Plan, event: Event, form: Form | None) -> Text:
    found = script(visit.context, plan, event, form)
    return Text(found.text, list(_blocks(found.text)), found.subject)


def _blocks(text: str) -> Iterator[Block]:
    """Lines that begin with a dash are points; the others are as they are, a blank line apart."""
    kind: Literal["points", "lines"] = "lines"
    lines: list[str] = []
    for line in text.split("\n"):
        found: Literal["points", "lines"] = "points" if line.startswith("- ") else "lines"
        if lines and (found != kind or not line):
            yield Block(kind, lines)
            lines = []
        if line:
            kind = found
            lines.append(line.removeprefix("- "))
    if lines:
        yield Block(kind, lines)


def _hand(words: "Words", sections: Sequence[str]) -> list[str]:
    """What to have at hand, as the event's own text lists it."""
    label = f"{words.say('Have at hand')}:\n"
    found = next((part for part in sections if part.startswith(label)), "")
    return [line.removeprefix("- ") for line in found.split("\n")[1:]]


_COUNTED: frozenset[Step] = frozenset({"status", "retry", "second", "closing"})
"""Steps that an agreed day takes the place of, if they are next."""
_REFUSED = "CS-LOG-001"


class Pin(msgspec.Struct, frozen=True):
    """The day and time it has now, on the contact's clock, and the first day that can be picked."""

    day: date
    time: str
    first: date
    city: str


def shown(visit: Visit) -> Response:
    """The card, the reasons with the advice behind them, and the pin."""
    planned = visit.store.event(visit.path["name"])
    card = touch(visit, planned)
    sources = sorted({source for why in card.why for source in why.sources})
    return visit.page(
        "event.html",
        touch=card,
        advice=[(source, text) for source in sources if (text := advice().says(source))],
        pin=_pin(visit, planned, card),
        logged=[
            (
                wording.moment(told.at.astimezone(visit.zone), visit.language),
                wording.outcome_name(told.result, visit.language),
            )
            for told in visit.store.outcomes(planned.event.interview)
        ],
    )


def _pin(visit: Visit, planned: StoredEvent, card: Touch) -> Pin | None:
    """None for what cannot be pinned: only the next follow-up of those that wait for an answer has a day to agree on."""
    pending = [each.event for each in visit.store.planned(interview=planned.event.interview)]
    waits = [event for event in pending if event.step in _COUNTED]
    if not waits or waits[0].uid != planned.event.uid:
        return None
    start = planned.event.start.astimezone(card.interview.zone)
    first = max(visit.now.astimezone(card.interview.zone).date(), card.interview.day)
    return Pin(start.date(), f"{start:%H:%M}", first, wording.city(card.interview.zone))


def logged(visit: Visit) -> Response:
    """Record what happened; refused with the reason, and a button to record it all the same."""
    planned = visit.store.event(visit.path["name"])
    kept = visit.store.interview(planned.event.interview)
    try:
        outcome = outcome_of(visit, kept.interview, planned.event)
        done = log(
            visit.context,
            visit.store,
            kept.number,
            outcome,
            now=visit.now,
            force=visit.field("force") == "yes",
        )
    except BadData as error:
        if error.code != _REFUSED:
            raise
        return visit.page(
            "refusal.html", status=409, reason=error.what, touch=touch(visit, planned), fields=visit.fields
        )
    title = f"{kept.interview.company}: {wording.outcome_name(outcome.result, visit.language)}"
    return visit.see("/", notice=notice_of(visit, done, title))


def pinned(visit: Visit) -> Response:
    """Put the next follow-up on a day, or a day and time, as agreed with them: the record says so, and the plan follows."""
    planned = visit.store.event(visit.path["name"])
    day, time = visit.field("day"), visit.field("time")
    if not day:
        raise Usage(
            visit.say("the day is missing"), remedy=visit.say("go back and fill it in"), code="CS-WEB-006"
        )
    done = edit(
        visit.context,
        visit.store,
        planned.event.interview,
        {"agreed": f"{day} {time}".strip()},
        now=visit.now,
    )
    return visit.see("/", notice=notice_of(visit, done, visit.say("The day is kept")))


WAYS = (
    Way("GET", "/event/{name}", shown),
    Way("POST", "/event/{name}/log", logged),
    Way("POST", "/event/{name}/pin", pinned),
)
