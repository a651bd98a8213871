"""Whatever happens to a plan, a calendar at a real server and a network: the syncs that follow bring it in order."""

import pytest

from tests.conftest import IN_CI
from tests.targets.caldav.caldav_walk import walk


@pytest.mark.parametrize("seed", range(8 if IN_CI else 2))
def test_every_walk_ends_in_a_calendar_as_planned(seed, somebody, proxy, monkeypatch):
    walk(seed, somebody, proxy, monkeypatch, steps=30)
