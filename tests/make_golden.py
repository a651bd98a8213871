"""Write every golden file anew: ``python tests/make_golden.py``.

Run it after changing what is planned, said or written; read what
``git diff fixtures/golden`` shows, and commit both together.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAKERS = (
    "tests.make_tables",
    "tests.texts.make_catalogue",
    "tests.texts.make_golden_texts",
    "tests.cli.make_golden_plans",
    "tests.targets.ics_samples",
)
"""Each writes the golden files of its room."""


def main() -> None:
    for maker in MAKERS:
        subprocess.run([sys.executable, "-m", maker], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
