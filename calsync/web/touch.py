"""One follow-up as its card shows it: whom, when on both clocks, how to reach them, what to say, what to log, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from calsync.domain import Event, Interview, Plan, Reason
from calsync.texts import international
from calsync.texts.languages import spoken
from calsync.texts.phone import tel
from calsync.web import wording
from calsync.web.outcomes import Choices, choices
from calsync.web.rules import Setting, setting_of
from calsync.workflows.saying import Form, is_passed_over, mailto, said, script, worded_event

if TYPE_CHECKING:
    from calsync.store import Planned
    from calsync.texts import Words
    from calsync.web.visit import Visit

__all__ = ["Touch", "Why", "touch", "why"]


class Block(NamedTuple):
    """A part of a text: a list of points, or a paragraph of lines."""

    kind: Literal["points", "lines"]
    lines: Sequence[str]


class Text(NamedTuple):
    """Something to say or write; ``plain`` is what is copied."""

    plain: str
    blocks: Sequence[Block]
    subject: str = ""


class Why(NamedTuple):
    """A sentence of the trace in three pieces; the middle one is a day that was passed over, empty for none."""

    before: str
    struck: str
    after: str
    sources: Sequence[str]
    setting: Setting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
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


def touch(visit: "Visit", planned: "Planned") -> Touch:
    """The whole card of a pending follow-up."""
    kept = visit.store.interview(planned.event.interview)
    plan = visit.store.plan(kept.number) or Plan(
        interview=kept.interview, playbook="", decision=None, events=(planned.event,)
    )
    event, interview, language = planned.event, kept.interview, visit.language
    clock = interview.zone if event.action in {"call", "email"} else visit.zone
    theirs, yours = wording.in_both(event.start, event.end, clock, visit.zone, language)
    phone = _phone(visit, event, interview)
    words = visit.desk.words.speaking(interview.language)
    sections = worded_event(visit.desk, plan, event).description.split("\n\n")
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
        mailto=mailto(visit.desk, plan, event) if event.action == "email" else "",
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
    sentence = said(visit.desk, reason)
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
    from calsync.errors import Usage  # noqa: PLC0415  # not every step has every form

    if event.action != "call":
        return None
    try:
        return _text(visit, plan, event, form)
    except Usage:
        return None


def _text(visit: "Visit", plan: Plan, event: Event, form: Form | None) -> Text:
    found = script(visit.desk, plan, event, form)
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
