"""token.json: what the sign-in gave, and what is known about it without asking Google.

Read and written without Google's libraries, so that ``auth status`` and ``doctor``
can look at it. Every change reads the file anew: another process may have
refreshed, signed in again or signed out meanwhile.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from calsync.errors import (
    BadData,
    BadSettings,
    CannotWrite,
    InputOutput,
    NoInput,
    SignInAgain,
    Unavailable,
    Usage,
)
from calsync.extras import install_command
from calsync.files import write_whole
from calsync.phrase import phrase

__all__ = [
    "AGAIN",
    "BUSY",
    "CALENDAR",
    "CLIENT",
    "EVENTS",
    "FILES",
    "NOT_ALLOWED",
    "SCOPES",
    "TOKEN",
    "Client",
    "Scope",
    "Token",
    "flags",
    "forget",
    "installed",
    "keep_client",
    "kept_calendar",
    "kept_client",
    "kept_token",
    "named",
    "read",
    "read_client",
    "remember_account",
    "remember_calendar",
    "remove",
    "require",
    "run_out",
    "save",
    "saved_over",
    "signed_in",
    "write",
]


# The folder of the sign-in, and how a file in it is read and written: by its owner alone.
#
#     client.json    the client file of the user's own Google project
#     token.json     what the sign-in gave
#     calendar.json  which calendar is calsync's own
#
# On Windows there are no permission bits; a folder in the user's profile is theirs.

FILES = CLIENT, TOKEN = "client.json", "token.json"
CALENDAR_FILE = "calendar.json"
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_LONGEST = 1 << 16


def read(file: Path) -> Any:
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
            phrase("the folder cannot be made: {strerror}", strerror=error.strerror),
            where=str(folder),
            remedy=phrase("see who owns it, or choose another home with --home"),
        ) from None
    try:
        write_whole(str(file), json.dumps(document, indent=2).encode(), _FILE_MODE)
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
            phrase("it cannot be removed: {strerror}", strerror=error.strerror),
            where=str(file),
            remedy=phrase("remove it yourself"),
        ) from None
    return there


AGAIN = phrase("sign in again: calsync auth google")
NOT_ALLOWED = "CS-GOO-015"
"""The code of the error that says: the sign-in is good, but not for this."""
_SCHEMA = 1


class Token(msgspec.Struct, frozen=True):
    """A sign-in. ``until``: when Google ends it by itself, None when never as far as is known.

    ``access`` counts until ``fresh_until`` and is then exchanged for another one
    with ``refresh``. ``account`` is known after the first sync only: the
    permission to sign in does not tell it.
    """

    client_id: str
    refresh: str
    access: str
    fresh_until: datetime
    scopes: frozenset[str]
    signed_in: datetime
    until: datetime | None = None
    account: str | None = None

    def __repr__(self) -> str:
        """Without what opens the account: a value is printed where nobody thinks of it."""
        return f"Token(client_id={self.client_id!r}, scopes={sorted(self.scopes)})"

    def __post_init__(self) -> None:
        """Refuse what no sign-in gives. Raises ValueError."""
        times = (self.fresh_until, self.signed_in, self.until)
        if any(time is not None and time.tzinfo is None for time in times):
            raise ValueError("a time without its zone")
        if not (self.client_id and self.refresh and self.scopes):
            raise ValueError("a sign-in that gave nothing")

    def is_over(self, now: datetime) -> bool:
        """Whether Google has ended it by the time it told beforehand."""
        return self.until is not None and self.until <= now

    def days_left(self, now: datetime) -> int | None:
        """Whole days until Google ends it; None where it does not."""
        return None if self.until is None else max(0, (self.until - now).days)


def kept_token(folder: Path) -> Token | None:
    """The sign-in that is kept; None where nobody is signed in. Raises SignInAgain where the file was spoilt."""
    file = folder / TOKEN
    try:
        return _token(read(file))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else phrase("it is damaged")
        raise SignInAgain(
            phrase("the sign-in to Google cannot be read: {what}", what=what.lower()),
            where=str(file),
            remedy=AGAIN,
            code="CS-AUT-006",
        ) from None


def signed_in(folder: Path, needed: frozenset[str] = frozenset(), *, now: datetime) -> Token:
    """The sign-in that is kept, as far as can be told without asking Google. Raises SignInAgain."""
    token = kept_token(folder)
    if token is None:
        raise SignInAgain(
            phrase("you are not signed in to Google"),
            remedy=phrase("type: calsync auth google{flags}", flags=flags(needed)),
            code="CS-AUT-010",
        )
    if token.is_over(now):
        raise run_out()
    if missing := needed - token.scopes:
        raise SignInAgain(
            phrase("you have not allowed calsync to {named}", named=" and to ".join(named(missing))),
            remedy=phrase("type: calsync auth google{flags}", flags=flags(missing)),
            code="CS-AUT-011",
        )
    return token


def save(folder: Path, token: Token) -> None:
    """Keep the sign-in in the place of the one before. Raises CannotWrite, InputOutput."""
    write(folder / TOKEN, _document(token))


def saved_over(folder: Path, token: Token) -> None:
    """Keep what a refresh gave, unless somebody signed in anew or signed out in the meantime."""
    now_there = kept_token(folder)
    if now_there is not None and now_there.refresh == token.refresh:
        save(folder, replace(token, account=now_there.account or token.account))


def remember_account(folder: Path, account: str) -> None:
    """Note whose calendar it is, as the first sync learns it; nothing is written if that is known."""
    token = kept_token(folder)
    if token is not None and account and token.account != account:
        save(folder, replace(token, account=account))


def remember_calendar(folder: Path, calendar: str) -> None:
    """Note the id of calsync's calendar beside the sign-in, for a store that was lost; nothing is written if it is known."""
    if calendar and kept_calendar(folder) != calendar:
        write(folder / CALENDAR_FILE, {"calendar": calendar})


