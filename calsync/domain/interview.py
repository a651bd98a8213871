"""An interview: one conversation with one employer, and what was said about the answer.

The field names are the keys of a record in CSV, TOML and JSON (see README); a
new key is a field here and a row in ``calsync.intake.records``.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from calsync.domain.times import Period, Span, WeeklyHours
from calsync.errors import BadValue
from calsync.phrase import phrase

__all__ = [
    "LONGEST_MINUTES",
    "YEARS",
    "Channel",
    "ContactRole",
    "Culture",
    "Felt",
    "Interview",
    "Person",
    "Status",
    "Window",
]

Channel = Literal["phone", "email"]
ContactRole = Literal["manager", "interviewer", "recruiter", "hr"]
Culture = Literal["formal", "regulated", "casual"]
Felt = Literal["good", "poor"]
Window = Literal["early", "late", "any"]
Status = Literal["open", "offer", "rejected", "withdrawn", "closed"]

YEARS = range(1990, 2100)
"""Years an interview can be in: the public holidays are known for these."""
LONGEST_MINUTES = 24 * 60

_ID = re.compile(r"[a-z0-9-]{1,64}")


class Person(msgspec.Struct, frozen=True):
    """Somebody met: a name, and an address if they gave one."""

    name: str
    email: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.email else self.name


class Interview(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation with one employer; ``start`` is aware, in the employer's zone.

    ``language`` is what the two of them speak, where it is not that of the settings;
    ``salutation`` how the contact is addressed ("Ms. Smith", "Sarah", "Frau Dr. Größl").
    ``country`` is as the record says; ``zone_assumed`` tells that the record named no zone
    (where the employer is then: ``calsync.business_days.countries``).

    Raises BadValue for what cannot be: no company, no role, a naive start, a
    decision or an agreed day before the interview.
    """

    id: str
    company: str
    role: str
    start: datetime
    minutes: int = 60
    candidate: str = ""
    country: str = ""
    region: str = ""
    contact: str = ""
    contact_role: ContactRole | None = None
    salutation: str = ""
    phone: str = ""
    email: str = ""
    interviewers: tuple[Person, ...] = ()
    decision: date | Span | None = None
    agreed: date | datetime | None = None
    channel: Channel | None = None
    culture: Culture | None = None
    felt: Felt | None = None
    window: Window | None = None
    busy: tuple[WeeklyHours, ...] = ()
    away: tuple[Period, ...] = ()
    playbook: str = ""
    topic: str = ""
    strengths: str = ""
    missed: str = ""
    questions: tuple[str, ...] = ()
    notes: str = ""
    location: str = ""
    url: str = ""
    language: str = ""
    status: Status = "open"
    zone_assumed: bool = False

    def __post_init__(self) -> None:
        for key, what, remedy in self._faults():
            raise BadValue(what, remedy=remedy, where=key, code="CS-REC-001")

    @property
    def zone(self) -> ZoneInfo:
        """The employer's zone; all times of the contact are in it."""
        zone = self.start.tzinfo
        assert isinstance(zone, ZoneInfo)  # refused in __post_init__ otherwise
        return zone

    @property
    def timezone(self) -> str:
        """The IANA name of the employer's zone."""
        return self.zone.key

    @property
    def day(self) -> date:
        """The interview's local date, on which spans and windows are anchored."""
        return self.start.date()

    @property
    def end(self) -> datetime:
        """``minutes`` of real time after the start, in the employer's zone."""
        end = self.start + timedelta(minutes=self.minutes)
        # Asked for twice: a time that the clocks leave out still has the offset from before.
        if end.utcoffset() == self.start.utcoffset() == end.replace(fold=1).utcoffset():
            return end
        return (self.start.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(self.zone)

    def _faults(self) -> Iterator[tuple[str, str, str]]:
        """Each thing that cannot be: key, what is wrong, remedy."""
        if not _ID.fullmatch(self.id):
            yield "id", phrase("{id!r} cannot be an id", id=self.id), phrase("use up to 64 of a-z, 0-9 and -")
        if not self.company.strip():
            yield "company", phrase("there is no company"), phrase("say who the interview is with")
        if not self.role.strip():
            yield "role", phrase("there is no role"), phrase("say which position it is for")
        if not isinstance(self.start, datetime):
            yield (
                "start",
                phrase("{start!r} is no datetime", start=self.start),
                phrase(
                    "give it datetime(2026, 11, 12, 14, tzinfo=ZoneInfo(…)), or read text with calsync.read_record"
                ),
            )
            return
        if not isinstance(self.start.tzinfo, ZoneInfo):
            yield (
                "start",
                phrase("{start} has no time zone", start=self.start),
                phrase("give it a zoneinfo.ZoneInfo"),
            )
        if self.start.year not in YEARS:
            yield (
                "start",
                phrase("the year {year} is out of range", year=self.start.year),
                phrase("use {start} to {stop}", start=YEARS.start, stop=YEARS.stop - 1),
            )
        if not 1 <= self.minutes <= LONGEST_MINUTES:
            yield (
                "minutes",
                phrase("{minutes} minutes is not a length", minutes=self.minutes),
                phrase("use 1 to {longest_minutes}", longest_minutes=LONGEST_MINUTES),
            )
        yield from self._early_answers()

    def _early_answers(self) -> Iterator[tuple[str, str, str]]:
        met = self.start.date()
        if isinstance(self.decision, date) and self.decision < met:
            yield (
                "decision",
                phrase("{decision} is before the interview on {met}", decision=self.decision, met=met),
                phrase("give a later day or a span"),
            )
        if isinstance(self.agreed, datetime):
            if self.agreed.tzinfo is None:
                yield (
                    "agreed",
                    phrase("{agreed} has no time zone", agreed=self.agreed),
                    phrase("give it the employer's zone"),
                )
            elif self.agreed < self.start:
                yield (
                    "agreed",
                    phrase("{agreed:%Y-%m-%d %H:%M} is before the interview", agreed=self.agreed),
                    phrase("give a later time"),
                )
        elif self.agreed is not None and self.agreed < met:
            yield (
                "agreed",
                phrase("{agreed} is before the interview on {met}", agreed=self.agreed, met=met),
                phrase("give a later day"),
            )
