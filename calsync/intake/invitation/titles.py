"""What the title of an invitation says of company, role and contact.

A title is a few parts with dashes, bars or colons between them. One of them
mostly names the conversation, and what stands at it with "at", "for", "with" is
told by those words (``_PHRASES``, tried in order); the other parts by what they
look like. What could be two things is neither: the caller asks. The candidate's
own name is taken out before, so that it is neither company nor role.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

import msgspec

from calsync.intake.invitation.people import bare
from calsync.intake.invitation.title_looks import (
    company_in,
    is_firm,
    is_nobody,
    is_noise,
    is_role,
    like,
    named,
    position,
    same,
    tidy,
    without_number,
)
from calsync.intake.invitation.title_words import (
    ABOUT,
    AND,
    AT,
    FOR,
    FOR_ROLE,
    GENDERS,
    INTERVIEW,
    PREFIX,
    TALK,
    WITH,
)

__all__ = ["KnownParties", "Title", "read_title"]


class KnownParties(msgspec.Struct, frozen=True):
    """What the rest of the invitation knows: the employer by an address, names of people met, the candidate's."""

    employer: str = ""
    people: tuple[str, ...] = ()
    candidate: tuple[str, ...] = ()


class Title(msgspec.Struct):
    """What a title says; empty where it says nothing."""

    company: str = ""
    role: str = ""
    contact: str = ""


def read_title(summary: str, known: KnownParties) -> Title:
    """Read a title of one line.

    >>> read_title("Interview: Product Manager at Acme", KnownParties())
    Title(company='Acme', role='Product Manager', contact='')
    >>> read_title("Acme – Interview with Sarah (PM)", KnownParties())
    Title(company='Acme', role='PM', contact='Sarah')
    """
    title, unsure = Title(), list[tuple[int, str]]()
    summary = _taken_from(_without_candidate(_plain(summary), known.candidate), title, known)
    parts = [part for part in map(tidy, re.split(_BETWEEN, summary)) if part]
    conversation = False
    for place, part in enumerate(parts):
        if found := _INTERVIEW.fullmatch(part) or _TALK.fullmatch(part):
            conversation |= found.re is _INTERVIEW
            if before := tidy(found["before"] or ""):
                unsure.append((_AT_IT, before))
            _phrase(tidy(found["after"] or ""), title, unsure, known)
        elif not _placed(part, title, known):
            unsure.append((place, part))
    _settle(unsure, title, known, first=conversation)
    return Title(named(title.company), position(title.role), named(title.contact))


# --- parts and phrases ---

_BETWEEN = r"\s+[-–—|•·/]+\s+|\s*(?:\||<-?>|//|–|—|::|】|【|／)\s*|:\s+|[:：](?=[^\x00-\x7f])|\s+[-–—](?=\S)|(?<=\S)[-–—]\s+"
_INTERVIEW = re.compile(
    rf"(?:(?P<before>.+?)[ ,]*)??(?<!\w)(?:your |ihr |dein |votre |tu |din )?(?:{INTERVIEW})(?!\w)(?:[ ,の]*(?P<after>.+))?",
    re.IGNORECASE,
)
_TALK = re.compile(
    rf"(?:(?P<before>.+?)[ ,]+)??(?<!\w)(?:quick |your )?(?:{TALK})(?!\w)(?:[ ,]+(?P<after>.+))?",
    re.IGNORECASE,
)
_PREFIX = re.compile(rf"(?:{PREFIX}|\[[^\]]{{1,40}}\]\s*)+", re.IGNORECASE)
_INVITED = re.compile(
    r"(?:einladung|invitation|invitación|inbjudan|convocation)\s+(?:zu[mr]?|to|an|à(?: l['’]?| un)?|a(?: la| una)?|till)\s+",
    re.IGNORECASE,
)
_MAILED = re.compile(r" @ \w{2,3}\.? [\w. ]{3,14},? \d{4}\b.*$")  # what Google adds: @ Thu Nov 12, 2026 2pm …
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_GENDERS = re.compile(rf"\s*{GENDERS}", re.IGNORECASE)
_PAIR = re.compile(rf"(.+?){AND}(.+)", re.IGNORECASE)
_JAPANESE_FIRM = re.compile(
    r"(?:株式会社|有限会社|合同会社)[^\s、,/()の「」]+|[^\s、,/()の「」]+(?:株式会社|有限会社|合同会社)"
)

