"""What the user settled: where calsync keeps its things, and what settings.toml says.

A new setting is one row in ``keys.py``, a field of ``Preferences`` or ``Settings``
to hold it, and a line in the README. Importing this room is cheap: the reader of
TOML, the table of keys and platformdirs are loaded only where a file is there or
a platform has to be asked.
"""

from calsync.settings.home import Home, needed
from calsync.settings.settings import GoogleSettings, Settings, language_in, load, parse
from calsync.settings.zone import ZoneData, system_zone, use_newest, zone_data

__all__ = [
    "GoogleSettings",
    "Home",
    "Settings",
    "ZoneData",
    "language_in",
    "load",
    "needed",
    "parse",
    "system_zone",
    "use_newest",
    "zone_data",
]
