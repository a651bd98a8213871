"""Write the golden plans anew, for a person to read and for the tests to hold on to.

Run ``python tests/make_golden.py`` after changing what is printed, read what
``git diff fixtures/golden`` shows, and commit both together.
"""

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.running import INTERVIEWS, NOW, ROOT, done

FOLDER = ROOT / "fixtures" / "golden"
IN_JSON = ("acme-pm-20261112", "redwood-kites")
"""The interviews whose JSON is kept; all of them would be too long to read."""
SETTINGS = 'timezone = "America/New_York"\ncountry = "US"\n[candidate]\nname = "Kim Park"\n'


def golden():
    """Every golden file by its name, as text."""
    with _home() as home:
        before = ("--home", home, "--now", NOW)
        yield "plan.txt", _at(80, *before, "plan", INTERVIEWS)
        yield "plan-120.txt", _at(120, *before, "plan", INTERVIEWS)
        yield "why.txt", _at(80, *before, "why", "--in", INTERVIEWS)
        yield "plan.json", _indented(_at(80, *before, "plan", "--json", INTERVIEWS))


@contextmanager
def _home():
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        yield home


def _at(columns, *arguments):
    with patch.dict(os.environ, {"COLUMNS": str(columns), "NO_COLOR": "1"}):
        return done(*arguments).out


def _indented(document):
    """Each line says one thing, so that a difference can be read."""
    whole = json.loads(document)
    few = [interview for interview in whole["interviews"] if interview["id"] in IN_JSON]
    return json.dumps({**whole, "interviews": few}, ensure_ascii=False, indent=1) + "\n"


def main():
    for name, text in golden():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
