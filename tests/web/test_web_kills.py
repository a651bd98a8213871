"""The page's server is killed in the middle of forms; ``tests/soak/web_kills.py`` has the big number."""

import os

import pytest

from tests.surroundings import soaked

COUNT = 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can only be forked on POSIX")
def test_a_kill_in_the_middle_of_a_form_loses_doubles_and_tears_nothing():
    assert soaked("web_kills", "--count", COUNT).startswith(f"{COUNT} kills")