# Groups: company, role, person; ``who`` is a person or a company, ``what`` a role or a company.
_PHRASES = [
    re.compile(pattern.format(AT=AT, WITH=WITH, FOR=FOR, FOR_ROLE=FOR_ROLE, ABOUT=ABOUT), re.IGNORECASE)
    for pattern in (
        "(?:between|zwischen|entre|mellan) (?P<pair>.+)",
        "{WITH} (?P<who>.+?),? {FOR_ROLE} (?P<role>.+)",
        "{WITH} (?P<who>.+?),? {ABOUT} (?P<role>.+)",
        "{AT} ?(?P<company>.+?),? (?:{FOR_ROLE}|{FOR}) (?P<role>.+)",
        "(?:{FOR_ROLE}|{FOR}) (?P<role>.+?),? {AT} ?(?P<company>.+?),? {WITH} (?P<person>.+)",
        "(?:{FOR_ROLE}|{FOR}|{ABOUT}) (?P<role>.+?),? {AT} ?(?P<company>.+)",
        "(?:{FOR_ROLE}|{FOR}) (?P<role>.+?),? {WITH} (?P<who>.+)",
        "{WITH} (?P<person>.+?),? (?:{AT}|from|of|von|de chez|de|från) ?(?P<company>.+)",
        "{AT} ?(?P<company>.+?),? {WITH} (?P<person>.+)",
        "{AT} ?(?P<company>.+)",
        "{WITH} (?P<who>.+?),? {FOR} (?P<what>.+)",
        "{WITH} (?P<who>.+)",
        "{FOR_ROLE} (?P<role>.+)",
        "(?:{FOR}|{ABOUT}) (?P<what>.+)",
    )
]
_WITH_LAST = re.compile(rf"(?P<what>.+?),? {WITH} (?P<who>.+)", re.IGNORECASE)
_PLAIN = re.compile(rf"(?P<role>.+?),? {AT} ?(?P<company>.+)", re.IGNORECASE)

_LONG_IN_JAPAN = 5
"""Signs of a position of which "職" is no part."""

_WITH, _AT_IT = -2, -1
"""Places of what is not a part of its own: whom the conversation is with, and what else stands at it."""

_Place = Literal["company", "role", "contact"]
_PLACES: dict[str, _Place] = {"company": "company", "role": "role", "person": "contact"}


def _phrase(after: str, title: Title, unsure: list[tuple[int, str]], known: KnownParties) -> None:
    """What stands behind the word for the conversation."""
    found = next(filter(None, (pattern.fullmatch(after) for pattern in _PHRASES)), None)
    for kind, said in found.groupdict().items() if found else ():
        value = tidy(said or "")
        if kind == "pair" or (kind == "who" and not _placed(value, title, known)):
            if kind == "pair" or not _person_or_company(value, found, title, known):
                unsure.append((_WITH, value))
        elif kind == "what" and not _placed(value, title, known):
            unsure.append((_AT_IT, value))
        elif kind == "person" and (company := like(value, known.employer) and value):
            _say(title, "company", company)
        elif (
            kind in _PLACES and (kind != "company" or _may_be_company(value, known)) and not is_nobody(value)
        ):
            _say(title, _PLACES[kind], value)
    if after and not found:
        unsure += [(_AT_IT, part) for part in _listed(after, known)]


def _listed(text: str, known: KnownParties) -> list[str]:
    """Position, Company: where what stands behind the last comma is one of them for certain."""
    first, comma, last = text.rpartition(", ")
    certain = comma and (like(last, known.employer) or is_firm(last) or is_noise(last))
    return [part for part in ((first, last) if certain else (text,)) if part]


