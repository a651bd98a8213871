"""Writes the tables of the README that come from tables of the program: ``python -m tests.make_tables``."""

import re
from pathlib import Path

from calsync.intake.keys import KEYS

README = Path(__file__).parents[1] / "README.md"


def record_table():
    """The keys of the record, a row for each."""
    rows = (
        f"| `{name}` | {key.form} | {'needed' if key.needed else key.default} |" for name, key in KEYS.items()
    )
    return "\n".join(["| key | form | without it |", "|---|---|---|", *rows])


TABLES = {"keys of the record": record_table}


def written(text):
    """The text with each table between its markers as the program has it."""
    for name, table in TABLES.items():
        between = re.compile(rf"(?s)(<!-- {name} -->\n).*?(\n<!-- end -->)")
        assert between.search(text), f"no markers for {name}"
        text = between.sub(lambda found, table=table: f"{found[1]}{table()}{found[2]}", text)
    return text


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), encoding="utf-8")
