"""The plan: interviews, a playbook and preferences in, dated follow-ups with their reasons out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from msgspec.structs import replace

from calsync.business_days import (
    CountryOfNumber,
    EmployerCountry,
    PublicDays,
    no_number,
    public_year,
)
from calsync.domain.event import Event, Plan, Step
from calsync.domain.interview import Interview
from calsync.domain.outcome import Outcome
from calsync.domain.preferences import Preferences
from calsync.domain.reason import Note, Reason
from calsync.errors import CalsyncError
from calsync.phrase import phrase
from calsync.planner import sentences
from calsync.planner.alternatives import reasons_against, search_for
from calsync.planner.case import Case, days_to_offer
from calsync.planner.clock import CALL_MINUTES, later
from calsync.planner.outcomes import fold, with_absences
from calsync.planner.progress import Progress, holds, last_contact
from calsync.planner.rules import RuleBook, channel, country_notes
from calsync.planner.slots import MOVED_HERE, BusyTime, Diary
from calsync.planner.steps import decision_day, follow_ups
from calsync.playbooks import Playbook, load

__all__ = ["Busy", "NotBefore", "Planner", "plan"]

Busy = Sequence[tuple[datetime, datetime] | BusyTime]
NotBefore = datetime | Mapping[str, datetime] | None


def plan(  # noqa: PLR0913  # the interviews and preferences, and six things that a program may know besides
    interviews: Iterable[Interview],
    preferences: Preferences,
    *,
    playbook: Callable[[str], Playbook] = load,
    public_days: PublicDays = public_year,
    country_of_number: CountryOfNumber = no_number,
    outcomes: Iterable[Outcome] = (),
    busy: Busy = (),
    not_before: NotBefore = None,
) -> list[Plan]:
    """The follow-ups of ``interviews``, each with the reasons for its date.

    Plans come in order of their interviews' start, then id, which is also the
    order in which they take hours from each other. ``outcomes`` say what has
    happened, in the order it did; the plan is then what is still to come.
    ``busy`` are aware times of the candidate's own, each with the name of its
    calendar if it has one (``BusyTime``); ``country_of_number`` says where a phone
    number is, for a record that tells its country in no other way; ``not_before`` floors every plan, or the
    plan of each interview by its id. The same arguments give the same plans.

    Raises BadValue for a country or region that is not known, BadSettings for
    a playbook.
    """
    planner = Planner(
        preferences, playbook=playbook, public_days=public_days, country_of_number=country_of_number
    )
    return list(planner.plans(interviews, outcomes=outcomes, busy=busy, not_before=not_before))


class Planner:
    """Plans with one set of preferences; remembers the calendars and playbooks it has met.

    ``plans`` is ``plan`` for many interviews: it gives each plan as it is made,
    so that a hundred thousand of them never stand in memory at once.
    """

    def __init__(
        self,
        preferences: Preferences,
        *,
        playbook: Callable[[str], Playbook] = load,
        public_days: PublicDays = public_year,
        country_of_number: CountryOfNumber = no_number,
    ) -> None:
        self._rules = RuleBook(preferences, playbook, public_days, country_of_number)

    def plans(
        self,
        interviews: Iterable[Interview],
        *,
        outcomes: Iterable[Outcome] = (),
        busy: Busy = (),
        not_before: NotBefore = None,
    ) -> Iterator[Plan]:
        """The plans of ``interviews``, in order of their start, then id."""
        log: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            log.setdefault(outcome.interview, []).append(outcome)
        in_order = sorted(interviews, key=lambda interview: (interview.start.timestamp(), interview.id))
        progress = {each.id: self._progress(each, log[each.id]) for each in in_order if each.id in log}
        diaries = self._diaries(in_order, progress, busy)
        rounds: Counter[tuple[str, str]] = Counter()
        for interview in in_order:
            floor = _floor(not_before, interview)
            so_far = progress.get(interview.id) or _untouched(interview)
            met = interview.candidate, interview.company.casefold()
            rounds[met] += 1
            known = with_absences(interview, log[interview.id]) if interview.id in log else interview
            country = self._rules.country(interview)
            case = self._case(known, country, so_far, diaries[interview.candidate], floor)
            yield _plan_of(case, interview, country, rounds[met])

    def next_slot(
        self,
        event: Event,
        interview: Interview,
        now: datetime,
        *,
        others: Iterable[Interview | Event] = (),
        busy: Busy = (),
        last_touch: date | None = None,
    ) -> datetime | None:
        """The first legal start from ``now`` on for a pending ``event`` whose time has passed; None for none.

        ``others`` are the same candidate's interviews and pending follow-ups, whose
        hours are taken, ``busy`` their own times, ``last_touch`` the day of the last
        touch to this employer. Whether a call is legal *now* is whether this gives
        the quarter hour that has begun when asked from its beginning.
        """
        return search_for(self._rules, event, interview, others, _busy_times(busy), last_touch).soonest(now)

    def slot_for(
        self,
        event: Event,
        interview: Interview,
        when: date | datetime | None,
        now: datetime,
        *,
        others: Iterable[Interview | Event] = (),
        busy: Busy = (),
        last_touch: date | None = None,
    ) -> datetime | None:
        """Where a pending ``event`` goes that the candidate moves, to be logged as ``moved``; None for no such time.

        A time is taken as it is, of a day the first legal slot or else the next
        one; without either it is the first legal slot by time from an hour from
        ``now`` on. The rest is as in ``next_slot``.
        """
        zone = event.start.tzinfo
        if isinstance(when, datetime):
            return when.astimezone(zone)
        search = search_for(self._rules, event, interview, others, _busy_times(busy), last_touch)
        found = search.soonest(later(now, _AN_HOUR)) if when is None else search.on(when, now)
        return found.astimezone(zone) if found is not None else None

    def at_another_time(self, event: Event, interview: Interview, start: datetime) -> Event:
        """``event`` as it is spoken of for ``start``: the same follow-up with other days to offer."""
        begin = start.astimezone(event.start.tzinfo)
        end = later(begin, int((event.end - event.start).total_seconds()) // 60)
        offers = event.offers and days_to_offer(
            begin.date(), self._rules.of(interview).calendars.with_away(interview.away).calls
        )
        return replace(event, start=begin, end=end, offers=offers)

    def reasons_against(
        self,
        event: Event,
        plan: Plan,
        day: date,
        *,
        others: Iterable[Interview | Event] = (),
        busy: Busy = (),
    ) -> tuple[Reason, ...]:
        """What speaks against ``day`` for an event of ``plan``; ``others`` and ``busy`` as in ``next_slot``."""
        interview = replace(plan.interview, away=plan.interview.away + plan.absences)
        search = search_for(self._rules, event, interview, others, _busy_times(busy))
        return reasons_against(search, plan, day)

    def next_business_day(self, interview: Interview, day: date) -> date:
        """The first business day of the employer's after ``day``."""
        return self._rules.of(interview).calendars.counting.add(day, 1)

    def _progress(self, interview: Interview, outcomes: Sequence[Outcome]) -> Progress:
        counting = self._rules.of(interview).calendars.counting
        progress = fold(outcomes, interview.zone, counting, _untouched(interview))
        return replace(progress, last_contact=last_contact(outcomes, interview.zone))

    def _case(
        self,
        interview: Interview,
        country: EmployerCountry,
        progress: Progress,
        diary: Diary,
        floor: datetime | None,
    ) -> Case:
        """The interview with everything that is still to come placed."""
        try:
            case = Case(interview, self._rules.of(interview, country), progress, diary, floor)
            case.notes += country_notes(interview, country)
            case.decision = decision_day(case)
            if interview.status == "open" or progress.ended is not None:
                follow_ups(case)
            else:
                case.notes.append(Note("status", sentences.NOT_OPEN, {"status": interview.status}))
        except CalsyncError as error:
            raise error.at(phrase("interview {name}", name=interview.id)) from None
        return case

    def _diaries(
        self, interviews: Sequence[Interview], progress: Mapping[str, Progress], busy: Busy
    ) -> dict[str, Diary]:
        """A diary for each candidate with all that is fixed: interviews, agreed times, their own busy times."""
        diaries: dict[str, Diary] = {}
        for interview in interviews:
            diary = diaries.get(interview.candidate)
            if diary is None:
                diary = diaries[interview.candidate] = Diary()
            if interview.status != "withdrawn":
                diary.take(interview.start, interview.minutes, f"the interview with {interview.company}")
        for interview in interviews:
            for start, what in self._fixed_calls(interview, progress.get(interview.id)):
                diaries[interview.candidate].take(start, CALL_MINUTES, what)
        times = _busy_times(busy)
        for diary in diaries.values():
            diary.take_busy(times)
        return diaries

    def _fixed_calls(self, interview: Interview, progress: Progress | None) -> Iterator[tuple[datetime, str]]:
        """The times of calls that are fixed, and by what: the candidate moved them, or they were agreed."""
        is_open = progress is not None and progress.ended is None and interview.status == "open"
        moved = [move for move in progress.moves if holds(move, interview)] if progress and is_open else []
        playbook = self._rules.of(interview).playbook if moved else None
        if playbook is not None and channel(interview, self._rules.preferences, playbook)[0]:
            thanks = playbook.thank_you is not None and playbook.thank_you.action == "call"
            calls = _CALLS | {"thank-you"} if thanks else _CALLS
            yield from ((move.to, MOVED_HERE) for move in moved if move.to and move.step in calls)
        elsewhere = {move.step for move in moved}
        for step, moment in self._agreed_calls(interview, progress):
            if isinstance(moment, datetime) and step not in elsewhere:
                yield moment, f"the time agreed with {interview.company}"

    def _agreed_calls(
        self, interview: Interview, progress: Progress | None
    ) -> Iterator[tuple[Step, date | datetime]]:
        """The days and times of calls that they named; nothing else may take such a time."""
        if interview.status != "open":
            return
        calls = progress.calls if progress else {}
        if interview.phone:
            yield from calls.items()
        agreed = progress.agreed if progress else interview.agreed
        if not isinstance(agreed, datetime) or "status" in calls:
            return
        if channel(interview, self._rules.preferences, self._rules.of(interview).playbook)[0]:
            yield "status", agreed


