"""Every page that links lead to, from the overview on; so a new page is met without being named."""

import re
from html import unescape

from calsync.web.app import modules

__all__ = ["crawl", "route_of", "routes"]

_HREF = re.compile(r'href="(/[^"]*)"')


def routes(method="GET"):
    """The paths of the pages, holes and all; those that need no cookie are left out."""
    return sorted(
        {
            route.path
            for module in modules()
            for route in module.ROUTES
            if route.method == method and not route.open
        }
    )


def route_of(path):
    """The route that answers an address, the one without holes first; None for no page."""
    bare = path.partition("?")[0]
    return next(
        (route for route in routes() if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", route), bare)), None
    )


def crawl(page, most=2):
    """The answers by their addresses, at most so many of each route; what is no page of ours is looked at once."""
    found, counts, waiting = {}, {}, ["/"]
    while waiting:
        path = waiting.pop(0)
        route = route_of(path) or path
        if path in found or counts.get(route, 0) >= most:
            continue
        counts[route] = counts.get(route, 0) + 1
        found[path] = answer = page.get(path)
        if "html" in answer.headers.get("content-type", ""):
            waiting += [unescape(each).partition("#")[0] for each in _HREF.findall(answer.text)]
    return found
