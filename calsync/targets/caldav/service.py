"""A user's calendars at one server: which there are, and calsync's own among them, found or made."""

import re
from datetime import datetime
from urllib.parse import unquote, urlsplit

import httpx

from calsync.errors import NoInput, Unavailable
from calsync.phrase import phrase
from calsync.sync.protocol import Made
from calsync.sync.reconcile import NeedsConsent
from calsync.targets.caldav import dav
from calsync.targets.caldav.calendar import Calendar
from calsync.targets.caldav.http import OK, Reply, Uncertain, Web
from calsync.targets.caldav.site import XML, Site, path_of

__all__ = ["CalDav"]

_TRIES = 4
_MOST_NAMES = 9
_MADE, _MULTI = 201, 207
_CONFLICT, _EXISTS = 409, 405
_MAKES_NONE = {403, 405, 501}


class CalDav(Site):
    """A user's calendars; ``home`` is the folder they are in. ``yes`` agrees to use one that has others' events."""

    def __init__(self, web: Web, home: str, *, store: str, now: datetime, yes: bool = False) -> None:
        super().__init__(web, home, store=store, now=now)
        self.yes, self._new = yes, ""

    def make_calendar(self, name: str, zone: str) -> Made:
        """A calendar of that name: the one that is there, if nobody else uses it, else a new one."""
        del zone  # times are written in UTC
        there = self.calendars()
        found = next((url for url, each in there.items() if each.casefold() == name.casefold()), "")
        if found:
            self.may_use(found)
            return Made(found)
        base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "calsync"
        for number in range(1, _MOST_NAMES):
            url = f"{self.home}{base}{f'-{number}' if number > 1 else ''}/"
            if not any(path_of(url) == path_of(each) for each in there) and (made := self._made(url, name)):
                return made
        raise self._makes_none(phrase("it takes no name for it"))

    def calendar(self, name: str) -> "Calendar":
        """The calendar at that address."""
        return Calendar(self, name, is_new=name == self._new)

    def calendars(self) -> dict[str, str]:
        """What the calendars are called, by address."""
        found = self._properties(self.home, "1", dav.NAME, dav.TYPE)
        return {
            self.absolute(each.path, folder=True): each.text(dav.NAME).strip()
            for each in found
            if each.has(dav.TYPE, dav.CALENDAR)
        }

    def named(self, name: str) -> str:
        """The address of a calendar that somebody names by its address or by what it is called. Raises NoInput."""
        there = self.calendars()
        wanted = path_of(str(httpx.URL(self.home).join(name))) if "/" in name else ""
        for url, called in there.items():
            if path_of(url) == wanted or called.casefold() == name.casefold():
                return url
        raise NoInput(
            phrase("there is no calendar {name!r} at {title}", name=name[:80], title=self.web.title),
            remedy=phrase("there are: {names}", names=", ".join(filter(None, there.values())) or "none"),
            code="CS-DAV-021",
        )

    def may_use(self, url: str) -> None:
        """Raises NeedsConsent for a calendar that has events of others in it."""
        others = self.calendar(url).strangers()
        if others and not self.yes:
            raise NeedsConsent(
                phrase(
                    "the calendar at {title} holds {others} events that are not of calsync; nothing was changed",
                    title=self.web.title,
                    others=others,
                ),
                remedy=phrase(
                    "to put the follow-ups among them say so with --yes; for one of their own: calsync config set caldav.calendar NAME"
                ),
                code="CS-DAV-020",
            )

    def _properties(self, url: str, depth: str, *tags: str) -> list[dav.Found]:
        return self.resources(self.ask("PROPFIND", url, dav.propfind(*tags), depth))

    def _made(self, url: str, name: str) -> Made | None:
        """Make it there; None where the address is taken. A lost answer is looked for before it is sent again."""
        for number in range(_TRIES):
            try:
                reply = self.web.send("MKCALENDAR", url, dav.mkcalendar(name), XML)
            except Uncertain as error:
                self.web.wait(number)
                there = self.calendars()
                found = [
                    each for each, called in there.items() if path_of(each) == path_of(url) or called == name
                ]
                if found:
                    return Made(found[0])
                why = error.why
                continue
            if reply.status == _MADE:
                self._new = self._told(reply, url)
                return Made(self._new)
            if reply.status in OK and any(path_of(each) == path_of(url) for each in self.calendars()):
                return Made(url)
            if reply.status in {_EXISTS, _CONFLICT} and dav.why(reply.body) != "":
                return None
            if reply.status == _EXISTS and self.ask("PROPFIND", url, dav.propfind(dav.TYPE)).status == _MULTI:
                return None
            if reply.status in _MAKES_NONE:
                raise self._makes_none(str(reply.status))
            raise self._makes_none(dav.why(reply.body) or str(reply.status))
        raise Unavailable(
            phrase("{title} did not make the calendar ({why})", title=self.web.title, why=why),
            remedy=phrase("try again in a few minutes"),
            code="CS-DAV-003",
        )

    def _told(self, reply: Reply, url: str) -> str:
        """Where the calendar is, as the server says it."""
        told = reply.headers.get("location", "")
        return self.absolute(unquote(urlsplit(told).path), folder=True) if told else url

    def _makes_none(self, why: str) -> Unavailable:
        return Unavailable(
            phrase("{title} lets no program make a calendar ({why})", title=self.web.title, why=why),
            remedy=phrase(
                "make one there by hand, then: calsync sync caldav --calendar NAME (it has these: {names})",
                names=", ".join(filter(None, self.calendars().values())) or "none",
            ),
            code="CS-DAV-022",
        )
