"""Who invites and who is invited (RFC 5545, 3.8.4.1 and 3.8.4.3), as people.

Rooms, mailing lists, those who declined, machines that send invitations, and
the candidate are left out: what is left is who will be met.
"""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote

import msgspec

from calsync.domain import Candidate, Person
from calsync.errors import BadValue
from calsync.intake import values
from calsync.intake.invitation.child import Lines, Property, refused
from calsync.texts.clean import clean

__all__ = ["Met", "bare", "employer", "is_machine", "met"]


# The company that an address belongs to, where it belongs to one.
#
# Mailers that anybody may use, and services that send invitations for others,
# say nothing about the employer; a new one is a word in a table here.

_FREE_MAILERS = """
    126 163 aol arcor att bellsouth bluewin bluemail btinternet charter comcast cox earthlink email fastmail free
    freemail freenet gmail gmx googlemail hey hotmail hushmail icloud inbox juno laposte libero live mac mail
    mailbox me msn naver neuf o2 orange outlook pm posteo proton protonmail qq rediffmail rocketmail sbcglobal
    seznam sfr shaw sky sympatico t-online telus tiscali tuta tutanota verizon virgilio wanadoo web wp yahoo
    yandex ymail zoho
"""
_SCHEDULERS = """
    acuityscheduling ashbyhq avature bamboohr breezy brighthire cal calendly chilipiper codesignal coderpad cronofy
    eightfold gem getguru goodtime greenhouse greenhouse-mail hackerrank hackerrankforwork hirevue
    icims indeedemail jobvite karat lever microsoftonline modernloop myworkday myworkdayjobs
    oraclecloud paradox personio phenompeople pinpointhq prelude recruitee savvycal smartrecruiters
    sparkhire successfactors taleo teamtailor teamtailor-mail usemotion willo workable workablemail
    youcanbook youcanbookme ziprecruiter
"""
_GENERAL = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "nom", "or", "org"})
_MACHINE = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|notifications?|calendar-notification|mailer-daemon|bounces?|"
    r"unknownorganizer|invites?|scheduling)(?:[+._-].*)?@|@(?:[a-z0-9.-]+\.)?calendar\.google\.com$",
    re.IGNORECASE,
)
_COUNTRY = 2
_SPELT = 4  # IBM, SAP and BMW are spelt, letter by letter


def employer(address: str) -> str:
    """The company that the domain of an address names, or nothing.

    >>> employer("sarah@acme.example"), employer("hr@mail.acme-robotics.co.uk")
    ('Acme', 'Acme Robotics')
    >>> employer("sarah.smith@gmail.com"), employer("acme@calendly.com")
    ('', '')
    """
    name = _registered(address.rpartition("@")[2].lower())
    if not name or name in _elsewhere() or not re.search("[a-z]", name):
        return ""
    return " ".join(word.upper() if len(word) < _SPELT else word.capitalize() for word in name.split("-"))


def is_machine(address: str) -> bool:
    """Whether nobody reads what is sent there: a calendar, or a service that sends invitations.

    >>> is_machine("no-reply@acme.example"), is_machine("sarah@acme.example")
    (True, False)
    """
    return bool(_MACHINE.search(address)) or _registered(address.rpartition("@")[2].lower()) in _words(
        _SCHEDULERS
    )


def _elsewhere() -> frozenset[str]:
    return _words(_FREE_MAILERS) | _words(_SCHEDULERS)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


def _registered(domain: str) -> str:
    """The part of a domain that somebody chose: acme of mail.acme.co.uk."""
    labels = [label for label in domain.split(".") if label]
    if len(labels) < 2 or not all(re.fullmatch("[a-z0-9-]{1,63}", label) for label in labels):  # noqa: PLR2004  # a name and what it is below
        return ""
    below = len(labels[-1]) == _COUNTRY and labels[-2] in _GENERAL and len(labels) > _COUNTRY
    return labels[-3] if below else labels[-2]


_MOST = 100
_LONGEST_NAME = 100
_ABSENT = {
    "CUTYPE": {"ROOM", "RESOURCE", "GROUP"},
    "PARTSTAT": {"DECLINED"},
    "ROLE": {"NON-PARTICIPANT"},
}
_TITLES = frozenset({"phd", "dr", "md", "mba", "jr", "sr", "ii", "iii", "msc", "bsc", "ma", "cpa", "esq"})
_NOT_IN_NAMES = re.compile(r'[;<>"\n]')


class Met(msgspec.Struct, frozen=True):
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
