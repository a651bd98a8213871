"""Somebody in the middle of a job search, and a friend they coach: what a page has to show most of."""

__all__ = ["COACH", "LIFE", "TUESDAY"]

TUESDAY = "2026-11-24T14:00:00-08:00"
COACH = """timezone = "America/Los_Angeles"
country = "US"
region = "CA"

[candidate]
name = "Kim Park"
"""
_FIRST, _THEN = "2026-11-17T17:00:00-08:00", "2026-11-19T16:00:00-08:00"
_HOOLI = (
    "add", "Hooli", "Data analyst", "--at", "2026-11-17 10:00", "--timezone", "America/New_York", "--region", "NY",
    "--contact", "Bob Johnson", "--phone", "+1 212-555-0123", "--email", "bob@hooli.example", "--decision", "5 days",
    "--topic", "the move to the new building", "--interviewers", "Tom Reyes <tom@hooli.example>",
)  # fmt: skip
_ACME = (
    "add", "Acme", "Product designer", "--at", "2026-11-19 14:00", "--contact", "Sarah Smith",
    "--phone", "+1 415-555-0199", "--email", "sarah@acme.example", "--decision", "1 week",
)  # fmt: skip
_INITECH = (
    "add", "Initech", "UX lead", "--at", "2026-12-10 11:00", "--contact", "Ann Lee",
    "--phone", "+1 415-555-0100", "--email", "ann@initech.example",
)  # fmt: skip
_GLOBEX = (
    "add", "Globex", "Engineer", "--at", "2026-12-02 15:00", "--timezone", "Europe/Berlin", "--country", "DE",
    "--contact", "Hank Scorpio", "--email", "hank@globex.example", "--candidate", "Ann Doe",
)  # fmt: skip
LIFE = (
    (_HOOLI, _FIRST),
    (_ACME, _THEN),
    (_INITECH, _THEN),
    (_GLOBEX, _THEN),
    (("log", 1, "sent", "--step", "thank-you"), _THEN),
    (("log", 2, "sent", "--step", "thank-you"), "2026-11-20T09:00:00-08:00"),
)
