"""The text of an event: enough to make the call with the phone in hand and nothing else.

First line the number, second line the address, then the parts in the order in
which they are needed. Plain text of at most 3,000 characters: the reasons give
way first, then what people wrote, and the number never.
"""

from collections.abc import Collection, Iterator
from itertools import chain

from calsync.domain import Event
from calsync.texts.catalogue import plural
from calsync.texts.clean import shortened
from calsync.texts.fields import ROOMS, Fields
from calsync.texts.frame import Frame
from calsync.texts.parts import Parts
from calsync.texts.reasons import reason_text
from calsync.texts.template import Shape, Template
from calsync.texts.words import Words

__all__ = ["LONGEST", "PLURALS", "SENTENCES", "description"]

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
