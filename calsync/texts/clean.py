"""People's words, made fit to stand in a calendar: one line, nothing invisible, not without end.

Whatever somebody typed or pasted into a record goes through ``clean`` before it
meets a template. It stays what it was to the eye; it can no longer turn the
line around, ring a terminal's bell or break a property in two.
"""

import re

__all__ = ["block", "clean", "shortened"]

_UNSEEN = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters (RFC 5545, section 3.1: CONTROL)
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # marks that turn or glue text
    "\ufeff\ufff9-\ufffb\ufffe\uffff"  # byte order marks, annotations, no characters at all
    "\ud800-\udfff]"  # halves of a pair, which no file can hold
)


def clean(text: str, longest: int = 200) -> str:
    r"""One line without control or direction characters, at most ``longest`` characters.

    >>> clean("  the move\r\nto\tself-service \u202e\x1b[31mpricing ")
    'the move to self-service [31mpricing'
    """
    if not (text.isascii() and text.isprintable() and "  " not in text):
        text = re.sub(r"\s+", " ", re.sub(_UNSEEN, "", text))
    text = text.strip()
    return text if len(text) <= longest else shortened(text, longest)


def block(text: str) -> str:
    r"""Several lines, each cleaned; the line breaks stay, as newlines, and a tab is a gap like any other.

    >>> block("Agenda:\r\n\tthe team\t\x07")
    'Agenda:\n the team'
    """
    lines = (re.sub(r"\t+", " ", re.sub(_UNSEEN, "", line)).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip("\n")


def shortened(text: str, longest: int) -> str:
    """The beginning of ``text``, cut between words where there is a gap, with an ellipsis.

    >>> shortened("a rather long story about pricing", 20)
    'a rather long story…'
    """
    if len(text) <= longest:
        return text
    if longest < 1:
        return ""
    kept = text[: longest - 1]
    gap = kept.rfind(" ") if text[longest - 1] != " " else len(kept)
    return (kept[:gap] if gap > longest // 2 else kept).rstrip(" ,;:.\u200d") + "…"
