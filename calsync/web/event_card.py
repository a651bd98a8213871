"""One follow-up as its card shows it: whom, when on both clocks, how to reach them, what to say, what to log, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from calsync.business_days import employer_country
from calsync.domain import (
    Event,
    Interview,
    Plan,
    Reason,
    Rule,
)
from calsync.errors import Usage
from calsync.phrase import phrase
from calsync.store import StoredEvent
from calsync.texts import (
    EventText,
    Form,
    event_text,
    international,
    mailto,
    passes_over,
    phrases,
    reason_text,
    script,
)
from calsync.texts.languages import spoken
from calsync.texts.phone_numbers import tel
from calsync.web import wording
from calsync.web.outcome_form import OutcomeChoices, outcome_choices
from calsync.web.request import PageRequest

__all__ = ["CardText", "EventCard", "SettingLink", "TraceSentence", "build_card"]


class SettingLink(msgspec.Struct, frozen=True):
    """Where a rule can be changed, and what it is called there."""

    path: str
    label: str


class TextBlock(msgspec.Struct, frozen=True):
    """A part of a text: a list of points, or a paragraph of lines."""

    kind: Literal["points", "lines"]
    lines: Sequence[str]


class CardText(msgspec.Struct, frozen=True):
    """Something to say or write; ``plain`` is what is copied."""

    plain: str
    blocks: Sequence[TextBlock]
    subject: str = ""


class TraceSentence(msgspec.Struct, frozen=True):
    """A sentence of the trace in three pieces; the middle one is a day that was passed over, empty for none."""

    before: str
    struck: str
    after: str
    sources: Sequence[str]
    setting: SettingLink | None


class EventCard(msgspec.Struct, frozen=True, kw_only=True):
    """What the card shows; texts are in the reader's language, empty where there is none."""

    ref: str
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
    main: CardText
    voicemail: CardText | None
    gatekeeper: CardText | None
    hand: Sequence[str]
    choices: OutcomeChoices | None
    why: Sequence[TraceSentence]


def build_card(request: PageRequest, planned: "StoredEvent") -> EventCard:
    """The whole card of a pending follow-up."""
    kept = request.store.interview(planned.event.interview)
    plan = request.store.plan(kept.number) or Plan(
        interview=kept.interview, playbook="", decision=None, events=(planned.event,)
    )
    event, interview, language = planned.event, kept.interview, request.language
    clock = interview.zone if event.action in {"call", "email"} else request.zone
    theirs, yours = wording.in_both(event.start, event.end, clock, request.zone, language)
    phone = _phone(request, event, interview)
    text = event_text(plan, event, request.preferences, request.context.words)
    hand = text.section("hand")
    return EventCard(
        ref=planned.ref,
        event=event,
        interview=interview,
        whose="" if interview.candidate == request.preferences.candidate.name else interview.candidate,
        what=phrases.what(event, interview, language),
        glyph=wording.GLYPHS[event.action],
        their_time=theirs,
        your_time=yours,
        distance=wording.distance(event.start, request.now, request.zone, language),
        is_overdue=event.action in {"call", "email"} and event.start < request.now,
        phone=phone,
        tel=tel(phone),
        email=_email(event, interview),
        mailto=mailto(plan, event, request.preferences, request.context.words)
        if event.action == "email"
        else "",
        main=_main(request, plan, event, text),
        voicemail=_spoken(request, plan, event, "voicemail"),
        gatekeeper=_spoken(request, plan, event, "gatekeeper"),
        hand=hand.items if hand else [],
        choices=outcome_choices(request, kept, event),
        why=trace_sentences(request, event, interview),
    )


def trace_sentences(request: PageRequest, event: Event, interview: Interview) -> list[TraceSentence]:
    """The trace, a sentence each, with the setting that stands behind it."""
    return [_why(request, reason, event, interview) for reason in event.trace]


def _why(request: PageRequest, reason: Reason, event: Event, interview: Interview) -> TraceSentence:
    sentence = reason_text(reason, request.language)
    setting = setting_of(request, reason, event, interview)
    day = spoken(reason.before, request.language)
    if not (passes_over(reason) and day in sentence):
        return TraceSentence(sentence, "", "", reason.source, setting)
    before, struck, after = sentence.partition(day)
    return TraceSentence(before, struck, after, reason.source, setting)


def _phone(request: PageRequest, event: Event, interview: Interview) -> str:
    if event.action != "call":
        return ""
    return international(interview.phone, employer_country(interview, request.preferences).code)


def _email(event: Event, interview: Interview) -> str:
    if event.action != "email":
        return ""
    return event.person.email if event.person is not None else interview.email


def _main(request: PageRequest, plan: Plan, event: Event, text: EventText) -> CardText:
    """The script; of what is only prepared, everything that there is to do."""
    if event.action in {"call", "email"}:
        return _text(request, plan, event, None)
    body = text.without("why").description
    return CardText(body, list(_blocks(body)))


def _spoken(request: PageRequest, plan: Plan, event: Event, form: Form) -> CardText | None:
    if event.action != "call":
        return None
    try:
        return _text(request, plan, event, form)
    except Usage:
        return None


def _text(request: PageRequest, plan: Plan, event: Event, form: Form | None) -> CardText:
    found = script(plan, event, request.preferences, request.context.words, form)
    return CardText(found.text, list(_blocks(found.text)), found.subject)


def _blocks(text: str) -> Iterator[TextBlock]:
    """Lines that begin with a dash are points; the others are as they are, a blank line apart."""
    kind: Literal["points", "lines"] = "lines"
    lines: list[str] = []
    for line in text.split("\n"):
        found: Literal["points", "lines"] = "points" if line.startswith("- ") else "lines"
        if lines and (found != kind or not line):
            yield TextBlock(kind, lines)
            lines = []
        if line:
            kind = found
            lines.append(line.removeprefix("- "))
    if lines:
        yield TextBlock(kind, lines)


# Which setting, or which key of the interview's record, stands behind a reason: a row for each rule.


_KEYS: Mapping[Rule, tuple[str, str, str]] = {
    "offset": ("playbook", "playbook", phrase("playbook")),
    "limit": ("playbook", "playbook", phrase("playbook")),
    "weekend": ("country", "country", phrase("country")),
    "holiday": ("country", "country", phrase("country")),
    "closure": ("closures", "", phrase("company closures")),
    "kept-free": ("kept_free", "", phrase("days kept free")),
    "monday-like": ("monday_like", "", phrase("days like a Monday")),
    "bridge": ("quiet_days", "", phrase("quiet days")),
    "year-end": ("quiet_days", "", phrase("quiet days")),
    "eve": ("quiet_days", "", phrase("quiet days")),
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


def setting_of(
    request: PageRequest, reason: Reason, event: Event, interview: Interview
) -> SettingLink | None:
    """Where the rule behind a reason of the event can be changed; None where it is nobody's choice."""
    if reason.rule not in _KEYS:
        return None
    emails_slot = reason.rule == "slot" and event.action == "email"
    setting, key, label = _SLOT_OF_AN_EMAIL if emails_slot else _KEYS[reason.rule]
    if key and (not setting or getattr(interview, key)):
        path = request.url(f"/interviews/{interview.id}/edit")
        return SettingLink(f"{path}#{key}", request.say(label))
    return SettingLink(f"{request.url('/settings')}#{setting}", request.say(label))
