"""Random requests, most of them nearly right; ``tests/soak/web_fuzz.py`` has the big number."""

import pytest

from tests.soak.web_fuzz import fuzz


@pytest.mark.usefixtures("unmeasured")
def test_whatever_is_asked_is_answered_and_breaks_nothing(tmp_path):
    assert fuzz(400, 1, tmp_path).startswith("400 requests: ")
