"""Make the tables that programs read from the playbooks that people edit.

Run ``python tests/playbooks/make_tables.py`` after editing a file in
``calsync/playbooks/built_in``; a test says when it was forgotten.
"""

import sys
import tomllib
from pathlib import Path
from pprint import pformat

FOLDER = Path(__file__).parents[2] / "calsync" / "playbooks"
MADE = FOLDER / "tables.py"
SOURCES = tuple(sorted((FOLDER / "built_in").glob("*.toml")))

_HEAD = '''\
"""What the files in ``built_in`` say. Made from them by tests/playbooks/make_tables.py: edit those, not this.

Reading TOML takes longer than all else that a small plan is made of.
"""

from typing import Any

__all__ = ["TABLES"]

'''


def made() -> str:
    """The module as it has to be."""
    tables = {source.stem: tomllib.loads(source.read_text(encoding="utf-8")) for source in SOURCES}
    return f"{_HEAD}TABLES: dict[str, dict[str, Any]] = {pformat(tables, width=108, sort_dicts=False)}\n"


def main() -> None:
    MADE.write_text(made(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{MADE.name}\n")


if __name__ == "__main__":
    main()
