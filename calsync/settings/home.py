"""Calsync's home: the folders its things are kept in.

``--home DIR`` or CALSYNC_HOME puts everything into one folder; otherwise each kind
goes where the platform has it. Looking makes nothing: whoever writes makes the
folder. A new place is one property here.

The XDG rule is written out below; only Windows and macOS are asked through platformdirs.
"""

import os
import sys
from pathlib import Path

import msgspec

from calsync.errors import BadSettings
from calsync.phrase import phrase

__all__ = ["Home", "needed"]

_NAME = "calsync"


class Home(msgspec.Struct, frozen=True):
    """The folders for settings, data and what can be made again; None where there is none.

    A place may be None only if the user has no folder at all: a plan of a file
    does without, ``needed`` refuses it for whoever cannot.
    """

    config: str | None
    data: str | None
    cache: str | None

    @classmethod
    def find(cls, chosen: str | None = None) -> "Home":
        """The home ``chosen`` with --home, else by CALSYNC_HOME, else the platform's folders."""
        if chosen is not None:
            return _within(chosen, "--home")
        if named := os.environ.get("CALSYNC_HOME"):
            return _within(named, "CALSYNC_HOME")
        folders = _asked() if sys.platform in {"win32", "darwin"} else _xdg()
        return cls(*(folder if Path(folder).is_absolute() else None for folder in folders))

    @property
    def settings_file(self) -> str | None:
        """settings.toml, whether it is there or not."""
        return _below(self.config, "settings.toml")

    @property
    def playbooks(self) -> str | None:
        """The folder of the user's own playbooks."""
        return _below(self.config, "playbooks")

    @property
    def texts(self) -> str | None:
        """The folder of the user's own texts."""
        return _below(self.config, "texts")

    @property
    def store(self) -> str | None:
        """The SQLite file that interviews and outcomes are kept in."""
        return _below(self.data, "calsync.sqlite3")

    @property
    def google(self) -> str | None:
        """The folder of what signs in to Google Calendar; the user's own, and nobody else's to read."""
        return _below(self.data, "google")

    @property
    def caldav(self) -> str | None:
        """The folder of what signs in to CalDAV servers; the user's own, and nobody else's to read."""
        return _below(self.data, "caldav")


def needed(place: str | None) -> str:
    """A place of a Home for whoever cannot do without it; raises BadSettings if there is none."""
    if place is None:
        raise BadSettings(
            phrase("this user has no folder to keep things in"),
            remedy=phrase("name one with --home DIR or CALSYNC_HOME"),
            code="CS-SET-006",
        )
    return place


def _within(folder: str, named_by: str) -> Home:
    """Everything in one folder; ``~`` is read here for those whom no shell has read it."""
    try:
        if not folder.strip() or "\0" in folder:
            raise FileNotFoundError
        path = os.path.abspath(Path(folder).expanduser())  # noqa: PTH100  # a link to a folder stays a link
    except (OSError, RuntimeError):  # the folder we stand in was removed; there is nobody of that name
        raise BadSettings(
            phrase("{folder!r} is not a folder", folder=folder),
            remedy=phrase("name the folder that calsync may keep its things in"),
            where=named_by,
            code="CS-SET-002",
        ) from None
    return Home(path, path, str(Path(path, "cache")))


def _xdg() -> tuple[str, str, str]:
    """The XDG Base Directory rule: a variable that holds an absolute path, else a default below HOME."""
    return (
        _xdg_folder("XDG_CONFIG_HOME", ".config"),
        _xdg_folder("XDG_DATA_HOME", ".local/share"),
        _xdg_folder("XDG_CACHE_HOME", ".cache"),
    )


def _xdg_folder(variable: str, default: str) -> str:
    base = Path(os.environ.get(variable, "").strip())
    if not base.is_absolute():
        base = _own_folder() / default
    return str(base / _NAME)


def _own_folder() -> Path:
    """HOME, or a path that is no place at all: an empty one means the root folder to pathlib, and to nobody else."""
    if os.environ.get("HOME") == "":
        return Path()
    try:
        return Path.home()
    except RuntimeError:
        return Path()


def _asked() -> tuple[str, str, str]:
    from platformdirs import PlatformDirs  # noqa: PLC0415  # heavy, and not needed on Linux

    folders = PlatformDirs(_NAME, appauthor=False)
    return folders.user_config_dir, folders.user_data_dir, folders.user_cache_dir


def _below(folder: str | None, name: str) -> str | None:
    return None if folder is None else str(Path(folder, name))
