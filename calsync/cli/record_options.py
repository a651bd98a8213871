"""The keys of an interview's record as options of ``add`` and ``edit``, and what was typed into them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

import click

from calsync.domain import Preferences
from calsync.errors import BadValue
from calsync.intake.records import read_typed

__all__ = ["record_options", "record_options_but", "typed"]

F = TypeVar("F", bound=Callable[..., Any])

_HELP = {
    "start": (
        "--at",
        "WHEN",
        'When it is, in their zone: "2026-11-24 14:00", "tomorrow 14:00", "next thu 2pm".',
    ),
    "minutes": ("--minutes", "N", "How long it takes. [60]"),
    "timezone": ("--timezone", "ZONE", "Their time zone, like America/New_York. [yours]"),
    "country": ("--country", "CC", "Their country, like US or DE, for its public holidays."),
    "region": ("--region", "R", "Their region, like NY or BY."),
    "contact": ("--contact", "NAME", "Whom to call or write."),
    "contact_role": ("--contact-role", "ROLE", "manager, interviewer, recruiter or hr."),
    "salutation": (
        "--salutation",
        "TEXT",
        'How you address the contact: "Ms. Smith", "Sarah", "Frau Dr. Größl".',
    ),
    "phone": ("--phone", "NUMBER", "The number they gave you."),
    "email": ("--email", "ADDRESS", "The contact's address."),
    "interviewers": ("--interviewers", "PEOPLE", 'Everybody else met: "Tom Reyes <tom@example.com>; …".'),
    "decision": ("--decision", "WHEN", 'When they decide: a date, "3 days", "5 business days", "2 weeks".'),
    "agreed": ("--agreed", "WHEN", "The day, or day and time, they named for the next contact."),
    "channel": ("--channel", "C", "phone or email, if they said which."),
    "culture": ("--culture", "C", "formal, regulated or casual."),
    "felt": ("--felt", "F", "good or poor."),
    "window": ("--window", "W", "early, late or any: when to call."),
    "busy": ("--busy", "HOURS", 'When the contact is busy: "Mon-Fri 09:00-11:00".'),
    "away": ("--away", "DAYS", 'When the contact is away: "2026-08-03..2026-08-16".'),
    "playbook": ("--playbook", "P", "The playbook to follow."),
    "topic": ("--topic", "TEXT", "Something you talked about, to recall."),
    "strengths": ("--strengths", "TEXT", "Why you fit."),
    "missed": ("--missed", "TEXT", "What you forgot to say."),
    "questions": ("--questions", "TEXT", "Your questions, with ; between them."),
    "notes": ("--notes", "TEXT", "Anything else."),
    "location": ("--location", "PLACE", "Where it is."),
    "url": ("--url", "URL", "A link to the job or the meeting."),
    "language": (
        "--language",
        "L",
        "The language you speak with them: en (the country's), en-US, en-GB or de. [that of the settings]",
    ),
    "candidate": ("--candidate", "NAME", "Whose interview it is, for coaches."),
}


def record_options(command: F) -> F:
    """An option for each key."""
    return record_options_but()(command)


def record_options_but(*keys: str) -> Callable[[F], F]:
    """The same without some keys, which the command has options of its own for."""

    def decorated(command: F) -> F:
        for key, (flag, metavar, text) in reversed(_HELP.items()):
            if key not in keys:
                command = click.option(flag, key, metavar=metavar, help=text)(command)
        return command

    return decorated


def typed(
    given: Mapping[str, str | None],
    preferences: Preferences,
    now: datetime,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """What was typed, with spoken days as dates and phone numbers read; nothing for what was not.

    ``beside`` are values that are known already: country and zone say how to read. Raises BadValue for a number or a day that cannot be meant.
    """
    read = read_typed({k: v for k, v in given.items() if v is not None}, preferences, now, beside)
    for fault in read.faults:
        raise BadValue(fault.what, remedy=fault.remedy, where=fault.key, code=fault.code)
    return read.values
