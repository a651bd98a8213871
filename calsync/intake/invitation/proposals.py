"""Company, role and contact, as far as an invitation tells them, and what told each.

Nothing here is certain, so everything is a proposal that a person can see and
change; where nothing tells, there is none and the caller asks. The order of
what is believed: the title, labelled lines of the description, the organizer's
address, the addresses of those invited.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from calsync.domain import Person
from calsync.intake.invitation.people import Met, bare, employer, is_machine

__all__ = [
    "ACRONYMS",
    "AT",
    "FIRM",
    "FOR",
    "FOR_ROLE",
    "INTERVIEW",
    "NOISE",
    "PREFIX",
    "ROLE",
    "TALK",
    "WITH",
    "KnownParties",
    "Proposal",
    "Proposals",
    "Title",
    "proposals",
    "read_title",
]


# Words by which the title of an invitation is read, in English and German.
#
# Each is the source of a regular expression without groups of its own. A word
# that is missing is one more in its list.


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_STAGE = _any(
    r"(?:first|second|third|final|last|next|1st|2nd|3rd|initial)(?:[- ]round)?",
    r"round \d",
    r"on-?site",
    r"in[- ]person",
    r"intro(?:ductory)?",
    r"screening|virtual|video|remote|online|zoom|teams|technical|tech|behaviou?ral|panel|cultur(?:e|al)(?: fit)?",
    r"hr|job|phone|telephone|coding|live coding|system design|case(?: study)?|hiring manager|recruiter|loop",
    r"erste[srn]?|zweite[srn]?|persönliche[sn]?|telefonische[sn]?|digitale[sn]?|virtuelle[sn]?",
    r"\d{1,3}[- ]?min(?:ute[ns]?)?\.?",
)
INTERVIEW = (
    rf"(?:{_STAGE}[ -])*"
    + _any(
        "interviews?",
        "phone[- ]?screen(?:ing)?",
        "screening(?: call)?",
        "vorstellungsgespräch",
        "bewerbungsgespräch",
        "jobinterview",
        "telefoninterview",
        "kennenlerngespräch",
        "erstgespräch",
        "zweitgespräch",
    )
    + r"(?: (?:call|meeting|termin|loop|day|session|invitation|confirmation|round(?: \d)?|\d{1,2}))?"
)
"""A conversation that can be nothing else, with the words that say which one."""

TALK = rf"(?:{_STAGE}[ -])*(?:call|chat|meeting|conversation|gespräch|termin|telefonat)"
"""A conversation that may be one."""

PREFIX = (
    _any(
        "re",
        "fwd?",
        "aw",
        "wg",
        "(?:updated )?invitation(?: with note)?",
        "cancell?ed(?: event)?",
        "accepted",
        "tentative",
        "confirmed",
        "confirmation",
        "reminder",
        "(?:aktualisierte )?einladung",
        "abgesagt(?:er termin)?",
        "bestätigung",
        "erinnerung",
        "new event",
    )
    + r"\s*:\s*"
)
"""What mail programs put in front."""

AT = _any("at", "@", "bei(?: der| dem)?", "beim")
WITH = _any("with(?: the)?", "w/", "mit(?: der| dem)?")
FOR = _any("for(?: the| an?)?", "für(?: die| den| das| eine?n?)?")
FOR_ROLE = _any(
    r"for (?:the |our )?(?:role|position|post|job) (?:of|as)(?: an?| the)?",
    r"for (?:the )?(?:role|position)",
    r"as(?: an?| the| our)?",
    r"als",
    r"(?:für|um|auf) die (?:stelle|position|rolle)(?: als| des| der| einer| eines)?",
    r"zur stelle(?: als)?",
)

ROLE = (
    r"\b(?:(?:\w*(?:manager|engineer|developer|designer|analyst|architect|scientist|consultant|director|specialist|"
    r"coordinator|assistant|administrator|accountant|nurse|teacher|trainee|representative|associate|executive|"
    r"producer|editor|writer|researcher|technician|planner|buyer|clerk|controller|advis[eo]r|strategist|president|"
    r"officer|programmer|tester|supervisor|operator|driver|chef|cook|cashier|barista|electrician|mechanic|lawyer|"
    r"paralegal|pharmacist|therapist|physician|librarian|lecturer|professor|postdoc|translator|marketer|"
    r"copywriter|bookkeeper|receptionist|secretary|partner|principal|"
    r"entwickler|ingenieur|leiter|berater|referent|sachbearbeiter|mitarbeiter|werkstudent|praktikant|"
    r"buchhalter|pfleger|lehrer|erzieher|verkäufer|techniker|mechaniker|elektriker|redakteur|architekt)"
    r"(?:in|innen)?|internship|intern|lead|\w*leitung|\w*assistenz|praktikum|\w*kaufmann|\w*kauffrau|\w*fachkraft|"
    r"scrum master|product owner|head of|vice president|ausbildung)s?\b|\([mwfdx](?:/[mwfdx]){1,2}\))"
)
"""A word that names a position."""

ACRONYMS = r"(?:(?:jr|sr|junior|senior|lead)\.? )?(?:PM|PO|TPM|APM|SWE|SDE|SDET|QA|SRE|UX|UI|BA|DBA|CEO|CFO|CIO|CMO|COO|CPO|CTO|VP|EM|RN|HRBP|PA|EA)"
"""Positions that are spelt."""

FIRM = r"\b(?:inc|llc|ltd|limited|corp|corporation|gmbh|ag|se|kg|ohg|e\.?v|plc|group|labs?|technologies|systems|s\.?a|s\.?r\.?l|b\.?v|n\.?v|oy|ab|a/s|co)\b\.?"
"""What only companies are called by."""

NOISE = r"(?:(?:round|runde|part|teil|stage|day|tag) ?\d{1,2}|\d{1,3} ?min(?:ute[ns]?)?\.?|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|uhr)?(?: [a-z]{2,4})?|zoom|teams|microsoft teams|google meet|webex|phone|video|remote|on-?site|online|virtual|tbd|tentative|confirmed|candidate|bewerber(?:in)?)"
"""What is neither a company nor a position."""


# What the title of an invitation says of company, role and contact.
#
# A title is a few parts with dashes, bars or colons between them. One of them
# mostly names the conversation, and what stands at it with "at", "for", "with" is
# told by those words (``_PHRASES``, tried in order); the other parts by what they
# look like. What could be two things is neither: the caller asks.

_SHORTEST_LIKENESS = 3
_LONGEST = 100


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
    rf"(?:(?P<before>.+?)[ ,]+)??(?:your |ihr |dein )?(?:{INTERVIEW})(?:[ ,]+(?P<after>.+))?",
    re.IGNORECASE,
)
_TALK = re.compile(rf"(?:(?P<before>.+?)[ ,]+)??(?:{TALK})(?:[ ,]+(?P<after>.+))?", re.IGNORECASE)
_PREFIX = re.compile(rf"(?:{PREFIX}|\[[^\]]{{1,40}}\]\s*)+", re.IGNORECASE)
_MAILED = re.compile(r" @ \w{2,3}\.? [\w. ]{3,14},? \d{4}\b.*$")  # what Google adds: @ Thu Nov 12, 2026 2pm …
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_ROLE = re.compile(ROLE, re.IGNORECASE)
_ACRONYM = re.compile(ACRONYMS)
_FIRM = re.compile(FIRM, re.IGNORECASE)
_NOISE = re.compile(NOISE, re.IGNORECASE)
_GENDERS = re.compile(r"\s*\(?\b(?:all genders|[mwfdx](?:/[mwfdx]){1,2})\b\)?", re.IGNORECASE)
_PAIR = re.compile(r"(.+?)(?: and | und | & | x | <> | / |, )(.+)", re.IGNORECASE)

# Groups: company, role, person; ``who`` is a person or a company, ``what`` a role or a company.
_PHRASES = [
    re.compile(pattern.format(AT=AT, WITH=WITH, FOR=FOR, FOR_ROLE=FOR_ROLE), re.IGNORECASE)
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
_PLAIN = re.compile(rf"(?P<role>.+?),? {AT} ?(?P<company>.+)", re.IGNORECASE)

_WITH, _AT_IT = -2, -1
"""Places of what is not a part of its own: whom the conversation is with, and what else stands at it."""

_Place = Literal["company", "role", "contact"]
_PLACES: dict[str, _Place] = {"company": "company", "role": "role", "person": "contact"}


def _phrase(after: str, title: Title, unsure: list[tuple[int, str]], known: KnownParties) -> None:
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


def _person_or_company(value: str, found: re.Match[str] | None, title: Title, known: KnownParties) -> bool:
    """Whom an interview "with …" is with, when nobody of that name is invited."""
    if known.employer or title.company:  # the company is known, and it is not this
        return _say(title, "contact", value)
    told_role = found is not None and "role" in found.re.groupindex
    return told_role and _say(title, "company", value)


def _placed(part: str, title: Title, known: KnownParties) -> bool:
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


def _settle(unsure: list[tuple[int, str]], title: Title, known: KnownParties, *, first: bool) -> None:
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


def _contact_beside(unsure: list[tuple[int, str]], title: Title, known: KnownParties) -> None:
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


def _may_be_company(value: str, known: KnownParties) -> bool:
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


_READ = 4_000
_TITLE = "the title"
_DESCRIPTION = "the description"


class Proposal(msgspec.Struct, frozen=True):
    """A value, and what it was read from, to stand behind "from".

    >>> print(Proposal("Acme", "the organizer's address acme.example"))
    Acme from the organizer's address acme.example
    """

    value: str
    source: str
    email: str = ""

    def __str__(self) -> str:
        return f"{self.value} from {self.source}"


class Proposals(msgspec.Struct, frozen=True):
    """What can be proposed; None where the invitation does not tell. ``email`` is the contact's."""

    company: Proposal | None = None
    role: Proposal | None = None
    contact: Proposal | None = None


