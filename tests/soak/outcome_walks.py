"""Long random walks of adding, logging, editing, removing and undoing, with the rules checked after every step.

    python tests/soak/outcome_walks.py --count 2000 --steps 60

Prints its figure; a walk that breaks a rule is shrunk and shown.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflows.outcome_walk import OutcomeWalk


def counting(machine: type[OutcomeWalk], logged: Counter[str]) -> type[OutcomeWalk]:
    """The same machine; what it logged in the end is added to ``logged``."""

    class Counted(machine):
        def teardown(self) -> None:
            logged["walks"] += 1
            logged.update(told.result for kept in self.model.values() for told in kept.log)
            super().teardown()

    return Counted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=60)
    asked = parser.parse_args()
    logged: Counter[str] = Counter()
    begun = time.monotonic()
    run_state_machine_as_test(
        counting(OutcomeWalk, logged),
        settings=settings(
            max_examples=asked.count,
            stateful_step_count=asked.steps,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    walks = logged.pop("walks")
    outcomes = ", ".join(f"{count} {result}" for result, count in logged.most_common())
    sys.stdout.write(f"{walks} walks of up to {asked.steps} steps in {time.monotonic() - begun:.0f} s\n")
    sys.stdout.write(f"logged in the end: {outcomes}\n")


if __name__ == "__main__":
    main()
