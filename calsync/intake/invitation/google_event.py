"""An event of Google Calendar as an invitation: the same value that an .ics file gives, and read by the same rules.

What Google's JSON says is written down as the properties of a file (RFC 5545
names), so that company, role and people are told in one place.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calsync.domain import Preferences, replace
from calsync.domain.interview import LONGEST_MINUTES
from calsync.errors import BadData, BadValue, CalsyncError
from calsync.intake.invitation import title_words
from calsync.intake.invitation.addresses import employer, is_machine
from calsync.intake.invitation.child import Lines, Property
from calsync.intake.invitation.invitation import IncomingInvitation, described
from calsync.intake.invitation.times import USUAL_MINUTES, Times, whole_day
from calsync.intake.invitation.tzid import UNIVERSAL
from calsync.intake.zones import zone as named
from calsync.phrase import phrase

__all__ = ["account_of", "from_google", "has_declined", "is_of_a_series", "likeness", "uid_of"]

_MINUTE = timedelta(minutes=1)


def from_google(
    event: Mapping[str, Any], *, preferences: Preferences, calendar_zone: str = ""
) -> IncomingInvitation:
    """What the event says and lets one propose.

    ``calendar_zone`` stands in where the event names no zone of its own.
    Raises BadValue for one that is no appointment of hours, BadData for one
    that makes no sense at all.
    """
    try:
        return _understood(event, preferences, calendar_zone)
    except CalsyncError:
        raise
    except (ValueError, TypeError, AttributeError, LookupError) as error:  # JSON of another shape
        raise BadData(
            phrase("it is no event of Google Calendar: {error}", error=error), code="CS-INV-024"
        ) from None


def _understood(event: Mapping[str, Any], preferences: Preferences, calendar_zone: str) -> IncomingInvitation:
    candidate = preferences.candidate
    mine = replace(candidate, email=candidate.email or account_of(event))
    cancelled = event.get("status") == "cancelled"
    moment = _times(event, preferences.zone, calendar_zone, cancelled=cancelled)
    return described(
        _lines(event), moment, cancelled=cancelled, preferences=replace(preferences, candidate=mine)
    )


def account_of(event: Mapping[str, Any]) -> str:
    """The user's own address, as far as the event shows it."""
    own = [each for each in (*_people(event), event.get("organizer") or {}) if each.get("self")]
    return next((str(each["email"]) for each in own if each.get("email")), "")


def uid_of(event: Mapping[str, Any]) -> str:
    """What its messages are known by."""
    return str(event.get("iCalUID") or f"{event.get('id', '')}@google.com")


def has_declined(event: Mapping[str, Any]) -> bool:
    """Whether the user said no to it."""
    return any(each.get("self") and each.get("responseStatus") == "declined" for each in _people(event))


def is_of_a_series(event: Mapping[str, Any]) -> bool:
    """Whether the event comes again and again, or is one day of such a series."""
    return bool(event.get("recurrence") or event.get("recurringEventId"))


def _lines(event: Mapping[str, Any]) -> Lines:
    """The event's properties, as a file would have them."""
    said = {
        "UID": uid_of(event),
        "DTSTAMP": re.sub(r"[-:]|\.[0-9]+", "", str(event.get("updated", ""))),
        "SEQUENCE": str(event.get("sequence") or 0),
        "STATUS": str(event.get("status", "")).upper(),
        "SUMMARY": event.get("summary"),
        "LOCATION": event.get("location"),
        "DESCRIPTION": event.get("description"),
        "X-GOOGLE-CONFERENCE": _meeting(event),
    }
    properties = {name: Property(_escaped(value)) for name, value in said.items() if value}
    organizer = event.get("organizer") or {}
    if organizer.get("email") and not organizer.get("self"):
        properties["ORGANIZER"] = _person(organizer)
    return Lines({}, properties, tuple(_person(each) for each in _people(event) if not each.get("self")), ())


def _escaped(value: object) -> str:
    """As a file has it (section 3.3.11); line breaks may stay."""
    return str(value).replace("\\", "\\\\")


