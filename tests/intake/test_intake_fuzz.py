"""Broken files: whatever is in them, a reading or one of our errors, soon.

The mutator is seeded, so that a failure comes again; CI runs 5,000 of each kind.
"""

import os
import random  # noqa: TID251  # seeded below: the same files every time
import time
from pathlib import Path

import pytest

from calsync.errors import CalsyncError
from tests.intake.records import read_bytes

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = 5_000 if os.environ.get("CI") == "true" else 300
SECONDS = 2

TOKENS = [
    *(b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\r", b"\n", b"\x1b[2J"),
    *(b'"', b"'", b'"""', b",", b";", b"\t", b"[", b"]", b"{", b"}", b"[[", b"=", b".", b":", b"#", b"\\", b"\\u0000"),
    *(b"[" * 3000, b"{" * 3000, b'{"a":' * 1500, b"9" * 5000, b"a." * 2000, b'"' * 999, b"x" * 140_000),
    *(b"NaN", b"-Infinity", b"1e999", b"0x" + b"f" * 5000, b"true", b"null", b"2026-02-30", b"03/04/2026", b"25:61"),
    *(b"interview", b"interviews", b"timezone", b"../../etc/passwd", b"EST5", b"99 weeks", b"<<>>", b"@@", b"\xe2\x80\xae"),
    *("é".encode(), "é".encode("latin-1"), "日本".encode(), "日本".encode("utf-16"), "\ud800".encode("utf-8", "surrogatepass")),
]  # fmt: skip


def _broken(content, chance):
    content = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place, other = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
        match chance.randrange(8):
            case 0:
                content[place:place] = chance.choice(TOKENS)
            case 1:
                content[place : place + len(token)] = (token := chance.choice(TOKENS))
            case 2:
                del content[place : place + chance.randrange(1, 40)]
            case 3:
                content[place:place] = content[place : min(other, place + 2000)]
            case 4:
                del content[other:]
            case 5:
                content[place : place + 1] = bytes([chance.randrange(256)])
            case 6:
                content[:] = content.replace(
                    *chance.choice(((b",", b";"), (b"\n", b"\r"), (b'"', b""), (b"=", b":")))
                )
            case _:
                content[:] = content[place:other] or content
        content = content or bytearray(b"x")
    return bytes(content)


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize("skip_bad", [False, True])
@pytest.mark.parametrize("form", ["csv", "toml", "json"])
def test_a_broken_file_ends_in_a_reading_or_in_one_of_our_errors(form, skip_bad):
    content = (FIXTURES / f"interviews.{form}").read_bytes()
    chance = random.Random(f"{form} {skip_bad}")  # noqa: S311  # seeded: the same files every time
    read, slowest = 0, 0.0
    for _ in range(FILES // 2):
        broken = _broken(content, chance)
        begun = time.process_time()
        try:
            read_bytes(broken, form, skip_bad=skip_bad)
            read += 1
        except CalsyncError as error:
            assert all(line.isprintable() for line in str(error).splitlines()), broken  # noqa: PT017
            assert error.code != "CS-001"  # noqa: PT017  # a plain check of what was caught
        slowest = max(slowest, time.process_time() - begun)
    assert slowest < SECONDS
    assert 0 < read < FILES // 2


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 10_000_000,
        b"x" * 10_000_000,
        b"\n" * 500_000,
        b"a." * 5_000_000,
        b'"' * 10_000_000,
        b"company,role,start\n" + b'"' + b"x\n" * 3_000_000,
        b"[[interview]]\n" * 20_000,
        b"a=" + b"9" * 400_000,
        b"{" * 5_000_000,
    ],
    ids=lambda content: f"{content[:12]!r} and so on",
)
@pytest.mark.parametrize("form", ["csv", "toml", "json"])
def test_a_monstrous_file_is_refused_soon(form, content):
    begun = time.process_time()
    with pytest.raises(CalsyncError):
        read_bytes(content, form)
    assert time.process_time() - begun < SECONDS
