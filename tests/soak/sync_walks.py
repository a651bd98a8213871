"""Long random walks of plans, people, networks, deaths and backups around a calendar in memory that is synced.

    python tests/soak/sync_walks.py --count 2000 --steps 60 --seed 1

Prints its seed and its figure; a walk that breaks a rule is shrunk and shown.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.sync_walk import SyncWalk


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}\n")
    begin = time.perf_counter()
    run_state_machine_as_test(
        seed(asked.seed)(type("Walk", (SyncWalk,), {})),
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
