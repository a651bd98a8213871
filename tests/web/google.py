"""Somebody who has signed in, in a terminal, to a Google that runs here."""

import json
from datetime import UTC, datetime, timedelta

from calsync.targets.google.folder import CLIENT, write
from calsync.targets.google.scopes import CALENDAR
from calsync.targets.google.tokens import Token, save
from tests.fakes.google import client_file

__all__ = ["ACCESS", "SECRETS", "sign_in"]

ACCESS = "ya29.canary-access"
SECRETS = ("canary", "1//")
"""What no page may show."""


def sign_in(person, google):
    """The settings name the Google that runs here, and the token is kept."""
    settings = person.home / "settings.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'{text}[google]\napi_root = "{google.root}"\n', encoding="utf-8")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    token = Token("id", "1//canary-refresh", ACCESS, now + timedelta(days=999), frozenset({CALENDAR}), now)
    save(person.home / "google", token)
    made = client_file(google.root, client_id="id", client_secret="canary-secret")  # noqa: S106  # of a Google that runs here
    write(person.home / "google" / CLIENT, made if isinstance(made, dict) else json.loads(made))
