"""What is left after a log is planned as a second reading of the table of outcomes plans it."""

import os

import pytest
from compare import differences, run_library
from generate import _Draw, cases
from logged import follow_ups_after, log_of

COUNT, AT_ONCE = (600, 40) if os.environ.get("CI") == "true" else (100, 20)
SEED = 20261124


def logged(seed, count):
    """Interviews one by one, each with something that happened afterwards."""
    for number, (records, settings) in enumerate(cases(seed, count)):
        record = records[0] | {"candidate": ""}
        yield record, settings, list(log_of(_Draw(f"log {seed}/{number}"), record, settings))


@pytest.mark.parametrize("seed", range(SEED, SEED + COUNT // AT_ONCE))
def test_after_a_log_the_rest_is_planned_as_the_table_is_read_a_second_time(seed):
    for record, settings, log in logged(seed, AT_ONCE):
        actual = run_library([record], settings, log)
        found = differences([follow_ups_after(record, settings, log)], actual)
        assert not found, f"{found}\n{record}\n{settings}\n{log}"
