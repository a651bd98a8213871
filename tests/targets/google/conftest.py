"""What tests of the sync share: a Google that runs here, and no request to it that Google would not know."""

import pytest

from tests.fakes.google import FakeGoogle
from tests.targets.google.syncing import TOKEN, Somebody


@pytest.fixture(autouse=True)
def _no_offence(monkeypatch):
    """Nothing in this folder may send parameters or properties that the API's description does not have."""
    fakes, made = [], FakeGoogle.__init__

    def watched(fake, **named):
        made(fake, **named)
        fakes.append(fake)

    monkeypatch.setattr(FakeGoogle, "__init__", watched)
    yield
    assert [offence for fake in fakes for offence in fake.offences] == []


@pytest.fixture(params=["lenient", "strict"])
def google(request):
    """Both answers wherever Google is unclear."""
    with FakeGoogle(token=TOKEN, answers=request.param) as fake:
        yield fake


@pytest.fixture
def somebody(google, tmp_path):
    with Somebody(tmp_path / "home", google) as person:
        yield person
