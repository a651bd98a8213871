"""``python -m calsync`` and the ``calsync`` command."""

import gc
import sys
from types import ModuleType
from typing import Any

__all__ = ["main"]

_NEW_OBJECTS = 100_000
"""So many before Python looks for circles among them, and not 700: a small command loads modules, and makes none."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        _put_off_inspect()
        from calsync.cli import run  # noqa: PLC0415  # nothing is loaded by importing this module

        code = run()
    except KeyboardInterrupt:  # while still being loaded; later run() tells it
        code = 130
    sys.exit(code)


def _put_off_inspect() -> None:
    """Load ``inspect`` when somebody needs it: with ast, dis and tokenize it is a quarter of loading click.

    click and dataclasses import it for their help and their rare cases. The module
    that stands in for it loads the real one at the first name that is asked for
    (PEP 562); importlib's own LazyLoader does so at the next ``import`` already.
    """
    if "inspect" in sys.modules:
        return
    stand_in = ModuleType("inspect")

    def real(name: str) -> Any:  # noqa: ANN401  # whatever a module holds
        if sys.modules.get("inspect") is stand_in:
            del sys.modules["inspect"]
        import inspect  # noqa: PLC0415  # this is the moment

        return getattr(inspect, name)

    def cleandoc(text: str) -> str:
        return real("cleandoc")(text) if "\n" in text else text.expandtabs().lstrip()  # as it cleans one line

    stand_in.__getattr__ = real  # type: ignore[method-assign]
    stand_in.cleandoc = cleandoc  # type: ignore[attr-defined]  # of every option's help
    sys.modules["inspect"] = stand_in


if __name__ == "__main__":
    main()
