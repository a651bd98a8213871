"""The folder of the sign-in, and how a file in it is read and written: by its owner alone.

    client.json    the client file of the user's own Google project
    token.json     what the sign-in gave

On Windows there are no permission bits; a folder in the user's profile is theirs.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from calsync.errors import CannotWrite, InputOutput
from calsync.whole_file import put

__all__ = ["CLIENT", "FILES", "TOKEN", "read", "remove", "write"]

FILES = CLIENT, TOKEN = "client.json", "token.json"
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_LONGEST = 1 << 16


def read(file: Path) -> Any:  # noqa: ANN401  # whatever JSON can say
    """What a file of JSON says; raises OSError, and ValueError for one that is no JSON or far too long."""
    with file.open("rb") as opened:
        octets = opened.read(_LONGEST + 1)
    if len(octets) > _LONGEST:
        raise ValueError(f"more than {_LONGEST} octets")
    try:
        return json.loads(octets.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def write(file: Path, document: Mapping[str, Any]) -> None:
    """Put the document in the place of the file; its folder is made if need be, and is its owner's alone.

    Raises CannotWrite when the folder cannot be made or used, InputOutput when writing fails.
    """
    folder = file.parent
    try:
        folder.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        with suppress(OSError):  # a disk without permission bits
            folder.chmod(_FOLDER_MODE)
    except OSError as error:
        raise CannotWrite(
            f"the folder cannot be made: {error.strerror}",
            where=str(folder),
            remedy="see who owns it, or choose another home with --home",
        ) from None
    try:
        put(str(file), json.dumps(document, indent=2).encode(), _FILE_MODE)
    except OSError as error:
        raise InputOutput.writing(error, str(file)) from None


def remove(file: Path) -> bool:
    """Take a file away, with the drafts of it that killed processes left; whether it was there. Raises CannotWrite."""
    there = file.exists()
    try:
        for each in [file, *file.parent.glob(f"{file.name}.new-*")]:
            each.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(
            f"it cannot be removed: {error.strerror}", where=str(file), remedy="remove it yourself"
        ) from None
    return there
