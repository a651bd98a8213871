"""What a command works with: the home, the settings, the clock and the language, each read when first needed."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from calsync.cli.options import Common
from calsync.cli.output import clean
from calsync.domain import Preferences, replace
from calsync.domain.interview import YEARS
from calsync.errors import BadSettings, BadValue, CalsyncError, NoInput, Usage
from calsync.phrase import phrase
from calsync.playbooks import find
from calsync.settings import Home, Settings, ZoneData, language_in, load, use_newest
from calsync.texts.catalogue import say
from calsync.texts.languages import language_of
from calsync.workflows import Context

__all__ = ["State", "find_playbook", "pass_state", "read_moment", "speaking"]

P = ParamSpec("P")
R = TypeVar("R")


class State(Common):
    """The common options, and what they amount to."""

    @classmethod
    def of(cls, common: Common) -> "State":
        """With what the options of this run say."""
        state = cls()
        vars(state).update(vars(common))
        return state

    @cached_property
    def folders(self) -> Home:
        """Where calsync keeps its things."""
        return Home.find(self.home)

    @cached_property
    def settings(self) -> Settings:
        """What settings.toml says; a doubtful zone is told once."""
        _ = self.zone_data  # before the first zone is read
        settings = load(self.folders)
        if settings.warning:
            self._tell(say(f"calsync: {settings.warning}", language_of(settings.language or "en")))
        return settings

    def forget_settings(self) -> None:
        """Read settings.toml again when it is next asked for: it was written meanwhile."""
        self.__dict__.pop("settings", None)

    @cached_property
    def zone_data(self) -> ZoneData:
        """The newest zone data there is, in use from here on."""
        return use_newest()

    @property
    def language(self) -> str:
        """The language that we speak to the user: that of the settings, English where we do not speak it."""
        return language_of(self.settings.language or "en")

    def phrase(self, sentence: str, **values: object) -> str:
        """A sentence of ours in the user's language, its holes filled."""
        return say(sentence, self.language, **values)

    @property
    def preferences(self) -> Preferences:
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

    def context(self, *, playbook: str | None = None) -> Context:
        """The context that the settings describe; ``playbook`` takes the place of the settings' own.

        Raises Usage or BadSettings where there is no playbook of that name.
        """
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

    def say(self, sentence: str, **values: object) -> None:
        """A message to stderr in the user's language, unless --quiet."""
        if not self.quiet:
            self._tell(self.phrase(sentence, **values))

    def warn(self, sentence: str, **values: object) -> None:
        """The same, in the house form of what goes wrong: with the program's name in front."""
        if not self.quiet:
            self._tell(f"calsync: {self.phrase(sentence, **values)}")

    def _tell(self, message: str) -> None:
        if not self.quiet:
            click.echo("\n".join(clean(line) for line in message.split("\n")), err=True)


def speaking(home: str | None) -> Callable[[str], str]:
    """What puts a sentence into the language of the settings in a home, whatever else is wrong with them."""
    try:
        language = language_of(language_in(Home.find(home)) or "en")
    except CalsyncError:
        language = "en"
    return partial(say, language=language)


def pass_state(command: Callable[Concatenate[State, P], R]) -> Callable[P, R]:
    """Give a command its state as the first argument."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        common = click.get_current_context().ensure_object(Common)
        return command(State.of(common), *args, **kwargs)

    return run


def find_playbook(name: str, folders: Home, where: str = "") -> str:
    """The file of the playbook that somebody names. Raises Usage for a name, NoInput for a path to nothing."""
    try:
        file = find(name, folders.playbooks)
        there = Path(file).exists()
    except BadSettings as error:
        raise Usage(error.what, remedy=error.remedy, where=where, code=error.code) from None
    except ValueError:  # a NUL
        there = False
    if not there:
        raise NoInput(
            phrase("there is no playbook {name!r}", name=name[:200]),
            remedy=phrase("check the name"),
            where=where,
            code="CS-INP-020",
        )
    return file


def read_moment(state: "State", text: str, option: str) -> datetime:
    """A day or a time of the candidate's clock, as people say it; a day means its first moment."""
    from calsync.intake.spoken_days import absolute  # noqa: PLC0415  # 26 ms, where a day was named

    preferences = state.preferences
    try:
        moment = _read(absolute(text, state.clock.astimezone(preferences.zone).date()).replace(" ", "T"))
    except BadValue as error:
        raise error.at(option) from None
    if moment is None:
        raise Usage(
            phrase("{text!r} is no day and no time", text=text[:60]),
            where=option,
            remedy=phrase("write 2026-11-24 or 2026-11-24T09:00"),
        )
    if moment.tzinfo is None:
        from calsync.planner.clock import at_minute  # noqa: PLC0415  # 21 ms, the planner with it

        whole = moment.hour * 60 + moment.minute
        return at_minute(moment.date(), whole, preferences.zone) + timedelta(seconds=moment.second)
    return moment


def _aware(text: str, option: str) -> datetime:
    moment = _read(text)
    if moment is None or moment.tzinfo is None:
        raise Usage(
            phrase("{text!r} is no time with an offset", text=text[:60]),
            where=option,
            remedy=phrase("write it like 2026-11-24T09:00:00-05:00"),
        )
    return moment


def _since_1970(seconds: str) -> datetime:
    try:
        return _in_range(datetime.fromtimestamp(int(seconds), UTC))
    except (ValueError, OverflowError, OSError):
        raise Usage(
            phrase("{seconds!r} is no time", seconds=seconds[:60]),
            where="SOURCE_DATE_EPOCH",
            remedy=phrase("give seconds since 1970, or unset it"),
        ) from None


def _read(text: str) -> datetime | None:
    """A day or a time as ISO 8601 writes it; None for anything else, and for years without calendars."""
    try:
        return _in_range(datetime.fromisoformat(text))
    except ValueError:
        return None


def _in_range(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError
    return moment
