"""Requests that nobody would make, at random, against the page: each is answered, none breaks it, and no secret gets out.

``python -m tests.soak.web_fuzz [--count N] [--seed S] [--folder DIR]`` prints its figure, and exits 1 with the first
answer that is not as it must be, and the request that got it. Ways, methods, headers and fields are drawn from what
the page has, and spoilt; about half of the requests come with everything that is right, so that they get far.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote_from_bytes, urlencode

from calsync.store import Store
from calsync.web.app import modules
from calsync.web.security import HEADERS
from tests.cli.person import Person
from tests.web.life import COACH, LIFE, TUESDAY
from tests.web.page import Page
from tests.web.payloads import PAYLOADS

FORM = "application/x-www-form-urlencoded"
SECRETS = (b"canary-", b"Traceback")
_ANEW = 2_000
_LOOKS = ("GET", "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "GE T", "get")
_NUMBERS = ("0", "1", "-1", "9" * 30, "1e9", "٣", "")
_DAYS = (
    "2026-11-25",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "next fri",
    "3 days",
    "-5 days",
    "99999999 business days",
)
_TIMES = ("10:00", "25:00", "2026-11-25T10:00", "2026-03-08T02:30", "tomorrow 9am")
_KNOWN = (
    "en",
    "de",
    "US",
    "XX",
    "America/New_York",
    "Mars/Olympus",
    "phone",
    "open",
    "closed",
    "auto",
    "yes",
    "skip",
    "sent",
    "voicemail",
    "replied",
    "offer",
)


class Wrong(AssertionError):
    """An answer that is not as it must be."""


class Draw:
    """What a request is made of."""

    def __init__(self, seed, fields):
        self.pick = random.Random(seed)
        self._fields = fields

    def one(self, of):
        return self.pick.choice(of)

    def likely(self, right, wrong, part=0.85):
        return right if self.pick.random() < part else wrong

    def value(self):
        """A word for a field: what might be meant, or what nobody means."""
        kind = self.pick.randrange(9)
        if kind < 5:
            return self.one((_NUMBERS, _DAYS, _TIMES, _KNOWN, PAYLOADS)[kind])
        if kind == 5:
            return "".join(chr(self.pick.randrange(1, 0x2FFF)) for _ in range(self.pick.randrange(40)))
        if kind == 6:
            return self.one(("a", "🙂", "\n", '"', ";", "\x00")) * self.pick.randrange(3000)
        return self.one(
            (
                "Acme",
                "Bob Johnson",
                "+1 212-555-0123",
                "bob@hooli.example",
                "Mon-Fri 09:00-11:00",
                "{}",
                '{"a":1}',
            )
        )

    def hole(self):
        known = ("1", "2", "hooli-data-analyst-20261117", "globex-engineer-20261202", *map(str, range(3, 30)))
        spoilt = quote_from_bytes(
            bytes(self.pick.randrange(256) for _ in range(self.pick.randrange(20))), safe=""
        )
        return self.likely(self.one(known), self.likely(spoilt, "..%2f..", 0.8), 0.8)

    def form(self):
        names = [self.one(self._fields) for _ in range(self.pick.randrange(8))]
        return [(name, self.value()) for name in names]


def fuzz(count, seed, folder):
    """So many requests, in homes that begin anew from time to time."""
    codes, sound, done = Counter(), _home(folder / "sound"), 0
    while done < count:
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(sound, home)
        with Page(home, now=TUESDAY) as page:
            page.enter()
            draw = Draw(seed + done, _fields(page))
            for _ in range(min(_ANEW, count - done)):
                codes[_asked(page, draw)] += 1
                done += 1
            _well(page)
    told = ", ".join(f"{number:,} × {code}" for code, number in sorted(codes.items()))
    return f"{count:,} requests: {told}; every one answered with the headers, no secret told, the store sound"


def _home(folder):
    person = Person(folder, COACH)
    for command, now in LIFE:
        person.does(*command, now=now)
    (folder / "google").mkdir(exist_ok=True)
    (folder / "google" / "token.json").write_text('{"refresh_token": "canary-refresh"}', encoding="utf-8")
    (folder / "google" / "token.json").chmod(0o600)
    return folder


def _fields(page):
    """Every name of a field that a form of the page has."""
    paths = ("/", "/interviews/new", "/interviews/1/edit", "/settings", "/calendar", "/event/1", "/event/4")
    found = {name for path in paths for name in re.findall(r'\bname="([^"]+)"', page.get(path).text)}
    more = {
        "force",
        "back",
        "change",
        "at",
        "next",
        "next_time",
        "by",
        "decision",
        "result",
        "data",
        "name",
        "head",
        "key",
        "yes",
    }
    return sorted((found | more) - {"_token", "_page", "viewport", "color-scheme"})


def _asked(page, draw):
    """One request and what must hold of its answer; gives the status."""
    routes = [route for module in modules() for route in module.ROUTES]
    route = draw.one(routes)
    method = draw.likely(route.method, draw.one(_LOOKS))
    path = re.sub(r"\{[^}]*\}", lambda _: draw.hole(), route.path)
    if draw.pick.random() < 0.3:
        path += "?" + urlencode(
            [(draw.one(("candidate", "from", "find", "said", "token", "a")), draw.value())]
        )
    if draw.pick.random() < 0.03:
        path = "/" + quote_from_bytes(bytes(draw.pick.randrange(256) for _ in range(30)), safe="/?&=")
    headers, body = _dressed(page, draw, method)
    try:
        status, found, text = _answer(page, method, path, headers, body)
    except (OSError, HTTPException, ValueError) as error:
        if " " in method:  # no method at all: the line is cut with the server's own words, or ours
            return 0
        raise Wrong(f"{method} {path} {headers} {body[:300]}: {type(error).__name__} {error}") from None
    what = f"{method} {path} {headers} {body[:500]}: {status}"
    _expect(status < 500 or status in {502, 503}, f"{what} {text[:2000]} {page.heard}")
    _expect(all(found.get(name) == value for name, value in HEADERS), f"{what}: {found}")
    _expect(not any(secret in text for secret in SECRETS), f"{what}: a secret in {text!r}")
    if not page.cookie or headers.get("Cookie") != page.cookie:
        _expect(b"Hooli" not in text, f"{what}: told without a cookie")
    return status


def _dressed(page, draw, method):
    """Headers and body, most of the time as a browser would send them."""
    headers = {"Cookie": draw.likely(page.cookie, draw.one(("", "a=b", f"{page.cookie}x")))}
    site = draw.one((None, "same-origin", "none", "cross-site", "same-site"))
    origin = draw.one((None, "null", "http://evil.example", page.origin))
    if method == "POST":
        origin, site = draw.likely(page.origin, origin, 0.9), draw.likely("same-origin", site, 0.9)
    elif site != "same-origin":
        origin = draw.likely(None, origin, 0.9)
    headers |= {
        key: value for key, value in (("Origin", origin), ("Sec-Fetch-Site", site)) if value is not None
    }
    if draw.pick.random() < 0.1:
        name = draw.one(
            ("If-None-Match", "If-Modified-Since", "Range", "Accept-Encoding", "X-Forwarded-Host", "Expect")
        )
        headers[name] = "".join(each for each in draw.value() if " " <= each <= "~")[:500]
    if method != "POST":
        return headers, b""
    return _with_form(page, draw, headers)


def _with_form(page, draw, headers):
    fields = [("_token", draw.likely(page.form_token, "wrong", 0.95)), *draw.form()]
    kind = draw.likely(
        FORM,
        draw.one(
            ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "", "application/json")
        ),
        0.8,
    )
    headers["Content-Type"] = kind
    if "boundary" not in kind:
        return headers, urlencode(fields, errors="replace").encode()
    file = draw.likely("company,role,start\nAcme,PM,2026-11-12 14:00\n", draw.value())
    name = draw.one(("jobs.csv", "a.ics", "a.toml", "a.json", "../../x", "", "a.bin"))
    parts = [f'form-data; name="{key}"\r\n\r\n{value}' for key, value in fields]
    parts.append(f'form-data; name="files"; filename="{name}"\r\n\r\n{file}')
    text = "".join(f"--x\r\nContent-Disposition: {part}\r\n" for part in parts)
    return headers, (text + draw.likely("--x--\r\n", "")).encode("utf-8", "replace")


def _answer(page, method, path, headers, body):
    line = HTTPConnection("127.0.0.1", page.port, timeout=60)
    line._validate_method = lambda _: None  # whatever one likes
    line._validate_path = line._validate_method
    try:
        line.request(method, path, body or None, headers)
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        line.close()


def _well(page):
    """After all that: the page answers, the store is sound, nothing of ours broke."""
    _expect(page.heard == [], f"{page.heard}")
    answer = page.get("/")
    _expect(answer.status in {200, 409}, f"the page says {answer.status}: {answer.text}")
    with Store.open(page.home / "calsync.sqlite3") as store:
        problems = store.check()
    _expect(not problems, "; ".join(problems))


def _expect(holds, what):
    if not holds:
        raise Wrong(what)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=250_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the homes lie; a disk in memory is fast")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        try:
            print(fuzz(asked.count, asked.seed, Path(folder)))
        except Wrong as wrong:
            sys.exit(f"not as it must be: {wrong}")


if __name__ == "__main__":
    main()
