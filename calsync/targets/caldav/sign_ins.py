"""Who is signed in at which CalDAV servers: one file, for its owner alone.

The password is in the system's keyring where the package ``keyring`` is
installed and has one, else in the file. Nothing of it is ever printed.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from calsync.errors import CannotWrite, InputOutput, SignInAgain
from calsync.files import write_whole
from calsync.phrase import phrase
from calsync.targets.caldav.servers import NAMED

__all__ = ["FILE", "SignIn", "forget", "keep", "kept", "password_of"]

FILE = "sign-ins.json"
_KEYRING = "calsync"
_SCHEMA = 1
_LONGEST = 1 << 18


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """One server: ``url`` as it was named, ``home`` where the calendars are, ``calendar`` calsync's own there."""

    name: str
    url: str
    home: str
    user: str
    scheme: str
    signed_in: datetime
    kind: str = ""
    calendar: str = ""
    password: str = ""
    in_keyring: bool = False

    def __repr__(self) -> str:
        """Without what opens the account."""
        return f"SignIn(name={self.name!r}, user={self.user!r})"

    @property
    def title(self) -> str:
        """What people call the server."""
        named = NAMED.get(self.name)
        return named.title if named else self.name

    @property
    def target(self) -> str:
        """By which the store knows what is there."""
        return f"caldav:{self.user}@{self.name}"


def kept(folder: Path) -> list[SignIn]:
    """All of them by name; none where nobody is signed in. Raises SignInAgain for a file that was spoilt."""
    file = folder / FILE
    try:
        with file.open("rb") as opened:
            octets = opened.read(_LONGEST)
        document = json.loads(octets)
        return [msgspec.convert(each, SignIn) for each in document["servers"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else phrase("it is damaged")
        raise SignInAgain(
            phrase("the sign-ins cannot be read: {why}", why=why.lower()),
            where=str(file),
            remedy=phrase("remove the file and sign in again: calsync auth caldav"),
            code="CS-DAV-010",
        ) from None


def keep(folder: Path, sign_in: SignIn) -> SignIn:
    """Put it in the place of the one of that name. Raises CannotWrite, InputOutput."""
    if sign_in.password and not sign_in.in_keyring and _in_keyring("set_password", sign_in, sign_in.password):
        sign_in = msgspec.structs.replace(sign_in, password="", in_keyring=True)
    others = [each for each in kept(folder) if each.name != sign_in.name]
    _write(folder, sorted([*others, sign_in], key=lambda each: each.name))
    return sign_in


def forget(folder: Path, sign_in: SignIn) -> None:
    """Nobody is signed in there any more."""
    if sign_in.in_keyring:
        _in_keyring("delete_password", sign_in)
    _write(folder, [each for each in kept(folder) if each.name != sign_in.name])


def password_of(sign_in: SignIn) -> str:
    """Raises SignInAgain where it cannot be had."""
    password = _in_keyring("get_password", sign_in) if sign_in.in_keyring else sign_in.password
    if not isinstance(password, str) or not password:
        raise SignInAgain(
            phrase(
                "the password for {title} is not in the keyring, or the keyring is locked",
                title=sign_in.title,
            ),
            remedy=phrase("unlock it, or sign in again: calsync auth caldav"),
            code="CS-DAV-011",
        )
    return password


def _in_keyring(what: str, sign_in: SignIn, *arguments: str) -> Any:
    """What a call to the keyring gives; None where there is none. True for one that gives nothing."""
    if find_spec("keyring") is None:
        return None
    keyring: Any = import_module("keyring")
    if getattr(keyring.get_keyring(), "priority", 0) <= 0:
        return None
    with suppress(Exception):  # every system's keyring has errors of its own
        answer = getattr(keyring, what)(_KEYRING, sign_in.target, *arguments)
        return True if what == "set_password" else answer
    return None


def _write(folder: Path, sign_ins: list[SignIn]) -> None:
    document: Mapping[str, Any] = {"schema": _SCHEMA, "servers": msgspec.to_builtins(sign_ins)}
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(OSError):  # a disk without permission bits
            folder.chmod(0o700)
    except OSError as error:
        raise CannotWrite(
            phrase("the folder cannot be made: {strerror}", strerror=error.strerror),
            where=str(folder),
            remedy=phrase("see who owns it, or choose another home with --home"),
        ) from None
    try:
        write_whole(str(folder / FILE), json.dumps(document, indent=2).encode(), 0o600)
    except OSError as error:
        raise InputOutput.writing(error, str(folder / FILE)) from None
