"""calsync's own calendar at a CalDAV server, as the sync engine asks for it: made, listed, looked at, written to.

No precondition is trusted alone, for some servers know none: what is to be
changed was read in this sync, and what was written is read again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

import httpx
import msgspec

from calsync.errors import CalsyncError, NoInput, TryLater, Unavailable
from calsync.phrase import phrase
from calsync.sync.note import read_note, write_note
from calsync.sync.protocol import Answer, CalendarGone, Listing, Made, Verdict
from calsync.sync.reconcile import NeedsConsent
from calsync.sync.values import Create, Delete, Known, Patch
from calsync.targets.caldav import dav
from calsync.targets.caldav.http import OK, Reply, Uncertain, Web, same_site
from calsync.targets.caldav.servers import Kind, kind_of
from calsync.targets.caldav.wire import changed, created, is_event, read_mark, resource, resource_name

__all__ = ["CalDav", "Calendar"]

_TRIES = 4
_FEW = 50
"""Resources that are asked for by name; more come with a list of all."""
_MOST_NAMES = 9
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}
_MADE, _NOTHING, _MULTI = 201, 204, 207
_ABSENT = {403, 404, 410}
_GONE, _CONFLICT, _EXISTS, _CHANGED = {404, 410}, 409, 405, 412
_MAKES_NONE = {403, 405, 501}


class CalDav:
    """A user's calendars; ``home`` is the folder they are in. ``yes`` agrees to use one that has others' events."""

    def __init__(self, web: Web, home: str, *, store: str, now: datetime, yes: bool = False) -> None:
        self.web, self.home, self.store, self.now, self.yes = web, home, store, now, yes
        self._new = ""

    @property
    def kind(self) -> Kind:
        """The kind of server, as far as it has told."""
        return kind_of(self.home, self.web.server)

    def close(self) -> None:
        """Let go of the connection."""
        self.web.close()

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
            if not any(_path(url) == _path(each) for each in there) and (made := self._made(url, name)):
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
        wanted = _path(str(httpx.URL(self.home).join(name))) if "/" in name else ""
        for url, called in there.items():
            if _path(url) == wanted or called.casefold() == name.casefold():
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

    def ask(self, method: str, url: str, body: bytes, depth: str = "0") -> Reply:
        """A question in XML."""
        return self.web.ask(method, url, body, {**_XML, "Depth": depth})

    def resources(self, reply: Reply) -> list[dav.Found]:
        """What an answer lists. Raises Unavailable for one that is none."""
        try:
            return dav.multistatus(reply.body if reply.status == _MULTI else b"")
        except ValueError:
            raise Unavailable(
                phrase(
                    "{title} did not answer as a calendar server ({status}); nothing was changed",
                    title=self.web.title,
                    status=reply.status,
                ),
                remedy=phrase(
                    "open a web page to see whether this network wants you to log in, then try again"
                ),
                code="CS-DAV-006",
            ) from None

    def absolute(self, path: str, *, folder: bool = False) -> str:
        """The address behind a path that the server told. Raises Unavailable for another site's."""
        url = str(httpx.URL(self.home).join(quote(path, safe="/:@!$&'()*+,;=~-._")))
        if not same_site(self.web.base, url):
            raise Unavailable(
                phrase("{title} names a place elsewhere", title=self.web.title), code="CS-DAV-007"
            )
        return f"{url}/" if folder and not url.endswith("/") else url

    def _properties(self, url: str, depth: str, *tags: str) -> list[dav.Found]:
        return self.resources(self.ask("PROPFIND", url, dav.propfind(*tags), depth))

    def _made(self, url: str, name: str) -> Made | None:
        """Make it there; None where the address is taken. A lost answer is looked for before it is sent again."""
        for number in range(_TRIES):
            try:
                reply = self.web.send("MKCALENDAR", url, dav.mkcalendar(name), _XML)
            except Uncertain as error:
                self.web.wait(number)
                there = self.calendars()
                found = [
                    each for each, called in there.items() if _path(each) == _path(url) or called == name
                ]
                if found:
                    return Made(found[0])
                why = error.why
                continue
            if reply.status == _MADE:
                self._new = self._told(reply, url)
                return Made(self._new)
            if reply.status in OK and any(_path(each) == _path(url) for each in self.calendars()):
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


