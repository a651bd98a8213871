"""Long random walks of plans, people, networks and deaths around a calendar at Google that is synced.

    python tests/soak/google_walks.py --count 2000 --steps 60

Prints its figure; a walk that breaks a rule is shrunk and shown.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.targets.google.google_walk import GoogleWalk


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=60)
    asked = parser.parse_args()
    begin = time.perf_counter()
    run_state_machine_as_test(
        GoogleWalk,
        settings=settings(
            max_examples=asked.count,
            stateful_step_count=asked.steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    seconds = time.perf_counter() - begin
    sys.stdout.write(f"{asked.count} walks of up to {asked.steps} steps, no rule broken, {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
