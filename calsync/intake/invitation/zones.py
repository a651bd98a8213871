"""In which zone a time of an invitation is: by the name it gives, by the file's own definition, or by an answer.

A moment that the file tells is never moved. A name that is known counts, unless
the file's definition of it says another clock; a name that is not known takes
the zone whose clock fits the definition. What is assumed is a note, what could
be several things is asked for.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

from calsync.errors import BadValue
from calsync.intake.invitation.tzid import UNIVERSAL, likely, main_zones, named, offsets_named, same_name
from calsync.intake.invitation.vtimezone import Definition, Offsets, fits
from calsync.intake.rows import printable, shown
from calsync.phrase import joined, phrase

__all__ = ["Placing", "ZoneWanted", "placing"]

_MOST_NAMED = 4
_HALF_A_YEAR = timedelta(days=182)
_ALIASES = ("X-LIC-LOCATION", "TZID-ALIAS-OF")


class ZoneWanted(BadValue):
    """The invitation does not say in which zone its time is: whoever can ask, asks.

    ``tzid`` is what it says, ``fitting`` the zones that go with what else it tells.
    """

    default_code = "CS-INV-020"

    def __init__(self, what: str, *, tzid: str = "", fitting: Sequence[str] = ()) -> None:
        remedy = (
            phrase("say which with --timezone {alternatives}", alternatives=_alternatives(fitting))
            if fitting
            else phrase("leave --timezone out: the moment is known, and is shown on your own clock")
        )
        super().__init__(what, remedy=remedy)
        self.tzid = tzid
        self.fitting = tuple(fitting)


class Placing(msgspec.Struct, frozen=True):
    """Where a time is, and what was assumed: a zone, or None for an offset that no zone has.

    ``offsets`` are the file's own at that time, where it tells them.
    """

    zone: ZoneInfo | None
    offsets: Offsets = frozenset()
    note: str = ""

    @property
    def has_no_place(self) -> bool:
        """Whether the moment is certain and the place is not."""
        return self.zone is None or self.zone.key in UNIVERSAL

    def moment(self, wall: datetime) -> datetime:
        """That wall time here; of two that read alike the one with the file's offset."""
        if self.zone is None:
            return (wall - next(iter(self.offsets))).replace(tzinfo=UTC)
        first, second = (wall.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        is_second = second.utcoffset() in self.offsets and first.utcoffset() not in self.offsets
        return second if is_second else first


def placing(
    wall: datetime, tzid: str, definitions: Sequence[Definition], *, home: ZoneInfo, answer: ZoneInfo | None
) -> Placing:
    """The zone of a wall time; ``answer`` is what somebody said, and is checked.

    Raises ZoneWanted; it names ``home`` where nothing tells more.
    """
    name = same_name(tzid)
    own = [each for each in definitions if name and name in map(same_name, each.properties.get("TZID", ()))]
    places = [place for each in own for alias in _ALIASES for place in each.properties.get(alias, ())]
    zone = next((found for each in (name, *places) if (found := named(each))), None)
    rules = own[0] if own else _constant(offsets_named(name))
    offsets = rules.offsets(wall)
    if zone is None:
        return _unnamed(wall, name, rules, home=home, answer=answer)
    if not offsets or fits(zone, wall, offsets):
        return Placing(zone, offsets, _left_out(zone, answer))
    if rules.lacks_daylight(zone, wall):
        note = phrase(
            "its own rules for {zone} leave the change of clocks out: the clock of {zone} counts", zone=zone
        )
        return Placing(zone, note=_left_out(zone, answer) or note)
    return _contradicting(wall, name, zone, offsets, answer)


def _left_out(zone: ZoneInfo, answer: ZoneInfo | None) -> str:
    if answer is None or answer.key == zone.key or zone.key in UNIVERSAL:
        return ""
    return phrase("it says itself that its time is in {zone}: {answer} is left out", zone=zone, answer=answer)


def _contradicting(
    wall: datetime, name: str, zone: ZoneInfo, offsets: Offsets, answer: ZoneInfo | None
) -> Placing:
    """The name says one clock, the definition another."""
    if answer is not None and (answer.key == zone.key or fits(answer, wall, offsets)):
        return Placing(answer)
    there = (each.key for each in main_zones() if fits(each, wall, offsets))
    fitting = [zone.key, *islice(there, _MOST_NAMED - 1)]
    against = phrase(", and not {answer}", answer=answer) if answer else ""
    what = phrase(
        "its zone {name} is another clock in its own rules, {written}{against}",
        name=shown(name),
        written=_written(offsets),
        against=against,
    )
    raise ZoneWanted(what, tzid=name, fitting=fitting)


def _unnamed(
    wall: datetime, name: str, rules: Definition, *, home: ZoneInfo, answer: ZoneInfo | None
) -> Placing:
    """Nothing is known by the name; the offsets, where the file tells them, decide."""
    offsets = rules.offsets(wall)
    if not offsets:
        if answer is not None:
            return Placing(answer)
        near = likely(name) if name else None
        what = (
            phrase("its zone {name} is none that calsync knows", name=shown(name))
            if name
            else phrase("its time is in no zone")
        )
        raise ZoneWanted(what, tzid=name, fitting=[str(near or home)])
    fitting = _fitting(wall, rules)
    called = phrase("its zone {name} ({offset})", name=shown(name), offset=_written(offsets))
    if answer is not None:
        if fits(answer, wall, offsets):
            return Placing(answer, offsets)
        raise ZoneWanted(
            phrase("{called} is not {answer}", called=called, answer=answer),
            tzid=name,
            fitting=fitting[:_MOST_NAMED],
        )
    for zone in (likely(name), home, ZoneInfo(fitting[0]) if len(fitting) == 1 else None):
        if zone is not None and len(offsets) == 1 and fits(zone, wall, offsets):
            return Placing(zone, offsets, phrase("{called} is taken for {zone}", called=called, zone=zone))
    if fitting or len(offsets) > 1:
        what = phrase("{called} is none that calsync knows", called=called)
        raise ZoneWanted(what, tzid=name, fitting=fitting[:_MOST_NAMED] or [str(home)])
    return Placing(None, offsets, phrase("{called} is that of no place calsync knows", called=called))


def _fitting(wall: datetime, rules: Definition) -> list[str]:
    """Zones with that clock then, those of the largest cities first.

    A clock that is theirs in summer alone has to be theirs in winter too: rules without summer time give
    the hour of another place then.
    """
    there = [zone for zone in main_zones() if fits(zone, wall, rules.offsets(wall))]
    seasons = [wall - _HALF_A_YEAR, wall + _HALF_A_YEAR]
    return [
        zone.key
        for zone in there
        if not wall.replace(tzinfo=zone).dst()
        or all(fits(zone, each, rules.offsets(each)) for each in seasons)
    ]


def _constant(offsets: Offsets) -> Definition:
    """The rules of a name that is an offset and nothing else; none for any other name."""
    return Definition({}, ({"TZOFFSETTO": [_offset(each) for each in offsets]},)) if offsets else Definition()


def _written(offsets: Offsets) -> str:
    """``+0100``."""
    return " or ".join(map(_offset, sorted(offsets, reverse=True)[:2]))


def _offset(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _alternatives(zones: Sequence[str]) -> str:
    return joined([printable(zone, 60) for zone in zones], last=phrase(" or "))
