import os

import pytest

from tests.surroundings import soaked


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can only be forked on POSIX")
def test_a_kill_at_any_instant_loses_doubles_and_tears_nothing():
    assert soaked("store_kills", "--kills", 100).startswith("100 kills")
