"""The text of an event as values: enough to make the call with the phone in hand and nothing else.

``event_text`` gives the number, the address and the sections in the order in
which they are needed; a calendar gets them joined (``description``), the page
shows them one by one, ``script`` picks one. A new kind of section is a field of
``Parts`` and a row of ``_LABELS``.

A description is plain text of at most 3,000 characters: the reasons give way
first, then what people wrote, and the number never.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from calsync.domain import Action, Event, Plan, Preferences, Step, replace
from calsync.texts.catalogue import plural
from calsync.texts.clean import shortened
from calsync.texts.fields import ROOMS, Fields, Room, addressed, country_of, of_event, of_plan
from calsync.texts.languages import variant_of
from calsync.texts.reasons import reason_text
from calsync.texts.words import PARTS, PREPARING, Parts, Words, parts_of

__all__ = [
    "LONGEST",
    "PLURALS",
    "SENTENCES",
    "SUMMARY_SENTENCES",
    "EventText",
    "PlanTexts",
    "Section",
    "event_text",
    "render_plan",
    "summary",
]

LONGEST = 3000
"""Characters of a description, at most."""
_FEWEST_REASONS = 2

Kind = Literal["do", "say", "voicemail", "gatekeeper", "offer", "hand", "why"]
_LABELS: Mapping[Kind, str] = {
    "do": "Do this",
    "say": "Say this",
    "voicemail": "Voicemail",
    "gatekeeper": "If someone else answers",
    "offer": "Offer these dates",
    "hand": "Have at hand",
    "why": "Why this date",
}
_WRITE = "Write this"
_SUBJECT = "Subject: {subject}"
SENTENCES = (*_LABELS.values(), _WRITE, _SUBJECT)
"""The short sentences of this module, for the catalogue."""
PLURALS = (("- and {count} more reason", "- and {count} more reasons"),)
"""The pairs of singular and plural of this module, for the catalogue."""


class Section(msgspec.Struct, frozen=True):
    """One part of an event's text; ``subject`` is an email's, ``subject_line`` the same as a line of the text."""

    kind: Kind
    label: str
    text: str
    subject: str = ""
    subject_line: str = ""

    @property
    def items(self) -> list[str]:
        """The lines of a list, without their dashes."""
        return [line.removeprefix("- ") for line in self.text.split("\n")]

    def __str__(self) -> str:
        subject = f"{self.subject_line}\n\n" if self.subject_line else ""
        return f"{self.label}:\n{subject}{self.text}"


class EventText(msgspec.Struct, frozen=True):
    """What an event says. ``phone`` and ``email`` are empty where they are not known."""

    summary: str
    phone: str
    email: str
    sections: tuple[Section, ...]

    def section(self, kind: Kind) -> Section | None:
        """The section of that kind, if there is something in it."""
        return next((section for section in self.sections if section.kind == kind), None)

    def without(self, kind: Kind) -> "EventText":
        """The same but for that section."""
        return replace(self, sections=tuple(section for section in self.sections if section.kind != kind))

    @property
    def description(self) -> str:
        """All of it as a calendar shows it: number and address on lines of their own, then the sections."""
        head = "\n".join(line for line in (self.phone, self.email) if line)
        return "\n\n".join([*([head] if head else []), *map(str, self.sections)])


def render_plan(plan: Plan, preferences: Preferences, words: Words) -> Plan:
    """The same plan with summary and description in every event; all else stays as it is."""
    texts = PlanTexts(plan, preferences, words)
    return replace(plan, events=tuple([_with_text(event, texts.event_text(event)) for event in plan.events]))


def event_text(plan: Plan, event: Event, preferences: Preferences, words: Words) -> EventText:
    """What one event of a plan says; a preparation speaks of the call that the plan has for it."""
    return PlanTexts(plan, preferences, words).event_text(event)


def _with_text(event: Event, text: EventText) -> Event:
    return replace(event, summary=text.summary, description=shortened(text.description, LONGEST))


class PlanTexts:
    """The texts of one plan's events, in the interview's language where it has one of its own.

    The fields of the interview are worked out once and shared by its events; ``room`` says how
    much of what the candidate wrote there is space for.
    """

    def __init__(self, plan: Plan, preferences: Preferences, words: Words, room: Room = ROOMS[0]) -> None:
        self.plan = plan
        self.preferences = preferences
        self.words = words.speaking(plan.interview.language)
        self._variant = variant_of(plan.interview.language or words.tag, country_of(plan, preferences))
        self._shared = of_plan(plan, preferences, self._variant, room)

    def fields(self, event: Event) -> Fields:
        """The fields of one event, of a preparation those of the call it prepares."""
        call = self._call(event)
        found = self._shared | of_event(call, self.plan, self.preferences, self._variant)
        return addressed(found, call, self.plan.interview, self._variant)

    def parts(self, event: Event) -> Parts:
        """The templates of the event; a preparation's are its call's, with something else to do."""
        if event.action != "prepare":
            found = parts_of(event.step, event.action, withdraws=event.withdraws)
            return found or PARTS["status", "call" if event.action == "call" else "email"]
        call = parts_of(event.before or "status", "call") or PARTS["status", "call"]
        return Parts(PREPARING, call.say, call.voicemail, hand=call.hand)

    def event_text(self, event: Event) -> EventText:
        """The whole text, with fewer reasons and fewer of the candidate's words only where it would be too long."""
        fields = self.fields(event)
        text = EventText(
            summary(event, fields, self.words),
            fields.get("phone", ""),
            fields.get("email", ""),
            self._sections(event, fields),
        )
        why = [f"- {reason_text(reason, self.words.language)}" for reason in event.trace]
        whole = self._explained(text, why)
        if len(whole.description) <= LONGEST:
            return whole
        for narrower in self._narrower(event, text):
            for kept in range(len(why), min(len(why), _FEWEST_REASONS) - 1, -1):
                whole = self._explained(narrower, self._fewer(why, kept))
                if len(whole.description) <= LONGEST:
                    return whole
        return whole

    def _call(self, event: Event) -> Event:
        """The event itself, or the call that a preparation prepares; itself too where that call is not planned."""
        if event.action != "prepare":
            return event
        calls = (
            call
            for call in self.plan.events
            if call.action == "call" and call.start > event.start and event.before in {None, call.step}
        )
        return next(calls, event)

    def _sections(self, event: Event, fields: Fields) -> tuple[Section, ...]:
        """Everything but the reasons; what nothing is known of is left out."""
        parts, found = self.parts(event), []
        for kind, label in _LABELS.items():
            name = "" if kind == "why" else getattr(parts, kind)
            if name and (section := self._section(kind, label, name, fields)):
                found.append(section)
        return tuple(found)

    def _section(self, kind: Kind, label: str, name: str, fields: Fields) -> Section | None:
        template = self.words.template(name)
        text, subject = template.body(fields), template.subject(fields) if kind == "say" else ""
        line = self.words.say(_SUBJECT).format(subject=subject) if subject else ""
        said = self.words.say(_WRITE if subject else label)
        return Section(kind, said, text, subject, line) if text or subject else None

    def _explained(self, text: EventText, why: list[str]) -> EventText:
        if not why:
            return text
        reasons = Section("why", self.words.say(_LABELS["why"]), "\n".join(why))
        return replace(text, sections=(*text.sections, reasons))

    def _narrower(self, event: Event, text: EventText) -> Iterator[EventText]:
        """The same in less and less room."""
        yield text
        for room in ROOMS[1:]:
            narrow = PlanTexts(self.plan, self.preferences, self.words, room)
            yield replace(
                text, sections=narrow._sections(event, narrow.fields(event))
            )  # another of this class

    def _fewer(self, why: list[str], kept: int) -> list[str]:
        """The first reasons and the last, which is the hour; between them, how many there are more."""
        left_out = len(why) - kept
        if not left_out:
            return why
        more = plural(*PLURALS[0], left_out, self.words.language).format(count=left_out)
        return [*why[: kept - 1], more, why[-1]]


