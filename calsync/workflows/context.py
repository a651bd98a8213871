"""One person's context: what every verb works with, and the verbs that need no store."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from calsync import __version__
from calsync.business_days import employer_place
from calsync.domain import Event, Interview, Outcome, Plan, Preferences, Reason
from calsync.errors import BadSettings, BadValue, CalsyncError
from calsync.holiday_cache import HolidayCache
from calsync.intake import Ways, read
from calsync.phrase import phrase
from calsync.playbooks import load
from calsync.texts import Words, render_plan
from calsync.texts.phone_numbers import country_of_number

if TYPE_CHECKING:
    from calsync.business_days import PublicYear
    from calsync.intake import Reading, Source
    from calsync.planner import Busy, NotBefore, Planner
    from calsync.playbooks import Playbook
    from calsync.store import Store
    from calsync.targets.ics import EditionCounts

__all__ = ["Context"]


class Context:
    """One person's context: their preferences, and the folders of what is their own.

    Every folder may be None (no playbooks or texts of their own, no cache).
    ``zone_data`` names the version of the zones. What is not asked for is not loaded.
    """

    def __init__(  # noqa: PLR0913  # all but the first by name, and none of them needed
        self,
        preferences: Preferences,
        *,
        playbooks: str | None = None,
        texts: str | None = None,
        cache: str | None = None,
        store: str | None = None,
        language: str = "en",
        discreet: bool = False,
        zone_data: str = "",
    ) -> None:
        self.preferences = preferences
        self._playbooks = playbooks
        self._known_playbooks: dict[str, Playbook] = {}
        self._texts = texts
        self.language = language
        self._discreet = discreet
        self._zone_data = zone_data
        self._store = store
        self._public_days = HolidayCache(cache, language)

    @cached_property
    def words(self) -> "Words":
        """The language and the user's own texts."""
        return Words.load(self._texts or None, self.language, discreet=self._discreet)

    def playbook(self, name: str) -> "Playbook":
        """The playbook of that name, the user's own before ours."""
        if name not in self._known_playbooks:
            self._known_playbooks[name] = load(name, self._playbooks)
        return self._known_playbooks[name]

    def playbook_of(self, interview: Interview) -> "Playbook":
        """The playbook that an interview follows."""
        return self.playbook(interview.playbook or self.preferences.playbook)

    def read(
        self,
        sources: "Sequence[Source | str]",
        *,
        form: str | None = None,
        skip_bad: bool = False,
        with_written: bool = False,
        ways: "Ways | None" = None,
    ) -> "Reading":
        """The interviews in some files, each checked down to its country and its playbook."""
        return read(
            sources,
            preferences=self.preferences,
            format=form,
            skip_bad=skip_bad,
            ways=ways or Ways(),
            check=self._checker(),
            with_written=with_written,
        )

    def plans(
        self,
        interviews: Iterable[Interview],
        *,
        outcomes: Iterable[Outcome] = (),
        busy: "Busy" = (),
        not_before: "NotBefore" = None,
    ) -> Iterator[Plan]:
        """The plans of ``interviews``, without words, in order of their start."""
        return self.planner.plans(interviews, outcomes=outcomes, busy=busy, not_before=not_before)

    def next_business_day(self, interview: Interview, day: date) -> date:
        """The first business day of the employer's after ``day``."""
        return self.planner.next_business_day(interview, day)

    def reasons_against(
        self, event: Event, plan: Plan, day: date, others: Iterable[Interview | Event]
    ) -> tuple[Reason, ...]:
        """What speaks against ``day`` for an event of ``plan``; ``others`` take hours of the candidate's."""
        return self.planner.reasons_against(event, plan, day, others=others)

    @cached_property
    def planner(self) -> "Planner":
        """Who plans with these preferences, and looks for slots."""
        from calsync.planner import Planner  # noqa: PLC0415  # 21 ms; what is planned already is only looked at

        return Planner(
            self.preferences,
            playbook=self.playbook,
            public_days=self._public_days,
            country_of_number=country_of_number,
        )

    def check(self, interview: Interview) -> None:
        """Refuse an interview whose country, region or playbook is not known.

        Raises BadValue, or BadSettings where the country or region is that of the settings.
        """
        self._checker()(interview)

    def closed_days(self, country: str, region: str, year: int) -> "PublicYear":
        """Weekends and public holidays of a year. Raises BadValue for a country or region that is not known."""
        return self._public_days(country, region, year)

    @property
    def has_store(self) -> bool:
        """Whether anything is remembered yet; looking makes no store."""
        return self._store is not None and Path(self._store).is_file()

    def open_store(self) -> "Store":
        """The store, made at its first use. Raises BadSettings where there is no folder for it."""
        if self._store is None:
            raise BadSettings(
                phrase("this user has no folder to keep interviews in"),
                remedy=phrase("name one with --home DIR or CALSYNC_HOME"),
                code="CS-SET-006",
            )
        from calsync.store import Store  # noqa: PLC0415  # 26 ms, SQLite with it; files are planned without

        return Store.open(self._store)

    @cached_property
    def basis(self) -> str:
        """A digest of all that plans are worked out from, besides the record: settings, playbooks, zones, holidays."""
        parts = [__version__, repr(self.preferences), self._zone_data, self._public_days.version or ""]
        return _digest([*parts, *_own_files(self._playbooks, ".toml")])

    @cached_property
    def wording(self) -> str:
        """A digest of what the words of a plan are made with, besides the plan: language, discretion, own texts."""
        parts = [self.basis, self.language, str(self._discreet)]
        return _digest([*parts, *_own_files(self._texts, ".txt")])

    def worded(self, plans: Iterable[Plan]) -> Iterator[Plan]:
        """The same plans with the words inside their events."""
        return (render_plan(plan, self.preferences, self.words) for plan in plans)

    def export(
        self, plans: Iterable[Plan], path: "Path", *, now: datetime, force: bool = False, name: str = ""
    ) -> "EditionCounts":
        """Write the events of ``plans`` over the file at ``path``."""
        from calsync.targets.ics import NAME, export  # noqa: PLC0415  # 10 ms, for this alone

        return export(path, self._events(plans), now=now, name=name or NAME, force=force)

    def dump(self, plans: Iterable[Plan], stream: BinaryIO, *, now: datetime) -> "EditionCounts":
        """Write the events of ``plans`` to a binary stream."""
        from calsync.targets.ics import dump  # noqa: PLC0415  # 10 ms, for this alone

        return dump(stream, self._events(plans), now=now)

    def _events(self, plans: Iterable[Plan]) -> Iterator[Event]:
        return (event for plan in self.worded(plans) for event in plan.events)

    def _checker(self) -> Callable[[Interview], None]:
        """Refuses what only the rooms below intake can judge: countries, regions, playbooks."""
        seen: set[tuple[str, str] | str] = set()

        def check(interview: Interview) -> None:
            mine = self.preferences
            place = employer_place(interview, mine, country_of_number)
            if place not in seen:
                self._know(place, interview)
                seen.add(place)
            if interview.playbook and interview.playbook not in seen:
                try:
                    self.playbook(interview.playbook)
                except CalsyncError as error:
                    where = ", ".join(part for part in ("playbook", error.where) if part)
                    raise BadValue(error.what, remedy=error.remedy, where=where, code=error.code) from None
                seen.add(interview.playbook)

        return check

    def _know(self, place: tuple[str, str], interview: Interview) -> None:
        """Refuse a country or region, and blame the settings where the record names none."""
        try:
            self._public_days(*place, interview.start.year)
        except BadValue as error:
            if getattr(interview, error.where, ""):
                raise
            where = f"settings.toml, {error.where}"
            raise BadSettings(error.what, remedy=error.remedy, where=where, code=error.code) from None


def _own_files(folder: str | None, ending: str) -> Iterator[str]:
    """Name and content of each of the user's files below ``folder``, always in one order."""
    found = ((within, name) for within, _, names in os.walk(folder or "") for name in names)
    for within, name in sorted(found):
        if name.endswith(ending):
            path = Path(within, name)
            yield f"{path}\n{path.read_text('utf-8', errors='replace')}"


def _digest(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