def _person_or_company(value: str, found: re.Match[str] | None, title: Title, known: KnownParties) -> bool:
    """Whom an interview "with …" is with, when nobody of that name is invited."""
    if known.employer or title.company:  # the company is known, and it is not this
        return _say(title, "contact", value)
    told_role = found is not None and "role" in found.re.groupindex
    return told_role and _say(title, "company", value)


def _placed(part: str, title: Title, known: KnownParties) -> bool:
    """Whether a part can be one thing only; it is then said."""
    return not part or any(way(part, title, known) for way in _WAYS)


def _as_nothing(part: str, _: Title, known: KnownParties) -> bool:
    return is_noise(part) or is_nobody(part) or bool(same(part, known.candidate))


def _as_person(part: str, title: Title, known: KnownParties) -> bool:
    """Somebody's name; behind a comma stands where they are, or what they are, which is not the position."""
    first, _, rest = part.partition(", ")
    person = same(part, known.people) or same(first, known.people)
    if person and rest and (like(rest, known.employer) or is_firm(rest)):
        _placed(rest, title, known)
    return bool(person) and _say(title, "contact", person)


def _as_pair(part: str, title: Title, known: KnownParties) -> bool:
    """Two names of which one is the candidate's."""
    sides = [tidy(side) for side in found.groups()] if (found := _PAIR.fullmatch(part)) else []
    others = [side for side in sides if not same(side, known.candidate)]
    return len(others) == 1 and _placed(others[0], title, known)


def _as_with_person(part: str, title: Title, known: KnownParties) -> bool:
    """Whatever is "with" somebody of those who will be met."""
    found = _WITH_LAST.fullmatch(part)
    if not found or not _as_person(tidy(found["who"]), title, known):
        return False
    _placed(tidy(found["what"]), title, known)
    return True


def _as_list(part: str, title: Title, known: KnownParties) -> bool:
    """A position and what stands behind its last comma."""
    first, *others = _listed(part, known)
    return bool(others) and _placed(first, title, known) | all(_placed(each, title, known) for each in others)


def _as_company(part: str, title: Title, known: KnownParties) -> bool:
    return (
        like(part, known.employer)
        and not is_role(part)
        and _say(title, "company", company_in(part, known.employer))
    )


def _as_role_at_company(part: str, title: Title, known: KnownParties) -> bool:
    found = _PLAIN.fullmatch(part)
    if not found or not (is_role(found["role"]) or like(found["company"], known.employer)):
        return False
    return _say(title, "company", found["company"]) | _say(title, "role", found["role"])


def _as_role(part: str, title: Title, known: KnownParties) -> bool:
    return is_role(part) and _say(title, "role", _without(known.employer, part, title))


def _as_firm(part: str, title: Title, _: KnownParties) -> bool:
    return is_firm(part) and _say(title, "company", part)


def _as_japanese(part: str, title: Title, _: KnownParties) -> bool:
    """Nothing stands between its words: a firm is told by the word for one, a position by what it ends in."""
    if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", part):
        return False
    if firm := _JAPANESE_FIRM.search(part):
        _say(title, "company", firm[0])
        part = part.replace(firm[0], " ").replace("/", " ")
    role = next((word for word in part.split() if is_role(word) and not is_noise(word)), "")
    return bool(firm or role) and _say(
        title, "role", role.removesuffix("職") if len(role) > _LONG_IN_JAPAN else role
    )


_WAYS = (
    _as_nothing,
    _as_person,
    _as_pair,
    _as_with_person,
    _as_japanese,
    _as_list,
    _as_company,
    _as_role_at_company,
    _as_role,
    _as_firm,
)


