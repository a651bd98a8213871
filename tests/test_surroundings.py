"""The ground that tests stand on holds: see conftest.py."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calsync.settings import Home


def test_a_test_has_a_home_of_its_own_that_is_empty(home: Path, tmp_path_factory: pytest.TempPathFactory):
    assert Path.home() == home
    assert list(home.iterdir()) == []
    assert home.is_relative_to(tmp_path_factory.getbasetemp())


def test_calsync_keeps_nothing_outside_the_home_of_the_test(home: Path):
    places = Home.find()
    for folder in (places.config, places.data, places.cache):
        assert Path(str(folder)).is_relative_to(home)


def test_a_program_that_a_test_starts_lives_in_the_same_home_and_zone(home: Path):
    code = "import os, time; print(os.path.expanduser('~'), time.tzname[0])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(home), "UTC"]


def test_local_time_is_utc():
    assert time.localtime(0).tm_hour == 0


def test_nothing_of_the_user_s_calsync_is_in_the_environment():
    assert not [name for name in os.environ if name.startswith(("CALSYNC_", "XDG_"))]


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_no_test_reaches_beyond_this_computer():
    with socket.socket() as beyond, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        beyond.connect(("192.0.2.1", 80))


def test_a_test_reaches_a_server_on_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in folders")
def test_a_test_reaches_a_server_in_a_folder(home: Path):
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        place = os.path.relpath(home / "s")  # a path in an address holds about a hundred bytes
        server.bind(place)
        server.listen()
        client.connect(place)


def test_a_program_of_the_test_requirements_is_found_without_activating_the_environment(
    outside_program, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "")
    assert Path(outside_program("pytest")).stem == "pytest"


@pytest.mark.parametrize(("ci", "ending"), [("true", "failed"), ("", "skipped")])
def test_a_missing_program_skips_here_and_fails_in_ci(ci: str, ending: str, tmp_path: Path):
    ground = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    (tmp_path / "conftest.py").write_text(ground, encoding="utf-8")
    (tmp_path / "test_it.py").write_text("def test_it(outside_program): outside_program('no-such-program')\n")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "-c", os.devnull, str(tmp_path)],
        env={**os.environ, "CI": ci, "PYTEST_ADDOPTS": "", "COVERAGE_PROCESS_START": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"1 {ending}" in told.stdout
    assert "no-such-program is not installed" in told.stdout
