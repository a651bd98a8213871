"""``calsync config``: where the settings are, what they amount to, and one of them changed."""

import click

from calsync.cli.as_json import document
from calsync.cli.commands import Commands
from calsync.cli.options import common_options
from calsync.cli.output import clean, pad
from calsync.cli.state import State, pass_state
from calsync.errors import BadValue, Usage
from calsync.settings import needed
from calsync.settings.settings import effective, load, text_of, value_of
from calsync.settings.writing import changed, names, without, write
from calsync.texts.catalogue import say
from calsync.texts.languages import language_of

__all__ = ["config"]


@click.group(cls=Commands)
@common_options
def config() -> None:
    """Show and change the settings. Nothing in them is required.

    \b
    calsync config get                          every key, and what it amounts to
    calsync config set candidate.name "Jo Doe"
    calsync config set hours 08:00-20:00
    calsync config set alarms.call 60, 15
    calsync config unset hours                  as if it had never been set
    """


@config.command()
@common_options
@pass_state
def path(state: State) -> None:
    """Print where settings.toml is, or would be."""
    click.echo(clean(needed(state.folders.settings_file)))


@config.command()
@click.argument("key", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def get(state: State, key: str | None, as_json: bool) -> None:
    """Print what KEY amounts to, set or not; without KEY, all of them."""
    try:
        known = [key] if key else names()
        found = {name: effective(state.settings, name) for name in known}
    except BadValue as error:
        raise Usage(error.what, remedy=error.remedy, code=error.code) from None
    if as_json:
        click.echo(document(settings={name: value_of(state.settings, name) for name in known}))
    elif key:
        click.echo(clean(found[key]))
    else:
        width = max(map(len, found))
        for name, value in found.items():
            click.echo(clean(f"{pad(name, width)}  {value}").rstrip())


@config.command("set")
@click.argument("key")
@click.argument("value", nargs=-1, required=True)
@common_options
@pass_state
def set_(state: State, key: str, value: tuple[str, ...]) -> None:
    """Set KEY to VALUE in settings.toml; its comments and order stay.

    The file is checked before it takes the place of the old one.
    """
    _ = state.zone_data  # before a zone is read
    file = needed(state.folders.settings_file)
    write(file, changed(text_of(file) or "", key, " ".join(value), file))
    new = load(state.folders)
    language = language_of(new.language or "en")
    state.say(
        say("{key} is now {value}.", language, key=key, value=effective(new, key) or say("empty", language))
    )


@config.command()
@click.argument("key")
@common_options
@pass_state
def unset(state: State, key: str) -> None:
    """Take KEY out of settings.toml, so that it is what calsync assumes; comments and order stay."""
    _ = state.zone_data  # before a zone is read
    file = needed(state.folders.settings_file)
    old = text_of(file) or ""
    new = without(old, key, file)
    if new != old:
        write(file, new)
    usual = effective(load(state.folders), key) or state.phrase("empty")
    if new != old:
        state.say("{key} is no longer set; it is {value} by default.", key=key, value=usual)
    else:
        state.say("{key} is not set; it is {value} by default.", key=key, value=usual)
