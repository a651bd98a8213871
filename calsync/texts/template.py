"""A text with fields, in a file that anybody can edit.

Fields are those of ``string.Template``: ``$role`` or ``${role}``, and ``$$`` for
a dollar sign. What a line begins with says what becomes of it:

    # words      a comment; it names the rules of the advice that the text puts to work
    subject: …   the subject of an email, on the first line
    words        a line of its own
    + words      goes on the line before it, after a space
    | words      stands in for the line before it when that one is left out
    ?name words  is said only where the field is known, without saying it; also after + and |

**A line is left out when one of its fields is not known.** So a sentence that
needs the topic stands on a line of its own, and what to say without a topic
follows it after ``|``. An empty line begins a paragraph. A value is never read
as a template: ``$role`` typed into a record stays those five characters.
"""

import re
import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Literal

import msgspec

from calsync.errors import BadSettings
from calsync.phrase import joined, phrase

__all__ = ["Template", "closest"]

_Start = Literal["line", "more", "paragraph"]


class _Choice(msgspec.Struct, frozen=True):
    """One way to say a line: its fields in order, and the line with a ``%s`` for each."""

    names: tuple[str, ...]
    pattern: str
    only_with: tuple[str, ...] = ()

    def fits(self, known: Collection[str]) -> bool:
        return all(name in known for name in (*self.names, *self.only_with))


class _Line(msgspec.Struct, frozen=True):
    start: _Start
    choices: tuple[_Choice, ...]


class _Text:
    """Some lines; which of them are said depends on the known fields alone, and is worked out once for each set."""

    def __init__(self, lines: Iterable[_Line]) -> None:
        self._lines = tuple(lines)
        self._named = {
            name
            for line in self._lines
            for choice in line.choices
            for name in (*choice.names, *choice.only_with)
        }
        self._chosen: dict[frozenset[str], _Choice] = {}

    def fill(self, fields: Mapping[str, str]) -> str:
        known = frozenset(self._named & fields.keys())
        choice = self._chosen.get(known)
        if choice is None:
            choice = self._chosen[known] = self._choose(known)
        return choice.pattern % tuple([fields[name] for name in choice.names])

    def _choose(self, known: frozenset[str]) -> _Choice:
        pattern, start = "", "line"
        names: list[str] = []
        for line in self._lines:
            choice = next((one for one in line.choices if one.fits(known)), None)
            if line.start == "paragraph":
                start = "paragraph"
            elif choice is not None:
                first = "more" if line.start == "more" and start != "paragraph" else start
                pattern += (_GAPS[first] if pattern else "") + choice.pattern
                names += choice.names
                start = "line"
        return _Choice(tuple(names), pattern)


_CONDITION = re.compile(r"\?([a-z]\w*) ")
_GAPS = {"line": "\n", "more": " ", "paragraph": "\n\n"}


class Template:
    r"""A text and perhaps a subject. The fields that fill it are the known ones only, none of them empty.

    Raises BadSettings with ``where`` and the line for a field that is not
    among ``known``, or a dollar sign that begins none.

    >>> letter = Template("Thank you, $contact.\n| Thank you.\n+ I liked $topic.", {"contact", "topic"})
    >>> letter.body({"topic": "the garden"})
    'Thank you. I liked the garden.'
    """

    def __init__(self, text: str, known: Collection[str], where: str = "") -> None:
        subject, body = _halves(_numbered(text))
        self._subject = _Text(_lines(subject, known, where))
        self._body = _Text(_lines(body, known, where))
        self.rules = frozenset(_rules(text))

    def subject(self, fields: Mapping[str, str]) -> str:
        """The subject, filled; nothing for texts that are not emails."""
        return self._subject.fill(fields)

    def body(self, fields: Mapping[str, str]) -> str:
        """The text, filled, without a line break at its end."""
        return self._body.fill(fields)


def closest(name: str, names: Iterable[str]) -> str:
    """The one of ``names`` that ``name`` was most likely meant to be."""
    ordered = sorted(names)
    return next(iter(get_close_matches(name.lower(), ordered, n=1, cutoff=0.0)), ordered[0])


_Numbered = list[tuple[int, str]]


def _numbered(text: str) -> _Numbered:
    """The lines that are not comments, with their numbers in the file."""
    lines = enumerate(text.splitlines(), start=1)
    return [(number, line.rstrip()) for number, line in lines if not line.startswith("#")]


def _halves(lines: _Numbered) -> tuple[_Numbered, _Numbered]:
    """The lines of the subject, then those of the text."""
    begin = next((place for place, (_, line) in enumerate(lines) if line), len(lines))
    if begin == len(lines) or not lines[begin][1].startswith("subject:"):
        return [], lines[begin:]
    end = begin + 1
    while end < len(lines) and lines[end][1].startswith("| "):
        end += 1
    number, line = lines[begin]
    return [(number, line.removeprefix("subject:").strip()), *lines[begin + 1 : end]], lines[end:]


def _lines(numbered: _Numbered, known: Collection[str], where: str) -> Iterator[_Line]:
    start: _Start = "line"
    choices: list[_Choice] = []
    for number, line in numbered:
        place = joined((where, phrase("line {number}", number=number)))
        mark, words = (line[0], line[2:].strip()) if line[:2] in {"+ ", "| "} else ("", line)
        if mark == "|":
            choices.append(_choice(words, known, place))
            continue
        if choices:
            yield _Line(start, tuple(choices))
        choices = [_choice(words, known, place)] if words else []
        start = "more" if mark == "+" else "line"
        if not words:
            yield _Line("paragraph", ())
    if choices:
        yield _Line(start, tuple(choices))


def _choice(words: str, known: Collection[str], place: str) -> _Choice:
    """``Dear $contact,`` as the pattern ``Dear %s,`` and the name ``contact``."""
    names: list[str] = []
    only_with: tuple[str, ...] = ()
    if condition := _CONDITION.match(words):
        only_with = (_field(condition[1], known, place),)
        words = words[condition.end() :]
    pattern, end = "", 0
    for found in string.Template.pattern.finditer(words):
        pattern += words[end : found.start()].replace("%", "%%")
        end = found.end()
        if found["escaped"] is not None:
            pattern += "$"
            continue
        names.append(_field(found["named"] or found["braced"] or "", known, place))
        pattern += "%s"
    return _Choice(tuple(names), pattern + words[end:].replace("%", "%%"), only_with)


def _field(name: str, known: Collection[str], place: str) -> str:
    if not name:
        raise BadSettings(
            phrase("a $ begins no field here"),
            remedy=phrase("write $$ for a dollar sign"),
            where=place,
            code="CS-TXT-002",
        )
    if name not in known:
        raise BadSettings(
            phrase("there is no field ${name}", name=name),
            remedy=phrase(
                "did you mean ${closest}? calsync script --fields lists them all",
                closest=closest(name, known),
            ),
            where=place,
            code="CS-TXT-001",
        )
    return name


def _rules(text: str) -> Iterator[str]:
    """The ids that the comments name."""
    for line in text.splitlines():
        if line.startswith("# rules:"):
            yield from line.removeprefix("# rules:").replace(",", " ").split()
