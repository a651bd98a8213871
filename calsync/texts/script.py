"""One text on its own: what to say on the phone, to a machine, to somebody else, or what to write.

``calsync script`` prints these; ``mailto`` makes an email's link (RFC 6068).
"""

from typing import Literal, get_args
from urllib.parse import quote

import msgspec

from calsync.domain import Event, Plan, Preferences, Step
from calsync.errors import Usage
from calsync.phrase import joined, phrase
from calsync.texts.clean import shortened
from calsync.texts.events import PlanTexts
from calsync.texts.fields import ROOMS
from calsync.texts.languages import LANGUAGES
from calsync.texts.words import Parts, Words, parts_of

__all__ = ["FORMS", "Form", "Script", "mailto", "script", "template_name"]

Form = Literal["call", "voicemail", "gatekeeper", "email"]
FORMS: tuple[Form, ...] = get_args(Form)

_LONGEST_LINK = 1900
_LONGEST_ADDRESS = 320  # RFC 3696, section 3


class Script(msgspec.Struct, frozen=True):
    """A text; for an email also its subject and the address it goes to, as far as they are known.

    ``unfinished`` says that it has a marked line, which somebody has to finish before it is sent.
    """

    subject: str
    text: str
    to: str = ""
    unfinished: bool = False


def script(
    plan: Plan, event: Event, preferences: Preferences, words: Words, as_: Form | None = None
) -> Script:
    """The text of one event in the form asked for; without one, the form the event has.

    Raises Usage for a form that the step does not have (a closing note is never a call).
    """
    return _script(PlanTexts(plan, preferences, words), event, as_)


def template_name(
    plan: Plan, event: Event, preferences: Preferences, words: Words, as_: Form | None = None
) -> str:
    """The template that ``script`` fills: ``status.call``."""
    return _chosen(PlanTexts(plan, preferences, words), event, as_)[1]


def mailto(plan: Plan, event: Event, preferences: Preferences, words: Words) -> str:
    """The email of an event as a link of at most 1,900 characters; what the candidate wrote is shortened to fit."""
    for room in ROOMS:
        letter = _script(PlanTexts(plan, preferences, words, room), event, "email")
        link = _link(letter.to, letter.subject, letter.text)
        if len(link) <= _LONGEST_LINK:
            return link
    return _cut(letter)


def _script(texts: PlanTexts, event: Event, form: Form | None) -> Script:
    fields = texts.fields(event)
    parts, name = _chosen(texts, event, form)
    template = texts.words.template(name)
    text = template.body(fields)
    if parts.offer and name == parts.say:
        text = f"{text}\n\n{texts.words.template(parts.offer).body(fields)}".strip()
    subject = template.subject(fields)
    unfinished = LANGUAGES[texts.words.language].unfinished in text
    return Script(subject, text, fields.get("email", "") if subject else "", unfinished)


def _chosen(texts: PlanTexts, event: Event, form: Form | None) -> tuple[Parts, str]:
    """The parts of the event when taken in that form, and the one of them asked for."""
    if form is None:
        parts = texts.parts(event)
        return parts, parts.say
    step = (event.before or "status") if event.action == "prepare" else event.step
    found = parts_of(step, "email" if form == "email" else "call", withdraws=event.withdraws)
    name = "" if found is None else found.say if form in {"call", "email"} else getattr(found, form)
    if found is None or not name:
        raise Usage(
            phrase("the step {step} has no text for {form}", step=event.step, form=form),
            remedy=phrase("use --as {forms}", forms=joined(_forms(step), phrase(" or ")))
            if _forms(step)
            else phrase("leave out --as"),
            code="CS-TXT-007",
        )
    return found, name


def _forms(step: Step) -> list[str]:
    call, email = parts_of(step, "call"), parts_of(step, "email")
    spoken = ["call", *(form for form in ("voicemail", "gatekeeper") if getattr(call, form))] if call else []
    return spoken + (["email"] if email else [])


def _link(to: str, subject: str, text: str) -> str:
    """RFC 6068, section 2: everything but the address's @ is escaped, line breaks are %0D%0A."""
    body = text.replace("\n", "\r\n")
    return f"mailto:{_address(to)}?subject={_escaped(subject)}&body={_escaped(body)}"


def _escaped(text: str) -> str:
    return quote(text, safe="")


def _address(to: str) -> str:
    """One address or none: words that are no address do not become the target of a link."""
    local, at, host = to.partition("@")
    address = f"{_escaped(local)}@{_escaped(host)}"
    is_one = local and at and "." in host and "@" not in host and " " not in to
    return address if is_one and len(address) <= _LONGEST_ADDRESS else ""


def _cut(letter: Script) -> str:
    """The link with as much of the text as there is room for (long names in scripts that take nine bytes a sign)."""
    kept = len(letter.text)
    while (
        len(link := _link(letter.to, letter.subject, shortened(letter.text, kept))) > _LONGEST_LINK
        and kept > 0
    ):
        kept = kept * 9 // 10
    return link
