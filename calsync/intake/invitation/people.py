"""Who invites and who is invited (RFC 5545, 3.8.4.1 and 3.8.4.3), as people.

Rooms, mailing lists, those who declined, machines that send invitations, and
the candidate are left out: what is left is who will be met.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from calsync.domain import Candidate, Person
from calsync.errors import BadValue
from calsync.intake import values
from calsync.intake.invitation.child import Lines, Property
from calsync.intake.invitation.employer import is_machine
from calsync.intake.invitation.refusals import refused
from calsync.texts.clean import clean

__all__ = ["Met", "bare", "met"]

_MOST = 100
_LONGEST_NAME = 100
_ABSENT = {
    "CUTYPE": {"ROOM", "RESOURCE", "GROUP"},
    "PARTSTAT": {"DECLINED"},
    "ROLE": {"NON-PARTICIPANT"},
}
_TITLES = frozenset({"phd", "dr", "md", "mba", "jr", "sr", "ii", "iii", "msc", "bsc", "ma", "cpa", "esq"})
_NOT_IN_NAMES = re.compile(r'[;<>"\n]')


@dataclass(frozen=True, slots=True)
class Met:
    """Who invites, if it says; the others who will be met; and the names the candidate goes by there."""

    organizer: Person | None
    attendees: tuple[Person, ...]
    candidate: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def met(lines: Lines, candidate: Candidate) -> Met:
    """The people of an invitation, each once; raises BadData if they are too many."""
    everybody = [(person, said) for said in lines.attendees if (person := _person(said))]
    own = tuple(filter(None, (candidate.name, *(one.name for one, _ in everybody if _is(one, candidate)))))
    there = [
        person
        for person, said in everybody
        if _present(said) and not is_machine(person.email) and not _is(person, candidate)
    ]
    once = tuple({person.email.casefold() or bare(person.name): person for person in there}.values())
    if len(once) > _MOST:
        raise refused("crowd")
    organizer = _person(lines.event["ORGANIZER"]) if "ORGANIZER" in lines.event else None
    return Met(organizer, once, tuple(dict.fromkeys(own)), tuple(_doubts(once, candidate)))


def bare(name: str) -> str:
    """A name for comparing: letters and digits, without regard to case."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _doubts(people: tuple[Person, ...], candidate: Candidate) -> Iterable[str]:
    if people and not (candidate.email or candidate.name):
        yield (
            "your own address may be among those invited: "
            "calsync config set candidate.email, and it is left out"
        )


def _is(person: Person, candidate: Candidate) -> bool:
    """Whether this is the candidate: by the address, or by the name where there is no address to go by."""
    if candidate.email and person.email:
        return person.email.casefold() == candidate.email.strip().casefold()
    return bool(candidate.name) and bare(person.name) == bare(candidate.name)


def _present(said: Property) -> bool:
    return all(said.parameters.get(name, "").upper() not in absent for name, absent in _ABSENT.items())


def _person(said: Property) -> Person | None:
    address = _address(said)
    name = _name(said.parameters.get("CN", ""))
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


def _name(text: str) -> str:
    """A display name; directories write ``Smith, Sarah, PhD`` and ``Sarah Smith/Boston/Acme`` for Sarah Smith."""
    name = clean(_NOT_IN_NAMES.sub(" ", text), _LONGEST_NAME).partition("/")[0].strip("' ")
    parts = [part for part in name.split(", ") if bare(part) not in _TITLES]
    turned = len(parts) == len(("last", "first")) and "@" not in name
    return f"{parts[1]} {parts[0]}" if turned else name
