"""Long walks of plans, people, networks and deaths around a calendar at a real CalDAV server.

    python tests/soak/caldav_walks.py --server xandikos --count 200 --steps 60 --seed 1

Prints each seed that it begins with; a walk that breaks a rule ends it with the way that led there.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.targets.caldav.caldav_walk import walk
from tests.targets.caldav.proxy import Proxy
from tests.targets.caldav.servers import KINDS, serving
from tests.targets.caldav.syncing_at_a_server import Somebody


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--server", choices=KINDS, default=KINDS[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for seed in range(asked.seed, asked.seed + asked.count):
        sys.stdout.write(f"seed {seed}\n")
        sys.stdout.flush()
        with tempfile.TemporaryDirectory() as folder, serving(asked.server, Path(folder, "server")) as url:
            proxy = Proxy(url)
            with Somebody(Path(folder, "home"), proxy.url, url) as person:
                walk(seed, person, proxy, pytest.MonkeyPatch(), steps=asked.steps)
            proxy.close()
    sys.stdout.write(f"{asked.count} walks of {asked.steps} steps at {asked.server}\n")


if __name__ == "__main__":
    main()
