"""The cache of closed days: the package's answers, without the package, and never anything else."""

import os
import subprocess
import sys
from pathlib import Path

import holidays
import pytest

from calsync.business_days import plain_year, public_year
from calsync.errors import BadValue
from calsync.holiday_cache import HolidayCache
from tests import dates as d

COUNTRIES = sorted(holidays.list_supported_countries(include_aliases=False))
SAMPLE = COUNTRIES if os.environ.get("CI") == "true" else COUNTRIES[::7]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def _closed(cache, country="US", region="", year=2026):
    answer = cache(country, region, year)
    return answer.weekend, dict(answer.closed)


def _expected(country="US", region="", year=2026):
    answer = public_year(country, region, year)
    return answer.weekend, dict(answer.closed)


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("country", SAMPLE)
def test_it_gives_the_answers_of_the_package_the_first_time_and_the_next(country, folder):
    for _ in range(2):
        assert _closed(HolidayCache(str(folder)), country) == _expected(country)
    assert len(_files(folder)) == 1


@pytest.mark.parametrize(
    ("country", "region"), [("DE", "BY"), ("GB", "SCT"), ("CN", ""), ("HU", ""), ("IN", "MH")]
)
def test_years_of_one_place_stand_together_and_places_apart(country, region, folder):
    for year in (2026, 2021, 2024):
        assert _closed(HolidayCache(str(folder)), country, region, year) == _expected(country, region, year)
    HolidayCache(str(folder))("US", "CA", 2026)
    assert len(_files(folder)) == 2
    again = HolidayCache(str(folder))
    for year in (2024, 2026, 2021):
        assert _closed(again, country, region, year) == _expected(country, region, year)


def test_without_a_country_there_is_nothing_to_remember(folder):
    assert HolidayCache(str(folder))("", "", 2026) == plain_year(2026)
    assert _files(folder) == []


def test_without_a_folder_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert _closed(HolidayCache(None)) == _expected()
    assert _files(tmp_path) == []


_USE = """
import sys
from calsync.holiday_cache import HolidayCache
cache = HolidayCache(sys.argv[1])
closed = cache("US", "", 2026).closed
cache("DE", "BY", 2026)
print(len(closed), *sorted({"holidays"} & set(sys.modules)))
"""


def test_the_second_use_does_not_import_the_package(folder):
    def used():
        told = subprocess.run(
            [sys.executable, "-c", _USE, str(folder)], capture_output=True, text=True, check=True
        )
        return told.stdout.split()

    count = str(len(public_year("US", "", 2026).closed))
    assert used() == [count, "holidays"]
    assert used() == [count]


def test_a_year_that_is_not_there_yet_is_added(folder):
    HolidayCache(str(folder))("US", "", 2026)
    HolidayCache(str(folder))("US", "", 2030)
    (kept,) = _files(folder)
    text = kept.read_text("utf-8")
    assert "2026-07-03 Independence Day (observed)" in text
    assert "2030-07-04 Independence Day" in text


def _kept(folder):
    HolidayCache(str(folder))("US", "", 2026)
    (kept,) = _files(folder)
    return kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 4000,
        b"\xff\xfe\x00",
        b"{}",
        b"[]\n",
        b"null",
        b'{"2026": [[5, 6], {"2026-07-03": "x"}]}',
        b"2026\n",
        b"2026 56\n",
        b"2026 56 1\n",
        b"2026 56 x\n2026-07-03 A\n",
        b"2026 56 2\n2026-07-03 A\n",
        b"2026 56 1\n2026-02-30 A\n",
        b"2026 56 1\nsomeday A\n",
        b"2026 56 1\n2027-07-03 A\n",
        b"2026 56 2\n2026-07-03 A\n2026-07-03 A\n",
        b"2026 56 -1\n",
        b"2026 56 0\n",
        b"2026 ab 1\n2026-07-03 A\n",
        b"x 56 1\n2026-07-03 A\n",
        b"9" * 5000 + b" 56 1\n2026-07-03 A\n",
        b"2026 56 999999999999999\n2026-07-03 A\n",
        b"2026 56 1\n2026-07-03 A\nand more\n",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_a_file_that_is_damaged_old_or_odd_is_made_again(content, folder):
    kept = _kept(folder)
    good = kept.read_bytes()
    kept.write_bytes(content)
    assert _closed(HolidayCache(str(folder))) == _expected()
    assert kept.read_bytes() == good


