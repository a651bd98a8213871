"""Whether an appointment looks like a job interview, and what makes it look so.

Each sign is a row of ``_SIGNS``: how much it weighs, where it is looked for,
and what is said of it. Enough of them together make a likeness; what is one is
for a person to say.
"""

import re
from collections.abc import Callable, Iterator

from calsync.intake.invitation import words
from calsync.intake.invitation.employer import employer, is_machine
from calsync.intake.invitation.received import IncomingInvitation

__all__ = ["likeness"]

_ENOUGH = 3

_TITLE = re.compile(rf"(?<!\w){words.INTERVIEW}(?!\w)", re.IGNORECASE)
_DAY = re.compile(
    r"(?<!\w)(?:on-?site|super ?day|assessment[- ]cent(?:er|re)|trial day|take-?home|final round|"
    r"probearbeit\w*|probetag|schnuppertag|hospitation)(?!\w)",
    re.IGNORECASE,
)
_TALK = re.compile(rf"(?<!\w){words.TALK} {words.WITH}(?!\w)", re.IGNORECASE)
_ROLE = re.compile(words.ROLE, re.IGNORECASE)
_TEXT = re.compile(
    r"(?<!\w)(?:(?:phone |video |job )?interview\w*|your application|you applied|candidates?|recruit\w+|hiring|"
    r"vacancy|open (?:role|position)|(?:the|our|this) (?:role|position)|vorstellungsgespräch|bewerbung\w*|"
    r"bewerber\w*|(?:die|unsere) (?:stelle|position)|kennenlern\w+)(?!\w)",
    re.IGNORECASE,
)

Sign = Callable[[IncomingInvitation, str], str]
"""What there is to say, and "" where there is nothing; the text is the user's own domain."""


def likeness(invitation: IncomingInvitation, own_address: str = "") -> tuple[str, ...]:
    """What makes it look like an interview; nothing where that is too little."""
    own = employer(own_address)
    found = [(weight, said) for weight, sign in _SIGNS if (said := sign(invitation, own))]
    return tuple(said for _, said in found) if sum(weight for weight, _ in found) >= _ENOUGH else ()


def _in(pattern: re.Pattern[str], place: str, read: Callable[[IncomingInvitation], str]) -> Sign:
    def sign(invitation: IncomingInvitation, _: str) -> str:
        found = pattern.search(read(invitation))
        return f'the {place} says "{found[0].strip()}"' if found else ""

    return sign


def _role(invitation: IncomingInvitation, _: str) -> str:
    return "the title names a position" if _ROLE.search(invitation.summary) else ""


def _from_outside(invitation: IncomingInvitation, own: str) -> str:
    """Somebody of a company that is not the user's own."""
    for address in _addresses(invitation):
        if (name := employer(address)) and name != own:
            return f"somebody of {address.rpartition('@')[2]} is there"
    return ""


def _from_a_service(invitation: IncomingInvitation, _: str) -> str:
    organizer = invitation.organizer
    if organizer is None or not is_machine(organizer.email) or employer(organizer.email):
        return ""
    return "a service that arranges appointments sent it"


def _has_a_link(invitation: IncomingInvitation, _: str) -> str:
    return "it has a link to a call" if invitation.url else ""


def _addresses(invitation: IncomingInvitation) -> Iterator[str]:
    if invitation.organizer is not None:
        yield invitation.organizer.email
    yield from (person.email for person in invitation.attendees)


_SIGNS: tuple[tuple[int, Sign], ...] = (
    (3, _in(_TITLE, "title", lambda invitation: invitation.summary)),
    (2, _in(_DAY, "title", lambda invitation: invitation.summary)),
    (1, _in(_TALK, "title", lambda invitation: invitation.summary)),
    (1, _role),
    (2, _in(_TEXT, "description", lambda invitation: invitation.description)),
    (1, _from_outside),
    (1, _from_a_service),
    (1, _has_a_link),
)
