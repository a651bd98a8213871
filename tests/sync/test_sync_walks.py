"""Whatever happens to a plan, a calendar, a network and a memory: the syncs that follow bring it in order."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import IN_CI
from tests.sync.sync_walk import SyncWalk


@pytest.mark.usefixtures("unmeasured")
def test_every_walk_ends_in_a_calendar_as_planned():
    run_state_machine_as_test(
        SyncWalk,
        settings=settings(
            max_examples=60 if IN_CI else 15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
