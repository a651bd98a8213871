"""From files, or from one record, to interviews: CSV, TOML and JSON, found by name.

Nothing is guessed and nothing is lost: a file is taken whole or not at all, and
every bad row is named with its key, its value and what to write instead.

    reading = read(["jobs.csv"], preferences=Preferences(zone=ZoneInfo("America/New_York")))
    for interview in reading.interviews:
        print(interview.id, echo(interview.start))
"""

from calsync.intake.columns import Ways
from calsync.intake.dates import day, day_or_moment, echo, moment
from calsync.intake.files import FORMATS, Reading, read
from calsync.intake.records import KEYS, as_record, read_record
from calsync.intake.rows import BadRow, BadRows, Fault, Written
from calsync.intake.source import Source
from calsync.intake.zones import zone

__all__ = [
    "FORMATS",
    "KEYS",
    "BadRow",
    "BadRows",
    "Fault",
    "Reading",
    "Source",
    "Ways",
    "Written",
    "as_record",
    "day",
    "day_or_moment",
    "echo",
    "moment",
    "read",
    "read_record",
    "zone",
]
