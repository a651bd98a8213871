"""What a person types in by hand, one interview at a time: spoken days, and numbers that can be dialled.

Between the fields of a form or the options of a command and ``read_record``: a
file says what it says, but whoever types can be asked at once what was meant.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from calsync.domain import Preferences
from calsync.errors import BadValue
from calsync.intake.dialled import dialled
from calsync.intake.relative import absolute
from calsync.intake.rows import Fault
from calsync.intake.zones import zone

__all__ = ["Typed", "typed_in"]

_DAYS = ("start", "decision", "agreed")


class Typed(NamedTuple):
    """The values for ``read_record``, and what cannot be meant; where there is a fault, the value is as it was."""

    values: dict[str, str]
    faults: tuple[Fault, ...] = ()


def typed_in(
    given: Mapping[str, str],
    preferences: Preferences,
    now: datetime,
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Typed:
    """Spoken days become dates of the employer's calendar, numbers international.

    ``beside`` are values that are known already: country and zone say how to read.
    """
    values, faults = dict(given), list[Fault]()
    known = {**beside, **{key: value for key, value in given.items() if value}}
    try:
        here = zone(known["timezone"]) if known.get("timezone") else preferences.zone
    except BadValue as error:
        faults.append(Fault.of(error, key="timezone", value=known["timezone"]))
        here = preferences.zone
    today = now.astimezone(here).date()
    country = (known.get("country") or preferences.country).upper()
    for key in (*_DAYS, "phone"):
        if values.get(key):
            try:
                values[key] = (
                    dialled(values[key], country) if key == "phone" else absolute(values[key], today)
                )
            except BadValue as error:
                faults.append(Fault.of(error, key=key, value=values[key]))
    return Typed(values, tuple(faults))