def test_a_file_that_is_cut_short_anywhere_is_made_again(folder):
    kept = _kept(folder)
    good = kept.read_bytes()
    for length in (*range(0, len(good), 97), len(good) - 2, len(good) - 1):
        kept.write_bytes(good[:length])
        assert _closed(HolidayCache(str(folder))) == _expected()


def test_another_version_of_the_package_does_not_read_the_old_answers(folder):
    kept = _kept(folder)
    old = kept.parent.with_name("holidays-0.1-1")
    kept.parent.rename(old)
    (old / kept.name).write_text("2026 56 1\n2026-07-03 Old\n")
    assert _closed(HolidayCache(str(folder))) == _expected()
    assert kept.is_file()


def test_without_a_version_to_be_seen_nothing_is_kept(folder, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(folder / "not-there")])
    cache = HolidayCache(str(folder))
    assert cache.version is None
    assert _closed(cache) == _expected()
    assert _files(folder) == []


@pytest.mark.parametrize(
    "what", ["a file", "a file where the version's folder should be", "a folder for the file"]
)
def test_a_folder_that_cannot_be_written_is_no_error(what, tmp_path):
    folder = tmp_path / "cache"
    if what == "a file":
        folder.write_text("mine")
    elif what == "a folder for the file":
        kept = _kept(folder)
        kept.unlink()
        kept.mkdir()
    else:
        kept = _kept(folder)
        kept.unlink()
        kept.parent.rmdir()
        kept.parent.write_text("mine")
    for _ in range(2):
        assert _closed(HolidayCache(str(folder))) == _expected()
    assert folder.is_dir() or folder.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights_is_no_error(folder):
    folder.mkdir(mode=0o500)
    assert _closed(HolidayCache(str(folder))) == _expected()


@pytest.mark.parametrize(
    "code",
    [
        "../../evil",
        "..",
        "/etc/passwd",
        "C:\\evil",
        "a/b",
        "a\\b",
        "US\x00",
        "US\n",
        "~",
        "",
        "x" * 300,
        "é",
        "U S",
    ],
)
def test_a_hostile_code_is_refused_and_never_leaves_the_folder(code, tmp_path):
    folder = tmp_path / "deep" / "down" / "cache"
    cache = HolidayCache(str(folder))
    for country, region in ((code, ""), ("US", code), (code, code)):
        if country in {"", "US"} and region == "":
            continue
        if country == "":
            assert cache(country, region, 2026) == plain_year(2026)
            continue
        with pytest.raises(BadValue):
            cache(country, region, 2026)
    assert [path for path in _files(tmp_path) if not path.is_relative_to(folder)] == []
    assert _files(folder) == []


def test_a_region_whose_code_is_no_name_for_a_file_is_answered_and_not_kept(folder):
    assert _closed(HolidayCache(str(folder)), "NZ", "South Canterbury") == _expected("NZ", "South Canterbury")
    assert _files(folder) == []


def test_nothing_is_left_beside_the_file(folder):
    kept = _kept(folder)
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert kept.parent.name.startswith("holidays-")
    assert Path(kept).read_text("utf-8").startswith("2026 56 ")


def test_a_day_can_be_asked_for_through_it(folder):
    assert HolidayCache(str(folder))("US", "", 2026).closed[d.FRI_2026_07_03] == "Independence Day (observed)"


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell whether a process is there")
def test_what_a_killed_process_left_is_swept(folder):
    _closed(HolidayCache(str(folder)))
    (kept,) = _files(folder)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left = kept.with_name(f"{kept.name}.new-{ended.pid}-1")
    left.write_text("half")
    _closed(HolidayCache(str(folder)), year=2031)
    assert _files(folder) == [kept]
