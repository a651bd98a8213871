"""In which language and with whose templates a text is written.

The templates that come with calsync lie beside this file, one folder for each
language. A user's template of the same name wins: ``texts/status.call.txt`` in
calsync's home, or ``texts/de/status.call.txt`` for one language alone.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from calsync.domain import Action, Step
from calsync.errors import BadSettings
from calsync.phrase import phrase
from calsync.texts.catalogue import FOLDER, translate
from calsync.texts.clean import block
from calsync.texts.fields import FIELDS
from calsync.texts.languages import LANGUAGES
from calsync.texts.template import Template, closest

__all__ = ["PARTS", "PREPARING", "TEMPLATES", "Parts", "Words", "parts_of"]

_LARGEST_BYTES = 64 * 1024


class Words:
    """A language ("en", "en-GB", "de"), the user's own templates by name, and whether summaries are discreet.

    Keep one for a whole run: it remembers what it has read. Raises BadSettings for a language
    that calsync does not speak.
    """

    def __init__(
        self, language: str = "en", *, discreet: bool = False, own: Mapping[str, Template] | None = None
    ) -> None:
        self.language = _language(language)
        self.tag = language
        self.discreet = discreet
        self.own = own or {}
        self._read: dict[str, Template] = {}
        self._others: dict[str, Words] = {}

    @classmethod
    def load(
        cls, folder: str | os.PathLike[str] | None, language: str = "en", *, discreet: bool = False
    ) -> "Words":
        """With the user's templates from ``folder`` (``texts/`` in calsync's home; need not be there).

        Every template in it is checked: BadSettings names the file, the line and the nearest field.
        """
        own = dict(_own(Path(folder))) if folder is not None and Path(folder).is_dir() else {}
        return cls(language, discreet=discreet, own=own)

    def speaking(self, language: str) -> "Words":
        """The same in another language; itself if it is none. Raises BadSettings as the class does."""
        code = _language(language) if language else self.language
        if code == self.language:
            return self
        found = self._others.get(code)
        if found is None:
            found = self._others[code] = Words(code, discreet=self.discreet, own=self.own)
        return found

    def template(self, name: str) -> Template:
        """The user's template of that name, for this language or for all, else calsync's."""
        found = self._read.get(name)
        if found is None:
            own = self.own.get(f"{self.language}/{name}") or self.own.get(name)
            found = self._read[name] = own or _shipped(self.language, name)
        return found

    def say(self, sentence: str) -> str:
        """A short sentence of calsync's own in this language, its holes still in it."""
        return translate(sentence, self.language)


def _language(name: str) -> str:
    """``de`` for ``de``, ``de-AT``, ``de_DE.UTF-8``."""
    code = name.lower().replace("_", "-").partition("-")[0]
    if code not in LANGUAGES:
        raise BadSettings(
            phrase("there are no texts in the language {name!r}", name=name),
            remedy=phrase("use one of {languages}", languages=", ".join(sorted(LANGUAGES))),
            where="language",
            code="CS-TXT-004",
        )
    return code


def _shipped(language: str, name: str) -> Template:
    return Template((FOLDER / language / f"{name}.txt").read_text(encoding="utf-8"), FIELDS, f"{name}.txt")


def _own(folder: Path) -> Iterator[tuple[str, Template]]:
    """The user's templates, each with its name (``status.call`` or ``de/status.call``)."""
    for file in sorted(folder.rglob("*.txt")):
        yield _named(file, folder)


def _named(file: Path, folder: Path) -> tuple[str, Template]:
    place = file.relative_to(folder)
    name = place.with_suffix("").as_posix()
    if name.removeprefix(f"{place.parts[0]}/" if place.parts[0] in LANGUAGES else "") not in TEMPLATES:
        raise BadSettings(
            phrase("no text goes by this name"),
            remedy=phrase("did you mean {closest}.txt?", closest=closest(place.stem, TEMPLATES)),
            where=str(file),
            code="CS-TXT-003",
        )
    return name, Template(block(_content(file)), FIELDS, str(file))


def _content(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise BadSettings(
                phrase("this is too long for the text of an event"),
                remedy=phrase("keep it under {largest_bytes} KiB", largest_bytes=_LARGEST_BYTES // 1024),
                where=str(file),
                code="CS-TXT-005",
            )
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadSettings(
            phrase("this text cannot be read: {name}", name=problem.__class__.__name__),
            remedy=phrase("save it as UTF-8, in a file you may read, or remove it"),
            where=str(file),
            code="CS-TXT-006",
        ) from problem


# Which templates make the text of which event: one row for each step and action.
#
# A new step is a row here, its templates in every language's folder, and a
# summary in ``events``. A part that is empty is left out of the text.


class Parts(msgspec.Struct, frozen=True):
    """The names of the templates of one event, in the order in which they are read."""

    do: str
    say: str
    voicemail: str = ""
    gatekeeper: str = ""
    offer: str = ""
    hand: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Those that there are."""
        named = msgspec.structs.astuple(self)
        return tuple(name for name in named if name)


_STATUS_CALL = Parts("status.call.do", "status.call", "status.voicemail", "gatekeeper", "offer", "call.hand")
_STATUS_EMAIL = Parts("email.do", "status.email", hand="email.hand")
_CLOSING = Parts("email.do", "closing.email", hand="email.hand")

PARTS: dict[tuple[Step, Action], Parts] = {
    ("ask", "ask"): Parts("ask.do", "ask", hand="ask.hand"),
    ("thank-you", "email"): Parts("thank-you.email.do", "thank-you.email", hand="email.hand"),
    ("thank-you", "call"): Parts(
        "thank-you.call.do", "thank-you.call", "thank-you.voicemail", "gatekeeper", hand="call.hand"
    ),
    ("status", "call"): _STATUS_CALL,
    ("status", "email"): _STATUS_EMAIL,
    ("retry", "call"): Parts(
        "retry.call.do", "retry.call", "retry.voicemail", "gatekeeper", "offer", "call.hand"
    ),
    ("retry", "email"): _STATUS_EMAIL,
    ("second", "call"): _STATUS_CALL,
    ("second", "email"): Parts("email.do", "second.email", hand="email.hand"),
    ("closing", "email"): _CLOSING,
    ("courtesy", "email"): Parts("email.do", "courtesy.email"),
    ("news", "call"): Parts("news.call.do", "news.call", "news.voicemail", "gatekeeper", "", "call.hand"),
    ("news", "email"): Parts("email.do", "news.email", hand="email.hand"),
    ("no-show", "email"): Parts("email.do", "no-show.email"),
    ("no-show", "call"): _STATUS_CALL,
}
_WITHDRAWING = Parts("email.do", "closing-withdrawal.email", hand="email.hand")
PREPARING = "prepare.do"

TEMPLATES = tuple(
    sorted({name for parts in (*PARTS.values(), _WITHDRAWING) for name in parts.names} | {PREPARING})
)
"""The name of every template there is."""


def parts_of(step: Step, action: Action, *, withdraws: bool = False) -> Parts | None:
    """The parts of an event; None where the step is not taken in that way (a closing is never a call)."""
    return _WITHDRAWING if withdraws and (step, action) == ("closing", "email") else PARTS.get((step, action))
