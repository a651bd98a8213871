"""Real servers for the tests in this folder, and whatever stands between them and calsync."""

import pytest

from tests.targets.caldav.proxy import Proxy
from tests.targets.caldav.servers import KINDS, serving
from tests.targets.caldav.syncing_at_a_server import Somebody


@pytest.fixture(params=KINDS)
def server(request, tmp_path):
    """A server with nothing in it yet."""
    with serving(request.param, tmp_path / "server") as url:
        yield url


@pytest.fixture
def proxy(server):
    made = Proxy(server)
    yield made
    made.close()


@pytest.fixture
def somebody(proxy, server, tmp_path):
    with Somebody(tmp_path / "home", proxy.url, server) as person:
        yield person
