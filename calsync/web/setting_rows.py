"""The settings as fields of a form: a row for each key, in the groups a person meets them.

A new key is a row here; how its text is read and written is for ``calsync.settings``.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from calsync.web.words import phrase

__all__ = ["GROUPS", "ROWS", "Group", "Row"]


class Row(NamedTuple):
    """``label`` and ``hint`` are phrases, ``choices`` pairs of a value and a phrase."""

    key: str
    label: str
    sort: Literal[
        "text", "tel", "email", "zone", "country", "choice", "playbook", "lines", "minutes", "days"
    ] = "text"
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()


class Group(NamedTuple):
    """Settings that belong together."""

    title: str
    rows: Sequence[Row]


_MINUTES = phrase("minutes before, like 60, 15; empty for none")
GROUPS: Sequence[Group] = (
    Group(
        phrase("You"),
        (
            Row("candidate.name", phrase("Your name"), hint=phrase("it opens every script")),
            Row("candidate.phone", phrase("Your number"), "tel"),
            Row(
                "candidate.email",
                phrase("Your email address"),
                "email",
                phrase("so that you are not taken for somebody you met"),
            ),
            Row(
                "language",
                phrase("Language"),
                "choice",
                choices=(("en", phrase("English")), ("de", phrase("German"))),
            ),
            Row("timezone", phrase("Your time zone"), "zone", phrase("empty: as this computer has it")),
            Row(
                "country",
                phrase("Country of the employers, where they name none"),
                "country",
                phrase("two letters, like US or DE"),
            ),
            Row("region", phrase("Its region"), hint=phrase("letters, like NY or BY")),
        ),
    ),
    Group(
        phrase("When you call and write"),
        (
            Row("hours", phrase("Your hours"), hint=phrase("like 07:00-21:00, on your clock")),
            Row(
                "business_hours",
                phrase("Business hours of the employers"),
                hint=phrase("like 09:00-17:00, on their clock"),
            ),
            Row(
                "window",
                phrase("When to call"),
                "choice",
                choices=(
                    ("", phrase("as the playbook says")),
                    ("early", phrase("early in their day")),
                    ("late", phrase("late in their day")),
                    ("any", phrase("at any hour")),
                ),
            ),
            Row("kept_free", phrase("Weekdays without calls"), "days"),
            Row(
                "monday_like",
                phrase("Also spare the day after a Monday holiday"),
                "choice",
                choices=(("false", phrase("no")), ("true", phrase("yes"))),
            ),
            Row(
                "phone",
                phrase("You call people"),
                "choice",
                choices=(("true", phrase("yes")), ("false", phrase("no, emails alone"))),
            ),
            Row(
                "private_hours",
                phrase("When you cannot talk"),
                "lines",
                phrase("one a line, like Mon-Fri 12:00-13:00"),
            ),
            Row(
                "closures",
                phrase("Days on which the employers are closed"),
                "lines",
                phrase("one a line, like 2026-12-24..2027-01-01"),
            ),
        ),
    ),
    Group(
        phrase("How you follow up"),
        (Row("playbook", phrase("Playbook, where an interview names none"), "playbook"),),
    ),
    Group(
        phrase("Alarms"),
        (
            Row("alarms.call", phrase("Before a call"), "minutes", _MINUTES),
            Row("alarms.email", phrase("Before an email"), "minutes", _MINUTES),
            Row("alarms.prepare", phrase("Before a preparation"), "minutes", _MINUTES),
            Row("alarms.ask", phrase("Before an interview"), "minutes", _MINUTES),
            Row(
                "discreet",
                phrase("Titles in the calendar tell nothing"),
                "choice",
                choices=(("false", phrase("no")), ("true", phrase("yes"))),
            ),
            Row(
                "google.calendar",
                phrase("Name of the calendar at Google"),
                hint=phrase("counts when it is made"),
            ),
        ),
    ),
)
ROWS: Sequence[Row] = tuple(row for group in GROUPS for row in group.rows)
"""All of them."""
