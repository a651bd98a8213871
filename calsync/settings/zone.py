"""The time zone this computer is set to.

The places a system keeps its zone in are tried in the order in which the C library
and the desktops look; a new place is a line in ``_kept_names``.
"""

import os
import re
import sys
from collections.abc import Iterator
from zoneinfo import ZoneInfo

__all__ = ["system_zone", "windows_zone"]

_REMEDY = 'write timezone = "America/New_York" (your own) in settings.toml'
_NOT_PORTABLE = re.compile(r"localtime|posixrules|Factory|(posix|right)/.*")
"""Names of files among the zones that mean something else on the next computer."""


def system_zone(root: str = "/") -> tuple[ZoneInfo, str]:
    """The zone this computer is set to, and a warning, empty if the zone is certain.

    TZ comes first, then the system's own setting (below ``root``); without any,
    UTC. A computer that keeps no zone at all runs on UTC, and that is certain.
    """
    told = os.environ.get("TZ", "").strip().lstrip(":")
    if told:
        zone = _zone_or_none(_name_in(told))
        return (
            (zone, "") if zone else (ZoneInfo("UTC"), f"TZ={told[:60]} names no zone, UTC is used; {_REMEDY}")
        )
    for name in _kept_names(root):
        if zone := _zone_or_none(name):
            return zone, ""
    if sys.platform != "win32" and not os.path.lexists(os.path.join(root, "etc/localtime")):
        return ZoneInfo("UTC"), ""
    return ZoneInfo("UTC"), f"the zone of this computer is not known, UTC is used; {_REMEDY}"


def windows_zone(name: str) -> str:
    """The IANA name for one of Windows', such as "W. Europe Standard Time"; empty if there is none."""
    from calsync.domain.windows_zones import WINDOWS_ZONES  # noqa: PLC0415  # for few to need

    # The registry pads the name with what stood there before it.
    return WINDOWS_ZONES.get(name.partition("\0")[0].strip(), "")


def _kept_names(root: str) -> Iterator[str]:
    """Each name the system may have written down; the link is what the C library follows."""
    if sys.platform == "win32":  # pragma: no cover  # the registry is only there
        yield windows_zone(_registry_name())
        return
    yield _name_in(os.path.join(root, "etc/localtime"))
    for file in ("etc/timezone", "var/db/zoneinfo"):
        yield _first_line(os.path.join(root, file))


def _name_in(told: str) -> str:
    """The zone's name in a name, in a path of a zone's file, or behind a link to one."""
    for path in (told, _behind(told), os.path.realpath(told)) if os.path.isabs(told) else ():
        _, found, name = path.replace("\\", "/").rpartition("zoneinfo/")
        if found:
            return name.removeprefix("posix/").removeprefix("right/")
    # A POSIX rule such as EST5EDT,M3.2.0,M11.1.0 begins with what is a zone's name in America.
    return "UTC" if told in {"UTC0", "GMT0"} else told.partition(",")[0]


def _behind(link: str) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""


def _first_line(file: str) -> str:
    try:
        with open(file, encoding="ascii") as lines:
            return lines.readline(200).strip()
    except (OSError, ValueError):
        return ""


def _zone_or_none(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name and not _NOT_PORTABLE.fullmatch(name) else None
    except (ValueError, LookupError, OSError):
        return None


def _registry_name() -> str:  # pragma: no cover  # the registry is only on Windows
    if sys.platform != "win32":
        return ""
    import winreg  # noqa: PLC0415  # is only there

    place = r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return str(winreg.QueryValueEx(key, "TimeZoneKeyName")[0])
    except OSError:
        return ""
