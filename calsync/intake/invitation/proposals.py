"""Company, role, contact and phone, as far as an invitation tells them, and what told each.

Nothing here is certain, so everything is a proposal that a person can see and
change; where nothing tells, there is none and the caller asks. The order of
what is believed: the title, labelled lines of the description, the organizer's
address, the addresses of those invited, the organizer's name.
"""

import re

import msgspec

from calsync.domain import Person
from calsync.intake.invitation.addresses import employer, is_service, is_service_name
from calsync.intake.invitation.descriptions import read_description
from calsync.intake.invitation.people import TEAM, Met, bare, has_name, is_team
from calsync.intake.invitation.phones import number_to_call
from calsync.intake.invitation.title_words import FIRM
from calsync.intake.invitation.titles import KnownParties, read_title
from calsync.phrase import phrase

__all__ = ["Proposal", "Proposals", "proposals"]

_TITLE = phrase("the title")
_DESCRIPTION = phrase("the description")


class Proposal(msgspec.Struct, frozen=True):
    """A value, and what it was read from, to stand behind "from".

    >>> print(Proposal("Acme", "the organizer's address acme.example"))
    Acme from the organizer's address acme.example
    """

    value: str
    source: str
    email: str = ""

    def __str__(self) -> str:
        return f"{self.value or self.email} from {self.source}"


class Proposals(msgspec.Struct, frozen=True):
    """What can be proposed; None where the invitation does not tell.

    ``email`` is the contact's, who may be known by it alone.
    """

    company: Proposal | None = None
    role: Proposal | None = None
    contact: Proposal | None = None
    phone: Proposal | None = None


def proposals(
    summary: str, description: str, met: Met, *, country: str = "", own_phone: str = ""
) -> Proposals:
    """Read title, description and people; ``country`` says how a national number is read."""
    theirs = _employer(met)
    known = KnownParties(theirs.value if theirs else "", tuple(_names(met)), met.candidate)
    title, described = read_title(summary, known), read_description(description)
    contact = _contact(title.contact, met)
    return Proposals(
        _first((title.company, _TITLE), (described.company, _DESCRIPTION)) or theirs or _display_name(met),
        _first((title.role, _TITLE), (described.role, _DESCRIPTION)),
        contact,
        _phone(description, contact, met, country, own_phone),
    )


def _first(*told: tuple[str, str]) -> Proposal | None:
    return next((Proposal(value, source) for value, source in told if value), None)


def _employer(met: Met) -> Proposal | None:
    """By the organizer's address; else by the others', if all that tell tell the same."""
    organizer = met.organizer
    if organizer and not _is_candidate(organizer, met) and (name := employer(organizer.email)):
        return Proposal(
            name, phrase("the organizer's address {domain}", domain=organizer.email.rpartition("@")[2])
        )
    names = {name for person in met.attendees if (name := employer(person.email))}
    if len(names) == 1:
        return Proposal(names.pop(), phrase("the addresses of those invited"))
    return None


def _display_name(met: Met) -> Proposal | None:
    """The company under whose name a service sends: "Acme Recruiting", "Acme GmbH"."""
    organizer = met.organizer
    if (
        organizer is None
        or met.writer is organizer
        or not has_name(organizer)
        or _is_candidate(organizer, met)
    ):
        return None
    name = re.sub(r"\s+", " ", TEAM.sub(" ", organizer.name)).strip(" -–|&")
    is_one = name != organizer.name or re.search(FIRM, name, re.IGNORECASE) or is_service(organizer.email)
    if not is_one or not re.search(r"\w", name) or is_service_name(name) or _is_person(name, met):
        return None
    return Proposal(name, phrase("the organizer's name"))


def _is_person(name: str, met: Met) -> bool:
    return bare(name) in {bare(each) for each in _names(met)}


def _contact(name: str, met: Met) -> Proposal | None:
    """Whom the title names; else the organizer, if that is a person; else the only one invited."""
    if name:
        person = next(
            (one for one in _everybody(met) if bare(name) in {bare(one.name), _first_name(one)}), None
        )
        if person:
            return Proposal(person.name, _TITLE, person.email)
        if met.is_candidate_known:  # else it may be the candidate's own
            return Proposal(name, _TITLE)
    writer = met.writer
    if writer and has_name(writer):
        return Proposal(writer.name, phrase("the organizer"), writer.email)
    named = [person for person in met.attendees if has_name(person) and not is_team(person.name)]
    of_a_team = met.organizer is None or writer is None or is_team(met.organizer.name)
    if len(named) == 1 and of_a_team:
        return Proposal(named[0].name, phrase("the one other person invited"), named[0].email)
    return Proposal("", phrase("the organizer"), writer.email) if writer else None


def _phone(words: str, contact: Proposal | None, met: Met, country: str, own: str) -> Proposal | None:
    name = contact.value if contact else ""
    others = [each for each in _names(met) if each != name]
    number = number_to_call(words, name, country, own=own, others=others)
    return Proposal(number, _DESCRIPTION) if number else None


def _names(met: Met) -> list[str]:
    return [person.name for person in _everybody(met) if has_name(person) and not is_team(person.name)]


def _everybody(met: Met) -> list[Person]:
    return [*filter(None, [met.writer]), *met.attendees]


def _is_candidate(person: Person, met: Met) -> bool:
    return bare(person.name) in {bare(name) for name in met.candidate} or person == met.assumed


def _first_name(person: Person) -> str:
    return bare(person.name.partition(" ")[0])
