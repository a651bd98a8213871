"""Who invites and who is invited (RFC 5545, 3.8.4.1 and 3.8.4.3), as people; and which of them is the candidate.

Rooms, mailing lists, those who declined, machines that send invitations, and
the candidate are left out: what is left is who will be met. Where nobody said
who the candidate is, the one whom the invitation went to is assumed, and said.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import msgspec

from calsync.domain import Candidate, Person
from calsync.errors import BadValue
from calsync.intake import values
from calsync.intake.invitation.addresses import employer, is_free, is_machine, is_same, is_service
from calsync.intake.invitation.child import Lines, Property, refused
from calsync.intake.invitation.text import text
from calsync.phrase import phrase
from calsync.texts.clean import clean

__all__ = ["TEAM", "Met", "bare", "has_name", "is_team", "met"]

_MOST = 100
_LONGEST_NAME = 100
_ABSENT = {
    "CUTYPE": {"ROOM", "RESOURCE", "GROUP"},
    "PARTSTAT": {"DECLINED"},
    "ROLE": {"NON-PARTICIPANT"},
}
_TITLES = frozenset(
    {"phd", "dr", "md", "mba", "jr", "sr", "ii", "iii", "msc", "bsc", "ma", "cpa", "esq", "rn"}
)
_NOT_IN_NAMES = re.compile(r'[;<>"\n]')
_BESIDE_NAMES = re.compile(r"(?:^|\s+)(?:\([^()]*\)|\[[^\[\]]*\]|\|.*|via .*|- .*)(?=\s|$)", re.IGNORECASE)
TEAM = re.compile(
    r"(?<!\w)(?:team|recruiting|recruitment|recruiters?|talent|careers?|jobs?|hiring|hr|human resources|"
    r"people (?:ops|operations)|interviews?|scheduling|scheduler|calendar|notifications?|no-?reply|admissions|office|"
    r"staff(?:ing)?|department|bewerb\w*|personal(?:abteilung|wesen|büro)?|karriere|rh|recrutement|"
    r"ressources humaines|rrhh|selección|recursos humanos|rekrytering\w*)(?!\w)|採用|人事|事務局|チーム",
    re.IGNORECASE,
)
"""Words of the names of teams and departments."""


class Met(msgspec.Struct, frozen=True):
    """Who invites, if it says; the others who will be met; and the names the candidate goes by there.

    ``writer`` is the organizer where that is a person to write to, and not the
    candidate. ``assumed`` is who is taken for the candidate though nobody said
    so, ``perhaps`` those who may be, where nobody could be taken.
    """

    organizer: Person | None
    attendees: tuple[Person, ...]
    candidate: tuple[str, ...] = ()
    writer: Person | None = None
    is_candidate_known: bool = True
    assumed: Person | None = None
    perhaps: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()


def met(lines: Lines, candidate: Candidate, recipients: Sequence[str] = ()) -> Met:
    """The people of an invitation, each once; raises BadData if they are too many.

    ``recipients`` are the addresses that its mail was sent to.
    """
    organizer = _person(lines.event["ORGANIZER"]) if "ORGANIZER" in lines.event else None
    everybody = [(person, said) for said in lines.attendees if (person := _person(said))]
    guests = [person for person, said in everybody if _is_somebody(person, said)]
    is_known = bool(candidate.email or candidate.name)
    assumed, perhaps = None, tuple[Person, ...]()
    if not any(_is(guest, candidate) for guest in guests) and not candidate.email:
        assumed = _assumed(
            organizer, [guest for guest in guests if not (is_known and has_name(guest))], recipients
        )
        perhaps = () if assumed or is_known else _from_elsewhere(organizer, guests)
    if not is_known and not everybody and organizer and is_free(organizer.email):
        perhaps = (organizer,)  # an appointment of one's own, as far as anybody can tell
    if assumed:
        name = candidate.name or (assumed.name if has_name(assumed) else "")
        candidate = Candidate(name=name, email=assumed.email)
    own = [candidate.name, *(one.name for one, _ in everybody if _is(one, candidate))]
    there = [
        person
        for person, said in everybody
        if _is_somebody(person, said)
        and _is_present(said)
        and not _is(person, candidate)
        and person not in perhaps
    ]
    once = tuple({person.email.casefold() or bare(person.name): person for person in there}.values())
    if len(once) > _MOST:
        raise refused("crowd")
    return Met(
        organizer,
        once,
        tuple(dict.fromkeys(name for name in own if name and "@" not in name)),
        None if organizer in perhaps else _writer(organizer, candidate),
        is_known or assumed is not None,
        assumed,
        perhaps,
        () if is_known else tuple(_doubts(assumed, perhaps, once if not recipients else ())),
    )


def bare(name: str) -> str:
    """A name for comparing: letters and digits, without regard to case."""
    return re.sub(r"[\W_]+", "", name.casefold())


def has_name(person: Person) -> bool:
    """Whether more than an address is known."""
    return bool(person.name) and "@" not in person.name


def is_team(name: str) -> bool:
    """Whether the name is that of many: a team, a department.

    >>> is_team("Acme Recruiting"), is_team("Rosa Klein")
    (True, False)
    """
    return bool(TEAM.search(name))


def _assumed(organizer: Person | None, guests: list[Person], recipients: Sequence[str]) -> Person | None:
    """The guest whom it was meant for: whom the mail went to, the only one, or the only one from outside."""
    others = [guest for guest in guests if organizer is None or not is_same(guest.email, organizer.email)]
    theirs = _theirs(organizer, others)
    told = [guest for guest in others if any(is_same(guest.email, each) for each in recipients)]
    from_outside = [guest for guest in others if theirs and employer(guest.email) != theirs]
    from_anywhere = [guest for guest in others if is_free(guest.email)]
    alone = others if theirs or len(guests) > len(others) else []
    for some in (told, alone, from_outside, from_anywhere):
        if len(some) == 1 and employer(some[0].email) != (theirs or None):
            return some[0]
    return None


def _theirs(organizer: Person | None, guests: list[Person]) -> str:
    """The employer: the organizer's, else the one that most are of."""
    if organizer and (name := employer(organizer.email)):
        return name
    names = Counter(employer(guest.email) for guest in guests)
    name, count = names.most_common(1)[0] if names else ("", 0)
    return name if count > 1 else ""


