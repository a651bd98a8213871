"""calsync's own calendar at a CalDAV server, as the sync engine asks for it: made, listed, looked at, written to.

No precondition is trusted alone, for some servers know none: what is to be
changed was read in this sync, and what was written is read again.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote, urlsplit

import msgspec

from calsync.errors import CalsyncError, TryLater, Unavailable
from calsync.phrase import phrase
from calsync.sync.note import read_note, write_note
from calsync.sync.protocol import Answer, CalendarGone, Listing, Verdict
from calsync.sync.values import Create, Delete, Known, Patch
from calsync.targets.caldav import dav
from calsync.targets.caldav.http import OK, Reply, Uncertain
from calsync.targets.caldav.site import Site, quoted
from calsync.targets.caldav.wire import changed, created, is_event, read_mark, resource, resource_name

__all__ = ["Calendar"]

_TRIES = 4
_FEW = 50
"""Resources that are asked for by name; more come with a list of all."""
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}
_NOTHING = 204
_ABSENT = {403, 404, 410}
_GONE, _CONFLICT, _CHANGED = {404, 410}, 409, 412


class _There(msgspec.Struct, frozen=True):
    """A resource as it was last read."""

    path: str
    etag: str
    text: str


class Calendar:
    """One calendar. The engine knows resources by the names that calsync gave; where they are is the server's matter."""

    def __init__(self, service: Site, url: str, *, is_new: bool = False) -> None:
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
        reply = self._service.ask("REPORT", self.id, dav.multiget(map(quoted, paths)), "1")
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
