"""What the title of an invitation says of company, role and contact.

A title is a few parts with dashes, bars or colons between them. One of them
mostly names the conversation, and what stands at it with "at", "for", "with" is
told by those words (``_PHRASES``, tried in order); the other parts by what they
look like. What could be two things is neither: the caller asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from calsync.intake.invitation import words
from calsync.intake.invitation.people import bare

__all__ = ["Known", "Title", "read_title"]

_SHORTEST_LIKENESS = 3
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the invitation knows: the employer by an address, names of people met, the candidate's."""

    employer: str = ""
    people: tuple[str, ...] = ()
    candidate: tuple[str, ...] = ()


@dataclass(slots=True)
class Title:
    """What a title says; empty where it says nothing."""

    company: str = ""
    role: str = ""
    contact: str = ""


def read_title(summary: str, known: Known) -> Title:
    """Read a title of one line.

    >>> read_title("Interview: Product Manager at Acme", Known())
    Title(company='Acme', role='Product Manager', contact='')
    >>> read_title("Acme – Interview with Sarah (PM)", Known())
    Title(company='Acme', role='PM', contact='Sarah')
    """
    title, unsure = Title(), list[tuple[int, str]]()
    summary = _taken_from(summary, title)
    parts = [part for part in map(_tidy, re.split(_BETWEEN, summary)) if part]
    conversation = False
    for place, part in enumerate(parts):
        if found := _INTERVIEW.fullmatch(part) or _TALK.fullmatch(part):
            conversation |= found.re is _INTERVIEW
            if found["before"]:
                unsure.append((_AT_IT, _tidy(found["before"])))
            _phrase(found["after"] or "", title, unsure, known)
        elif not _placed(part, title, known):
            unsure.append((place, part))
    _settle(unsure, title, known, first=conversation)
    return Title(_named(title.company), _position(title.role), _named(title.contact))


# --- parts and phrases ---

_BETWEEN = r"\s+[-–—|•·/]+\s+|\s*(?:\||<-?>|//|–|—|::)\s*|:\s+"
_INTERVIEW = re.compile(
    rf"(?:(?P<before>.+?)[ ,]+)??(?:your |ihr |dein )?(?:{words.INTERVIEW})(?:[ ,]+(?P<after>.+))?",
    re.IGNORECASE,
)
_TALK = re.compile(rf"(?:(?P<before>.+?)[ ,]+)??(?:{words.TALK})(?:[ ,]+(?P<after>.+))?", re.IGNORECASE)
_PREFIX = re.compile(rf"(?:{words.PREFIX}|\[[^\]]{{1,40}}\]\s*)+", re.IGNORECASE)
_MAILED = re.compile(r" @ \w{2,3}\.? [\w. ]{3,14},? \d{4}\b.*$")  # what Google adds: @ Thu Nov 12, 2026 2pm …
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_ROLE = re.compile(words.ROLE, re.IGNORECASE)
_ACRONYM = re.compile(words.ACRONYMS)
_FIRM = re.compile(words.FIRM, re.IGNORECASE)
_NOISE = re.compile(words.NOISE, re.IGNORECASE)
_GENDERS = re.compile(r"\s*\(?\b(?:all genders|[mwfdx](?:/[mwfdx]){1,2})\b\)?", re.IGNORECASE)
_PAIR = re.compile(r"(.+?)(?: and | und | & | x | <> | / |, )(.+)", re.IGNORECASE)

# Groups: company, role, person; ``who`` is a person or a company, ``what`` a role or a company.
_PHRASES = [
    re.compile(
        pattern.format(AT=words.AT, WITH=words.WITH, FOR=words.FOR, FOR_ROLE=words.FOR_ROLE), re.IGNORECASE
    )
    for pattern in (
        "(?:between|zwischen) (?P<pair>.+)",
        "{WITH} (?P<who>.+?),? {FOR_ROLE} (?P<role>.+)",
        "{AT} ?(?P<company>.+?),? (?:{FOR_ROLE}|{FOR}) (?P<role>.+)",
        "(?:{FOR_ROLE}|{FOR}) (?P<role>.+?),? {AT} ?(?P<company>.+?),? {WITH} (?P<person>.+)",
        "(?:{FOR_ROLE}|{FOR}) (?P<role>.+?),? {AT} ?(?P<company>.+)",
        "(?:{FOR_ROLE}|{FOR}) (?P<role>.+?),? {WITH} (?P<who>.+)",
        "{WITH} (?P<person>.+?),? (?:{AT}|from|of|von) ?(?P<company>.+)",
        "{AT} ?(?P<company>.+?),? {WITH} (?P<person>.+)",
        "{AT} ?(?P<company>.+)",
        "{WITH} (?P<who>.+?),? {FOR} (?P<what>.+)",
        "{WITH} (?P<who>.+)",
        "{FOR_ROLE} (?P<role>.+)",
        "{FOR} (?P<what>.+)",
    )
]
_PLAIN = re.compile(rf"(?P<role>.+?),? {words.AT} ?(?P<company>.+)", re.IGNORECASE)

_WITH, _AT_IT = -2, -1
"""Places of what is not a part of its own: whom the conversation is with, and what else stands at it."""

_Place = Literal["company", "role", "contact"]
_PLACES: dict[str, _Place] = {"company": "company", "role": "role", "person": "contact"}


