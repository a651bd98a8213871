"""Any walk of changes, upkeep and undo against a model of dictionaries: what is kept is what was written."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from calsync.store import Invitation, Published, Store
from tests.store.examples import NOW, interview, outcome, plan

NAMES = ("a", "1", "2")
STEPS = ("ask", "status", "second", "closing")
names = st.sampled_from(NAMES)
steps = st.lists(st.sampled_from(STEPS), unique=True).map(tuple)


class Model:
    """Interviews with their outcomes, and plans, by number; ``pasts`` are what each change met."""

    def __init__(self):
        self.interviews, self.outcomes, self.plans, self.pasts = {}, {}, {}, []

    def number(self, name):
        return next((number for number, each in self.interviews.items() if each.id == name), None)

    def change(self, number, interview=None, outcomes=(), plan=None):
        """One more thing that the change begun last does; a plan that stays as it is, is not met."""
        kept, planned = self.pasts[-1]
        kept.setdefault(number, (self.interviews.get(number), self.outcomes.get(number, ())))
        if plan != self.plans.get(number):
            planned.setdefault(number, self.plans.get(number))
        self._set(number, interview, outcomes, plan)

    def begin(self):
        self.pasts.append(({}, {}))

    def undo(self):
        kept, planned = self.pasts.pop()
        for number, (each, outcomes) in kept.items():
            self._set(number, each, outcomes, planned.get(number, self.plans.get(number)))

    def _set(self, number, interview, outcomes, plan):
        for kept, value in ((self.interviews, interview), (self.outcomes, outcomes), (self.plans, plan)):
            kept[number] = value
            if interview is None or value is None:
                del kept[number]


class StoreMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "store.db"
        self.store = Store.open(self.path)
        self.model, self.numbers, self.sequences, self.at = Model(), 0, {}, NOW

    def teardown(self):
        try:
            self.undo_of_everything_gives_the_first_state()
        finally:
            self.store.close()
            self.folder.cleanup()

    def undo_of_everything_gives_the_first_state(self):
        while self.model.pasts:
            assert self.store.undo(at=self.at)
            self.model.undo()
        assert self.store.undo(at=self.at) is None
        counts = "SELECT (SELECT count(*) FROM interview), (SELECT count(*) FROM outcome)"
        counts += ", (SELECT count(*) FROM plan), (SELECT count(*) FROM planned), (SELECT count(*) FROM image JOIN journal USING (entry) WHERE undone IS NULL)"
        assert self.store._connection.execute(counts).fetchone() == (0, 0, 0, 0, 0)
        assert self.store.check() == []

    @rule(hours=st.integers(-30, 30))
    def the_clock_moves(self, hours):
        self.at += timedelta(hours=hours)

    @rule(chosen=st.lists(names, min_size=1, max_size=3, unique=True), planned=st.booleans(), steps=steps)
    def add(self, chosen, planned, steps):
        new = [interview(name) for name in chosen if self.model.number(name) is None]
        if not new:
            return
        self.model.begin()
        with self.store.change("add", at=self.at) as change:
            numbers = change.add_all((each, Invitation(f"{each.id}@mail")) for each in new)
            if planned:
                change.record_plans(plan(each, steps) for each in new)
        assert list(numbers) == list(range(self.numbers + 1, self.numbers + 1 + len(new)))
        self.numbers += len(new)
        for number, each in zip(numbers, new, strict=True):
            self.model.change(number, each, plan=plan(each, steps) if planned else None)

    @rule(
        name=names, company=st.sampled_from(("Acme", "Beta", "Gamma")), steps=steps, shift=st.integers(0, 2)
    )
    def edit(self, name, company, steps, shift):
        number = self.model.number(name)
        wanted = interview(name, company=company)
        if number is None or (wanted, plan(wanted, steps, shift)) == (
            self.model.interviews[number],
            self.model.plans.get(number),
        ):
            return
        self.model.begin()
        with self.store.change("edit", at=self.at) as change:
            change.replace(wanted)
            change.record_plan(plan(wanted, steps, shift))
        self.model.change(number, wanted, self.model.outcomes[number], plan(wanted, steps, shift))

    @rule(name=names, again=st.booleans())
    def remove(self, name, again):
        number = self.model.number(name)
        if number is None:
            return
        self.model.begin()
        with self.store.change("remove", at=self.at) as change:
            assert change.remove(name if name == "a" else number) == number
            if again:
                self.numbers += 1
                assert change.add(interview(name)) == self.numbers
        self.model.change(number)
        if again:
            self.model.change(self.numbers, interview(name))

    @rule(name=names, result=st.sampled_from(("sent", "voicemail")), steps=st.none() | steps)
    def log(self, name, result, steps):
        number = self.model.number(name)
        if number is None:
            return
        self.model.begin()
        told = outcome(interview(name), result, self.at)
        with self.store.change("log", at=self.at) as change:
            change.log(told)
            if steps is not None:
                change.record_plan(plan(self.model.interviews[number], steps))
        each, before = self.model.interviews[number], self.model.outcomes[number]
        planned = self.model.plans.get(number) if steps is None else plan(each, steps)
        self.model.change(number, each, (*before, told), planned)

    @rule(name=names, steps=steps)
    def replan(self, name, steps):
        number = self.model.number(name)
        if number is None:
            return
        with self.store.upkeep(at=self.at) as upkeep:
            upkeep.record_plan(plan(self.model.interviews[number], steps))
            upkeep.publish(Published(target="google", uid=name, sequence=0))
        self.model.plans[number] = plan(self.model.interviews[number], steps)

    @rule(name=names)
    def fail(self, name):
        try:
            with self.store.change("fails", at=self.at) as change:
                change.add(interview("never"))
                if self.model.number(name):
                    change.log(outcome(interview(name)))
                    change.record_plan(plan(interview(name), (), company="?"))
        except TypeError:
            pass
        else:
            self.store.undo(at=self.at)
            self.numbers += 1

    @precondition(lambda self: self.model.pasts)
    @rule()
    def undo(self):
        assert self.store.undo(at=self.at)
        self.model.undo()

    @rule()
    def reopen(self):
        self.store.close()
        self.store = Store.open(self.path)

    @invariant()
    def the_store_holds_what_the_model_holds(self):
        assert {kept.number: kept.interview for kept in self.store.interviews()} == self.model.interviews
        for number, each in self.model.interviews.items():
            assert tuple(self.store.outcomes(number)) == self.model.outcomes[number]
            found = self.store.plan(number)
            assert (found and replace(found, interview=each)) == self._as_read(
                self.model.plans.get(number), each
            )

    def _as_read(self, planned, each):
        """A plan belongs to the interview as it is now; its events come by their start."""
        return planned and replace(
            planned, interview=each, events=tuple(sorted(planned.events, key=lambda e: e.start))
        )

    @invariant()
    def sequences_and_stamps_never_go_back(self):
        rows = self.store._connection.execute("SELECT uid, number, sequence, stamp FROM event")
        now = {uid: (number, sequence, stamp) for uid, number, sequence, stamp in rows}
        for uid, (number, sequence, stamp) in self.sequences.items():
            assert now[uid][0] == number
            assert now[uid][1:] >= (sequence, stamp)
            assert now[uid][2] >= stamp
        self.sequences = now


StoreMachine.TestCase.settings = settings(
    max_examples=30, stateful_step_count=30, phases=(Phase.generate,), deadline=None
)
_unmeasured = pytest.mark.usefixtures("unmeasured")
test_any_walk_of_changes_can_be_undone_to_the_first_state = _unmeasured(StoreMachine.TestCase)
