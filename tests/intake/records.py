"""What the tests of intake have in common: preferences, and reading from bytes."""

import io
from zoneinfo import ZoneInfo

from calsync.domain import Candidate, Preferences
from calsync.intake import Source, Ways, read, read_record

PREFERENCES = Preferences(zone=ZoneInfo("America/New_York"), candidate=Candidate(name="Robin Vale"))
LEAST = {"company": "Acme", "role": "PM", "start": "2026-11-24 14:00"}


def read_bytes(content, form="csv", name="jobs", **options):
    """A file of that content, as ``read`` reads it."""
    content = content.encode() if isinstance(content, str) else content
    if "headers" in options:
        options["ways"] = Ways(options.pop("headers"))
    source = Source(f"{name}.{form}", io.BytesIO(content))
    return read([source], preferences=options.pop("preferences", PREFERENCES), **options)


def one(**values):
    """The interview of one record that has company, role and start."""
    return read_record(LEAST | values, preferences=PREFERENCES)
