"""Links that add one event to somebody's calendar, one click each: Google, Outlook, Yahoo.

A link is a page of theirs with the event filled in; nothing is saved before the
user says so there. Times are UTC. A link of more than 2,000 characters is cut
off by some programs, so the details give way until it fits.
"""

from collections.abc import Callable
from datetime import UTC
from urllib.parse import quote, urlencode

import msgspec

from calsync.targets.ics.vevent import cleaned, instant, one_line
from calsync.targets.phone.qr import PhoneEvent
from calsync.texts.clean import shortened

__all__ = ["LONGEST", "Links", "links"]

LONGEST = 2000
"""Characters of a link, at most."""
_LEAST_SUMMARY = 60


class Links(msgspec.Struct, frozen=True):
    """The links of one event; ``outlook`` is for private accounts, ``office`` for those of a company or school."""

    google: str
    outlook: str
    office: str
    yahoo: str


def links(event: PhoneEvent) -> Links:
    """The links that add ``event``, each at most 2,000 characters long."""
    return Links(
        google=_fitted(event, _google),
        outlook=_fitted(event, lambda part: _outlook("outlook.live.com", part)),
        office=_fitted(event, lambda part: _outlook("outlook.office.com", part)),
        yahoo=_fitted(event, _yahoo),
    )


def _google(event: PhoneEvent) -> str:
    return _link(
        "https://calendar.google.com/calendar/render",
        action="TEMPLATE",
        text=event.summary,
        dates=f"{instant(event.start)}/{instant(event.end)}",
        details=event.details,
        location=event.location,
        crm="BUSY" if event.is_busy else "AVAILABLE",
        trp="true" if event.is_busy else "false",
    )


def _outlook(host: str, event: PhoneEvent) -> str:
    return _link(
        f"https://{host}/calendar/0/action/compose",
        rru="addevent",
        subject=event.summary,
        startdt=f"{event.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        enddt=f"{event.end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        body=event.details,
        location=event.location,
    )


def _yahoo(event: PhoneEvent) -> str:
    return _link(
        "https://calendar.yahoo.com/",
        v="60",
        title=event.summary,
        st=instant(event.start),
        et=instant(event.end),
        desc=event.details,
        in_loc=event.location,
    )


def _link(page: str, **values: str) -> str:
    """A space is %20 (RFC 3986): some of these pages show a plus as it is."""
    return f"{page}?{urlencode({name: value for name, value in values.items() if value}, quote_via=quote, safe='')}"


def _fitted(event: PhoneEvent, write: Callable[[PhoneEvent], str]) -> str:
    """The link with as much of the details as there is room for; a summary in wide letters may give way too."""
    details, summary = cleaned(event.details).strip(), one_line(event.summary)
    location = one_line(event.location)
    kept = len(details)
    while True:
        part = msgspec.structs.replace(
            event, summary=summary, location=location, details=shortened(details, kept)
        )
        link = write(part)
        if len(link) <= LONGEST:
            return link
        if kept:
            kept = kept * 9 // 10
        else:
            summary, location = shortened(summary, _LEAST_SUMMARY), shortened(location, _LEAST_SUMMARY)
