"""From what a client sends to what is stored: defaults, limits, and what cannot be.

``accepted`` takes the whole event as it shall be (a patch is merged before, see
``merged``) and gives the fields to keep, in the form they are answered in.
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from tests.fakes.google import times
from tests.fakes.google.errors import Refused, bad_value, missing, not_modelled
from tests.fakes.google.switches import Switches

__all__ = ["ID", "accepted", "merged", "moment_of"]

ID = re.compile(r"[a-v0-9]{5,1024}")
LONGEST_KEY, LONGEST_VALUE, MOST_PROPERTIES = 44, 1024, 300
MOST_REMINDERS, LAST_MINUTE = 5, 40320
LONGEST_TEXT = 8192
COLOURS = frozenset(str(number) for number in range(1, 12))
# Left out of every answer when they say what is so anyway.
DEFAULTS: dict[str, Any] = {
    "anyoneCanAddSelf": False,
    "attendeesOmitted": False,
    "endTimeUnspecified": False,
    "eventType": "default",
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "locked": False,
    "privateCopy": False,
    "transparency": "opaque",
    "visibility": "default",
}
READ_ONLY = {"locked", "endTimeUnspecified", "attendeesOmitted"}
CHOICES = {
    "status": {"confirmed", "tentative", "cancelled"},
    "transparency": {"opaque", "transparent"},
    "visibility": {"default", "public", "private", "confidential"},
}
PLAIN = (
    "summary",
    "description",
    "location",
    "colorId",
    "iCalUID",
    *(name for name in DEFAULTS if name not in READ_ONLY),
)
UNMODELLED = {
    "recurrence": "recurring events",
    "attendees": "attendees",
    "attachments": "attachments",
    "gadget": "gadgets",
    "originalStartTime": "instances of recurring events",
    "focusTimeProperties": "focus time",
    "outOfOfficeProperties": "absences",
    "workingLocationProperties": "working locations",
    "birthdayProperties": "birthdays",
}
# Ignored by Google unless a parameter of the request asks for them.
ASKED_FOR = {
    "attachments": ("supportsAttachments", True),
    "conferenceData": ("conferenceDataVersion", 1),
    "eventLabelId": ("eventLabelVersion", 1),
}


def merged(stored: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Patch semantics: objects are merged, arrays and values replaced, null takes away."""
    result = dict(stored)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            below = result.get(name)
            result[name] = merged(below if isinstance(below, dict) else {}, value)
        else:
            result[name] = value
    return result