def _phrase(after: str, title: Title, unsure: list[tuple[int, str]], known: Known) -> None:
    """What stands behind the word for the conversation."""
    found = next(filter(None, (pattern.fullmatch(after) for pattern in _PHRASES)), None)
    for kind, said in found.groupdict().items() if found else ():
        value = _tidy(said or "")
        if kind == "pair" or (kind == "who" and not _placed(value, title, known)):
            if kind == "pair" or not _person_or_company(value, found, title, known):
                unsure.append((_WITH, value))
        elif kind == "what" and not _placed(value, title, known):
            unsure.append((_AT_IT, value))
        elif kind in _PLACES and (kind != "company" or _may_be_company(value, known)):
            _say(title, _PLACES[kind], value)
    if after and not found:
        unsure.append((_AT_IT, _tidy(after)))


def _person_or_company(value: str, found: re.Match[str] | None, title: Title, known: Known) -> bool:
    """Whom an interview "with …" is with, when nobody of that name is invited."""
    if known.employer or title.company:  # the company is known, and it is not this
        return _say(title, "contact", value)
    told_role = found is not None and "role" in found.re.groupindex
    return told_role and _say(title, "company", value)


def _placed(part: str, title: Title, known: Known) -> bool:
    """A part that can be one thing only."""
    if not part or _NOISE.fullmatch(part) or _same(part, known.candidate):
        return True
    if person := _same(part, known.people):
        return _say(title, "contact", person)
    if _like(part, known.employer) and not _is_role(part):
        return _say(title, "company", part)
    if (found := _PLAIN.fullmatch(part)) and (
        _is_role(found["role"]) or _like(found["company"], known.employer)
    ):
        return _say(title, "company", found["company"]) | _say(title, "role", found["role"])
    if _is_role(part):
        return _say(title, "role", _without(known.employer, part, title))
    return bool(_FIRM.search(part)) and _say(title, "company", part)


def _settle(unsure: list[tuple[int, str]], title: Title, known: Known, *, first: bool) -> None:
    """What is left: two names of which one is the candidate's; the company before the conversation."""
    for place, part in unsure:
        if _placed(part, title, known):
            continue
        sides = _PAIR.fullmatch(part)
        others = (
            [side for side in map(_tidy, sides.groups()) if not _same(side, known.candidate)] if sides else []
        )
        if len(others) == 1:
            if not _placed(others[0], title, known):
                _say(title, "contact", others[0])
        elif place == 0 and first:
            _say(title, "company", part)
    if not title.contact and title.company:
        _contact_beside(unsure, title, known)


def _contact_beside(unsure: list[tuple[int, str]], title: Title, known: Known) -> None:
    """Whom it is "with" is a person once the company is known to be another."""
    for place, part in unsure:
        alone = re.fullmatch(r"\w[\w.'-]*(?: \w[\w.'-]*){0,3}", part)
        if place == _WITH and alone and part != title.company and not _same(part, known.candidate):
            title.contact = title.contact or part


def _taken_from(summary: str, title: Title) -> str:
    """The title without what mail programs add, and without brackets; a role in brackets is one."""
    bare_title = _PREFIX.sub("", _MAILED.sub("", summary), count=1) if _PREFIX.match(summary) else summary
    bare_title = _GENDERS.sub("", _MAILED.sub("", bare_title))
    for inside in _BRACKETS.findall(bare_title):
        if _is_role(inside):
            _say(title, "role", inside)
    return _BRACKETS.sub("", bare_title)


# --- what it looks like ---


def _say(title: Title, place: _Place, value: str) -> bool:
    """Keep the first that is said of each."""
    if value and not getattr(title, place):
        setattr(title, place, value)
    return True


def _is_role(part: str) -> bool:
    return bool(_ROLE.search(part) or _ACRONYM.fullmatch(part.strip()))


def _may_be_company(value: str, known: Known) -> bool:
    """Neither an hour ("at 3pm") nor common words ("at our office"): names begin with a capital letter."""
    return _like(value, known.employer) or not (value[:1].islower() or _NOISE.fullmatch(value))


def _without(employer: str, part: str, title: Title) -> str:
    """The position without the company in front: "Acme Product Manager"."""
    first, _, rest = part.partition(" ")
    if employer and rest and bare(first) == bare(employer):
        _say(title, "company", first)
        return rest
    return part


def _like(part: str, employer: str) -> bool:
    """Acme, Acme Corp. and Acme Robotics are like acme.example; people's words differ from their domains."""
    one, other = bare(part), bare(employer)
    return (
        len(other) >= _SHORTEST_LIKENESS
        and bool(one)
        and (one.startswith(other) or other.startswith(one))
        and (len(one) >= _SHORTEST_LIKENESS)
    )


def _same(part: str, names: tuple[str, ...]) -> str:
    """The name that is meant: whole, or by the first name alone."""
    wanted = bare(part)
    return next((name for name in names if wanted and wanted in set(_calls(name))), "")


def _calls(name: str) -> Iterator[str]:
    yield bare(name)
    first, _, rest = name.partition(" ")
    if rest:
        yield bare(first)
        yield bare(f"{rest} {first}")


def _tidy(part: str) -> str:
    return part.strip(" \t.,;:!?\"'„“”‘’*_#-–—|/").strip()


def _named(value: str) -> str:
    return value if len(value) <= _LONGEST and re.search(r"\w", value) else ""


def _position(value: str) -> str:
    role = _tidy(re.sub(r"\s+(?:role|position|post|interview)$", "", _named(value), flags=re.IGNORECASE))
    return re.sub(r"^(?:an?|the|our|die|der|das|eine?n?) ", "", role, flags=re.IGNORECASE)