def kept_calendar(folder: Path) -> str:
    """The id of the calendar that the last sync kept; "" where none is known."""
    try:
        found = read(folder / CALENDAR_FILE)["calendar"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return found if isinstance(found, str) else ""


def forget(folder: Path) -> bool:
    """Take the sign-in away; whether there was one. Raises CannotWrite."""
    return remove(folder / TOKEN)


def run_out() -> SignInAgain:
    """What to say when the sign-in was good once."""
    return SignInAgain(
        phrase("your sign-in to Google has run out or was taken back"),
        remedy=phrase(
            "type: calsync auth google (every seven days? publish the consent screen, as the README says)"
        ),
        code="CS-AUT-013",
    )


def _document(token: Token) -> dict[str, Any]:
    return {
        "schema": _SCHEMA,
        "client_id": token.client_id,
        "refresh_token": token.refresh,
        "access_token": token.access,
        "fresh_until": token.fresh_until.isoformat(),
        "scopes": sorted(token.scopes),
        "signed_in": token.signed_in.isoformat(),
        "until": token.until and token.until.isoformat(),
        "account": token.account,
    }


def _token(document: Mapping[str, Any]) -> Token:
    """Raises KeyError, TypeError, ValueError for what ``_document`` did not write."""
    if document["schema"] != _SCHEMA:
        raise ValueError("of another form")
    until = document["until"]
    client_id, refresh, access = (document[name] for name in ("client_id", "refresh_token", "access_token"))
    texts = [client_id, refresh, access, *document["scopes"], document["account"] or ""]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is missing")
    if not all(text.isascii() and text.isprintable() for text in (client_id, refresh, access)):
        raise ValueError("a sign that no header can carry")
    return Token(
        client_id=client_id,
        refresh=refresh,
        access=access,
        fresh_until=datetime.fromisoformat(document["fresh_until"]),
        scopes=frozenset(document["scopes"]),
        signed_in=datetime.fromisoformat(document["signed_in"]),
        until=None if until is None else datetime.fromisoformat(until),
        account=document["account"],
    )


# The client file: how calsync introduces itself to Google.
#
# The user makes it in a Google project of their own, for a desktop app, and downloads
# it. Its addresses count, for refreshing and revoking too: whoever names another
# server there means it. Its secret goes into client.json, and into no message.

_AUTH = "https://accounts.google.com/o/oauth2/v2/auth"
_TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address
_REVOKE = "https://oauth2.googleapis.com/revoke"
_GOOGLE = {"oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com"}
"""Hosts that client files of all ages name for tokens."""
_MAKE = phrase('make one as the README says under "Google Calendar"')
_DOWNLOAD = phrase(
    'in the Google console, make an OAuth client of the type "Desktop app" and download its file'
)


class Client(msgspec.Struct, frozen=True):
    """A desktop app as Google knows it; each address is https, or http on this computer."""

    client_id: str
    secret: str
    auth_uri: str = _AUTH
    token_uri: str = _TOKEN

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Client(client_id={self.client_id!r})"

    @property
    def revoke_uri(self) -> str:
        """Google's own; beside the token address where that is on another server."""
        parts = urlsplit(self.token_uri)
        return _REVOKE if parts.hostname in _GOOGLE else parts._replace(path="/revoke", query="").geturl()

    @property
    def document(self) -> dict[str, dict[str, str]]:
        """As Google writes the file."""
        return {
            "installed": {
                "client_id": self.client_id,
                "client_secret": self.secret,
                "auth_uri": self.auth_uri,
                "token_uri": self.token_uri,
            }
        }


def read_client(file: Path) -> Client:
    """The client in a file that was downloaded. Raises NoInput where there is none, BadData for another kind."""
    try:
        document = read(file)
    except (OSError, ValueError) as error:
        raise _unread(file, error) from None
    try:
        return _client(document)
    except BadData as error:
        raise error.at(str(file)) from None


def kept_client(folder: Path) -> Client:
    """The client of an earlier sign-in. Raises Usage where there is none, BadSettings where it was spoilt."""
    file = folder / CLIENT
    if not file.exists():
        raise Usage(
            phrase("calsync does not know your client file yet"),
            where="auth google",
            remedy=phrase("{make}, then: calsync auth google --client-secret FILE", make=_MAKE),
            code="CS-AUT-002",
        )
    try:
        return read_client(file)
    except (BadData, NoInput) as error:
        raise BadSettings(
            error.what,
            where=error.where,
            remedy=phrase("hand over the file again: calsync auth google --client-secret FILE"),
            code="CS-AUT-003",
        ) from None


def keep_client(folder: Path, client: Client) -> None:
    """Remember the client for the next sign-ins. Raises CannotWrite, InputOutput."""
    write(folder / CLIENT, client.document)


def _unread(file: Path, error: OSError | ValueError) -> BadData | NoInput:
    if isinstance(error, OSError):
        what = phrase("it cannot be opened: {strerror}", strerror=error.strerror or error)
        return NoInput(what, where=str(file)[:300], remedy=phrase("check the name"), code="CS-INP-030")
    if "\0" in str(file):
        return NoInput(
            phrase("this is no name for a file"), remedy=phrase("check the name"), code="CS-INP-030"
        )
    return BadData(
        phrase("this is not a client file of Google's"), where=str(file), remedy=_DOWNLOAD, code="CS-AUT-004"
    )


def _client(document: Any) -> Client:
    """Raises BadData for what is not the file of a desktop app."""
    if not isinstance(document, dict) or not isinstance(document.get("installed"), dict):
        raise BadData(_kind(document), remedy=_DOWNLOAD, code="CS-AUT-004")
    fields = document["installed"]
    return Client(
        _text(fields, "client_id"),
        _text(fields, "client_secret"),
        _address(fields, "auth_uri", _AUTH),
        _address(fields, "token_uri", _TOKEN),
    )


def _kind(document: Any) -> str:
    """What the file is instead."""
    known = document if isinstance(document, dict) else {}
    if "web" in known:
        return phrase("this client file is for a website, not for a program on a computer")
    if known.get("type") == "service_account":
        return phrase("this is the key of a service account, which has no calendar of yours")
    if known.get("type") == "authorized_user" or "refresh_token" in known:
        return phrase("this is what a sign-in gave to another program, not a client file")
    return phrase("this is not the client file of a desktop app")


def _text(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value.strip():
        raise BadData(phrase("its {key} is missing", key=key), remedy=_DOWNLOAD, code="CS-AUT-004")
    return value.strip()


def _address(fields: dict[str, Any], key: str, default: str) -> str:
    value = fields.get(key, default)
    if (
        isinstance(value, str)
        and value.isascii()
        and value.isprintable()
        and " " not in value
        and _is_safe(value)
    ):
        return value
    raise BadData(
        phrase("its {key} is no address that a secret may be sent to", key=key),
        remedy=phrase("it takes https://…; http is for 127.0.0.1, ::1 and localhost alone"),
        code="CS-AUT-005",
    )


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # reading it is what checks it
        host = parts.hostname or ""
        if not host or parts.username is not None or parts.fragment:
            return False
        return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))
    except ValueError:
        return False


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# The extra ``google``: whether its packages are installed, and how to get them.

