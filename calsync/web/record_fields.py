"""The keys of an interview's record as fields of a form: a row for each, in the order and the groups a person meets them.

A new key of the record is a row here; how its text is read is for ``calsync.intake``.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from calsync.phrase import phrase

__all__ = ["FIRST", "LABELS", "MORE", "FieldGroup", "RecordField", "Sort"]


Sort = Literal[
    "text", "long", "list", "moment", "day", "agreed", "number", "email", "tel", "url", "choice", "zone",
    "country", "playbook",
]  # fmt: skip
"""What kind of field it is: ``moment``, ``day`` and ``agreed`` have a picker and a line for words beside it."""


class RecordField(msgspec.Struct, frozen=True):
    """``label`` and ``hint`` are phrases, ``choices`` pairs of a value and a phrase; ``only`` where it is asked for."""

    key: str
    label: str
    sort: Sort = "text"
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    only: Literal["", "new", "edit"] = ""
    needed: bool = False


class FieldGroup(msgspec.Struct, frozen=True):
    """Fields that belong together."""

    title: str
    fields: Sequence[RecordField]


FIRST: Sequence[RecordField] = (
    RecordField("company", phrase("Company"), needed=True),
    RecordField("role", phrase("Position"), needed=True),
    RecordField(
        "start",
        phrase("When the interview is, on their clock"),
        "moment",
        phrase("tomorrow 14:00, next thu 2pm, 24 November 2026 14:00"),
        needed=True,
    ),
    RecordField("minutes", phrase("Minutes it takes"), "number", phrase("60 if you do not know")),
    RecordField(
        "timezone", phrase("Their time zone"), "zone", phrase("like America/New_York; yours if empty")
    ),
    RecordField(
        "country", phrase("Their country, for its holidays"), "country", phrase("two letters, like US or DE")
    ),
    RecordField("contact", phrase("Whom to call or write")),
    RecordField("phone", phrase("The number they gave you"), "tel"),
    RecordField("email", phrase("Their email address"), "email"),
    RecordField(
        "decision",
        phrase("When they decide"),
        "day",
        phrase("3 days, 5 business days, 2 weeks, next fri"),
    ),
)
"""The few that matter."""
MORE: Sequence[FieldGroup] = (
    FieldGroup(
        phrase("Whom you met"),
        (
            RecordField(
                "contact_role",
                phrase("What your contact is"),
                "choice",
                choices=(
                    ("manager", phrase("hiring manager")),
                    ("interviewer", phrase("interviewer")),
                    ("recruiter", phrase("recruiter")),
                    ("hr", phrase("HR department")),
                ),
            ),
            RecordField(
                "salutation",
                phrase("How you address your contact"),
                "text",
                phrase("Ms. Smith, Sarah"),
            ),
            RecordField(
                "interviewers",
                phrase("Everybody else you met"),
                "list",
                phrase("one a line: Tom Reyes <tom@example.com>"),
            ),
            RecordField(
                "language",
                phrase("The language you speak with them"),
                "choice",
                choices=(
                    ("en", phrase("English")),
                    ("en-US", phrase("English (American)")),
                    ("en-GB", phrase("English (British)")),
                    ("de", phrase("German")),
                ),
            ),
        ),
    ),
    FieldGroup(
        phrase("What they said"),
        (
            RecordField(
                "agreed",
                phrase("The day they named for the next contact"),
                "agreed",
                phrase("next tue, or next tue 10:30"),
            ),
            RecordField(
                "channel",
                phrase("How they want to hear from you"),
                "choice",
                choices=(("phone", phrase("by phone")), ("email", phrase("by email"))),
            ),
            RecordField(
                "window",
                phrase("When to call"),
                "choice",
                choices=(
                    ("early", phrase("early in their day")),
                    ("late", phrase("late in their day")),
                    ("any", phrase("at any hour")),
                ),
            ),
            RecordField(
                "busy", phrase("When they are busy"), hint=phrase("like Mon-Fri 09:00-11:00; with ; between")
            ),
            RecordField(
                "away",
                phrase("When they are away"),
                hint=phrase("like 2026-08-03..2026-08-16; with ; between"),
            ),
            RecordField(
                "culture",
                phrase("What kind of house it is"),
                "choice",
                choices=(
                    ("formal", phrase("formal")),
                    ("regulated", phrase("regulated, like banks and authorities")),
                    ("casual", phrase("casual")),
                ),
            ),
            RecordField(
                "felt",
                phrase("How it felt"),
                "choice",
                choices=(("good", phrase("good")), ("poor", phrase("not so good"))),
            ),
        ),
    ),
    FieldGroup(
        phrase("What you talked about"),
        (
            RecordField("topic", phrase("Something to recall"), "long"),
            RecordField("strengths", phrase("Why you fit"), "long"),
            RecordField("missed", phrase("What you forgot to say"), "long"),
            RecordField("questions", phrase("Your questions"), "list", phrase("one a line")),
            RecordField("notes", phrase("Notes"), "long"),
        ),
    ),
    FieldGroup(
        phrase("Everything else"),
        (
            RecordField("playbook", phrase("Playbook"), "playbook"),
            RecordField(
                "region", phrase("Their region, for its holidays"), hint=phrase("letters, like NY or BY")
            ),
            RecordField("location", phrase("Where it is")),
            RecordField("url", phrase("A link to the job or the meeting"), "url"),
            RecordField("candidate", phrase("Whose interview it is, for coaches")),
            RecordField(
                "id",
                phrase("A name of your own for it"),
                hint=phrase("a-z, 0-9 and -; made up if empty"),
                only="new",
            ),
            RecordField(
                "status",
                phrase("How it stands"),
                "choice",
                choices=(
                    ("open", phrase("open")),
                    ("offer", phrase("they made an offer")),
                    ("rejected", phrase("they said no")),
                    ("withdrawn", phrase("you withdrew")),
                    ("closed", phrase("over")),
                ),
                only="edit",
            ),
        ),
    ),
)
LABELS: Mapping[str, RecordField] = {
    field.key: field for field in (*FIRST, *(f for g in MORE for f in g.fields))
}
"""Every field by its key."""
