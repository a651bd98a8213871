"""The keys of an interview's record: one row for each, with everything that anybody does with it.

How its text is read and written back, what it is called and asked for, its option of ``add`` and
``edit``, its field on the page, its row in the README and its type for editors all come from here.
A new key is a row and a field of ``calsync.domain.Interview``.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from calsync.intake import dates, values
from calsync.intake.zones import zone
from calsync.phrase import phrase

__all__ = ["GROUPS", "KEYS", "Group", "Key", "Sort"]

Placed = Callable[[str, ZoneInfo, list[str] | None], date]
"""Reads the text of a time in a zone, and adds a sentence if a change of clocks made it doubtful."""
Sort = Literal[
    "text", "long", "list", "moment", "day", "agreed", "number", "email", "tel", "url", "choice", "zone",
    "country", "playbook",
]  # fmt: skip
"""What kind of field it is on a page: ``moment``, ``day`` and ``agreed`` have a picker and a line for words."""
Group = Literal["first", "met", "said", "talked", "more"]
GROUPS: Mapping[Group, str] = {
    "first": "",
    "met": phrase("Whom you met"),
    "said": phrase("What they said"),
    "talked": phrase("What you talked about"),
    "more": phrase("Everything else"),
}
"""The groups of a form, in their order, by what stands above them; the first are the few that matter."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One key of the record.

    ``takes`` names types that TOML and JSON know; they are spelled as text and
    read like text. ``placed`` comes after ``read`` for times, once the
    employer's zone is known. ``write`` is the inverse of both.

    ``label`` and ``hint`` stand at its field, of ``sort`` and in ``group``; ``choices`` are the
    values there are, each with its name. ``asked`` is the question of ``add``; empty for what is
    not asked. ``option`` is the flag with the name of its value, ``help`` what it does. ``form``
    and ``default`` are its row in the README.
    """

    read: Callable[[str], object]
    takes: tuple[type, ...] = ()
    placed: Placed | None = None
    write: Callable[[Any], str | int | None] = lambda value: value
    label: str
    hint: str = ""
    sort: Sort = "text"
    group: Group
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    only: Literal["", "new", "edit"] = ""
    asked: str = ""
    option: tuple[str, str] | None = None
    help: str = ""
    form: str = "text for the scripts"
    default: str = ""


def _listed(items: tuple[object, ...]) -> str:
    return "; ".join(map(str, items))


def _day_or_span(value: object) -> str | None:
    if isinstance(value, date):
        return dates.written(value)
    return None if value is None else str(value)


_DAY = (date, datetime)
_ROLES = (
    ("manager", phrase("hiring manager")),
    ("interviewer", phrase("interviewer")),
    ("recruiter", phrase("recruiter")),
    ("hr", phrase("HR department")),
)
_CHANNELS = (("phone", phrase("by phone")), ("email", phrase("by email")))
_CULTURES = (
    ("formal", phrase("formal")),
    ("regulated", phrase("regulated, like banks and authorities")),
    ("casual", phrase("casual")),
)
_FELT = (("good", phrase("good")), ("poor", phrase("not so good")))
_WINDOWS = (
    ("early", phrase("early in their day")),
    ("late", phrase("late in their day")),
    ("any", phrase("at any hour")),
)
_LANGUAGES = (
    ("en", phrase("English")),
    ("en-US", phrase("English (American)")),
    ("en-GB", phrase("English (British)")),
    ("de", phrase("German")),
)
_STATUSES = (
    ("open", phrase("open")),
    ("offer", phrase("they made an offer")),
    ("rejected", phrase("they said no")),
    ("withdrawn", phrase("you withdrew")),
    ("closed", phrase("over")),
)


def _choice(what: str, choices: tuple[tuple[str, str], ...]) -> Callable[[str], object]:
    return values.choice(what, *(value for value, _ in choices))


KEYS: Mapping[str, Key] = {
    "id": Key(
        read=values.identifier, takes=(int,), group="more", only="new",
        label=phrase("A name of your own for it"), hint=phrase("a-z, 0-9 and -; made up if empty"),
        form="up to 64 of a–z, 0–9 and -", default="from company, role and date",
    ),
    "candidate": Key(
        read=values.line, takes=(int,), group="more", label=phrase("Whose interview it is, for coaches"),
        option=("--candidate", "NAME"), help="Whose interview it is, for coaches.",
        form="whose interview it is, for coaches", default="the settings' name",
    ),
    "company": Key(
        read=values.line, takes=(int,), group="first", needed=True, label=phrase("Company"), asked=phrase("Company"), form="text",
    ),
    "role": Key(
        read=values.line, takes=(int,), group="first", needed=True, label=phrase("Position"), asked=phrase("Position"), form="text",
    ),
    "start": Key(
        read=values.line, takes=_DAY, placed=dates.moment, write=dates.written, group="first", needed=True, sort="moment",
        label=phrase("When the interview is, on their clock"),
        hint=phrase("tomorrow 14:00, thu 2pm, 24 November 2026 14:00"),
        asked=phrase("When is it, in their time (tomorrow 14:00, 2026-11-24 14:00)"),
        option=("--at", "WHEN"), help='When it is, in their zone: "2026-11-24 14:00", "tomorrow 14:00", "thu 2pm".',
        form="`2026-11-12 14:00`, in the employer's zone, or with an offset",
    ),
    "minutes": Key(
        read=values.minutes, takes=(int, float), group="first", sort="number",
        label=phrase("Minutes it takes"), hint=phrase("60 if you do not know"), asked=phrase("How many minutes will it take"),
        option=("--minutes", "N"), help="How long it takes. [60]", form="1–1440", default="60",
    ),
    "timezone": Key(
        read=zone, write=str, group="first", sort="zone",
        label=phrase("Their time zone"), hint=phrase("like America/New_York; yours if empty"), asked=phrase("Their time zone"),
        option=("--timezone", "ZONE"), help="Their time zone, like America/New_York. [yours]",
        form="the employer's, like `America/New_York`", default="yours",
    ),
    "country": Key(
        read=values.country, group="first", sort="country",
        label=phrase("Their country, for its holidays"), hint=phrase("two letters, like US or DE"),
        asked=phrase("Their country, for its holidays (US, DE …)"),
        option=("--country", "CC"), help="Their country, like US or DE, for its public holidays.",
        form="`US`, `Germany` or `none`: for weekends and public holidays",
        default="from the time zone named, the number, the settings; said in a note",
    ),
    "region": Key(
        read=values.line, takes=(int,), group="more",
        label=phrase("Their region, for its holidays"), hint=phrase("letters, like NY or BY"),
        option=("--region", "R"), help="Their region, like NY or BY.", form="`CA`, `BY`: for its own public holidays",
    ),
    "contact": Key(
        read=values.line, takes=(int,), group="first", label=phrase("Whom to call or write"),
        asked=phrase("Whom will you call or write"), option=("--contact", "NAME"), help="Whom to call or write.", form="a name",
    ),
    "contact_role": Key(
        read=_choice(phrase("what a contact can be"), _ROLES), group="met", sort="choice", choices=_ROLES,
        label=phrase("What your contact is"),
        option=("--contact-role", "ROLE"), help="manager, interviewer, recruiter or hr.",
        form="`manager`, `interviewer`, `recruiter`, `hr`",
    ),
    "salutation": Key(
        read=values.line, takes=(int,), group="met", label=phrase("How you address your contact"), hint=phrase("Ms. Smith, Sarah"),
        option=("--salutation", "TEXT"), help='How you address the contact: "Ms. Smith", "Sarah", "Frau Dr. Größl".',
        form="how you address them: `Ms. Smith`, `Sarah`, `Frau Dr. Größl`",
        default="the full name; the first name where `culture` is `casual`",
    ),
    "phone": Key(
        read=values.phone, takes=(int, float), group="first", sort="tel", label=phrase("The number they gave you"),
        asked=phrase("The number they gave you"), option=("--phone", "NUMBER"), help="The number they gave you.",
        form="the number they gave",
    ),
    "email": Key(
        read=values.email, group="first", sort="email", label=phrase("Their email address"), asked=phrase("Their email address"),
        option=("--email", "ADDRESS"), help="The contact's address.", form="the address they gave",
    ),
    "interviewers": Key(
        read=values.people, takes=(list, dict), write=_listed, group="met", sort="list",
        label=phrase("Everybody else you met"), hint=phrase("one a line: Tom Reyes <tom@example.com>"),
        option=("--interviewers", "PEOPLE"), help='Everybody else met: "Tom Reyes <tom@example.com>; …".',
        form="`Tom Reyes <tom@example.com>; Ann Lee`",
    ),
    "decision": Key(
        read=values.decision, takes=_DAY, write=_day_or_span, group="first", sort="day",
        label=phrase("When they decide"), hint=phrase("3 days, 5 business days, 2 weeks, fri"),
        asked=phrase("When do they decide (2026-11-30, 3 days, 2 weeks)"),
        option=("--decision", "WHEN"), help='When they decide: a date, "3 days", "5 business days", "2 weeks".',
        form="`2026-11-30`, `3 days`, `5 business days`, `2 weeks`", default="not known",
    ),
    "agreed": Key(
        read=values.line, takes=_DAY, placed=dates.day_or_moment, write=_day_or_span, group="said", sort="agreed",
        label=phrase("The day they named for the next contact"), hint=phrase("next tue, or next tue 10:30"),
        option=("--agreed", "WHEN"), help="The day, or day and time, they named for the next contact.",
        form="a day, or day and time, that they named for the next contact",
    ),
    "channel": Key(
        read=_choice("a channel", _CHANNELS), group="said", sort="choice", choices=_CHANNELS,
        label=phrase("How they want to hear from you"), option=("--channel", "C"), help="phone or email, if they said which.",
        form="`phone`, `email`", default="by the rules",
    ),
    "culture": Key(
        read=_choice("a culture", _CULTURES), group="said", sort="choice", choices=_CULTURES, label=phrase("Company style"),
        option=("--culture", "C"), help="formal, regulated or casual.", form="`formal`, `regulated`, `casual`",
    ),
    "felt": Key(
        read=_choice(phrase("how it felt"), _FELT), group="said", sort="choice", choices=_FELT, label=phrase("How it felt"),
        option=("--felt", "F"), help="good or poor.", form="`good`, `poor`",
    ),
    "window": Key(
        read=_choice("a window", _WINDOWS), group="said", sort="choice", choices=_WINDOWS, label=phrase("When to call"),
        option=("--window", "W"), help="early, late or any: when to call.", form="`early`, `late`, `any`", default="the settings'",
    ),
    "busy": Key(
        read=values.busy, takes=(list,), write=_listed, group="said",
        label=phrase("When they are busy"), hint=phrase("like Mon-Fri 09:00-11:00; with ; between"),
        option=("--busy", "HOURS"), help='When the contact is busy: "Mon-Fri 09:00-11:00".',
        form="`Mon-Fri 09:00-11:00; Wed 14:00-15:00`, in their zone",
    ),
    "away": Key(
        read=values.away, takes=(list, *_DAY), write=_listed, group="said",
        label=phrase("When they are away"), hint=phrase("like 2026-08-03..2026-08-16; with ; between"),
        option=("--away", "DAYS"), help='When the contact is away: "2026-08-03..2026-08-16".',
        form="`2026-08-03..2026-08-16; 2026-09-07`",
    ),
    "playbook": Key(
        read=values.line, takes=(int,), group="more", sort="playbook", label=phrase("Playbook"),
        option=("--playbook", "P"), help="The playbook to follow.", form="a name or the path of a file", default="the settings'",
    ),
    "topic": Key(
        read=values.paragraph, takes=(int,), group="talked", sort="long", label=phrase("Something to recall"),
        option=("--topic", "TEXT"), help="Something you talked about, to recall.",
    ),
    "strengths": Key(
        read=values.paragraph, takes=(int,), group="talked", sort="long", label=phrase("Why you fit"),
        option=("--strengths", "TEXT"), help="Why you fit.",
    ),
    "missed": Key(
        read=values.paragraph, takes=(int,), group="talked", sort="long", label=phrase("What you forgot to say"),
        option=("--missed", "TEXT"), help="What you forgot to say.",
    ),
    "questions": Key(
        read=values.questions, takes=(list,), write=_listed, group="talked", sort="list",
        label=phrase("Your questions"), hint=phrase("one a line"),
        option=("--questions", "TEXT"), help="Your questions, with ; between them.", form="texts, with `;` between them",
    ),
    "notes": Key(
        read=values.paragraph, takes=(int,), group="talked", sort="long", label=phrase("Notes"),
        option=("--notes", "TEXT"), help="Anything else.",
    ),
    "location": Key(
        read=values.line, takes=(int,), group="more", label=phrase("Where it is"),
        option=("--location", "PLACE"), help="Where it is.",
    ),
    "url": Key(
        read=values.url, group="more", sort="url", label=phrase("A link to the job or the meeting"),
        option=("--url", "URL"), help="A link to the job or the meeting.", form="a link, `https://…`",
    ),
    "language": Key(
        read=_choice(phrase("a language that calsync speaks"), _LANGUAGES), group="met", sort="choice", choices=_LANGUAGES,
        label=phrase("The language you speak with them"), option=("--language", "L"),
        help="The language you speak with them: en (the country's), en-US, en-GB or de. [that of the settings]",
        form="`en` (that of their country), `en-US`, `en-GB`, `de`", default="the settings'",
    ),
    "status": Key(
        read=_choice("a status", _STATUSES), group="more", sort="choice", choices=_STATUSES, only="edit",
        label=phrase("How it stands"), form="`open`, `offer`, `rejected`, `withdrawn`, `closed`", default="`open`",
    ),
}  # fmt: skip