_PACKAGES = ("google.oauth2", "google_auth_httplib2", "google_auth_oauthlib", "googleapiclient")


def installed() -> bool:
    """Whether every package is there; of them, at most the empty ``google`` is loaded by asking."""
    return all(_there(name) for name in _PACKAGES)


def require() -> None:
    """Refuse with what to type where a package is missing. Raises Unavailable."""
    if not installed():
        raise Unavailable(
            phrase("Google Calendar needs some packages that are not installed"),
            remedy=phrase("type: {command}", command=install_command("calsync[google]")),
            code="CS-GOO-001",
        )


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # nothing of that name, not even the package around it
        return False


# What calsync may ask of Google, each with what it says to a person; a new one is a row here.
#
# Each is the narrowest scope that the API's description (``calendar.v3``) names for
# what is done with it: ``app.created`` writes calendars of calsync's own and sees no
# other, ``freebusy`` serves ``freebusy.query`` and nothing else, and
# ``events.owned.readonly`` lists the events of calendars that belong to the user.

_PREFIX = "https://www.googleapis.com/auth/calendar."

CALENDAR = f"{_PREFIX}app.created"
BUSY = f"{_PREFIX}freebusy"
EVENTS = f"{_PREFIX}events.owned.readonly"


class Scope(msgspec.Struct, frozen=True):
    """A permission in words, and the option of ``auth google`` that asks for it ("" for none)."""

    says: str
    flag: str


SCOPES = {
    CALENDAR: Scope(phrase("make a calendar of its own, and write the follow-ups into it"), ""),
    BUSY: Scope(phrase("see when you are busy"), "--busy"),
    EVENTS: Scope(phrase("read the events of your calendars"), "--read"),
}


def named(scopes: Iterable[str]) -> list[str]:
    """What these scopes allow, in words and in the order above; those that are not ours by their own name.

    >>> named({BUSY, CALENDAR})
    ['make a calendar of its own, and write the follow-ups into it', 'see when you are busy']
    """
    given = set(scopes)
    return [scope.says for name, scope in SCOPES.items() if name in given] + sorted(given - SCOPES.keys())


def flags(scopes: Iterable[str]) -> str:
    """What to add to ``calsync auth google`` to be asked for these.

    >>> flags({BUSY, CALENDAR})
    ' --busy'
    """
    given = set(scopes)
    return "".join(f" {scope.flag}" for name, scope in SCOPES.items() if name in given and scope.flag)