# The one line that a calendar shows of an event: who is called, and about what. Another step is another row.

_SUMMARIES: dict[tuple[Step, Action], str] = {
    ("ask", "ask"): "Ask about next steps · {company}",
    ("thank-you", "email"): "Thank {person} · {company}",
    ("thank-you", "call"): "Call {person} to say thanks · {company}",
    ("prepare", "prepare"): "Prepare the call to {person} · {company}",
    ("status", "call"): "Call {person} · {company}",
    ("status", "email"): "Email {person} · {company}",
    ("retry", "call"): "Call {person} again · {company}",
    ("retry", "email"): "Email {person} · {company}",
    ("second", "email"): "Email {person} again · {company}",
    ("closing", "email"): "Closing email to {person} · {company}",
    ("courtesy", "email"): "Courtesy note to {person} · {company}",
    ("news", "call"): "Call {person} about your other offer · {company}",
    ("news", "email"): "Email {person} about your other offer · {company}",
    ("no-show", "email"): "Email {person} about the missed call · {company}",
}
_DISCREET: dict[Action, tuple[str, str]] = {
    "ask": ("Ask about next steps", "Ask about next steps"),
    "prepare": ("Prepare the call to {person}", "Prepare a call"),
    "call": ("Call {person}", "Make a call"),
    "email": ("Email {person}", "Write an email"),
}
_DISCREET_THANKS = "Thank {person}"
SUMMARY_SENTENCES = (
    *_SUMMARIES.values(),
    *(text for pair in _DISCREET.values() for text in pair),
    _DISCREET_THANKS,
)
"""The short sentences of a summary, for the catalogue."""


def summary(event: Event, known: Fields, words: Words) -> str:
    """What a calendar shows: whom to call or write, and about what, in one line of at most 180 characters.

    Discreet ones name neither the company nor its purpose.
    """
    if words.discreet:
        return _discreet(event, known, words)
    sentence = (
        _SUMMARIES.get((event.step, event.action))
        or _SUMMARIES["status", "call" if event.action == "call" else "email"]
    )
    text = words.say(sentence).format(person=known["person"], company=known["company"])
    return text if "contact" in known else text[:1].upper() + text[1:]


def _discreet(event: Event, known: Fields, words: Words) -> str:
    named, unnamed = _DISCREET[event.action]
    if event.step == "thank-you" and event.action == "email":
        named = _DISCREET_THANKS
    if "contact" not in known:
        return words.say(unnamed)
    return words.say(named).format(person=known["contact"])
