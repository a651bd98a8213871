"""Which setting, or which key of the interview's record, stands behind a reason: a row for each rule."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from calsync.domain import Event, Interview, Reason, Rule
from calsync.web.words import phrase

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["Setting", "setting_of"]


class Setting(NamedTuple):
    """Where a rule can be changed, and what it is called there."""

    path: str
    label: str


_KEYS: Mapping[Rule, tuple[str, str, str]] = {
    "offset": ("playbook", "playbook", phrase("playbook")),
    "limit": ("playbook", "playbook", phrase("playbook")),
    "weekend": ("country", "country", phrase("country")),
    "holiday": ("country", "country", phrase("country")),
    "closure": ("closures", "", phrase("company closures")),
    "kept-free": ("kept_free", "", phrase("days kept free")),
    "monday-like": ("monday_like", "", phrase("days like a Monday")),
    "own-hours": ("hours", "", phrase("your hours")),
    "slot": ("window", "window", phrase("early or late")),
    "channel": ("phone", "channel", phrase("call or email")),
    "contact-busy": ("", "busy", phrase("their busy hours")),
    "away": ("", "away", phrase("their absence")),
    "decision": ("", "decision", phrase("when they decide")),
    "agreed": ("", "agreed", phrase("agreed day")),
    "pinned": ("", "agreed", phrase("agreed day")),
}
"""The key of settings.toml, the key of the record, and the name; a record's key counts where the record has a value."""


_SLOT_OF_AN_EMAIL = ("business_hours", "", phrase("business hours"))
"""An email does not mind early or late."""


def setting_of(visit: "Visit", reason: Reason, event: Event, interview: Interview) -> Setting | None:
    """Where the rule behind a reason of the event can be changed; None where it is nobody's choice."""
    if reason.rule not in _KEYS:
        return None
    emails_slot = reason.rule == "slot" and event.action == "email"
    setting, key, label = _SLOT_OF_AN_EMAIL if emails_slot else _KEYS[reason.rule]
    if key and (not setting or getattr(interview, key)):
        path = visit.url(f"/interviews/{interview.id}/edit")
        return Setting(f"{path}#{key}", visit.say(label))
    return Setting(f"{visit.url('/settings')}#{setting}", visit.say(label))
