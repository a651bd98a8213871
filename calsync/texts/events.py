"""The text of an event: enough to make the call with the phone in hand and nothing else.

First line the number, second line the address, then the parts in the order in
which they are needed. Plain text of at most 3,000 characters: the reasons give
way first, then what people wrote, and the number never.
"""

from collections.abc import Collection, Iterator
from itertools import chain

from calsync.domain import Action, Event, Plan, Preferences, Step, replace
from calsync.texts.clean import shortened
from calsync.texts.fields import ROOMS, Fields, Room, addressed, of_event, of_plan
from calsync.texts.reasons import reason_text
from calsync.texts.template import Shape, Template
from calsync.texts.words import PARTS, PREPARING, Parts, Words, parts_of, plural

__all__ = ["LONGEST", "PLURALS", "SENTENCES", "Frame", "description", "summary", "worded"]


# A plan in somebody's words: what every text of its events is filled from.
#
# The fields of the interview are worked out once and shared by its events.


class Frame:
    """Of one plan, in as much room as there is; in the interview's language where it has one of its own."""

    __slots__ = ("_shared", "plan", "preferences", "words")

    def __init__(self, plan: Plan, preferences: Preferences, words: Words, room: Room = ROOMS[0]) -> None:
        self.plan = plan
        self.preferences = preferences
        self.words = words.speaking(plan.interview.language)
        self._shared = of_plan(plan, preferences, self.words, room)

    def known(self, event: Event) -> Fields:
        """The fields of one event, of a preparation those of the call it prepares."""
        call = self.call(event)
        found = self._shared | of_event(call, self.plan.interview, self.preferences, self.words)
        return addressed(found, call, self.plan.interview)

    def call(self, event: Event) -> Event:
        """The event itself, or the call that a preparation prepares; itself too where that call is not planned."""
        if event.action != "prepare":
            return event
        calls = (
            call
            for call in self.plan.events
            if call.action == "call" and call.start > event.start and event.before in {None, call.step}
        )
        return next(calls, event)

    def parts(self, event: Event) -> Parts:
        """The templates of the event; a preparation's are its call's, with something else to do."""
        if event.action != "prepare":
            found = parts_of(event.step, event.action, withdraws=event.withdraws)
            return found or PARTS["status", "call" if event.action == "call" else "email"]
        call = parts_of(event.before or "status", "call") or PARTS["status", "call"]
        return Parts(PREPARING, call.say, call.voicemail, hand=call.hand)


LONGEST = 3000
"""Characters of a description, at most."""
_FEWEST_REASONS = 2
_KEPT_SHAPES = 512
_SUBJECT = "Subject: {subject}"
_WHY = "Why this date"
_LABELS = (
    ("do", "Do this"),
    ("say", "Say this"),
    ("voicemail", "Voicemail"),
    ("gatekeeper", "If someone else answers"),
    ("offer", "Offer these dates"),
    ("hand", "Have at hand"),
)
_WRITE = "Write this"
SENTENCES = (*(label for _, label in _LABELS), _WRITE, _WHY, _SUBJECT)
"""The short sentences of this module, for the catalogue."""
PLURALS = (("- and {count} more reason", "- and {count} more reasons"),)
"""The pairs of singular and plural of this module, for the catalogue."""


def description(frame: Frame, event: Event, known: Fields) -> str:
    """The whole text, shortened only where it would be too long."""
    body = _body(frame, event, known)
    why = [f"- {reason_text(reason, frame.words)}" for reason in event.trace]
    text = _with_reasons(body, why, frame)
    return text if len(text) <= LONGEST else _shorter(frame, event, body, why)


def _body(frame: Frame, event: Event, known: Fields) -> str:
    """Everything but the reasons; events with the same parts and the same known fields share a shape."""
    parts, shapes = frame.parts(event), frame.words.shapes
    key = (parts, tuple(known))
    shape = shapes.get(key)
    if shape is None:
        if len(shapes) >= _KEPT_SHAPES:
            shapes.clear()
        shape = shapes[key] = _shape(parts, known, frame.words)
    return shape.filled(known)


def _shape(parts: Parts, known: Collection[str], words: Words) -> Shape:
    head = Shape.joined((Shape((name,), "%s") for name in ("phone", "email") if name in known), "\n")
    sections = (
        _section(part, label, words.template(getattr(parts, part)), known, words)
        for part, label in _LABELS
        if getattr(parts, part)
    )
    return Shape.joined((head, *sections), "\n\n")


