"""Pictures for tests: what a terminal shows and what an SVG draws, as PNG files, and the codes that a reader finds in them."""

import re
import struct
import subprocess
import zlib

__all__ = ["codes_in", "picture_of_svg", "picture_of_terminal"]

_STYLE = re.compile(r"\x1b\[([0-9;]*)m")
_INK = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
_COLOURS = {"16": 0, "231": 255}
_CELL = 5
"""Pixels of a half of a character cell, which is as wide as it is high."""


def picture_of_terminal(text, file, *, columns=80, background=0):
    """The lines of a code as a terminal of that many columns draws them, on a background of that grey."""
    rows = []
    for line in text.split("\n"):
        upper, lower, ink, paper = [], [], 255 - background, background
        for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
            style = _STYLE.fullmatch(piece)
            if style:
                found = re.fullmatch(r"38;5;(\d+);48;5;(\d+)", style[1])
                ink, paper = (
                    (_COLOURS[found[1]], _COLOURS[found[2]]) if found else (255 - background, background)
                )
                continue
            for char in piece:
                above, below = _INK.get(char, (False, False))
                upper.append(ink if above else paper)
                lower.append(ink if below else paper)
        assert len(upper) <= columns, "the terminal would wrap this line"
        rest = [background] * (columns - len(upper))
        rows += [upper + rest, lower + rest]
    file.write_bytes(_png(rows, _CELL))
    return file


def _png(rows, scale):
    pixels = b"".join((b"\0" + bytes(grey for grey in row for _ in range(scale))) * scale for row in rows)
    header = struct.pack(">IIBBBBB", len(rows[0]) * scale, len(rows) * scale, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def picture_of_svg(svg, file):
    """The rectangles of our own pictures, drawn; every path is one of squares."""
    width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', svg).groups())
    grey = [bytearray(b"\xff" * width) for _ in range(height)]
    for top, scale, path in re.findall(r'translate\(0 (\d+)\) scale\((\d+)\)"[^>]* d="([^"]*)"', svg):
        side = int(scale)
        for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path):
            for row in range(int(top) + int(y) * side, int(top) + (int(y) + 1) * side):
                grey[row][int(x) * side : (int(x) + 1) * side] = b"\0" * side
    file.write_bytes(_png(grey, 1))
    return file


def codes_in(file, zbarimg):
    """What an independent reader finds in a picture."""
    told = subprocess.run(
        [zbarimg, "--quiet", "--raw", "--oneshot", "-Sdisable", "-Sqrcode.enable", str(file)],
        capture_output=True,
        check=True,
    )
    return told.stdout.decode().rstrip("\n").replace("\r\n", "\n")
