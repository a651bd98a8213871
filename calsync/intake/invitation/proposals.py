"""Company, role and contact, as far as an invitation tells them, and what told each.

Nothing here is certain, so everything is a proposal that a person can see and
change; where nothing tells, there is none and the caller asks. The order of
what is believed: the title, labelled lines of the description, the organizer's
address, the addresses of those invited.
"""

import re
from dataclasses import dataclass

from calsync.domain import Person
from calsync.intake.invitation.employer import employer, is_machine
from calsync.intake.invitation.people import Met, bare
from calsync.intake.invitation.title import Known, Title, read_title

__all__ = ["Proposal", "Proposals", "proposals"]

_READ = 4_000
_TITLE = "the title"
_DESCRIPTION = "the description"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value, and what it was read from, to stand behind "from".

    >>> print(Proposal("Acme", "the organizer's address acme.example"))
    Acme from the organizer's address acme.example
    """

    value: str
    source: str
    email: str = ""

    def __str__(self) -> str:
        return f"{self.value} from {self.source}"


@dataclass(frozen=True, slots=True)
class Proposals:
    """What can be proposed; None where the invitation does not tell. ``email`` is the contact's."""

    company: Proposal | None = None
    role: Proposal | None = None
    contact: Proposal | None = None


def proposals(summary: str, description: str, met: Met) -> Proposals:
    """Read title, description and people."""
    theirs = _employer(met)
    known = Known(theirs.value if theirs else "", tuple(_names(met)), met.candidate)
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
