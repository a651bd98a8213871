"""Every page that links lead to, from the overview on; so a new page is met without being named."""

import re
from html import unescape

from calsync.web.app import modules

__all__ = ["crawl", "way_of", "ways"]

_HREF = re.compile(r'href="(/[^"]*)"')


def ways(method="GET"):
    """The paths of the pages, holes and all; those that need no cookie are left out."""
    return sorted(
        {way.path for module in modules() for way in module.WAYS if way.method == method and not way.open}
    )


def way_of(path):
    """The way that answers an address, the one without holes first; None for no page."""
    bare = path.partition("?")[0]
    return next((way for way in ways() if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", way), bare)), None)


def crawl(page, most=2):
    """The answers by their addresses, at most so many of each way; what is no page of ours is looked at once."""
    found, counts, waiting = {}, {}, ["/"]
    while waiting:
        path = waiting.pop(0)
        way = way_of(path) or path
        if path in found or counts.get(way, 0) >= most:
            continue
        counts[way] = counts.get(way, 0) + 1
        found[path] = answer = page.get(path)
        if "html" in answer.headers.get("content-type", ""):
            waiting += [unescape(each).partition("#")[0] for each in _HREF.findall(answer.text)]
    return found
