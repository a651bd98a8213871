"""An event of Google Calendar as an invitation: the same value that an .ics file gives, and read by the same rules.

What Google's JSON says is written down as the properties of a file (RFC 5545
names), so that company, role and people are told in one place.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calsync.domain import Preferences, replace
from calsync.domain.interview import LONGEST_MINUTES
from calsync.errors import BadData, BadValue, CalsyncError
from calsync.intake.invitation.child import Lines, Property
from calsync.intake.invitation.received import IncomingInvitation, described
from calsync.intake.invitation.times import USUAL_MINUTES, Times
from calsync.intake.invitation.zones import UNIVERSAL
from calsync.intake.zones import zone as named

__all__ = ["account_of", "from_google", "has_declined", "is_of_a_series"]

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
        raise BadData(f"it is no event of Google Calendar: {error}", code="CS-INV-024") from None


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


def has_declined(event: Mapping[str, Any]) -> bool:
    """Whether the user said no to it."""
    return any(each.get("self") and each.get("responseStatus") == "declined" for each in _people(event))


def is_of_a_series(event: Mapping[str, Any]) -> bool:
    """Whether the event comes again and again, or is one day of such a series."""
    return bool(event.get("recurrence") or event.get("recurringEventId"))


def _lines(event: Mapping[str, Any]) -> Lines:
    """The event's properties, as a file would have them."""
    said = {
        "UID": event.get("iCalUID") or f"{event.get('id', '')}@google.com",
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
        raise BadValue("it is for a whole day and gives no time", code="CS-INV-023")
    zone = _zone(begun.get("timeZone"), calendar_zone, home)
    start, end = (
        datetime.fromisoformat(each["dateTime"]) for each in (begun, over if over.get("dateTime") else begun)
    )
    if start.tzinfo is None or end.tzinfo is None:
        raise BadValue("its time is in no zone", code="CS-INV-020")
    length = end - start
    if not timedelta() <= length <= timedelta(minutes=LONGEST_MINUTES):
        raise BadValue("it takes more than a day", code="CS-INV-022")
    return Times(start.astimezone(zone), -(-length // _MINUTE) or USUAL_MINUTES)


def _zone(said: str | None, calendar_zone: str, home: ZoneInfo) -> ZoneInfo:
    """The event's own, else the calendar's; a clock that no office goes by means ours."""
    for name in (said, calendar_zone):
        with suppress(BadValue):
            if name and name not in UNIVERSAL:
                return named(name)
    return home
