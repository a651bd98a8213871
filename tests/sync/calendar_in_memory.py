"""A calendar in memory that does to its clients whatever servers have been seen to do.

It loses answers, takes requests late, forgets its tokens, lists in another
order, and makes something else of what it was sent. Each write is one request;
``trouble`` says what happens at which of them.
"""

from msgspec.structs import replace

from calsync.errors import Unavailable
from calsync.sync.protocol import Answer, CalendarGone, Listing, Made, Profile, Verdict
from calsync.sync.values import Create, Delete, Resource

__all__ = ["KINDS", "PROFILE", "CalendarInMemory", "Killed"]

KINDS = ("not sent", "answer lost", "late", "killed before", "killed after")
FIELDS = ("time", "summary", "description", "location", "reminders")


class Killed(BaseException):
    """The process is no more."""


def _fields(event):
    times = [moment.isoformat() for moment in (event.start, event.end)]
    return {
        "time": times,
        "summary": event.summary,
        "description": event.description,
        "location": event.location,
        "reminders": sorted(event.alarms),
    }


PROFILE = Profile(
    name="memory",
    title="The calendar",
    fields=_fields,
    href=lambda store, uid, generation: f"{store}/{uid}/{generation}",
    keys=lambda name, _, __: [name],
)


class CalendarInMemory:
    """A service with one calendar, and that calendar."""

    def __init__(self, *, normalises=False):
        self.normalises = normalises
        self.id, self.there, self.gone, self.changed = "", {}, set(), {}
        self.made = self.ticks = self.oldest = self.noted = self.writes = self.requests = 0
        self.trouble, self.late, self.lost_calendars = {}, [], 0

    # As the engine asks

    def close(self):
        pass

    def make_calendar(self, name, zone):
        del name, zone
        self.requests += 1
        self.made += 1
        kind = self.trouble.pop("make", "")
        if kind != "not sent":
            self.id = f"calendar-{self.made}"
            self.there, self.gone, self.changed, self.noted, self.late = {}, set(), {}, 0, []
        if kind:
            raise Unavailable("the connection broke off", remedy="again")
        return Made(self.id)

    def calendar(self, name):
        self.asked_for = name
        return self

    def changes(self, token):
        self.requests += 1
        self.check()
        full = not token or int(token) < self.oldest
        since = -1 if full else int(token)
        names = sorted((href for href, tick in self.changed.items() if tick > since), reverse=True)
        names = [href for href in names if not full or href in self.there]
        found = [self.there.get(href) or Resource(href, deleted=True) for href in names]
        return Listing(found, str(self.ticks), full=full, count=self.noted)

    def check(self):
        if self.asked_for != self.id:
            raise CalendarGone("the calendar is not there", remedy="--restore")

    def write(self, actions):
        for place, action in enumerate(actions):
            self.writes += 1
            self.requests += 1
            yield {place: self._sent(action, self.trouble.pop(self.writes, ""))}

    def fetch(self, known):
        for place, each in enumerate(known):
            self.requests += 1
            yield {place: self._look(each.href)}

    def note(self, store, count):
        del store
        self.noted = max(self.noted, count)

    # What the user does, and the network

    def edits(self, href, **fields):
        self._put(replace(self.there[href], fields={**self.there[href].fields, **fields}))

    def deletes(self, href):
        del self.there[href]
        self.gone.add(href)
        self._touch(href)

    def forgets_tokens(self):
        self.oldest = self.ticks + 1
        self.ticks += 1

    def late_ones_arrive(self):
        waiting, self.late = self.late, []
        for action in waiting:
            self._commit(action)

    # How

    def _sent(self, action, kind):
        if kind == "killed before":
            raise Killed
        if kind == "late":
            self.late.append(action)
        if kind in {"not sent", "late"}:
            raise Unavailable("the connection broke off", remedy="again")
        answer = self._commit(action)
        if kind == "killed after":
            raise Killed
        if kind == "answer lost":
            raise Unavailable("the connection broke off", remedy="again")
        return answer

    def _commit(self, action):
        known = action.known
        href = known.href
        if isinstance(action, Create):
            if href in self.there or href in self.gone:
                return Answer(Verdict.CONFLICT)
            fields = action.wanted.fields
        elif href not in self.there:
            return Answer(Verdict.DELETED if href in self.gone else Verdict.MISSING)
        elif known.etag and self.there[href].etag != known.etag:
            return Answer(Verdict.CONFLICT)
        elif isinstance(action, Delete):
            self.deletes(href)
            return Answer(Verdict.DONE)
        else:
            sent = {name: action.wanted.fields[name] for name in action.names}
            fields = {**self.there[href].fields, **sent}
        return Answer(
            Verdict.DONE, self._put(Resource(href, "", self._normal(fields), known.mark(self._store(known))))
        )

    def _store(self, known):
        return known.href.partition("/")[0]

    def _normal(self, fields):
        """Texts trimmed to something shorter, as some servers do."""
        return {**fields, "description": fields["description"][:40]} if self.normalises else fields

    def _put(self, resource):
        self._touch(resource.href)
        self.there[resource.href] = replace(resource, etag=str(self.ticks))
        return self.there[resource.href]

    def _touch(self, href):
        self.ticks += 1
        self.changed[href] = self.ticks

    def _look(self, href):
        self.check()
        if href in self.there:
            return Answer(Verdict.DONE, self.there[href])
        return Answer(Verdict.DELETED if href in self.gone else Verdict.MISSING)
