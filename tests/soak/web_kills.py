"""kill -9 of the page's server in the middle of a form: nothing lost, doubled or torn, and pressing again is no harm.

``python -m tests.soak.web_kills [--count N] [--folder DIR]`` prints its figure, and exits 1 with the first thing
that is not as it must be. The server is forked from a process that has everything loaded, so that a kill costs little.
"""

import argparse
import base64
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from calsync.cli.state import State
from calsync.store import Store
from calsync.web.app import application
from calsync.web.security import ENTRANCE, Session
from calsync.web.serving import config, listening
from tests.soak.cli_faults import GOLDEN, LATER, NOW, ROWS, Fault, Home, adding, expect, logging
from tests.web.page import Page

KINDS = ("add", "log", "edit", "import", "remove", "undo")
_ANEW = 18


class Server:
    """The page in a process of its own, and somebody who came in."""

    def __init__(self, home):
        listener, token = listening(0), Session.new_token()
        self.port = listener.getsockname()[1]
        self.child = os.fork()
        if not self.child:
            try:
                app = application(lambda: _state(home), port=self.port, token=token, tell=lambda _: None)
                uvicorn.Server(config(app)).run(sockets=[listener])
            finally:
                os._exit(0)
        listener.close()
        self.cookie = ""
        self.cookie = self.asks("GET", f"{ENTRANCE}?token={token}")[1].partition(";")[0]

    def kill(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)

    def asks(self, method, path, body=None):
        """Status, cookie, and text of the answer; None where there is none."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, self._headers(body))
            answer = line.getresponse()
            return answer.status, answer.headers.get("set-cookie", ""), answer.read().decode()
        finally:
            line.close()

    def form(self, path, fields):
        """A form as bytes, with the token that stands on a page."""
        token = re.search(r'name="_token" value="(\w+)"', self.asks("GET", "/import")[2])[1]
        return path, urlencode([("_token", token), *fields]).encode()

    def sends(self, path, body):
        """Begin to send; the line, whose answer nobody has read."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("POST", path, body, self._headers(body))
        return line

    def _headers(self, body):
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers |= {
                "Origin": f"http://127.0.0.1:{self.port}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
        return headers


def _state(home):
    state = State()
    state.home, state.now, state.quiet = str(home.folder), LATER, True
    return state


@contextmanager
def served(home):
    server = Server(home)
    try:
        yield server
    finally:
        server.kill()


def kills(count, folder):
    """Forms that are sent, and a server that dies at instants that sweep over all it does with them."""
    home, lengths, counts, turn, done = Home(folder / "home"), {}, Counter(), 0, 0
    _load_everything(home)
    while sum(counts.values()) < count:
        if turn % _ANEW == 0:
            _begin(home)
        kind = KINDS[turn % len(KINDS)]
        fields = _fields(home, kind, turn)
        before = standing(home)
        if _killed(home, fields, turn * GOLDEN % 1, lengths, kind):
            counts[kind] += 1
        after = standing(home)
        expected(kind, turn, before, after)
        done += before != after
        _pressed_again(home, kind, turn, fields, before, after)
        turn += 1
    each = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    return (
        f"{count} kills of {turn} forms ({each}), {done} had done their work: nothing lost, doubled or torn"
    )


def _load_everything(home):
    """What a first visit loads and compiles: children are forked with it."""
    _begin(home)
    with Page(home.folder, now=LATER) as page:
        page.enter()
        page.get("/import")
    page.has_ended()


def _begin(home):
    home.fresh()
    for name in ("first", "second"):
        home.here(*adding(name), now=NOW)
        home.here(*logging(name, 0))


def standing(home):
    """All that is remembered, sound and planned as it should be: outcomes and notes by interview."""
    outcomes = home.remembered()
    with Store.open(home.store) as store:
        return {
            each.interview.id: (outcomes[each.interview.id], each.interview.notes)
            for each in store.interviews()
        }


def _fields(home, kind, turn):
    """Where a form of that kind goes, and what stands in it."""
    name = f"job-{turn}"
    match kind:
        case "add":
            record = {"id": name, "own_id": "yes", "company": name, "role": "PM", "start": "2026-11-12T14:00"}
            return "/interviews", [*_own(home, "/interviews/new", record)]
        case "log":
            return _logged(home, turn)
        case "edit":
            return "/interviews/first", _own(home, "/interviews/first/edit", {"notes": f"note {turn}"})
        case "import":
            rows = [f"row{turn}x{row},PM,2026-11-12 14:00,Sarah Smith" for row in range(ROWS)]
            text = "\n".join(["company,role,start,contact", *rows, ""])
            return "/import/take", [("name", "rows.csv"), ("data", base64.b64encode(text.encode()).decode())]
        case "remove":
            home.here(*adding(name), now=NOW)
            return f"/interviews/{name}/remove", []
        case _:
            home.here("edit", "second", "--notes", f"note {turn}")
            with Store.open(home.store) as store:
                number = next(entry.number for entry in store.history(1))
            return "/undo", [("change", str(number))]


def _own(home, path, values):
    """Values under the names that the form gives its fields."""
    if path not in _NAMES:
        with served(home) as server:
            html = server.asks("GET", path)[2]
        _NAMES[path] = {found[1]: found[0] for found in re.findall(r'name="((?:\w+\.)?(\w+))"', html)}
    return [(_NAMES[path].get(key, key), value) for key, value in values.items()]


_NAMES: dict[str, dict[str, str]] = {}


def _logged(home, turn):
    """The next touch of the second interview."""
    with Store.open(home.store) as store:
        waits = [each for each in store.planned(interview="first") if each.event.action in {"call", "email"}]
        ref, action = waits[0].ref, waits[0].event.action
    result = [("result", "replied"), ("next", f"2026-12-{1 + turn % 20:02}")]
    return f"/event/{ref}/log", result if action == "email" else [("result", "call-back"), *result[1:]]


def _killed(home, form, part, lengths, kind):
    """Send the form and kill after that part of what the first of its kind took; whether it was not answered yet."""
    server = Server(home)
    try:
        path, body = server.form(*form)
        begun = time.monotonic()
        line = server.sends(path, body)
        if kind not in lengths:
            answer = line.getresponse()
            expect(answer.status == 303, f"{kind}: {answer.status} {answer.read().decode()}")
            lengths[kind] = time.monotonic() - begun
            return False
        time.sleep(part * lengths[kind])
    finally:
        server.kill()
    try:
        line.getresponse()
    except (OSError, HTTPException):
        return True
    finally:
        line.close()
    return False


def expected(kind, turn, before, after):
    """Either nothing came of the form, or all that it was for."""
    new, gone = set(after) - set(before), set(before) - set(after)
    name = f"job-{turn}"
    what = f"{kind} {turn}"
    sizes = {"add": ({0, 1}, {0}), "import": ({0, ROWS}, {0}), "remove": ({0}, {0, 1})}.get(kind, ({0}, {0}))
    expect(len(new) in sizes[0] and len(gone) in sizes[1], f"{what}: {new} is new, {gone} is gone")
    expect(gone <= {name}, f"{what}: lost {gone}")
    for each in set(before) & set(after):
        (told, notes), (told_now, notes_now) = before[each], after[each]
        more = 1 if kind == "log" and each == "first" else 0
        expect(told_now[: len(told)] == told, f"{what}: the log of {each} is another")
        expect(len(told_now) - len(told) in {0, more}, f"{what}: {told} and then {told_now}")
        may = {("edit", "first"): f"note {turn}", ("undo", "second"): None}
        if (kind, each) not in may:
            expect(notes == notes_now, f"{what}: the notes of {each} are others")
        elif may[kind, each] is not None:
            expect(notes_now in {notes, may[kind, each]}, f"{what}: {notes_now}")


def _pressed_again(home, kind, turn, form, before, after):
    """By somebody who got no answer: what was not done is done now, what was done is not done twice."""
    with served(home) as server:
        status, _, text = server.asks("POST", *server.form(*form))
    expect(status < 500, f"{kind} {turn} again: {status} {text}")
    if before == after:
        expect(status == 303, f"{kind} {turn} again: {status} {text}")
    now = standing(home)
    if kind == "undo":  # a change that is taken back cannot be taken back again
        expect(status == 303 or now == after, f"undo {turn} again changed something else")
        return
    expected(kind, turn, after if kind == "log" else before, now)  # the same news once more is news
    expect(now != before or kind == "edit", f"{kind} {turn} again: nothing was done")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the homes lie; memory is fastest")
    asked = parser.parse_args()
    memory = Path("/dev/shm")
    base = asked.folder or (memory if memory.is_dir() else None)
    with tempfile.TemporaryDirectory(dir=base) as folder:
        try:
            print(kills(asked.count, Path(folder)))
        except Fault as fault:
            sys.exit(f"not as it must be: {fault}")


if __name__ == "__main__":
    main()
