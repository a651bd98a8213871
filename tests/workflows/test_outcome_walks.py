"""Random walks of adding, logging, editing, removing and undoing: the rules hold after every step."""

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.workflows.outcome_walk import OutcomeWalk

OutcomeWalk.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    phases=(Phase.generate,),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
_unmeasured = pytest.mark.usefixtures("unmeasured")
test_whatever_is_done_the_plan_keeps_to_the_rules = _unmeasured(OutcomeWalk.TestCase)
