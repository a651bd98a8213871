"""``python -m calsync`` and the ``calsync`` command."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from calsync.cli import run  # noqa: PLC0415  # Ctrl-C while it is being loaded is an end, not a fault

        code = run()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
