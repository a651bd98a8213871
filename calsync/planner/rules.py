"""What an interview is planned by: its playbook, the employer's days, the hours of both sides, and whether to call."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import msgspec

from calsync.business_days import (
    CountryOfNumber,
    EmployerCalendars,
    EmployerCountry,
    PublicDays,
    employer_calendars,
    employer_country,
)
from calsync.domain.interview import Interview, Window
from calsync.domain.preferences import Preferences
from calsync.domain.reason import Note
from calsync.planner import sentences
from calsync.planner.clock import SharedHours
from calsync.playbooks import DEFAULT, Playbook

__all__ = ["RuleBook", "Rules", "Verdict", "channel", "country_notes", "preferred_window"]


class Rules(msgspec.Struct, frozen=True):
    """What interviews of one playbook, at employers of one place and zone, are planned by."""

    preferences: Preferences
    playbook: Playbook
    fallback_playbook: Playbook
    calendars: EmployerCalendars
    hours: SharedHours


class RuleBook:
    """The rules for one set of preferences; it remembers the calendars and playbooks it has met."""

    def __init__(
        self,
        preferences: Preferences,
        playbook: Callable[[str], Playbook],
        public_days: PublicDays,
        country_of_number: CountryOfNumber,
    ) -> None:
        self.preferences = preferences
        self._load = playbook
        self._public_days = public_days
        self._country_of_number = country_of_number
        self._playbooks: dict[str, Playbook] = {}
        self._calendars: dict[tuple[str, str], EmployerCalendars] = {}
        self._hours: dict[str, SharedHours] = {}
        self._rules: dict[tuple[str, str, str, str], Rules] = {}

    def of(self, interview: Interview, country: EmployerCountry | None = None) -> Rules:
        """What ``interview`` is planned by; ``country`` is its employer's, where that is worked out already."""
        where = country or self.country(interview)
        name = interview.playbook or self.preferences.playbook
        key = (name, where.code, where.region, interview.timezone)
        if key not in self._rules:
            playbook = self._playbook(name)
            fallback = self._playbook(DEFAULT) if playbook.status.before_decision else playbook
            calendars, hours = self._employer(where), self._shared_hours(interview.zone)
            self._rules[key] = Rules(self.preferences, playbook, fallback, calendars, hours)
        return self._rules[key]

    def country(self, interview: Interview) -> EmployerCountry:
        """Where the employer is, and how that is known."""
        return employer_country(interview, self.preferences, self._country_of_number)

    def _playbook(self, name: str) -> Playbook:
        if name not in self._playbooks:
            self._playbooks[name] = self._load(name)
        return self._playbooks[name]

    def _employer(self, country: EmployerCountry) -> EmployerCalendars:
        """The calendars of a country and region."""
        mine, place = self.preferences, country.place
        if place not in self._calendars:
            self._calendars[place] = employer_calendars(
                *place,
                public_days=self._public_days,
                company_closures=mine.closures,
                kept=mine.kept_free,
                mondays_too=mine.monday_like,
                quiet_days=mine.quiet_days,
            )
        return self._calendars[place]

    def _shared_hours(self, zone: ZoneInfo) -> SharedHours:
        if zone.key not in self._hours:
            self._hours[zone.key] = SharedHours(zone, self.preferences)
        return self._hours[zone.key]


def preferred_window(interview: Interview, preferences: Preferences, playbook: Playbook) -> Window:
    """Which end of the day is looked at first for a call."""
    return interview.window or preferences.window or playbook.window or "any"


def country_notes(interview: Interview, country: EmployerCountry) -> Iterator[Note]:
    """What was assumed about where the employer is, and how to say otherwise."""
    if country.code and country.source in sentences.COUNTRY_FROM:
        zone = interview.timezone
        details = {"country": country.code, "zone": zone, "phone": interview.phone}
        yield Note("country", sentences.COUNTRY_FROM[country.source], details)
    if country.number:
        details = {"number": country.number, "zone": interview.timezone}
        yield Note("timezone", sentences.NUMBER_ELSEWHERE, details)


# Call or email: who asked for what, and what speaks against a call.

Verdict = tuple[bool, str, tuple[str, ...]]
"""Whether to call, the sentence that says why, and its sources."""

_Speaks = Callable[[Interview, Preferences, Playbook], bool]

_AGAINST_A_CALL: tuple[tuple[_Speaks, str, tuple[str, ...]], ...] = (
    (lambda record, _1, _2: record.channel == "email", sentences.EMAIL_ASKED, ("001-03", "000-07")),
    (lambda record, _1, _2: not record.phone, sentences.EMAIL_NO_NUMBER, ("003-14",)),
    (lambda _1, _2, playbook: playbook.status.email_only, sentences.EMAIL_PLAYBOOK, ("004-20",)),
    (lambda _1, preferences, _2: not preferences.phone, sentences.EMAIL_NO_PHONE, ("004-20",)),
)
_UNLESS_THEY_ASKED: tuple[tuple[_Speaks, str, tuple[str, ...]], ...] = (
    (lambda record, _1, _2: record.culture == "formal", sentences.EMAIL_FORMAL, ("001-03",)),
    (lambda record, _1, _2: record.culture == "regulated", sentences.EMAIL_REGULATED, ("001-04",)),
    (lambda record, _1, _2: record.felt == "poor", sentences.EMAIL_POOR, ()),
)
_AGAINST_ANY_CALL = (*_AGAINST_A_CALL, *_UNLESS_THEY_ASKED)


def channel(interview: Interview, preferences: Preferences, playbook: Playbook) -> Verdict:
    """A call, unless something speaks against it; a wish to be called overrules manner and mood.

    The order is that of force: what the employer said, then what is not there
    to call, then what the candidate chose, then what the culture suggests.
    """
    for speaks, sentence, source in _AGAINST_A_CALL if interview.channel == "phone" else _AGAINST_ANY_CALL:
        if speaks(interview, preferences, playbook):
            return False, sentence, source
    return (
        True,
        sentences.CALL_ASKED if interview.channel == "phone" else sentences.CALL_FITS,
        playbook.status.source,
    )
