"""Which templates make the text of which event: one row for each step and action.

A new step is a row here, its templates in every language's folder, and a
summary in ``events``. A part that is empty is left out of the text.
"""

import msgspec

from calsync.domain import Action, Step

__all__ = ["PARTS", "PREPARING", "TEMPLATES", "Parts", "parts_of"]


class Parts(msgspec.Struct, frozen=True):
    """The names of the templates of one event, in the order in which they are read."""

    do: str
    say: str
    voicemail: str = ""
    gatekeeper: str = ""
    offer: str = ""
    hand: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Those that there are."""
        named = msgspec.structs.astuple(self)
        return tuple(name for name in named if name)


_STATUS_CALL = Parts("status.call.do", "status.call", "status.voicemail", "gatekeeper", "offer", "call.hand")
_STATUS_EMAIL = Parts("email.do", "status.email", hand="email.hand")
_CLOSING = Parts("email.do", "closing.email", hand="email.hand")

PARTS: dict[tuple[Step, Action], Parts] = {
    ("ask", "ask"): Parts("ask.do", "ask", hand="ask.hand"),
    ("thank-you", "email"): Parts("thank-you.email.do", "thank-you.email", hand="email.hand"),
    ("thank-you", "call"): Parts(
        "thank-you.call.do", "thank-you.call", "thank-you.voicemail", "gatekeeper", hand="call.hand"
    ),
    ("status", "call"): _STATUS_CALL,
    ("status", "email"): _STATUS_EMAIL,
    ("retry", "call"): Parts(
        "retry.call.do", "retry.call", "retry.voicemail", "gatekeeper", "offer", "call.hand"
    ),
    ("retry", "email"): _STATUS_EMAIL,
    ("second", "call"): _STATUS_CALL,
    ("second", "email"): Parts("email.do", "second.email", hand="email.hand"),
    ("closing", "email"): _CLOSING,
    ("courtesy", "email"): Parts("email.do", "courtesy.email"),
    ("news", "call"): Parts("news.call.do", "news.call", "news.voicemail", "gatekeeper", "", "call.hand"),
    ("news", "email"): Parts("email.do", "news.email", hand="email.hand"),
    ("no-show", "email"): Parts("email.do", "no-show.email"),
    ("no-show", "call"): _STATUS_CALL,
}
_WITHDRAWING = Parts("email.do", "closing-withdrawal.email", hand="email.hand")
PREPARING = "prepare.do"

TEMPLATES = tuple(
    sorted({name for parts in (*PARTS.values(), _WITHDRAWING) for name in parts.names} | {PREPARING})
)
"""The name of every template there is."""


def parts_of(step: Step, action: Action, *, withdraws: bool = False) -> Parts | None:
    """The parts of an event; None where the step is not taken in that way (a closing is never a call)."""
    return _WITHDRAWING if withdraws and (step, action) == ("closing", "email") else PARTS.get((step, action))