def _section(part: str, label: str, template: Template, known: Collection[str], words: Words) -> Shape:
    """A label and what is under it; nothing where nothing is under it."""
    text, subject = template.body(known), template.subject(known)
    if part == "say" and subject.pattern:
        label = _WRITE
        line = words.say(_SUBJECT).format(subject=subject.pattern)
        text = Shape.joined((Shape(subject.names, line), text), "\n\n")
    return Shape(text.names, f"{words.say(label)}:\n{text.pattern}") if text.pattern else text


def _with_reasons(body: str, why: list[str], frame: Frame) -> str:
    return f"{body}\n\n{frame.words.say(_WHY)}:\n" + "\n".join(why) if why else body


def _shorter(frame: Frame, event: Event, body: str, why: list[str]) -> str:
    """With fewer reasons, then with fewer of the candidate's words, and in the end cut off."""
    text = body
    for narrower in chain([body], _narrower(frame, event)):
        for kept in range(len(why), min(len(why), _FEWEST_REASONS) - 1, -1):
            text = _with_reasons(narrower, _fewer(why, kept, frame), frame)
            if len(text) <= LONGEST:
                return text
    return shortened(text, LONGEST)


def _narrower(frame: Frame, event: Event) -> Iterator[str]:
    """Everything but the reasons again, in less and less room."""
    for room in ROOMS[1:]:
        narrow = Frame(frame.plan, frame.preferences, frame.words, room)
        yield _body(narrow, event, narrow.known(event))


def _fewer(why: list[str], kept: int, frame: Frame) -> list[str]:
    """The first reasons and the last, which is the hour; between them, how many there are more."""
    left_out = len(why) - kept
    if not left_out:
        return why
    more = plural(*PLURALS[0], left_out, frame.words.language).format(count=left_out)
    return [*why[: kept - 1], more, why[-1]]


# The one line that a calendar shows: who is called, and about what.

_SUMMARIES: dict[tuple[Step, Action], str] = {
    ("ask", "ask"): "Ask about next steps ({company})",
    ("thank-you", "email"): "Thank {person} ({company})",
    ("thank-you", "call"): "Call {person} ({company}): thanks",
    ("prepare", "prepare"): "Prepare the call to {person} ({company})",
    ("status", "call"): "Call {person} ({company})",
    ("status", "email"): "Email {person} ({company}): status",
    ("retry", "call"): "Call {person} again ({company})",
    ("retry", "email"): "Email {person} ({company}): status",
    ("second", "email"): "Email {person} ({company}): second follow-up",
    ("closing", "email"): "Email {person} ({company}): closing note",
    ("courtesy", "email"): "Email {person} ({company}): courtesy note",
    ("news", "call"): "Call {person} ({company}): other offer",
    ("news", "email"): "Email {person} ({company}): other offer",
    ("no-show", "email"): "Email {person} ({company}): missed call",
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
"""The short sentences of this module, for the catalogue."""
_LONGEST = 180


def summary(event: Event, known: Fields, words: Words) -> str:
    """One line, at most 180 characters; discreet ones name neither the company nor its purpose."""
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
    return words.say(named).format(person=_initialled(known["contact"]))


def _initialled(name: str) -> str:
    """``S. Smith`` for ``Sarah Smith``; a single name stays.

    >>> _initialled("Sarah Jane Smith"), _initialled("Smith, Sarah"), _initialled("王伟")
    ('S. Smith', 'S. Smith', '王伟')
    """
    last, comma, first = name.partition(", ")
    names = [*first.split(), last] if comma and first else name.split()
    return f"{names[0][0]}. {names[-1]}" if len(names) > 1 else name


# A plan whose events say what to do: every summary and description filled in.


def worded(plan: Plan, preferences: Preferences, words: Words) -> Plan:
    """The same plan in words; dates, identities and everything else stay as they are."""
    frame = Frame(plan, preferences, words)
    return replace(plan, events=tuple([_worded(frame, event) for event in plan.events]))


def _worded(frame: Frame, event: Event) -> Event:
    known = frame.known(event)
    return replace(
        event, summary=summary(event, known, frame.words), description=description(frame, event, known)
    )