class _There(msgspec.Struct, frozen=True):
    """A resource as it was last read."""

    path: str
    etag: str
    text: str


class Calendar:
    """One calendar. The engine knows resources by the names that calsync gave; where they are is the server's matter."""

    def __init__(self, service: CalDav, url: str, *, is_new: bool = False) -> None:
        self.id, self._service, self._is_new = url, service, is_new
        self._there: dict[str, _There] = {}
        self._described: str | None = None
        self._is_listed = False

    def changes(self, token: str | None) -> Listing:
        """Everything, where the token has changed; without one, everything at once."""
        now, count = "", 0
        if self._is_new:  # and so there is nothing in it
            return Listing((), now, full=True)
        if token is not None:
            now, count = self._token()
            if token and token == now:
                return Listing((), now, full=False, count=count)
        self._list()
        found = [resource(name, each.etag, each.text) for name, each in self._there.items()]
        return Listing(found, now, full=True, count=count)

    def check(self) -> None:
        """Raises CalendarGone where the calendar is not there any more."""
        self._token()

    def strangers(self) -> int:
        """How many events in it are not of calsync."""
        self._list()
        return sum(read_mark(each.text) is None for each in self._there.values())

    def write(self, actions: Sequence[Create | Patch | Delete]) -> Iterator[dict[int, Answer]]:
        """The answers to these by their place. What was written is read again, all at once."""
        self._read_first(action.known.href for action in actions if isinstance(action, Patch))
        written: dict[int, str] = {}
        try:
            for place, action in enumerate(actions):
                answer = self._write(action)
                if answer is None:
                    written[place] = action.known.href
                else:
                    yield {place: answer}
        except TryLater:
            raise
        except CalsyncError:
            yield from self._read_again(actions, written)
            raise
        yield from self._read_again(actions, written)

    def fetch(self, known: Sequence[Known]) -> Iterator[dict[int, Answer]]:
        """What stands there for each of these, by its place."""
        names = [each.href for each in known]
        self._look(names)
        for place, name in enumerate(names):
            there = self._there.get(name)
            if there is None:
                yield {place: Answer(Verdict.MISSING)}
            else:
                yield {place: Answer(Verdict.DONE, resource(name, there.etag, there.text))}

    def note(self, store: str, count: int) -> None:
        """A line of the calendar's description; a server that keeps none is no reason to stop."""
        if self._described is None:
            self._token()
        text = write_note(self._described or "", store, count)
        self._service.ask("PROPPATCH", self.id, dav.description(text))
        self._described = text

    # How it is read

    def _token(self) -> tuple[str, int]:
        service = self._service
        reply = service.ask("PROPFIND", self.id, dav.propfind(dav.TOKEN, dav.CTAG, dav.DESCRIPTION, dav.TYPE))
        self._must_be_there(reply)
        found = service.resources(reply)
        if not found or not found[0].has(dav.TYPE, dav.CALENDAR):
            raise self._is_gone()
        self._described = found[0].text(dav.DESCRIPTION)
        said = found[0].text(dav.TOKEN) or found[0].text(dav.CTAG)
        return said if service.kind.tells_changes else "", read_note(self._described, service.store)

    def _list(self) -> None:
        reply = self._service.ask("REPORT", self.id, dav.query(), "1")
        self._must_be_there(reply)
        self._there.clear()
        self._learn(self._service.resources(reply))
        self._is_listed = True

    def _look(self, names: Sequence[str]) -> None:
        """Read these anew; those that are not where they should be are looked for among all."""
        if len(names) > _FEW:
            self._list()
            return
        if not names:
            return
        paths = [self._path_of(name) for name in names]
        reply = self._service.ask("REPORT", self.id, dav.multiget(map(_quoted, paths)), "1")
        if reply.status in _ABSENT:  # of the calendar, or of one resource at SabreDAV
            self._list()
            return
        for name in names:
            self._there.pop(name, None)
        self._learn(self._service.resources(reply))
        if not self._is_listed and any(name not in self._there for name in names):
            self._list()

    def _learn(self, found: Iterable[dav.Found]) -> None:
        """Remember what was read, by the name that the mark in it tells; a copy has the name of its place."""
        copies: list[_There] = []
        for each in found:
            there = _There(each.path, _etag(each), each.text(dav.DATA))
            if not is_event(there.text):
                continue
            name = _marked_name(there) or _own_name(there)
            if name != _own_name(there):
                copies.append(there)
            else:
                self._there[name] = there
        for there in copies:
            name = _marked_name(there)
            taken = self._there.get(name)
            self._there[name if taken is None or taken.path == there.path else _own_name(there)] = there

    def _path_of(self, name: str) -> str:
        there = self._there.get(name)
        return there.path if there else unquote(f"{urlsplit(self.id).path}{name}.ics")

    def _must_be_there(self, reply: Reply) -> None:
        if reply.status in _ABSENT:
            raise self._is_gone()

    def _is_gone(self) -> CalendarGone:
        return CalendarGone(
            phrase(
                "the calendar at {title} is not there: it was deleted, or somebody else is signed in; nothing was changed",
                title=self._service.web.title,
            ),
            remedy=phrase("see calsync auth status; calsync sync caldav --restore makes a new calendar"),
        )

    # How it is written

    def _read_first(self, names: Iterable[str]) -> None:
        """What else is in a resource has to be known before it is changed."""
        self._look([name for name in names if name not in self._there])

    def _write(self, action: Create | Patch | Delete) -> Answer | None:
        """Send it; None where it was taken. Where nobody knows, look before anything is sent again."""
        known, why = action.known, ""
        for number in range(_TRIES):
            there = self._there.get(known.href)
            if isinstance(action, Patch | Delete) and there is not None and there.etag != known.etag:
                return Answer(Verdict.CONFLICT)
            if isinstance(action, Create) and there is not None:
                return Answer(Verdict.CONFLICT)
            if isinstance(action, Patch) and there is None:
                return Answer(Verdict.MISSING)
            try:
                return self._answer(action, self._send(action))
            except Uncertain as error:
                why = error.why
                self._service.web.wait(number)
                self._is_listed = False
                self._look([known.href])
                if self._has_arrived(action):
                    return Answer(Verdict.DONE) if isinstance(action, Delete) else None
        raise Unavailable(
            phrase("{title} takes no changes ({why})", title=self._service.web.title, why=why),
            remedy=phrase("try again in a few minutes"),
            code="CS-DAV-003",
        )

    def _send(self, action: Create | Patch | Delete, suffix: str = "") -> Reply:
        service, known = self._service, action.known
        url = service.absolute(self._path_of(known.href))
        there = self._there.get(known.href)
        if isinstance(action, Create):
            mark, uid = known.mark(service.store), _suffixed(action.wanted.uid, suffix)
            body = created(action.wanted.event, mark, service.now, uid)
            return service.web.send("PUT", url, body, {**_ICS, "If-None-Match": "*"})
        fits = {"If-Match": known.etag} if known.etag and not known.etag.startswith("#") else {}
        if isinstance(action, Delete):
            return service.web.send("DELETE", url, b"", fits)
        assert there is not None  # the caller has looked
        body = changed(there.text, action.wanted.event, action.names, known.mark(service.store), service.now)
        return service.web.send("PUT", url, body, {**_ICS, **fits})

    def _answer(self, action: Create | Patch | Delete, reply: Reply) -> Answer | None:
        """What a status means; None for a resource that was taken and has to be read."""
        if reply.status in OK:
            return self._answer_to_a_deletion(action, reply) if isinstance(action, Delete) else None
        if isinstance(action, Create) and reply.status in {403, _CONFLICT, _CHANGED}:
            return self._answer_to_a_taken_uid(action, reply)
        return self._refused(reply)

    def _answer_to_a_deletion(self, action: Delete, reply: Reply) -> Answer:
        """Whatever else answers for the server does not say it as a server does: then it is looked for."""
        if reply.status != _NOTHING and not _is_said_by_a_server(reply):
            self._is_listed = True  # where it is not, it is nowhere
            self._look([action.known.href])
            if action.known.href in self._there:
                return Answer(Verdict.CONFLICT)
        return Answer(Verdict.DONE)

    def _answer_to_a_taken_uid(self, action: Create, reply: Reply) -> Answer | None:
        """A uid that the server has elsewhere is refused by some: then another one does."""
        self._look([action.known.href])
        if action.known.href in self._there:
            return Answer(Verdict.CONFLICT)
        again = self._send(action, f".{self._service.store[:8]}-{action.known.count or 1}")
        return None if again.status in OK else self._refused(reply)

    def _refused(self, reply: Reply) -> Answer:
        if reply.status in _GONE:
            return Answer(Verdict.MISSING)
        if reply.status == _CHANGED:
            return Answer(Verdict.CONFLICT)
        said = dav.why(reply.body)
        why = phrase("the server answered {status} {said}", status=reply.status, said=said)
        return Answer(Verdict.MISSING if reply.status == _CONFLICT else Verdict.REFUSED, why=why.strip())

    def _has_arrived(self, action: Create | Patch | Delete) -> bool:
        there = self._there.get(action.known.href)
        if isinstance(action, Delete) or there is None:
            return isinstance(action, Delete) and there is None
        mark, mine = read_mark(there.text), action.known.mark(self._service.store)
        return mark is not None and (mark.store, mark.count) == (mine.store, mine.count)

    def _read_again(
        self, actions: Sequence[Create | Patch | Delete], written: dict[int, str]
    ) -> Iterator[dict[int, Answer]]:
        """How what was taken stands there now."""
        if not written:
            return
        self._is_listed = False
        self._look(list(written.values()))
        answers: dict[int, Answer] = {}
        for place, name in written.items():
            there = self._there.get(name)
            mark = read_mark(there.text) if there else None
            if there is None:
                answers[place] = Answer(Verdict.MISSING, why=phrase("it was taken, and is not shown"))
            elif mark is not None and not self._has_arrived(actions[place]):
                answers[place] = Answer(Verdict.CONFLICT)
            else:
                answers[place] = Answer(Verdict.DONE, resource(name, there.etag, there.text))
        yield answers


def _is_said_by_a_server(reply: Reply) -> bool:
    try:
        return bool(dav.multistatus(reply.body))
    except ValueError:
        return False


def _etag(found: dav.Found) -> str:
    """Weak ones count as what they name: everything is compared all the same. Without one, the text tells."""
    etag = found.text(dav.ETAG).strip().removeprefix("W/")
    return etag or f"#{resource_name('', found.text(dav.DATA))}"


def _marked_name(there: _There) -> str:
    mark = read_mark(there.text)
    return resource_name(mark.store, mark.uid, mark.generation) if mark else ""


def _own_name(there: _There) -> str:
    return there.path.rstrip("/").rpartition("/")[2].removesuffix(".ics")


def _suffixed(uid: str, suffix: str) -> str:
    name, at, end = uid.rpartition("@")
    return f"{name}{suffix}{at}{end}"


def _path(url: str) -> str:
    return unquote(urlsplit(url).path).rstrip("/")


def _quoted(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=~-._")
