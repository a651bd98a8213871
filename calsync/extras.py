"""How an extra of ours, or a package, is installed into the environment that is running."""

import sys

__all__ = ["install_command"]


def install_command(package: str) -> str:
    """A command to copy: ``pip`` of another Python would put it somewhere else.

    >>> install_command("calsync[web]").endswith(' -m pip install "calsync[web]"')
    True
    """
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable or "python"
    return f'{python} -m pip install "{package}"'
