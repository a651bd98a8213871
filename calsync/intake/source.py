"""Where input comes from: a named file, or bytes that somebody hands in.

Whatever cannot be opened or decoded becomes an error that names the file and
says what to do; nothing is ever decoded by guessing.
"""

import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from calsync.errors import BadData, InputOutput, NoInput
from calsync.intake.rows import printable
from calsync.phrase import phrase

__all__ = ["UTF16", "Source", "characters", "lines", "refuse_crowded"]

UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_LONGEST_LINE = 1_000_000
_SAVE_AS = phrase("save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8)")


class Source(msgspec.Struct, frozen=True):
    """A file by its path, or a stream of bytes under a name; ``-`` is how stdin is named."""

    path: str | os.PathLike[str]
    stream: BinaryIO | None = None

    @property
    def name(self) -> str:
        """How messages call it."""
        return "stdin" if self.is_stdin else printable(os.fspath(self.path))

    @property
    def is_stdin(self) -> bool:
        """Whether it is the stream that has no file name."""
        return os.fspath(self.path) == "-"

    @property
    def suffix(self) -> str:
        """The end of the file's name, in lower case: ``.csv``."""
        return Path(self.path).suffix.lower()

    @contextmanager
    def opened(self, largest: int) -> Iterator[BinaryIO]:
        """The bytes, from the beginning; a file of more than ``largest`` bytes is refused unread."""
        if self.stream is not None:
            yield self.stream
            return
        with self._file() as file:
            if (size := os.fstat(file.fileno()).st_size) > largest:
                raise _too_large(size, largest).at(self.name)
            try:
                yield file
            except OSError as error:
                raise InputOutput(
                    phrase("reading stopped: {strerror}", strerror=error.strerror or error),
                    remedy=phrase("copy the file to another disk and try again"),
                    where=self.name,
                    code="CS-IO-010",
                ) from error

    def refuse_missing(self) -> None:
        """Raise NoInput for a file that cannot be opened, before anything else is held against it."""
        if self.stream is None:
            self._file().close()

    def _file(self) -> BinaryIO:
        path = Path(self.path)
        try:
            if path.is_dir():
                raise self._unusable(phrase("it is a folder"), phrase("name a file in it"), "CS-INP-011")
            return path.open("rb")
        except FileNotFoundError:
            raise self._unusable(
                phrase("there is no such file"), phrase("check the name"), "CS-INP-010"
            ) from None
        except PermissionError:
            raise self._unusable(
                phrase("it may not be read"), phrase("change its rights"), "CS-INP-012"
            ) from None
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            reason = getattr(error, "strerror", None) or phrase("that is no name of a file")
            raise self._unusable(reason.lower(), phrase("check the name"), "CS-INP-013") from None

    def _unusable(self, what: str, remedy: str, code: str) -> NoInput:
        return NoInput(what, remedy=remedy, where=self.name, code=code)


def characters(stream: BinaryIO, largest: int) -> str:
    """The whole text, for formats that are read in one piece; raises BadData."""
    content = stream.read(largest + 1)
    if len(content) > largest:
        raise _too_large(len(content), largest)
    try:
        return content.decode("utf-16" if content.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        before = error.start - content.rfind(b"\n", 0, error.start)
        raise _badly_encoded(number, before, content[error.start]) from None


def refuse_crowded(text: str, most: Mapping[str, int]) -> None:
    """Refuse text with more of some signs than ``most``, before a parser makes a value of what is between them.

    A value takes a hundred times the memory of the comma behind it.
    """
    for sign, number in most.items():
        if (count := text.count(sign)) > number:
            raise BadData(
                phrase(
                    "{count:,} times {sign} is more than the {number:,} calsync reads at once",
                    count=count,
                    sign=sign,
                    number=number,
                ),
                remedy=phrase("split the file and take one part after the other"),
                code="CS-INP-018",
            )


def lines(stream: BinaryIO, largest: int, encoding: str = "utf-8-sig") -> Iterator[str]:
    """The text line by line with its line ends, so that a large file never lies in memory."""
    given = cast("io.BufferedReader", stream)
    buffered = given if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream))
    text = io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline="")
    try:
        yield from _checked(text, largest)
    except UnicodeDecodeError:
        raise BadData(phrase("it is not whole UTF-16"), remedy=_SAVE_AS, code="CS-INP-015") from None
    finally:
        if not stream.closed:  # whoever opened the stream closes it
            text.detach()
            if buffered is not given:
                buffered.detach()


def _checked(text: io.TextIOWrapper, largest: int) -> Iterator[str]:
    size = 0
    for number, line in enumerate(iter(lambda: text.readline(_LONGEST_LINE + 1), ""), 1):
        size += len(line)
        if len(line) > _LONGEST_LINE:
            raise BadData(
                phrase(
                    "line {number} is longer than {longest_line:,} characters",
                    number=number,
                    longest_line=_LONGEST_LINE,
                ),
                remedy=phrase("check that it is the right file"),
                code="CS-INP-016",
            )
        if size > largest:
            raise _too_large(size, largest)
        if not line.isascii() and (found := _NOT_UTF8.search(line)):
            before = len(line[: found.start()].encode()) + 1
            raise _badly_encoded(number, before, ord(found[0]) & 0xFF)
        yield line


def _too_large(size: int, largest: int) -> BadData:
    return BadData(
        phrase(
            "{size:,.0f} MB is more than the {largest:,.0f} MB calsync reads at once",
            size=size / 1000000.0,
            largest=largest / 1000000.0,
        ),
        remedy=phrase("split the file"),
        code="CS-INP-014",
    )


def _badly_encoded(line: int, position: int, byte: int) -> BadData:
    return BadData(
        phrase(
            "line {line}, byte {position} (0x{byte:02x}) is not UTF-8",
            line=line,
            position=position,
            byte=byte,
        ),
        remedy=_SAVE_AS,
        code="CS-INP-015",
    )
