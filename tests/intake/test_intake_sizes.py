"""How much calsync reads at once, and that more of it is refused before it takes time and memory."""

import subprocess
import sys

import pytest

from calsync.errors import BadData
from calsync.intake import BadRows, read
from tests.intake.records import PREFERENCES, read_bytes

HEAD = "company,role,start\n"
ROW = "Acme,PM,2026-11-24 14:00\n"
TOO_MANY = (
    "the most that calsync reads at once; split the file and take one part after the other. (CS-INP-017)"
)
LARGEST_BYTES = 256 * 1024 * 1024


def test_a_million_rows_are_refused_before_one_is_made_an_interview(tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text(HEAD + ROW * 1_000_000)
    with pytest.raises(BadData) as refused:
        read([path], preferences=PREFERENCES)
    assert str(refused.value) == f"{path}: there are more than 100,000 rows, {TOO_MANY}"


@pytest.mark.parametrize(("rows", "refused"), [(100_000, False), (100_001, True)])
def test_a_hundred_thousand_rows_are_not_too_many(rows, refused):
    with pytest.raises(BadData) as found:
        read_bytes(HEAD + "Acme,,2026-11-24 14:00\n" * rows)
    assert isinstance(found.value, BadRows) is not refused  # of the first ten thousand, where rows are read


def test_rows_without_anything_in_them_are_not_counted():
    found = read_bytes(HEAD + ROW + ",,\n" * 150_000 + '"Acme\n\n",PM,2026-11-25 14:00\n')
    assert [interview.company for interview in found.interviews] == ["Acme", "Acme"]


def test_bad_rows_are_skipped_however_many_they_are():
    found = read_bytes(HEAD + "Acme,,2026-11-24 14:00\n" * 12_000 + ROW, skip_bad=True)
    assert (len(found.interviews), len(found.skipped)) == (1, 12_000)


@pytest.mark.parametrize(
    ("form", "content", "message"),
    [
        ("toml", '[[interview]]\ncompany="A"\n' * 200_001, f"more than 100,000 interviews, {TOO_MANY}"),
        ("toml", "[a.b]\n" * 200_001, f"more than 100,000 interviews, {TOO_MANY}"),
        ("toml", ("a=[" + "1," * 100_000 + "]\n") * 11, "1,100,000 times , is more than the 1,000,000"),
        ("toml", "a=1\n" * 1_500_001, "1,500,001 times = is more than the 1,500,000"),
        ("json", "[" + "{}," * 300_001 + "{}]", "300,002 times { is more than the 300,000"),
        ("json", "[" + "[]," * 300_001 + "[]]", "300,003 times [ is more than the 300,000"),
        ("json", "[" + '"",' * 2_000_001 + "1]", "2,000,001 times , is more than the 2,000,000"),
    ],
)
def test_what_would_become_millions_of_values_is_refused_unparsed(form, content, message):
    with pytest.raises(BadData) as refused:
        read_bytes(content, form=form)
    assert message in str(refused.value)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program its own largest memory")
def test_a_pipe_with_a_million_rows_is_refused_within_memory():
    done = subprocess.run(
        [sys.executable, "-c", _READS_STDIN],
        input=(HEAD + ROW * 1_000_000).encode(),
        capture_output=True,
        check=True,
    )
    largest, message = done.stdout.decode().split(" ", 1)
    assert message.strip() == f"stdin: there are more than 100,000 rows, {TOO_MANY}"
    assert int(largest) * 1024 < LARGEST_BYTES


_READS_STDIN = r"""\
import re, sys
from calsync.intake import Source, read
from tests.intake.records import PREFERENCES
try:
    read([Source("-", sys.stdin.buffer)], preferences=PREFERENCES, format="csv")
except Exception as error:
    print(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1], error)
"""
