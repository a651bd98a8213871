"""The one line that a calendar shows of an event: who is called, and about what. Another step is another row."""

from calsync.domain import Action, Event, Step
from calsync.texts.fields import Fields
from calsync.texts.words import Words

__all__ = ["SUMMARY_SENTENCES", "summary"]

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
