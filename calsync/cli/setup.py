"""``calsync setup``: who you are, asked once."""

import click

from calsync.business_days import country_of_zone
from calsync.cli.options import common_options
from calsync.cli.questions import Question, ask, can_ask
from calsync.cli.state import State, pass_state
from calsync.errors import Usage
from calsync.phrase import phrase
from calsync.settings import needed
from calsync.settings.settings import effective, text_of
from calsync.settings.writing import changed, write

__all__ = ["ask_who", "setup"]


@click.command()
@common_options
@pass_state
def setup(state: State) -> None:
    """Ask for your name, email, phone, country and time zone, once: texts sign with them, dates follow them.

    Each comes with what calsync would assume; Enter takes that. calsync config
    changes any of them later.
    """
    if not can_ask(state):
        raise Usage(
            phrase("setup asks, and nobody is there to answer"),
            remedy=phrase('say it with calsync config set candidate.name "Jo Doe"'),
            code="CS-USE-046",
        )
    ask_who(state)


def ask_who(state: State) -> None:
    """Ask, and write what was answered into settings.toml; what is there already is offered again."""
    _ = state.zone_data  # before a zone is read
    file = needed(state.folders.settings_file)
    old = text_of(file) or ""
    zone = state.preferences.zone.key
    now = {key: effective(state.settings, key) for key in _ASKED}
    assumed = {**now, "timezone": zone, "country": now["country"] or country_of_zone(zone)}
    questions = [Question(key, text, assumed[key]) for key, text in _ASKED.items()]
    answers = ask(state, questions, lambda key, answer: _checked(old, key, answer, file))
    text = old
    for key, answer in answers.items():
        if answer and answer != now[key]:
            text = changed(text, key, answer, file)
    if text != old:
        write(file, text)
        state.say("Kept in {file}; calsync config changes it.", file=file)
    else:
        state.say("Nothing was changed.")


_ASKED = {
    "candidate.name": phrase("Your name"),
    "candidate.email": phrase("Your email address"),
    "candidate.phone": phrase("Your phone number"),
    "country": phrase("The country of most employers you talk to (US, DE …)"),
    "timezone": phrase("Your time zone"),
}


def _checked(old: str, key: str, answer: str, file: str) -> str:
    changed(old, key, answer, file)
    return ""