def _people(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in event.get("attendees") or () if isinstance(each, Mapping))


def _person(said: Mapping[str, Any]) -> Property:
    parameters = {"CN": str(said.get("displayName", ""))}
    if said.get("responseStatus") == "declined":
        parameters["PARTSTAT"] = "DECLINED"
    if said.get("resource"):
        parameters["CUTYPE"] = "RESOURCE"
    return Property(f"mailto:{said.get('email', '')}", parameters)


def _meeting(event: Mapping[str, Any]) -> str:
    """The address of the video call."""
    entries = (event.get("conferenceData") or {}).get("entryPoints") or ()
    video = (str(each.get("uri", "")) for each in entries if each.get("entryPointType") == "video")
    return next(video, "") or str(event.get("hangoutLink", ""))


def _times(event: Mapping[str, Any], home: ZoneInfo, calendar_zone: str, *, cancelled: bool) -> Times:
    begun, over = event.get("start") or {}, event.get("end") or {}
    if not begun.get("dateTime"):
        if cancelled:
            return Times(None)
        raise whole_day(_day(begun.get("date")))
    zone = _zone(begun.get("timeZone"), calendar_zone, home)
    start, end = (
        datetime.fromisoformat(each["dateTime"]) for each in (begun, over if over.get("dateTime") else begun)
    )
    if start.tzinfo is None or end.tzinfo is None:
        raise BadValue(phrase("its time is in no zone"), code="CS-INV-020")
    length = end - start
    if not timedelta() <= length <= timedelta(minutes=LONGEST_MINUTES):
        raise BadValue(phrase("it takes more than a day"), code="CS-INV-022")
    return Times(start.astimezone(zone), -(-length // _MINUTE) or USUAL_MINUTES)


def _day(said: str | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(said) if said else None
    return None


def _zone(said: str | None, calendar_zone: str, home: ZoneInfo) -> ZoneInfo:
    """The event's own, else the calendar's; a clock that no office goes by means ours."""
    for name in (said, calendar_zone):
        with suppress(BadValue):
            if name and name not in UNIVERSAL:
                return named(name)
    return home


# Whether an appointment looks like a job interview, and what makes it look so.
#
# Each sign is a row of ``_SIGNS``: how much it weighs, where it is looked for,
# and what is said of it. Enough of them together make a likeness; what is one is
# for a person to say.

_ENOUGH = 3

_TITLE = re.compile(rf"(?<!\w){title_words.INTERVIEW}(?!\w)", re.IGNORECASE)
_DAY = re.compile(
    r"(?<!\w)(?:on-?site|super ?day|assessment[- ]cent(?:er|re)|trial day|take-?home|final round|"
    r"probearbeit\w*|probetag|schnuppertag|hospitation)(?!\w)",
    re.IGNORECASE,
)
_TALK = re.compile(rf"(?<!\w){title_words.TALK} {title_words.WITH}(?!\w)", re.IGNORECASE)
_ROLE = re.compile(title_words.ROLE, re.IGNORECASE)
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
        return phrase('the {place} says "{found}"', place=place, found=found[0].strip()) if found else ""

    return sign


def _role(invitation: IncomingInvitation, _: str) -> str:
    return phrase("the title names a position") if _ROLE.search(invitation.summary) else ""


def _from_outside(invitation: IncomingInvitation, own: str) -> str:
    """Somebody of a company that is not the user's own."""
    for address in _addresses(invitation):
        if (name := employer(address)) and name != own:
            return phrase("somebody of {rpartition} is there", rpartition=address.rpartition("@")[2])
    return ""


def _from_a_service(invitation: IncomingInvitation, _: str) -> str:
    organizer = invitation.organizer
    if organizer is None or not is_machine(organizer.email) or employer(organizer.email):
        return ""
    return phrase("a service that arranges appointments sent it")


def _has_a_link(invitation: IncomingInvitation, _: str) -> str:
    return phrase("it has a link to a call") if invitation.url else ""


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