def _settle(unsure: list[tuple[int, str]], title: Title, known: KnownParties, *, first: bool) -> None:
    """What is left: two names of which one is the candidate's; the company before the conversation."""
    for place, part in unsure:
        if _placed(part, title, known):
            continue
        sides = _PAIR.fullmatch(part)
        others = (
            [side for side in map(tidy, sides.groups()) if not same(side, known.candidate)] if sides else []
        )
        if len(others) == 1:
            if not _placed(others[0], title, known):
                _say(title, "contact", others[0])
        elif others and any(_placed(side, title, known) for side in others):
            continue
        elif (place == 0 and first and not part[:1].islower()) or re.match(r"The [A-Z]", part):
            _say(title, "company", part)
    if not title.contact and title.company:
        _contact_beside(unsure, title, known)


def _contact_beside(unsure: list[tuple[int, str]], title: Title, known: KnownParties) -> None:
    """Whom it is "with" is a person once the company is known to be another."""
    for place, part in unsure:
        alone = re.fullmatch(r"\w[\w.'-]*(?: \w[\w.'-]*){0,3}", part)
        if (
            place == _WITH
            and alone
            and part != title.company
            and not same(part, known.candidate)
            and not is_nobody(part)
        ):
            title.contact = title.contact or part


# --- what is taken out before ---


def _plain(summary: str) -> str:
    """One form of each sign: fullwidth letters, brackets and colons are written as the narrow ones."""
    summary = unicodedata.normalize("NFKC", summary[:400]).replace("’", "'")
    summary = re.sub(r"\bposte d'", "poste de ", summary, flags=re.IGNORECASE)
    return re.sub(r":(?=[^\x00-\x7f\s])", ": ", summary)


def _without_candidate(summary: str, names: tuple[str, ...]) -> str:
    """The title without the candidate's full name, and without what ties it to the rest."""
    for name in sorted(
        {form for each in names if " " in each for form in _forms(each)}, key=len, reverse=True
    ):
        own = rf"(?:(?:mr|ms|mrs|mx|dr|herrn?|frau|m|mme|sr|sra)\.? )?{re.escape(name)}(?:'s)?(?: ?(?:様|さま|さん|氏))?(?!\w)"
        for tied, instead in (
            (rf"(?<!\w)(?:between|zwischen|entre|mellan) {own} (?:and|und|et|y|och) ", "with "),
            (rf"{AND}{own}|(?<!\w){own}{AND}", " | "),
            (rf"(?<!\w)(?:{WITH}|for|für|von|pour|para|med) {own}|(?<!\w){own}", " "),
        ):
            summary = re.sub(tied, instead, summary, flags=re.IGNORECASE)
    return re.sub(r"\(\s*\)", " ", summary)


def _forms(name: str) -> Iterator[str]:
    first, _, rest = name.partition(" ")
    yield name
    yield f"{rest} {first}"
    yield f"{rest}, {first}"


def _taken_from(summary: str, title: Title, known: KnownParties) -> str:
    """The title without what mail programs add, and without brackets; what they hold may be told by its looks."""
    summary = _MAILED.sub("", summary)
    summary = _PREFIX.sub("", summary, count=1) if _PREFIX.match(summary) else summary
    summary = _INVITED.sub("", without_number(_GENDERS.sub("", summary)))
    for inside in _BRACKETS.findall(summary):
        for part in re.split(r"\s*[/|]\s*|: ", inside):
            _placed(tidy(part), title, known)
    return _BRACKETS.sub(" ", summary)


def _say(title: Title, place: _Place, value: str) -> bool:
    """Keep the first that is said of each."""
    if value and not getattr(title, place):
        setattr(title, place, value)
    return True


def _may_be_company(value: str, known: KnownParties) -> bool:
    """Neither an hour ("at 3pm") nor common words ("at our office"): names begin with a capital letter."""
    return like(value, known.employer) or not (value[:1].islower() or is_noise(value))


def _without(employer: str, part: str, title: Title) -> str:
    """The position without the company in front: "Acme Product Manager"."""
    first, _, rest = part.partition(" ")
    if employer and rest and bare(first) == bare(employer):
        _say(title, "company", tidy(first))
        return tidy(rest)
    return part
