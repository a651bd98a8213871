"""Options that every command takes, before or after its name, and what they amount to."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from calsync.errors import BadSettings, CalsyncError, NoInput, Usage

if TYPE_CHECKING:  # --version and --help need none of them
    from calsync.domain import Preferences
    from calsync.settings import Home, Settings, ZoneData
    from calsync.workflows import Context

__all__ = ["State", "common_options", "find_playbook", "pass_state", "read_moment"]

F = TypeVar("F", bound=Callable[..., Any])

_NAMES = ("home", "now", "quiet", "verbose", "debug", "no_input")


class State:
    """What the common options say; the home, the settings and the clock are read when first needed."""

    home: str | None = None
    now: str | None = None
    quiet = False
    verbose = False
    debug = False
    no_input = False

    @cached_property
    def folders(self) -> "Home":
        """Where calsync keeps its things."""
        from calsync.settings import Home  # noqa: PLC0415  # as above

        return Home.find(self.home)

    @cached_property
    def settings(self) -> "Settings":
        """What settings.toml says; a doubtful zone is told once."""
        from calsync.settings import load  # noqa: PLC0415  # as above

        _ = self.zone_data  # before the first zone is read
        settings = load(self.folders)
        if settings.warning:
            self.say(f"calsync: {settings.warning}")
        return settings

    @cached_property
    def zone_data(self) -> "ZoneData":
        """The newest zone data there is, in use from here on."""
        from calsync.settings import use_newest  # noqa: PLC0415  # as above

        return use_newest()

    @property
    def language(self) -> str:
        """The language that we speak to the user: that of the settings, English where we do not speak it."""
        from calsync.texts.languages import language_of  # noqa: PLC0415  # --help speaks to nobody in particular

        return language_of(self.settings.language or "en")

    def phrase(self, sentence: str, **values: object) -> str:
        """A sentence of ours in the user's language, its holes filled."""
        from calsync.texts.catalogue import say  # noqa: PLC0415  # --help speaks to nobody in particular

        return say(sentence, self.language, **values)

    @property
    def preferences(self) -> "Preferences":
        """The part of the settings that planning needs."""
        return self.settings.preferences

    @cached_property
    def clock(self) -> datetime:
        """Now, or what --now or SOURCE_DATE_EPOCH says it is."""
        if self.now is not None:
            return _aware(self.now, "--now")
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch:
            return _since_1970(epoch)
        return datetime.now(UTC)  # noqa: TID251  # the one place that reads the clock

    def context(self, *, playbook: str | None = None) -> "Context":
        """The context that the settings describe; ``playbook`` takes the place of the settings' own.

        Raises Usage or BadSettings where there is no playbook of that name.
        """
        from calsync.domain import replace  # noqa: PLC0415  # seldom
        from calsync.workflows import Context  # noqa: PLC0415  # as above

        mine = self.preferences
        preferences = mine if playbook is None else replace(mine, playbook=playbook)
        folders = self.folders
        self._know(preferences.playbook, given=playbook is not None)
        return Context(
            preferences,
            playbooks=folders.playbooks,
            texts=folders.texts,
            store=folders.store,
            cache=folders.cache and f"{folders.cache}/closed-days",
            language=self.settings.language or "en",
            discreet=self.settings.discreet,
            zone_data=self.zone_data.version,
        )

    def _know(self, playbook: str, *, given: bool) -> None:
        """Refuse a playbook that is not there before anything else is read."""
        folders = self.folders
        if given:
            find_playbook(playbook, folders, "--playbook")
            return
        try:
            find_playbook(playbook, folders)
        except CalsyncError as error:
            where = folders.settings_file or "settings.toml"
            raise BadSettings(error.what, remedy=error.remedy, where=f"{where}, playbook") from None

    def say(self, message: str) -> None:
        """A message to stderr, unless --quiet."""
        from calsync.cli.output import clean  # noqa: PLC0415  # few commands have something to say

        if not self.quiet:
            click.echo("\n".join(clean(line) for line in message.split("\n")), err=True)


pass_state = click.make_pass_decorator(State)


def common_options(command: F) -> F:
    """Add the options that are taken before and after a command's name."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def find_playbook(name: str, folders: "Home", where: str = "") -> str:
    """The file of the playbook that somebody names. Raises Usage for a name, NoInput for a path to nothing."""
    from calsync.playbooks import find  # noqa: PLC0415  # as above

    try:
        file = find(name, folders.playbooks)
        there = Path(file).exists()
    except BadSettings as error:
        raise Usage(error.what, remedy=error.remedy, where=where, code=error.code) from None
    except ValueError:  # a NUL
        there = False
    if not there:
        raise NoInput(
            f"there is no playbook {name[:200]!r}", remedy="check the name", where=where, code="CS-INP-020"
        )
    return file


def read_moment(text: str, preferences: "Preferences", option: str) -> datetime:
    """A day or a time of the candidate's clock, as --from takes it; a day means its first moment."""
    from calsync.planner.clock import at_minute  # noqa: PLC0415  # only when asked

    moment = _read(text)
    if moment is None:
        raise Usage(
            f"{text[:60]!r} is no day and no time",
            where=option,
            remedy="write 2026-11-24 or 2026-11-24T09:00",
        )
    if moment.tzinfo is None:
        whole = moment.hour * 60 + moment.minute
        return at_minute(moment.date(), whole, preferences.zone) + timedelta(seconds=moment.second)
    return moment


def _aware(text: str, option: str) -> datetime:
    moment = _read(text)
    if moment is None or moment.tzinfo is None:
        raise Usage(
            f"{text[:60]!r} is no time with an offset",
            where=option,
            remedy="write it like 2026-11-24T09:00:00-05:00",
        )
    return moment


def _since_1970(seconds: str) -> datetime:
    try:
        return _in_range(datetime.fromtimestamp(int(seconds), UTC))
    except (ValueError, OverflowError, OSError):
        raise Usage(
            f"{seconds[:60]!r} is no time",
            where="SOURCE_DATE_EPOCH",
            remedy="give seconds since 1970, or unset it",
        ) from None


def _read(text: str) -> datetime | None:
    """A day or a time as ISO 8601 writes it; None for anything else, and for years without calendars."""
    try:
        return _in_range(datetime.fromisoformat(text))
    except ValueError:
        return None


def _in_range(moment: datetime) -> datetime:
    from calsync.domain.interview import YEARS  # noqa: PLC0415  # as above

    if moment.year not in YEARS:
        raise ValueError
    return moment


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """What was said last counts; what was not said leaves what was said before the command's name."""
    state = context.ensure_object(State)
    if parameter.name in _NAMES and value not in (None, False):
        setattr(state, parameter.name, value)


_OPTIONS: tuple[Callable[[F], F], ...] = (
    click.option("--home", metavar="DIR", expose_value=False, callback=_keep, help="Keep everything in DIR."),
    click.option(
        "--now",
        metavar="WHEN",
        expose_value=False,
        callback=_keep,
        help="Take WHEN (2026-11-24T09:00:00-05:00) for the present time.",
    ),
    click.option(
        "--quiet", is_flag=True, expose_value=False, callback=_keep, help="Say only what was asked for."
    ),
    click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_keep, help="Say more."),
    click.option(
        "--debug", is_flag=True, expose_value=False, callback=_keep, help="Show the traceback of a bug."
    ),
    click.option(
        "--no-input", is_flag=True, expose_value=False, callback=_keep, help="Never ask a question."
    ),
)
