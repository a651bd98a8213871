"""Weeks of somebody's life, drawn at random: whatever is logged, moved, taken back or left undone, these laws hold."""

import random  # noqa: TID251  # drawn from a seed, the same every time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from calsync.domain import Interview, Outcome, Preferences
from calsync.errors import CalsyncError
from calsync.store import Store
from calsync.workflows import Context
from calsync.workflows.due import Agenda, is_over
from calsync.workflows.interviews import add, edit, redo, undo
from calsync.workflows.outcomes import log, move

NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(2026, 11, 2, 8, tzinfo=NEW_YORK)
CLOSED = {date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27)} | {
    date(2026, 12, 24) + timedelta(days=count) for count in range(9)
}
"""Holidays, the bridge day and the end of the year, written down by hand."""
RESULTS = (
    "sent", "no-answer", "voicemail", "gatekeeper", "bad-time", "reached", "vague", "call-back", "more-time", "replied",
    "offer", "rejected", "withdrew", "ghosted", "cancelled", "invited", "competing-offer", "no-show", "away", "skip",
    "done", "note",
)  # fmt: skip
SELDOM = {"offer", "rejected", "withdrew", "ghosted", "cancelled", "invited"}
SEEDS = range(8)
STEPS = 45


class Life:
    """One person's store and clock, and what they might do next."""

    def __init__(self, folder, seed):
        self.draw = random.Random(seed)  # noqa: S311  # no secret
        self.now = FIRST
        self.context = Context(
            Preferences(zone=NEW_YORK, country="US"),
            cache=str(folder / "cache"),
            store=str(folder / "store.db"),
        )
        self.store = Store.open(folder / "store.db")
        self.count = 0

    @property
    def state(self):
        """All that people see."""
        kept = list(self.store.interviews())
        return (
            [(each.number, each.interview) for each in kept],
            [self.store.outcomes(each.number) for each in kept],
            [(each.ref, each.event) for each in self.store.planned()],
        )

    def step(self):
        """Whether something was changed that undo takes back."""
        act = self.draw.choice(
            (self.adds, self.logs, self.logs, self.logs, self.moves, self.edits, self.waits, self.waits)
        )
        before = self.state
        try:
            done = act()
        except CalsyncError:
            assert self.state == before, "what is refused changes nothing"
            return False
        if act == self.waits:
            assert self.state == before, "time that passes changes no plan"
        return done

    def adds(self):
        self.count += 1
        day = self.now.replace(hour=self.draw.randrange(9, 17), minute=0) + timedelta(
            days=self.draw.randrange(-3, 6)
        )
        interview = Interview(
            id=f"firm-{self.count}", company=f"Firm {self.count}", role="Clerk", start=day, contact="Al Bo",
            phone="+12125550142" if self.draw.random() < 0.8 else "", email="al@firm.example",
        )  # fmt: skip
        add(self.context, self.store, interview, now=self.now)
        return True

    def one(self):
        return self.draw.choice(list(self.store.interviews()) or [None])

    def logs(self):
        kept = self.one()
        if kept is None:
            return False
        result = self.draw.choice(RESULTS)
        if result in SELDOM and self.draw.random() < 0.7:
            result = "note"
        later = (self.now + timedelta(days=self.draw.randrange(1, 9))).date()
        pending = list(self.store.planned(interview=kept.number))
        named = self.draw.choice(pending).event if pending and self.draw.random() < 0.5 else None
        told = Outcome(
            interview=kept.interview.id,
            result=result,
            at=self.now,
            step=named.step if named else None,
            uid=named.uid if named else "",
            next=later if result in {"bad-time", "call-back"} or self.draw.random() < 0.1 else None,
            decision=later if result == "more-time" else None,
            by=later if result == "competing-offer" else None,
            until=later if result == "away" else None,
        )
        log(self.context, self.store, kept.number, told, now=self.now)
        return True

    def moves(self):
        pending = list(self.store.planned())
        if not pending:
            return False
        day = self.now + timedelta(hours=self.draw.randrange(1, 200))
        when = self.draw.choice((None, day, day.date()))
        move(
            self.context,
            self.store,
            self.draw.choice(pending),
            when,
            now=self.now,
            back=self.draw.random() < 0.2,
        )
        return True

    def edits(self):
        kept = self.one()
        if kept is None:
            return False
        later = (self.now + timedelta(days=self.draw.randrange(1, 9))).date()
        values = self.draw.choice(
            ({"notes": f"n{self.draw.random()}"}, {"decision": later.isoformat()}, {"phone": ""})
        )
        before = self.state
        edit(self.context, self.store, kept.number, values, now=self.now)
        return self.state != before

    def waits(self):
        self.now += timedelta(minutes=self.draw.choice((15, 90, 600, 1440, 4000)))
        return False

    def nothing_due_is_hidden_and_what_is_offered_is_legal(self):
        agenda = Agenda(self.context, self.store, self.now)
        due = list(agenda.due())
        waits = {
            each.event.uid for each in self.store.planned() if not is_over(self.store, each.event, self.now)
        }
        assert {each.event.uid for each in due} == waits
        assert len(due) == len(waits)
        ranks = [each.rank for each in due]
        assert ranks == sorted(ranks)
        for each in due:
            slot = each.next_slot
            if slot is None or each.event.action != "call":
                continue
            there = slot.astimezone(NEW_YORK)
            assert slot >= self.now
            assert there.date() not in CLOSED
            assert there.weekday() in {1, 2, 3, 4}, "no calls on Mondays and weekends"
            assert 9 <= there.hour < 17


@pytest.mark.parametrize("seed", SEEDS)
def test_a_month_of_life_keeps_its_laws_and_can_be_lived_backwards(tmp_path, seed):
    life = Life(tmp_path, seed)
    first, states = life.state, []
    for _ in range(STEPS):
        before = life.state
        if life.step():
            states.append(before)
        life.nothing_due_is_hidden_and_what_is_offered_is_legal()
    last = life.state
    for state in reversed(states):
        assert undo(life.context, life.store, now=life.now)
        assert life.state == state
    assert life.state == first
    assert undo(life.context, life.store, now=life.now) is None
    for _ in states:
        assert redo(life.context, life.store, now=life.now)
    assert life.state == last
    life.store.close()
