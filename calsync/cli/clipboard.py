"""The clipboard, through the program that this system has for it; another one is a row of ``_TOOLS``."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from calsync.errors import Unavailable

__all__ = ["copy"]

_TOOLS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("pbcopy",), ""),
    (("clip",), "WINDIR"),
    (("wl-copy",), "WAYLAND_DISPLAY"),
    (("xclip", "-selection", "clipboard"), "DISPLAY"),
    (("xsel", "--clipboard", "--input"), "DISPLAY"),
    (("clip.exe",), "WSL_DISTRO_NAME"),
)
"""Each program with its arguments, and the variable without which it has no screen to talk to."""
_SECONDS = 10


def copy(text: str) -> str:
    """Copy ``text``; the name of the program that took it. Raises Unavailable where there is none."""
    for command in _usable():
        octets = text.encode("utf-16-le" if command[0].startswith("clip") else "utf-8", "replace")
        try:
            subprocess.run(command, input=octets, check=True, timeout=_SECONDS, stdout=subprocess.DEVNULL)  # noqa: S603  # a row of the table
        except (OSError, subprocess.SubprocessError):
            continue
        return command[0]
    raise Unavailable(
        "there is no clipboard to copy to",
        remedy=f"install {'wl-clipboard or xclip' if sys.platform == 'linux' else 'a clipboard tool'}, or leave out --copy",
        code="CS-CLP-001",
    )


def _usable() -> Iterator[tuple[str, ...]]:
    return (
        command
        for command, screen in _TOOLS
        if shutil.which(command[0]) and (not screen or os.environ.get(screen))
    )
