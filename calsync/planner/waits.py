"""Steps that must not come early: the days of a window, a channel, and a slot on one of them."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from calsync.business_days import BusinessCalendar
from calsync.domain.event import Event, Step
from calsync.domain.reason import Note, Reason
from calsync.planner import sentences
from calsync.planner.alike import Anchor, Counted
from calsync.planner.case import Case, Place
from calsync.planner.days import Found, NotFound, WaitDays, find_day
from calsync.planner.slots import Hurdle, Slot
from calsync.playbooks import Days, WaitWindow

__all__ = ["landing_day", "wait", "wait_for"]

_PATIENCE_DAYS = {"call": 30, "email": 60}


def wait(
    case: Case,
    step: Step,
    window: WaitWindow,
    anchor: Anchor,
    reasons: tuple[Reason, ...] = (),
    *,
    to_call: bool = False,
) -> Event | None:
    """Place a wait and enter it; a call that finds no day becomes an email, an email that finds none a note.

    ``reasons`` lead up to the anchor. Raises BadValue where closures leave no
    business day to count to.
    """
    same_for_all = case.is_ordinary and not to_call and not reasons
    key = (step, anchor, case.last_touch)
    place: Place | NotFound | None = case.alike.emails.get(key) if same_for_all else None
    if place is None:
        days, reason = case.alike.counted.get((step, anchor)) or _counted(case, step, window, anchor)
        place = _place(case, days, (*reasons, reason), to_call=to_call)
        if same_for_all and isinstance(place, Place):
            case.alike.emails.keep(key, place)
    return _entered(case, step, place)


def wait_for(
    case: Case,
    step: Step,
    days: tuple[date, date, date],
    reasons: tuple[Reason, ...],
    *,
    to_call: bool,
    overdue: bool = False,
) -> Event | None:
    """The same for days that are known: earliest, preferred, latest; ``reasons`` lead up to preferred."""
    place = _place(case, days, reasons, to_call=to_call)
    return _entered(
        case, step, place._replace(overdue=True) if overdue and isinstance(place, Place) else place
    )


def landing_day(case: Case, window: WaitWindow, anchor: date, *, to_call: bool) -> date | None:
    """The day a wait would land on if every open day had a slot, as a call or else an email; places nothing."""
    landing = case.calendars.calls if to_call else case.calendars.emails
    days = _wait_days(case, _window_days(case, window, anchor), "call" if to_call else "email")
    first = days.first_choice
    if first <= days.latest and landing.is_open(first):
        return first
    found = next((day for day, _ in days.in_order() if landing.is_open(day)), None)
    return landing_day(case, window, anchor, to_call=False) if found is None and to_call else found


def _window_days(case: Case, window: WaitWindow, anchor: date) -> tuple[date, date, date]:
    """Earliest, preferred and latest day of a window that counts from ``anchor``."""
    counting = case.calendars.counting
    return (
        window.earliest.after(anchor, counting),
        window.preferred.after(anchor, counting),
        window.latest.after(anchor, counting),
    )


def _entered(case: Case, step: Step, place: Place | NotFound) -> Event | None:
    if isinstance(place, Place):
        return case.enter(step, place)
    case.notes.append(Note(step, sentences.DROPPED, {"limit": place.limit}))
    return None


def _counted(case: Case, step: Step, window: WaitWindow, anchor: Anchor) -> Counted:
    """The days counted from an anchor, and the reason that leads to the preferred one; kept."""
    days = _window_days(case, window, anchor[1])
    reason = _offset(case.calendars.counting, anchor, window.preferred, days[1])
    return case.alike.counted.keep((step, anchor), Counted(days, reason))


def _offset(counting: BusinessCalendar, anchor: Anchor, days: Days, day: date) -> Reason:
    """The reason that leads from an anchor to the day counted from it, naming holidays that did not count."""
    name, begin = anchor
    details: dict[str, object] = {"count": days.count, "unit": days.unit, "anchor": name}
    sentence = sentences.OFFSETS[name, days.unit]
    if days.unit == "business_days" and (holidays := counting.names_between(begin, day)):
        sentence = sentences.OFFSETS_OVER_HOLIDAYS[name]
        details["holidays"] = ", ".join(holidays)
    return Reason("offset", begin, day, sentence, days.source, details)


def _place(
    case: Case, days: tuple[date, date, date], reasons: tuple[Reason, ...], *, to_call: bool
) -> Place | NotFound:
    found: Found | NotFound
    if to_call:
        call_days = _wait_days(case, days, "call")
        found = find_day(call_days, case.calendars.calls, _slots(case, "call"))
        if isinstance(found, Found):
            return _placed(case, "call", call_days, reasons, found)
        details = {"limit": found.limit}
        fallback = Reason(
            "fallback", days[1], days[1], sentences.FALLBACK[found.hurdle], ("000-02",), details
        )
        reasons = (*reasons, fallback)
    email_days = _wait_days(case, days, "email")
    found = find_day(email_days, case.calendars.emails, _slots(case, "email"))
    if isinstance(found, NotFound):
        return found
    return _placed(case, "email", email_days, reasons, found)


def _placed(
    case: Case, action: Literal["call", "email"], days: WaitDays, reasons: tuple[Reason, ...], found: Found
) -> Place:
    floored, overdue = _floor_reason(case, days)
    return Place(
        action=action,
        start=found.slot.start,
        reasons=(*reasons, *floored, *found.reasons, *found.slot.reasons),
        earliest=days.earliest,
        preferred=days.preferred,
        latest=days.latest,
        late=found.late,
        overdue=overdue,
    )


def _wait_days(case: Case, days: tuple[date, date, date], action: Literal["call", "email"]) -> WaitDays:
    floor = max(days[0], case.next_touch() or days[0], case.floor_day or days[0])
    return WaitDays(*days, floor, _PATIENCE_DAYS[action])


def _floor_reason(case: Case, days: WaitDays) -> tuple[tuple[Reason, ...], bool]:
    """What led past the preferred day before the search began, and whether time has run past it."""
    if days.floor <= days.preferred:
        return (), False
    first = next(days.in_order())[0]
    floor = case.floor_day
    overdue = floor is not None and floor > days.preferred
    if floor == first:
        return (Reason("overdue", days.preferred, first, sentences.PASSED),), overdue
    details = {"last": case.last_touch}
    return (Reason("limit", days.preferred, first, sentences.ONE_TOUCH_A_DAY, ("000-05",), details),), overdue


def _slots(case: Case, action: Literal["call", "email"]) -> Callable[[date], Slot | Hurdle | None]:
    """How a slot is looked for on a day; under a floor only what has not passed counts.

    A call can only have passed on the day of the floor; an email also on the
    day after, where it would have left the evening before.
    """
    floor = case.floor_day
    if action == "email":
        return lambda day: case.finder.email(day, not_before=case.not_before)
    if floor is None:
        return case.finder.call
    return lambda day: case.finder.call(day, not_before=case.not_before if day <= floor else None)
