"""One look at the calendar without Google's client library: most syncs have nothing more to ask.

The library takes longer to load than everything else that such a sync does.
Whatever is not a plain good answer here (a token that is over, a proxy, a
network that breaks off, more than a page) is no answer: the library asks again
and knows what to make of it.
"""

import json
import os
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

__all__ = ["glance"]

_OK = 200
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def glance(
    root: str, access: str, calendar: str, query: Mapping[str, str], timeout: float
) -> Mapping[str, Any] | None:
    """A page of the events, as ``events.list`` gives it; None where it takes more than this."""
    if any(os.environ.get(name) or os.environ.get(name.upper()) for name in _PROXIES):
        return None
    where = urlsplit(root)
    path = f"{where.path}calendar/v3/calendars/{quote(calendar, safe='')}/events?{urlencode(query)}"
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    connection = kind(where.hostname or "", where.port, timeout=timeout)
    try:
        connection.request(
            "GET", path, headers={"Authorization": f"Bearer {access}", "Accept": "application/json"}
        )
        answer = connection.getresponse()
        return _page(json.loads(answer.read())) if answer.status == _OK else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _page(found: object) -> Mapping[str, Any] | None:
    """The last page of a list, which has the next token; None for anything else."""
    return found if isinstance(found, dict) and found.get("nextSyncToken") else None