def accepted(
    body: dict[str, Any], answers: Switches, zone: str, parameters: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The fields that are kept of ``body``; ``zone`` is the calendar's; raises ``Refused``."""
    body = {name: value for name, value in body.items() if value is not None}
    _refuse_unmodelled(body, parameters or {})
    _refuse_choices(body)
    fields = {name: body[name] for name in PLAIN if name in body}
    fields = {name: value for name, value in fields.items() if value != DEFAULTS.get(name, "")}
    for name in ("summary", "description", "location"):
        if len(fields.get(name, "")) > LONGEST_TEXT:
            fields[name] = _cut(name, fields[name], answers)
    fields["status"] = body.get("status", "confirmed")
    fields |= _times(body, answers, zone)
    fields["reminders"] = _reminders(body.get("reminders", {}), answers)
    for name, made in (("extendedProperties", _properties(body)), ("source", _source(body))):
        if made:
            fields[name] = made
    return fields


def moment_of(value: dict[str, Any], zone: str) -> datetime:
    """When a stored start or end is: whole days begin in the calendar's zone."""
    if "dateTime" in value:
        return datetime.fromisoformat(value["dateTime"])
    return datetime.combine(date.fromisoformat(value["date"]), datetime.min.time(), times.zone(zone) or UTC)


def _cut(name: str, text: str, answers: Switches) -> str:
    if answers.long_texts == "refused":
        raise bad_value(f"Invalid value for: {name} is longer than {LONGEST_TEXT} characters")
    return text[:LONGEST_TEXT]


def _refuse_unmodelled(body: dict[str, Any], parameters: dict[str, Any]) -> None:
    for name, (parameter, value) in ASKED_FOR.items():
        if body.get(name) and parameters.get(parameter) == value:
            raise not_modelled(name)
    for name, what in UNMODELLED.items():
        if body.get(name) and name not in ASKED_FOR:
            raise not_modelled(what)
    if body.get("eventType", "default") != "default":
        raise not_modelled("events of other types")


def _refuse_choices(body: dict[str, Any]) -> None:
    for name, allowed in CHOICES.items():
        if name in body and body[name] not in allowed:
            raise bad_value(f"Invalid value for: Invalid value for {name}: {body[name]}")
    if body.get("colorId") and body["colorId"] not in COLOURS:
        raise bad_value("Invalid color id.", at="colorId")


def _times(body: dict[str, Any], answers: Switches, zone: str) -> dict[str, Any]:
    """Start and end, in the form of the document; the end may not be before the start."""
    for name in ("end", "start"):
        if not body.get(name, {}).get("date") and not body.get(name, {}).get("dateTime"):
            raise missing(f"Missing {name} time.")
    ends = {name: _time(body[name], name, answers, zone) for name in ("start", "end")}
    if ("date" in ends["start"]) != ("date" in ends["end"]):
        raise bad_value("Start and end times must either both be date or both be dateTime.")
    begin, end = (moment_of(ends[name], zone) for name in ("start", "end"))
    if end < begin or ("date" in ends["start"] and end == begin):
        message = "The specified time range is empty."
        raise bad_value(message, reason="timeRangeEmpty", at="timeMax", domain="calendar")
    return ends


def _time(value: dict[str, Any], name: str, answers: Switches, zone: str) -> dict[str, Any]:
    value = {key: each for key, each in value.items() if each is not None}
    if value.get("date") and value.get("dateTime"):
        raise bad_value(f"Invalid {name} time.")
    said = value.get("timeZone")
    if said and times.zone(said) is None:
        raise bad_value(f"Invalid time zone definition for {name} time.")
    if value.get("date"):
        if times.day(value["date"]) is None:
            raise bad_value("Invalid value for: Invalid format: " + repr(value["date"]))
        return {"date": value["date"]}
    return _date_time(value["dateTime"], said, name, answers, zone)


def _date_time(text: str, said: str | None, name: str, answers: Switches, zone: str) -> dict[str, Any]:
    when = times.moment(text)
    if when is None:
        raise bad_value("Invalid value for: Invalid format: " + repr(text))
    if when.tzinfo is None:
        if not said:
            raise missing(f"Missing time zone definition for {name} time.")
        when = when.replace(tzinfo=times.zone(said))
    kept = said or zone
    if answers.zones == "canonical":
        kept = times.old_name(kept)
    whole = when.astimezone(UTC).replace(microsecond=0)
    return {"dateTime": whole.isoformat(), "timeZone": kept}


def _reminders(value: dict[str, Any], answers: Switches) -> dict[str, Any]:
    overrides = value.get("overrides") or []
    default = value.get("useDefault", not overrides)
    if default and overrides:
        message = "Cannot specify both default reminders and overrides at the same time."
        raise Refused(400, "cannotUseDefaultRemindersAndSpecifyOverride", message, domain="calendar")
    if default:
        return {"useDefault": True}
    kept = [_reminder(each, answers) for each in overrides]
    kept = [each for index, each in enumerate(kept) if each not in kept[:index]]
    if len(kept) > MOST_REMINDERS and answers.reminders == "refused":
        message = "The maximum number of override reminders was exceeded."
        raise Refused(400, "eventRemindersLimitExceeded", message, domain="calendar")
    kept = sorted(kept[:MOST_REMINDERS], key=lambda each: (each["minutes"], each["method"]))
    return {"useDefault": False, "overrides": kept} if kept else {"useDefault": False}


def _reminder(value: dict[str, Any], answers: Switches) -> dict[str, Any]:
    if "minutes" not in value or "method" not in value:
        raise missing("Missing reminder method or minutes.")
    if value["method"] not in {"popup", "email"}:
        raise bad_value("Invalid value for: Invalid reminder method: " + repr(value["method"]))
    minutes = value["minutes"]
    if not 0 <= minutes <= LAST_MINUTE:
        if answers.reminders == "refused":
            raise bad_value("Invalid value for: The reminder's minutes must be from 0 to 40320.")
        minutes = min(max(minutes, 0), LAST_MINUTE)
    return {"method": value["method"], "minutes": minutes}


def _properties(body: dict[str, Any]) -> dict[str, Any]:
    """Long keys are left out without a word, long values cut."""
    result: dict[str, Any] = {}
    for side, pairs in (body.get("extendedProperties") or {}).items():
        kept = {
            key: value[:LONGEST_VALUE]
            for key, value in sorted((pairs or {}).items())
            if value is not None and 0 < len(key) <= LONGEST_KEY
        }
        if len(kept) > MOST_PROPERTIES:
            raise bad_value("The maximum number of extended properties was exceeded.")
        if kept and side in {"private", "shared"}:
            result[side] = kept
    return result


def _source(body: dict[str, Any]) -> dict[str, Any]:
    source = body.get("source") or {}
    if source.get("url") and not re.match(r"https?://[^/\s]+", source["url"]):
        raise bad_value("Invalid value for: source.url has to be http or https.")
    return {name: source[name] for name in ("url", "title") if source.get(name)}
