"""What every test stands on: a home of its own, UTC, no network beyond this computer, steady laws.

With CI=true laws draw the same examples every time, and a program from outside
Python that is missing fails the test that needs it instead of skipping it.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"

# Laws run beside other work, on slow machines too: no example has a deadline.
settings.register_profile("local", deadline=None, max_examples=30)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if IN_CI else "local")

_KEPT_OUT = ("CALSYNC_", "XDG_", "LC_")
_MEASURES = "COVERAGE_PROCESS_CONFIG"
"""By this variable coverage tells Python, wherever one starts, to measure."""
_FORGOTTEN = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "SOURCE_DATE_EPOCH", "PYTHONWARNINGS")


@pytest.fixture(scope="session", autouse=True)
def _nobody_s_computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing of the user's environment reaches a test, nor the programs it starts."""
    homes = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(_KEPT_OUT) or name in _FORGOTTEN:
                patch.delenv(name)
        patch.setenv("TZ", "UTC")
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        _live_in(_made(homes / "session"), patch)
        if hasattr(time, "tzset"):
            time.tzset()
        yield homes


@pytest.fixture(autouse=True)
def home(_nobody_s_computer: Path, monkeypatch: pytest.MonkeyPatch, _house_numbers: Iterator[int]) -> Path:
    """The user's own folder in this test: new, empty, and gone afterwards."""
    folder = _made(_nobody_s_computer / str(next(_house_numbers)))
    _live_in(folder, monkeypatch)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _measuring() -> Iterator[str]:
    """How children are measured; they are not, unless a test asks: that takes longer than most of what they do."""
    with pytest.MonkeyPatch.context() as patch:
        told = os.environ.get(_MEASURES, "")
        patch.delenv(_MEASURES, raising=False)
        yield told


@pytest.fixture
def measured(_measuring: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What programs do that this test starts counts for coverage; for lines that run in no other way."""
    if _measuring:
        monkeypatch.setenv(_MEASURES, _measuring)


@pytest.fixture
def unmeasured() -> Iterator[None]:
    """Nothing that this test does counts for coverage: for long walks over lines that shorter tests run too.

    (pytest-cov's own ``no_cover`` ends one of the two measurements that each of xdist's workers has.)
    """
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    yield
    threading.settrace(in_threads)
    sys.settrace(here)


@pytest.fixture(scope="session")
def _house_numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture(scope="session")
def loaded_by() -> Callable[..., set[str]]:
    """Find the modules that a fresh Python has loaded after ``code`` (and ``arguments`` in sys.argv)."""
    return _loaded_by


def _loaded_by(code: str, *arguments: str) -> set[str]:
    ending = "\nimport sys; print(*sys.modules, file=sys.stderr)"
    told = subprocess.run(
        [sys.executable, "-c", code + ending, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stderr.split())


@pytest.fixture(scope="session")
def outside_program() -> Callable[..., str]:
    """Find a program that pip does not install, by name; ``package`` is one of Node's that it needs.

    Without it the test is skipped, saying why; with CI=true it fails.
    """
    return _outside_program


def _outside_program(name: str, package: str = "") -> str:
    # Programs that came with the test requirements lie beside the Python that runs the tests.
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    missing = name if not found else package if package and not _node_has(found, package) else ""
    if not missing and found:
        return found
    reason = f"{missing} is not installed; .ci/run with CI=true installs it"
    if IN_CI:
        pytest.fail(reason, pytrace=False)
    return pytest.skip(reason)


@cache
def _node_has(node: str, package: str) -> bool:
    asked = subprocess.run([node, "-e", f"require.resolve('{package}')"], capture_output=True, check=False)
    return asked.returncode == 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _live_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Every variable by which Linux, macOS, Windows and platformdirs know the user's folder."""
    for name in ("HOME", "USERPROFILE"):
        patch.setenv(name, str(folder))
    for name in ("APPDATA", "LOCALAPPDATA", "WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        patch.setenv(name, str(folder / "AppData"))
