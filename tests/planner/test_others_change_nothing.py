"""What a planner has met in other interviews changes no plan."""

from datetime import timedelta

import pytest

from calsync.domain import Outcome
from calsync.planner import Planner
from tests import dates as d
from tests.dates import BERLIN, NEW_YORK, at
from tests.planner.planning import meeting, preferences
from tests.planner.strategies import PLAYBOOKS

WAYS_TO_DIFFER = (
    {},
    *({"playbook": playbook} for playbook in PLAYBOOKS),
    *({"decision": decision} for decision in ("3 days", "5 business days", d.TUE_2026_11_24)),
    *({"agreed": day} for day in (d.THU_2026_11_19, d.WED_2026_11_25)),
    *({"country": country} for country in ("GB", "")),
    {"phone": ""},
    {"channel": "email"},
    {"away": "2026-11-16..2026-11-30"},
    {"busy": "Mon-Fri 09:00-17:00"},
    {"start": "09:00"},
    {"zone": BERLIN},
    {"playbook": "early-bird", "decision": d.TUE_2026_11_24},
    {"logged": "status no-answer 1"},
    {"logged": "thank-you sent 0, status sent 6"},
    {"logged": "status sent 25"},
    {"logged": "second sent 40"},
    {"floor": at(d.MON_2026_12_07, "11:00")},
)


@pytest.mark.parametrize("same", WAYS_TO_DIFFER, ids=str)
def test_an_interview_is_planned_after_others_as_it_is_planned_alone(same):
    # Each is of a candidate of its own, so that none takes an hour from another.
    ways = [same | own for own in WAYS_TO_DIFFER]
    for order in ways, ways[::-1]:
        numbered = [_case(f"i{number:02}", **way) for number, way in enumerate(order)]
        for plan in _plans(numbered):
            alone = [case for case in numbered if case[0] == plan.interview]
            assert [plan] == _plans(alone)


def _case(name, *, logged="", floor=None, **keys):
    """An interview, what was logged for it (step, result, days after it), and the floor of its plan."""
    interview = meeting(d.THU_2026_11_12, id=name, candidate=name, **keys)
    lines = [line.split() for line in logged.split(", ") if line]
    outcomes = [
        Outcome(interview=name, step=step, result=result, at=interview.end + timedelta(days=int(days)))
        for step, result, days in lines
    ]
    return interview, outcomes, floor


def _plans(cases):
    floors = {interview.id: floor for interview, _, floor in cases if floor}
    outcomes = [outcome for _, logged, _ in cases for outcome in logged]
    planner = Planner(preferences(NEW_YORK))
    return list(planner.plans([each for each, _, _ in cases], outcomes=outcomes, not_before=floors))
