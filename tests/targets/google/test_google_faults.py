"""Whatever goes wrong at whichever request: two more syncs later all is as planned, and nothing is written again."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.targets.google.fault_grid import CASES, MEMORY, fault, grid


@pytest.fixture(scope="module")
def grids():
    """One under each set of answers; a fault strikes before the request under one, after it under the other."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None))
        lenient, strict = (
            stack.enter_context(grid(Path(folder) / each, each)) for each in ("lenient", "strict")
        )
        yield {"before": lenient, "after": strict}


def test_the_sync_has_forty_requests(grids):
    assert {each.length for each in grids.values()} == {46}


pytestmark = pytest.mark.usefixtures("unmeasured")
EVERY = 3
"""Each kind strikes every third request, and the next kind those beside; the soak strikes them all."""
ALIKE = {"badGateway", "dailyLimitExceeded", "forbiddenForNonOrganizer", "fullSyncRequired", "gatewayTimeout",
         "internalError", "invalid", "requiredAccessLevel", "userRateLimitExceeded"}  # fmt: skip
"""Refusals that mean the same as another: those strike batches alone."""


@pytest.mark.parametrize(("kind", "when"), [case for case in CASES if case[0] not in ALIKE])
def test_it_converges_wherever_it_strikes(grids, kind, when):
    for at in range(1 + CASES.index((kind, when)) % EVERY, grids[when].length + 1, EVERY):
        grids[when].converges(fault(kind, at, when))


@pytest.mark.parametrize(("kind", "when"), CASES)
def test_it_converges_wherever_it_strikes_a_batch(grids, kind, when):
    for at in range(1, 6):
        grids[when].converges(fault(kind, at, when), sizes={"batch": 10})
