"""``python -m calsync`` and the ``calsync`` command."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from calsync.cli import run  # noqa: PLC0415  # nothing is loaded by importing this module

    sys.exit(run())


if __name__ == "__main__":
    main()