def proposals(summary: str, description: str, met: Met) -> Proposals:
    """Read title, description and people."""
    theirs = _employer(met)
    known = KnownParties(theirs.value if theirs else "", tuple(_names(met)), met.candidate)
    title, described = read_title(summary, known), _described(description[:_READ])
    return Proposals(
        _first((title.company, _TITLE), (described.company, _DESCRIPTION)) or theirs,
        _first((title.role, _TITLE), (described.role, _DESCRIPTION)),
        _contact(title.contact, met),
    )


def _first(*told: tuple[str, str]) -> Proposal | None:
    return next((Proposal(value, source) for value, source in told if value), None)


def _employer(met: Met) -> Proposal | None:
    """By the organizer's address; else by the others', if all that tell tell the same."""
    organizer = met.organizer
    if organizer and not _is_candidate(organizer, met) and (name := employer(organizer.email)):
        return Proposal(name, f"the organizer's address {organizer.email.rpartition('@')[2]}")
    names = {name for person in met.attendees if (name := employer(person.email))}
    if len(names) == 1:
        return Proposal(names.pop(), "the addresses of those invited")
    return None


def _contact(name: str, met: Met) -> Proposal | None:
    """Whom the title names; else the organizer, if that is a person; else the only one invited."""
    if name:
        person = next(
            (one for one in _everybody(met) if bare(name) in {bare(one.name), _first_name(one)}), None
        )
        return Proposal(person.name, _TITLE, person.email) if person else Proposal(name, _TITLE)
    if (organizer := _writing(met)) and _has_name(organizer):
        return Proposal(organizer.name, "the organizer", organizer.email)
    if len(met.attendees) == 1 and _has_name(met.attendees[0]):
        return Proposal(met.attendees[0].name, "the one other person invited", met.attendees[0].email)
    return None


