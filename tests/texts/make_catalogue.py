"""Make every catalogue that programs read (``.mo``) from the one that people edit (``.po``).

Run ``python tests/texts/make_catalogue.py`` after editing a ``.po``; a test says when it was forgotten.
"""

import sys
from pathlib import Path

import polib

FOLDER = Path(__file__).parents[2] / "calsync" / "texts"
SOURCES = tuple(sorted(FOLDER.glob("*/calsync.po")))


def compiled(source: Path) -> bytes:
    """The bytes that belong beside ``source``."""
    return polib.pofile(str(source), encoding="utf-8", wrapwidth=0).to_binary()


def main() -> None:
    for source in SOURCES:
        source.with_suffix(".mo").write_bytes(compiled(source))
        sys.stdout.write(f"{source.with_suffix('.mo').relative_to(FOLDER)}\n")


if __name__ == "__main__":
    main()