def _from_elsewhere(organizer: Person | None, guests: list[Person]) -> tuple[Person, ...]:
    """Those who are not the employer's, as far as addresses tell."""
    theirs = _theirs(organizer, guests)
    return tuple(guest for guest in guests if not theirs or employer(guest.email) != theirs)


def _doubts(assumed: Person | None, perhaps: Sequence[Person], met: Sequence[Person]) -> Iterator[str]:
    if assumed:
        yield phrase(
            "is this you? {person} is taken for you, and left out of those met: "
            "calsync config set candidate.email {address} says so for good, candidate.name your name",
            person=str(assumed) if has_name(assumed) else assumed.email,
            address=assumed.email,
        )
    elif perhaps:
        yield phrase(
            "which of those invited is you? {people}: calsync config set candidate.email says so, "
            "candidate.name your name; until then none of them is met",
            people=", ".join(person.email or person.name for person in perhaps[:4]),
        )
    elif met:
        yield phrase(
            "your own address may be among those invited: "
            "calsync config set candidate.email (and candidate.name), and it is left out"
        )


def _writer(organizer: Person | None, candidate: Candidate) -> Person | None:
    """Whom to write to: a person of a name, or an address that somebody reads."""
    if organizer is None or _is(organizer, candidate):
        return None
    if is_service(organizer.email) and has_name(organizer) and _is_of(organizer.name, organizer.email):
        return organizer  # relayed by a service, and written by a person
    if is_machine(organizer.email):
        return None
    is_of_many = is_team(organizer.name) or bare(organizer.name) == bare(employer(organizer.email))
    return Person("", organizer.email) if is_of_many or not has_name(organizer) else organizer


def _is_of(name: str, address: str) -> bool:
    """Whether the address is made of the name."""
    local = bare(address.rpartition("@")[0].partition("+")[0])
    parts = [bare(part) for part in name.split() if len(part) > 1]
    return len(parts) > 1 and all(part in local for part in parts)


def _is(person: Person, candidate: Candidate) -> bool:
    """Whether this is the candidate: by the address, or by a full name."""
    if candidate.email and person.email and is_same(person.email, candidate.email):
        return True
    if candidate.name and not has_name(person) and _is_of(candidate.name, person.email):
        return True
    first, _, rest = candidate.name.strip().partition(" ")
    full = {bare(candidate.name), bare(f"{rest} {first}")} - {""}
    return bare(person.name) in full and bool(rest or not (candidate.email and person.email))


def _is_somebody(person: Person, said: Property) -> bool:
    """Neither a room nor a machine; the candidate may have declined."""
    kind = said.parameters.get("CUTYPE", "").upper()
    return kind not in _ABSENT["CUTYPE"] and not is_machine(person.email)


def _is_present(said: Property) -> bool:
    return all(said.parameters.get(name, "").upper() not in absent for name, absent in _ABSENT.items())


def _person(said: Property) -> Person | None:
    address = _address(said)
    name = _name(text(said.parameters.get("CN", "")), address)
    if not name and not address:
        return None
    return Person(name if name and bare(name) != bare(address) else address, address)


def _address(said: Property) -> str:
    """From ``mailto:``, or the EMAIL parameter where the value is something else (RFC 7986, 6.2)."""
    scheme, _, rest = said.value.strip().partition(":")
    mail = unquote(rest).partition("?")[0] if scheme.lower() == "mailto" else said.parameters.get("EMAIL", "")
    try:
        return values.email(mail) if mail else ""
    except BadValue:
        return ""


def _name(written: str, address: str) -> str:
    """A display name; directories write ``Smith, Sarah, PhD`` and ``Sarah Smith/Boston/Acme`` for Sarah Smith."""
    name = clean(_NOT_IN_NAMES.sub(" ", written), _LONGEST_NAME).partition("/")[0].strip("' ")
    if "@" in name and " " not in name:
        return name
    name = _BESIDE_NAMES.sub(" ", name).strip("' ,") or name
    parts = [part for part in re.split(r"\s*,\s*", name) if part and bare(part) not in _TITLES]
    if len(parts) == len(("name", "company")) and bare(parts[1]) == bare(employer(address)):
        return parts[0]
    if len(parts) == 1 and not re.search(r",\s*(?:jr|sr|i{2,3})\b", name, re.IGNORECASE):
        return parts[0]
    turned = len(parts) == len(("last", "first"))
    return f"{parts[1]} {parts[0]}" if turned else name
