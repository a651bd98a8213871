"""Fixtures of the tests of the fakes: a fresh Google for each, stopped at the end."""

from collections.abc import Iterator

import pytest

from tests.fakes.google import APP_CREATED, FakeGoogle
from tests.fakes.google_client import GOOD, Client

READ = "https://www.googleapis.com/auth/calendar.readonly"
FREE_BUSY = "https://www.googleapis.com/auth/calendar.freebusy"
ALL = "https://www.googleapis.com/auth/calendar"


@pytest.fixture(autouse=True)
def _not_calsync(unmeasured: None) -> None:
    """Coverage measures calsync, which nothing here calls."""


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with FakeGoogle(token=GOOD) as fake:
        yield fake


@pytest.fixture
def strict() -> Iterator[FakeGoogle]:
    """The same with the other answer to everything that is unclear."""
    with FakeGoogle(token=GOOD, answers="strict") as fake:
        yield fake


@pytest.fixture
def client(google: FakeGoogle) -> Iterator[Client]:
    """Signed in for what calsync asks for."""
    made = Client(google)
    yield made
    made.close()


@pytest.fixture
def strict_client(strict: FakeGoogle) -> Iterator[Client]:
    made = Client(strict)
    yield made
    made.close()


@pytest.fixture
def reader(google: FakeGoogle) -> Iterator[Client]:
    """Signed in for more: reading everything, free and busy."""
    made = Client(google, google.token([APP_CREATED, READ, FREE_BUSY]))
    yield made
    made.close()


@pytest.fixture
def owner(google: FakeGoogle) -> Iterator[Client]:
    """Signed in for everything."""
    made = Client(google, google.token([ALL]))
    yield made
    made.close()
