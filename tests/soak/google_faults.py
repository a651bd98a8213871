"""Two things that go wrong in one sync with Google, at random requests: whatever they are, it converges.

    python tests/soak/google_faults.py --count 10000 --seed 1

Prints its figure, and every pair after which the calendar was not as planned.
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from calsync.errors import CalsyncError
from tests.targets.google.fault_grid import CASES, MEMORY, fault, grid

SIZES = ({"handful": 1000}, {"batch": 10}, {"batch": 3, "handful": 0})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    drawn, begin, broken = random.Random(asked.seed), time.perf_counter(), 0
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None))
        grids = [stack.enter_context(grid(Path(folder) / each, each)) for each in ("lenient", "strict")]
        for _ in range(asked.count):
            broken += not _converges(drawn.choice(grids), drawn)
    sys.stdout.write(
        f"{asked.count} pairs of faults, {broken} not converging, {time.perf_counter() - begin:.0f} s\n"
    )
    sys.exit(1 if broken else 0)


def _converges(found, drawn) -> bool:
    pair = [(*drawn.choice(CASES), drawn.randint(1, found.length)) for _ in range(2)]
    sizes = drawn.choice(SIZES)
    try:
        found.converges(*(fault(kind, at, when) for kind, when, at in pair), sizes=sizes)
    except (AssertionError, CalsyncError) as error:
        sys.stdout.write(f"{found.google.answers}\n  {pair} {sizes}: {error!r:.300}\n")
        return False
    return True


if __name__ == "__main__":
    main()
