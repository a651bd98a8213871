"""The client file: how calsync introduces itself to Google.

The user makes it in a Google project of their own, for a desktop app, and downloads
it. Its addresses count, for refreshing and revoking too: whoever names another
server there means it. Its secret goes into client.json, and into no message.
"""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from calsync.errors import BadData, BadSettings, NoInput, Usage
from calsync.targets.google.folder import CLIENT, read, write

__all__ = ["Client", "keep_client", "kept_client", "read_client"]

_AUTH = "https://accounts.google.com/o/oauth2/v2/auth"
_TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address
_REVOKE = "https://oauth2.googleapis.com/revoke"
_GOOGLE = {"oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com"}
"""Hosts that client files of all ages name for tokens."""
_MAKE = 'make one as the README says under "Google Calendar"'
_DOWNLOAD = 'in the Google console, make an OAuth client of the type "Desktop app" and download its file'


@dataclass(frozen=True, slots=True)
class Client:
    """A desktop app as Google knows it; each address is https, or http on this computer."""

    client_id: str
    secret: str = field(repr=False)
    auth_uri: str = _AUTH
    token_uri: str = _TOKEN

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
            "calsync does not know your client file yet",
            where="auth google",
            remedy=f"{_MAKE}, then: calsync auth google --client-secret FILE",
            code="CS-AUT-002",
        )
    try:
        return read_client(file)
    except (BadData, NoInput) as error:
        raise BadSettings(
            error.what,
            where=error.where,
            remedy="hand over the file again: calsync auth google --client-secret FILE",
            code="CS-AUT-003",
        ) from None


def keep_client(folder: Path, client: Client) -> None:
    """Remember the client for the next sign-ins. Raises CannotWrite, InputOutput."""
    write(folder / CLIENT, client.document)


def _unread(file: Path, error: OSError | ValueError) -> BadData | NoInput:
    if isinstance(error, OSError):
        what = f"it cannot be opened: {error.strerror or error}"
        return NoInput(what, where=str(file)[:300], remedy="check the name", code="CS-INP-030")
    if "\0" in str(file):
        return NoInput("this is no name for a file", remedy="check the name", code="CS-INP-030")
    return BadData(
        "this is not a client file of Google's", where=str(file), remedy=_DOWNLOAD, code="CS-AUT-004"
    )


def _client(document: Any) -> Client:  # noqa: ANN401  # whatever JSON can say
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


def _kind(document: Any) -> str:  # noqa: ANN401  # as above
    """What the file is instead."""
    known = document if isinstance(document, dict) else {}
    if "web" in known:
        return "this client file is for a website, not for a program on a computer"
    if known.get("type") == "service_account":
        return "this is the key of a service account, which has no calendar of yours"
    if known.get("type") == "authorized_user" or "refresh_token" in known:
        return "this is what a sign-in gave to another program, not a client file"
    return "this is not the client file of a desktop app"


def _text(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value.strip():
        raise BadData(f"its {key} is missing", remedy=_DOWNLOAD, code="CS-AUT-004")
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
        f"its {key} is no address that a secret may be sent to",
        remedy="it takes https://…; http is for 127.0.0.1, ::1 and localhost alone",
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
