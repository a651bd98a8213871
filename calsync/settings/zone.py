"""The time zone this computer is set to.

The places a system keeps its zone in are tried in the order in which the C library
and the desktops look; a new place is a line in ``_kept_names``.
"""

import os
import re
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from calsync.phrase import phrase

__all__ = ["ZoneData", "system_zone", "use_newest", "zone_data"]

_REMEDY = phrase('write timezone = "America/New_York" (your own) in settings.toml')
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
            (zone, "")
            if zone
            else (
                ZoneInfo("UTC"),
                phrase("TZ={told} names no zone, UTC is used; {remedy}", told=told[:60], remedy=_REMEDY),
            )
        )
    for name in _kept_names(root):
        if zone := _zone_or_none(name):
            return zone, ""
    if sys.platform != "win32" and not os.path.lexists(Path(root, "etc/localtime")):
        return ZoneInfo("UTC"), ""
    return ZoneInfo("UTC"), phrase(
        "the zone of this computer is not known, UTC is used; {remedy}", remedy=_REMEDY
    )


def _kept_names(root: str) -> Iterator[str]:
    """Each name the system may have written down; the link is what the C library follows."""
    if sys.platform == "win32":  # pragma: no cover  # the registry is only there
        yield _from_registry()
        return
    yield _name_in(str(Path(root, "etc/localtime")))
    for file in ("etc/timezone", "var/db/zoneinfo"):
        yield _first_line(Path(root, file))


def _name_in(told: str) -> str:
    """The zone's name in a name, in a path of a zone's file, or behind a link to one."""
    for path in (told, _behind(told), os.path.realpath(told)) if Path(told).is_absolute() else ():
        _, found, name = path.replace("\\", "/").rpartition("zoneinfo/")
        if found:
            return name.removeprefix("posix/").removeprefix("right/")
    # A POSIX rule such as EST5EDT,M3.2.0,M11.1.0 begins with what is a zone's name in America.
    return "UTC" if told in {"UTC0", "GMT0"} else told.partition(",")[0]


def _behind(link: str) -> str:
    try:
        return str(Path(link).readlink())
    except OSError:
        return ""


def _first_line(file: Path) -> str:
    try:
        with file.open(encoding="ascii") as lines:
            return lines.readline(200).strip()
    except (OSError, ValueError):
        return ""


def _zone_or_none(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name and not _NOT_PORTABLE.fullmatch(name) else None
    except (ValueError, LookupError, OSError):
        return None


def _from_registry() -> str:  # pragma: no cover  # the registry is only on Windows
    import tzlocal  # noqa: PLC0415  # elsewhere the link says more: tzlocal refuses where an old file contradicts it

    try:
        return tzlocal.get_localzone_name()
    except (LookupError, OSError, ValueError):
        return ""


# Which zone data is read: the system's, or that of the package tzdata where it is newer.
#
# Governments change their clocks at a few weeks' notice, and a system that is
# updated twice a year would ring an hour off. Python alone takes the package
# only where the system has nothing (PEP 615). A new place where a system writes
# down its version is a line in ``_NOTED``.

_NOTED = (("tzdata.zi", r"# version (\w+)"), ("+VERSION", r"(\w+)"))
"""Files beside the zones that name the version, and how."""


class ZoneData(msgspec.Struct, frozen=True):
    """The version of each source (``2026f``; empty where it is not known or not there), and which is read.

    ``used`` is "system", "package", or "chosen" where PYTHONTZPATH decides.
    """

    system: str
    package: str
    used: str

    @property
    def version(self) -> str:
        """What plans are worked out from, in one word."""
        known = {"system": self.system, "package": self.package}
        return f"{self.used} {known.get(self.used, os.environ.get('PYTHONTZPATH', ''))}".strip()


def use_newest() -> ZoneData:
    """Let every zone that is read from now on come from the newer data; say which that is."""
    found = zone_data()
    if found.used == "package":
        folder = _package()[1]
        if folder not in zoneinfo.TZPATH:
            # As a folder: read as a package, each run would pay for importlib.resources.
            zoneinfo.reset_tzpath((folder, *zoneinfo.TZPATH))
    return found


def zone_data() -> ZoneData:
    """What there is, and which of it is newer; the system's where the versions cannot be compared."""
    package, folder = _package()
    folders = [each for each in zoneinfo.TZPATH if each != folder and Path(each).is_dir()]
    system = next((version for each in folders if (version := _noted(each))), "")
    if os.environ.get("PYTHONTZPATH"):
        return ZoneData(system, package, "chosen")
    newer = bool(package) and (not folders or (bool(system) and package > system))
    return ZoneData(system, package, "package" if newer else "system")


def _package() -> tuple[str, str]:
    """The version of the package, and the folder of its zones; both empty where it is not installed."""
    try:
        import tzdata  # type: ignore[import-untyped]  # noqa: PLC0415  # some systems ship calsync without it
    except ImportError:
        return "", ""
    folder = Path(tzdata.__file__).with_name("zoneinfo")
    return (tzdata.IANA_VERSION, str(folder)) if folder.is_dir() else ("", "")


def _noted(folder: str) -> str:
    for name, pattern in _NOTED:
        try:
            with Path(folder, name).open(encoding="ascii", errors="replace") as file:
                found = re.match(pattern, file.readline(80))
        except OSError:
            continue
        if found:
            return found[1]
    return ""
