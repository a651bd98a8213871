"""Where Google is unclear, both answers: a switch for each, chosen when the fake is made.

``LENIENT`` is what most reports say and the friendlier one; ``STRICT`` is the
other answer each time. A program that claims to work has to work under both.
A new doubt is a field here, and its two values in the two sets.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["LENIENT", "STRICT", "Switches", "switches"]


@dataclass(frozen=True, slots=True)
class Switches:
    """The answers a fake gives where nobody outside Google knows.

    ``undelete``: may ``status: confirmed`` bring a deleted event back, or 403.
    ``dead_edits``: a patch of a deleted event that leaves it deleted is taken, or 410.
    ``properties``: several ``privateExtendedProperty`` constraints: all must hold, or any.
    ``zones``: a zone's alias comes back as sent, or under the name of the older data (Asia/Calcutta).
    ``emptied``: an event whose bin was emptied is not found, or gone; its id stays taken either way.
    ``tombstones``: a deleted event still shows everything, or hardly more than its id.
    ``reminders``: minutes out of range and a sixth reminder are clamped and dropped, or refused.
    ``isolation``: a calendar of somebody else's is not found, or forbidden.
    ``unknown``: parameters and properties that the document does not know are ignored, or refused.
    ``long_texts``: a title, place or description of more than 8,192 characters is cut, or refused.
    ``batches``: the parts are done in their order, or backwards.
    ``echo``: a patch that changes nothing leaves the etag, or moves it.
    """

    undelete: Literal["allowed", "forbidden"] = "allowed"
    dead_edits: Literal["taken", "gone"] = "taken"
    properties: Literal["and", "or"] = "and"
    zones: Literal["echoed", "canonical"] = "echoed"
    emptied: Literal["not found", "gone"] = "not found"
    tombstones: Literal["full", "bare"] = "full"
    reminders: Literal["clamped", "refused"] = "clamped"
    isolation: Literal["not found", "forbidden"] = "not found"
    unknown: Literal["ignored", "refused"] = "refused"
    long_texts: Literal["cut", "refused"] = "cut"
    batches: Literal["in order", "backwards"] = "in order"
    echo: Literal["still", "moves"] = "still"


LENIENT = Switches()
STRICT = Switches(
    undelete="forbidden",
    dead_edits="gone",
    properties="or",
    zones="canonical",
    emptied="gone",
    tombstones="bare",
    reminders="refused",
    isolation="forbidden",
    unknown="ignored",
    long_texts="refused",
    batches="backwards",
    echo="moves",
)


def switches(answers: "str | Switches") -> Switches:
    """The set by its name, or as it was put together."""
    if isinstance(answers, Switches):
        return answers
    return {"lenient": LENIENT, "strict": STRICT}[answers]
