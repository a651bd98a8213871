"""Servers that have a name here, and what servers do each their own way: tables, so that no other code asks who answers.

A new server with a name is a row of ``NAMED``; what one does differently is a
row of ``KINDS``, with the day on which it was seen.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from calsync.errors import Usage
from calsync.phrase import phrase

__all__ = ["KINDS", "NAMED", "Kind", "Named", "address", "kind_of", "name_for"]


class Named(msgspec.Struct, frozen=True):
    """A service: its address, and what to do before the first sign-in."""

    title: str
    address: str
    advice: tuple[str, str, str]


NAMED: Mapping[str, Named] = {
    "icloud": Named(
        "iCloud",
        "https://caldav.icloud.com/",
        (
            phrase("1. Open account.apple.com, Sign-In and Security, App-Specific Passwords."),
            phrase("2. Make one and call it calsync; two-factor sign-in has to be on."),
            phrase("3. --user is the primary address of your Apple account; the password has four groups."),
        ),
    ),
    "fastmail": Named(
        "Fastmail",
        "https://caldav.fastmail.com/",
        (
            phrase("1. Open Settings, Privacy & Security, Manage app passwords."),
            phrase("2. Make a new one with access to calendars (CalDAV) and call it calsync."),
            phrase("3. --user is your whole Fastmail address."),
        ),
    ),
    "nextcloud": Named(
        "Nextcloud",
        "",
        (
            phrase("1. Open your Nextcloud, Personal settings, Security, Devices & sessions."),
            phrase("2. Make a new app password and call it calsync."),
            phrase(
                "3. Give its address too: calsync auth caldav nextcloud https://cloud.example.com --user NAME"
            ),
        ),
    ),
    "mailbox.org": Named(
        "mailbox.org",
        "https://dav.mailbox.org/",
        (
            phrase("1. Open Settings, Security, Application passwords."),
            phrase("2. Make one for calendars and call it calsync."),
            phrase("3. --user is your whole mailbox.org address."),
        ),
    ),
    "posteo": Named(
        "Posteo",
        "https://posteo.de:8443/",
        (
            phrase("1. Open Settings, My account; the password is that of your mailbox."),
            phrase("2. Make a calendar there by hand, for programs cannot: call it Follow-ups."),
            phrase("3. --user is your whole Posteo address."),
        ),
    ),
}


class Kind(msgspec.Struct, frozen=True):
    """What one kind of server does its own way.

    ``tells_changes``: a token that stays the same means that nothing changed.
    ``makes_calendars``: a program may make one. ``seen`` is the day of the look.
    """

    name: str
    seen: str
    tells_changes: bool = True
    makes_calendars: bool = True
    hosts: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    note: str = ""


KINDS = (
    Kind("iCloud", "2026-11-30", hosts=("icloud.com",), note="wants an end; at most 100 calendars"),
    Kind(
        "Fastmail",
        "2026-11-30",
        hosts=("fastmail.com",),
        note="rings its defaults while a calendar uses them",
    ),
    Kind("mailbox.org", "2026-11-30", hosts=("mailbox.org",), note="may give a calendar another address"),
    Kind("Posteo", "2026-11-30", makes_calendars=False, hosts=("posteo.de",), note="makes no calendars"),
    Kind("SOGo", "2026-11-30", tells_changes=False, servers=("sogo",), note="its tokens count whole seconds"),
    Kind("Radicale", "2026-11-30", servers=("radicale",), note="keeps other octets than were sent"),
    Kind("Xandikos", "2026-11-30", servers=("xandikos",), note="leaves deletions out of its changes"),
    Kind("Cyrus", "2026-11-30", servers=("cyrus",), note="its etags may be weak"),
    Kind("SabreDAV", "2026-11-30", servers=("sabre",), note="has no list of changes by default"),
)
"""By the name of the host, else by what the server says of itself."""
_ANY = Kind("CalDAV", "2026-11-30")


def kind_of(url: str, said: str = "") -> Kind:
    """The kind of server at an address that says this of itself."""
    host = urlsplit(url).hostname or ""
    for kind in KINDS:
        if any(host == each or host.endswith(f".{each}") for each in kind.hosts):
            return kind
    words = said.lower()
    return next(
        (kind for kind in KINDS if any(each in words for each in (kind.name.lower(), *kind.servers))), _ANY
    )


def address(name: str, url: str = "") -> str:
    """The address behind a name, or the address itself. Raises Usage.

    >>> address("fastmail"), address("nextcloud", "https://cloud.example.com")
    ('https://caldav.fastmail.com/', 'https://cloud.example.com/remote.php/dav/')
    """
    named = NAMED.get(name.lower())
    if named is None:
        if "//" not in name:
            raise Usage(
                phrase("{name!r} is neither an address nor a server that has a name here", name=name[:60]),
                remedy=phrase("write https://…, or one of {names}", names=", ".join(NAMED)),
            )
        return name
    if named.address:
        return named.address
    if not url:
        raise Usage(phrase("the address is missing"), remedy=named.advice[2])
    return url if "remote.php" in url else f"{url.rstrip('/')}/remote.php/dav/"


def name_for(name: str, url: str) -> str:
    """What a sign-in is called: the name that was typed, or the host with its port.

    >>> name_for("https://dav.example.org:8443/x", "https://dav.example.org:8443/x")
    'dav.example.org:8443'
    """
    if name.lower() in NAMED and name.lower() != "nextcloud":
        return name.lower()
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
