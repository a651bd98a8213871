"""The zone of this computer, from each place that a system keeps it in."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calsync.settings import parse, system_zone

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its zone in the registry")
unset_tz = pytest.mark.usefixtures("without_tz")

TOLD_BY_TZ = [
    ("America/New_York", "America/New_York"),
    (":America/New_York", "America/New_York"),
    (" Europe/Berlin ", "Europe/Berlin"),
    ("EST5EDT", "EST5EDT"),
    ("EST5EDT,M3.2.0,M11.1.0", "EST5EDT"),
    ("UTC", "UTC"),
    ("UTC0", "UTC"),
    ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
    (":/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"),
    ("/usr/share/zoneinfo/right/Asia/Tokyo", "Asia/Tokyo"),
    ("/var/db/timezone/zoneinfo/Asia/Kolkata", "Asia/Kolkata"),
]


@pytest.mark.parametrize(("told", "name"), TOLD_BY_TZ)
def test_tz_comes_first(told: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _timezone_file(tmp_path, "Africa/Cairo")
    monkeypatch.setenv("TZ", told)
    assert system_zone(str(tmp_path)) == (ZoneInfo(name), "")


@pytest.mark.parametrize(
    "told", ["Mars/Olympus", "<+03>-3", "/no/such/file", "posixrules", "x" * 300, "../etc"]
)
def test_a_tz_that_names_no_zone_means_utc_and_is_said(told: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", told)
    zone, warning = system_zone()
    assert zone == ZoneInfo("UTC")
    assert warning.startswith(f"TZ={told[:60]} names no zone, UTC is used; write timezone = ")


@on_unix
@unset_tz
@pytest.mark.parametrize(
    "target",
    [
        "/usr/share/zoneinfo/Europe/Paris",
        "../usr/share/zoneinfo/Europe/Paris",
        "/var/db/timezone/zoneinfo/Europe/Paris",
    ],
)
def test_the_link_of_the_system_is_followed(target: str, tmp_path: Path):
    _localtime(tmp_path).symlink_to(target)
    assert system_zone(str(tmp_path)) == (ZoneInfo("Europe/Paris"), "")


@on_unix
@unset_tz
def test_a_link_to_a_link_is_followed(tmp_path: Path):
    zone = tmp_path / "zoneinfo/Asia/Seoul"
    zone.parent.mkdir(parents=True)
    zone.touch()
    (tmp_path / "between").symlink_to(zone)
    _localtime(tmp_path).symlink_to(tmp_path / "between")
    assert system_zone(str(tmp_path)) == (ZoneInfo("Asia/Seoul"), "")


@on_unix
def test_tz_may_name_the_system_s_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    link = _localtime(tmp_path)
    link.symlink_to("/usr/share/zoneinfo/Europe/Paris")
    monkeypatch.setenv("TZ", f":{link}")
    assert system_zone() == (ZoneInfo("Europe/Paris"), "")


@on_unix
@unset_tz
def test_the_link_is_believed_before_the_name_in_a_file(tmp_path: Path):
    _localtime(tmp_path).symlink_to("/usr/share/zoneinfo/Europe/Paris")
    _timezone_file(tmp_path, "Africa/Cairo")
    assert system_zone(str(tmp_path)) == (ZoneInfo("Europe/Paris"), "")


@on_unix
@unset_tz
@pytest.mark.parametrize("content", ["Africa/Cairo\n", "Africa/Cairo", "Africa/Cairo\n# was: Europe/Paris\n"])
def test_the_name_in_a_file_helps_where_the_link_is_a_copy(content: str, tmp_path: Path):
    _localtime(tmp_path).write_bytes(b"TZif2")
    _timezone_file(tmp_path, content)
    assert system_zone(str(tmp_path)) == (ZoneInfo("Africa/Cairo"), "")


@on_unix
@unset_tz
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"Nowhere/At_All\n", b"\0\n"])
def test_a_system_whose_zone_cannot_be_told_is_taken_as_utc_and_that_is_said(content: bytes, tmp_path: Path):
    _localtime(tmp_path).write_bytes(b"TZif2")
    (tmp_path / "etc/timezone").write_bytes(content)
    zone, warning = system_zone(str(tmp_path))
    assert zone == ZoneInfo("UTC")
    assert warning == (
        "the zone of this computer is not known, UTC is used; "
        'write timezone = "America/New_York" (your own) in settings.toml'
    )


@on_unix
@unset_tz
def test_a_system_that_keeps_no_zone_is_on_utc_for_certain(tmp_path: Path):
    assert system_zone(str(tmp_path)) == (ZoneInfo("UTC"), "")


def test_settings_with_a_zone_do_not_ask_the_system(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Mars/Olympus")
    assert parse('timezone = "Asia/Tokyo"').warning == ""
    assert parse("").warning.startswith("TZ=Mars/Olympus")


@pytest.fixture
def without_tz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ")


def _localtime(root: Path) -> Path:
    (root / "etc").mkdir(exist_ok=True)
    return root / "etc/localtime"


def _timezone_file(root: Path, content: str) -> None:
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/timezone").write_text(content, encoding="ascii")