def _names(met: Met) -> list[str]:
    return [person.name for person in _everybody(met) if _has_name(person)]


def _everybody(met: Met) -> list[Person]:
    return [*filter(None, [_writing(met)]), *met.attendees]


def _writing(met: Met) -> Person | None:
    """The organizer, unless that is the candidate or a machine."""
    organizer = met.organizer
    if organizer is None or is_machine(organizer.email) or _is_candidate(organizer, met):
        return None
    return organizer


def _is_candidate(person: Person, met: Met) -> bool:
    return bare(person.name) in {bare(name) for name in met.candidate}


def _has_name(person: Person) -> bool:
    return bool(person.name) and "@" not in person.name


def _first_name(person: Person) -> str:
    return bare(person.name.partition(" ")[0])


# --- the description ---

_LABELS = {
    "role": r"position|role|job|job title|title|vacancy|opening|stelle|rolle|jobtitel",
    "company": r"company|employer|organi[sz]ation|client|unternehmen|firma|arbeitgeber",
}
_LABELLED = {
    key: re.compile(rf"^[ \t*•-]*(?:{names})[ \t]*:[ \t]*(\S.{{1,99}})$", re.IGNORECASE | re.MULTILINE)
    for key, names in _LABELS.items()
}
# Names begin with a capital letter, whatever stands around them.
_WORDS = r"[A-ZÄÖÜ][\w&+#/.'-]*(?: (?:of|and|&|für|und|[A-ZÄÖÜ(][\w&+#/.'()-]*)){0,6}"
_SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:role|position|post) (?:of|as)(?: an?| the)? (?P<role>{_WORDS})(?: (?:at|with) (?P<company>{_WORDS}))?",
        rf"\b(?:the|our) (?P<role>{_WORDS}) (?:role|position|vacancy|opening)\b(?: (?:at|with) (?P<company>{_WORDS}))?",
        rf"\b(?:Stelle|Position)(?: als| des| der)? (?P<role>{_WORDS})(?: bei(?: der)? (?P<company>{_WORDS}))?",
        rf"\b[Ii]nterview (?:at|with) (?P<company>{_WORDS}) for (?:the (?:role|position) of )?(?:an? )?(?P<role>{_WORDS})",
    )
)


def _described(description: str) -> Title:
    """What labelled lines, else sentences of a description say of company and role."""
    said = Title()
    for key, pattern in _LABELLED.items():
        if found := pattern.search(description):
            setattr(said, key, found[1].strip(" .*"))
    for pattern in _SENTENCES:
        if found := pattern.search(description):
            said.role = said.role or found["role"].rstrip(" .")
            said.company = said.company or (found["company"] or "").rstrip(" .")
    return said