def _plan_of(case: Case, interview: Interview, country: EmployerCountry, round_: int) -> Plan:
    progress = case.progress
    return Plan(
        interview=interview,
        playbook=case.playbook.name,
        decision=case.decision,
        events=tuple(sorted(case.events, key=_in_time)),
        notes=tuple(case.notes),
        agreed=progress.agreed_day,
        country=country.code,
        region=country.region,
        country_from=country.source,
        last_contact=progress.last_contact,
        last_touch=progress.last_touch,
        absences=case.interview.away[len(interview.away) :],
        round=round_,
    )


def _busy_times(busy: Busy) -> list[BusyTime]:
    return [each if isinstance(each, BusyTime) else BusyTime(*each) for each in busy]


def _floor(not_before: NotBefore, interview: Interview) -> datetime | None:
    if not_before is None or isinstance(not_before, datetime):
        return not_before
    return not_before.get(interview.id)


def _untouched(interview: Interview) -> Progress:
    """Where an interview stands before anything is logged."""
    return Progress(agreed=interview.agreed) if interview.agreed else _NOTHING_SAID


_NOTHING_SAID = Progress()
_CALLS: frozenset[Step] = frozenset({"status", "retry", "news"})
_AN_HOUR = 60
_in_time = attrgetter("start", "uid")
