"""The newer of the system's zone data and the package's is read."""

import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest
import tzdata

from calsync.settings import ZoneData, use_newest, zone_data

PACKAGE = str(Path(tzdata.__file__).parent / "zoneinfo")


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system whose zones are of the version asked for, noted as that system does; the path is put back."""
    before = zoneinfo.TZPATH
    monkeypatch.delenv("PYTHONTZPATH", raising=False)

    def of(version, file="tzdata.zi"):
        folder = tmp_path / "zoneinfo"
        folder.mkdir()
        if version:
            text = f"# version {version}\n# more\n" if file == "tzdata.zi" else f"{version}\n"
            (folder / file).write_text(text)
        zoneinfo.reset_tzpath((str(folder),))
        return str(folder)

    yield of
    zoneinfo.reset_tzpath(before)


@pytest.mark.parametrize(
    ("version", "file", "used"),
    [
        ("2020a", "tzdata.zi", "package"),
        ("2020a", "+VERSION", "package"),
        ("2999a", "tzdata.zi", "system"),
        (tzdata.IANA_VERSION, "tzdata.zi", "system"),
        ("", "", "system"),
    ],
)
def test_the_newer_data_is_used_and_the_system_s_where_that_is_not_known(system, version, file, used):
    folder = system(version, file)
    assert use_newest() == ZoneData(version, tzdata.IANA_VERSION, used)
    assert ((PACKAGE, folder) if used == "package" else (folder,)) == zoneinfo.TZPATH


def test_asking_again_changes_nothing(system):
    system("2020a")
    assert use_newest() == use_newest() == zone_data()
    assert len(zoneinfo.TZPATH) == 2


def test_a_system_without_zones_uses_the_package(system, tmp_path):
    system("2020a")
    zoneinfo.reset_tzpath((str(tmp_path / "nowhere"),))
    assert zone_data() == ZoneData("", tzdata.IANA_VERSION, "package")


def test_who_sets_pythontzpath_has_chosen(system, monkeypatch):
    folder = system("2020a")
    monkeypatch.setenv("PYTHONTZPATH", folder)
    assert use_newest().used == "chosen"
    assert (folder,) == zoneinfo.TZPATH
    assert folder in use_newest().version


def test_without_the_package_the_system_is_used(system, monkeypatch):
    system("2020a")
    monkeypatch.setitem(sys.modules, "tzdata", None)
    assert use_newest() == ZoneData("2020a", "", "system")


def test_a_zone_read_after_is_the_package_s(tmp_path):
    (tmp_path / "tzdata.zi").write_text("# version 2020a\n")
    code = (
        "import zoneinfo; from calsync.settings import use_newest;"
        f"zoneinfo.reset_tzpath(({str(tmp_path)!r},)); use_newest();"
        "import sys; print(zoneinfo.ZoneInfo('Europe/Berlin'), 'importlib.resources' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["Europe/Berlin", "False"]
