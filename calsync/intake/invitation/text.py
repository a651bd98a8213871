"""Descriptions as plain text: what RFC 5545 escapes, and HTML where somebody wrote it.

HTML is not understood here, only read past: tags go, blocks begin a line,
links are kept beside the text. Each character is looked at a fixed number of times.
"""

import html
import re

from calsync.texts.clean import block, shortened

__all__ = ["plain", "text"]

_LONGEST = 4_000
_MOST_DIGITS = 12
_HTML = re.compile(
    r"</?(?:p|br|div|html|body|span|table|ul|ol|li|a|b|strong|font|h[1-6])\b[^<>]{0,2000}>", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>|<[!?][^<>]*>")
_ADDRESS = re.compile(r"""\bhref\s*=\s*["']?([^\s"'<>]{1,2000})""", re.IGNORECASE)
_ENTITY = re.compile(
    rf"&(?:#[0-9]{{1,{_MOST_DIGITS}}}|#[xX][0-9a-fA-F]{{1,{_MOST_DIGITS}}}|[A-Za-z]{{1,32}});?"
)
_LINES = frozenset(
    {"p", "br", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr"}
)
_HIDDEN = frozenset({"script", "style", "head", "title", "xml"})


def text(value: str) -> str:
    r"""A TEXT value without its escapes (3.3.11).

    >>> text(r"C:\\Notes\, please\nSarah")
    'C:\\Notes, please\nSarah'
    """
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def plain(description: str, *, broken: bool = True) -> str:
    r"""A description without HTML and without what nobody sees, cut after 4,000 characters.

    ``broken`` says that a line break means one though there are tags too, as in DESCRIPTION.

    >>> plain("<p>Hello&nbsp;Robin,<br>join <a href='https://zoom.us/j/1'>here</a></p>")
    'Hello Robin,\njoin here (https://zoom.us/j/1)'
    """
    if _HTML.search(description):
        description = _told(description.replace("\n", "<br>") if broken else description)
    lines = block(description.replace("\xa0", " "))
    return shortened(re.sub(r"\n{3,}", "\n\n", lines), _LONGEST)


def _told(markup: str) -> str:
    said, place, link = list[str](), 0, ""
    markup = _without_comments(markup)
    for tag in _TAG.finditer(markup):
        if tag.start() < place:  # inside what is hidden
            continue
        said.append(_words(markup[place : tag.start()]))
        place = tag.end()
        name, closing = (tag[2] or "").lower(), bool(tag[1])
        if name in _HIDDEN and not closing:
            place = _behind(markup, name, place)
        elif name == "a":
            address = "" if closing else _href(tag[3])
            said.append(f" ({link})" if closing and link and link not in said[-1] else "")
            link = address
        else:
            said.append("\n- " if name == "li" and not closing else "\n" if name in _LINES else "")
    said.append(_words(markup[place:]))
    return re.sub(r" ?\n[ \n]*", _gap, "".join(said))


def _gap(found: re.Match[str]) -> str:
    return "\n\n" if found[0].count("\n") > 2 else "\n"  # noqa: PLR2004  # the end of one block, the begin of the next


def _without_comments(markup: str) -> str:
    kept, place = list[str](), 0
    while (begin := markup.find("<!--", place)) >= 0:
        kept.append(markup[place:begin])
        end = markup.find("-->", begin)
        if end < 0:
            return "".join(kept)
        place = end + 3
    return "".join((*kept, markup[place:]))


def _behind(markup: str, name: str, place: int) -> int:
    """Where what is hidden ends; at the end of all if it is left open."""
    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(markup, place)
    return end.end() if end else len(markup)


def _href(attributes: str) -> str:
    found = _ADDRESS.search(attributes)
    address = _words(found[1]).strip() if found else ""
    return address if address.lower().startswith(("http://", "https://")) else ""


def _words(markup: str) -> str:
    """Text between tags: a line break there is a space."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), re.sub(r"\s+", " ", markup))
