"""Which zone data is read: the system's, or that of the package tzdata where it is newer.

Governments change their clocks at a few weeks' notice, and a system that is
updated twice a year would ring an hour off. Python alone takes the package
only where the system has nothing (PEP 615). A new place where a system writes
down its version is a line in ``_NOTED``.
"""

import os
import re
import zoneinfo

from calsync.domain.value import Value

__all__ = ["ZoneData", "use_newest", "zone_data"]

_NOTED = (("tzdata.zi", r"# version (\w+)"), ("+VERSION", r"(\w+)"))
"""Files beside the zones that name the version, and how."""


class ZoneData(Value):
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
    folders = [each for each in zoneinfo.TZPATH if each != folder and os.path.isdir(each)]
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
    folder = os.path.join(os.path.dirname(tzdata.__file__), "zoneinfo")
    return (tzdata.IANA_VERSION, folder) if os.path.isdir(folder) else ("", "")


def _noted(folder: str) -> str:
    for name, pattern in _NOTED:
        try:
            with open(os.path.join(folder, name), encoding="ascii", errors="replace") as file:
                found = re.match(pattern, file.readline(80))
        except OSError:
            continue
        if found:
            return found[1]
    return ""
