"""A plan in somebody's words: what every text of its events is filled from.

The fields of the interview are worked out once and shared by its events.
"""

from calsync.domain import Event, Plan, Preferences
from calsync.texts.fields import ROOMS, Fields, Room, addressed, of_event, of_plan
from calsync.texts.parts import PARTS, PREPARING, Parts, parts_of
from calsync.texts.words import Words

__all__ = ["Frame"]


class Frame:
    """Of one plan, in as much room as there is; in the interview's language where it has one of its own."""

    __slots__ = ("_shared", "plan", "preferences", "words")

    def __init__(self, plan: Plan, preferences: Preferences, words: Words, room: Room = ROOMS[0]) -> None:
        self.plan = plan
        self.preferences = preferences
        self.words = words.speaking(plan.interview.language)
        self._shared = of_plan(plan, preferences, self.words, room)

    def known(self, event: Event) -> Fields:
        """The fields of one event, of a preparation those of the call it prepares."""
        call = self.call(event)
        found = self._shared | of_event(call, self.plan.interview, self.preferences, self.words)
        return addressed(found, call, self.plan.interview)

    def call(self, event: Event) -> Event:
        """The event itself, or the call that a preparation prepares; itself too where that call is not planned."""
        if event.action != "prepare":
            return event
        calls = (
            call
            for call in self.plan.events
            if call.action == "call" and call.start > event.start and event.before in {None, call.step}
        )
        return next(calls, event)

    def parts(self, event: Event) -> Parts:
        """The templates of the event; a preparation's are its call's, with something else to do."""
        if event.action != "prepare":
            found = parts_of(event.step, event.action, withdraws=event.withdraws)
            return found or PARTS["status", "call" if event.action == "call" else "email"]
        call = parts_of(event.before or "status", "call") or PARTS["status", "call"]
        return Parts(PREPARING, call.say, call.voicemail, hand=call.hand)
