"""What holds for every request: no answer that is none, nothing lost between two syncs."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.google import APP_CREATED, Clock, Consent
from tests.fakes.google.api import Answer, Api, Asked
from tests.fakes.google.document import document
from tests.fakes.google.service import Service
from tests.fakes.google.switches import switches
from tests.fakes.google.user import User
from tests.fakes.google.world import World
from tests.fakes.google_client import GOOD, event, place

KIM = "kim@example.com"
NAMES = st.sampled_from(["aaaaa", "bbbbb", "ccccc", "ddddd"])


class Quick:
    """The fake without its sockets, and one calendar in it."""

    def __init__(self, answers: str) -> None:
        clock = Clock()
        consent = Consent(clock)
        consent.issue([APP_CREATED], token=GOOD, expires=False)
        self.world = World(clock, switches(answers), account=KIM, zone="Europe/Berlin")
        self.service = Service(self.world, consent, Api(self.world, consent, []))
        self.user = User(self.world, KIM)
        self.calendar = self.ask("POST", "calendars", {"summary": "S", "timeZone": "Europe/Berlin"})["id"]
        self.events = place(self.calendar)

    def answer(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        given_headers = {"authorization": f"Bearer {GOOD}", "content-type": "application/json"} | headers
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        target = path if path.startswith("/") else f"/calendar/v3/{path}"
        reply = self.service.reply(Asked(method, target, given_headers, data))
        assert self.service.crashes == []
        return reply.answer

    def ask(self, method: str, path: str, body: object = None) -> dict:
        answer = self.answer(method, path, body)
        return json.loads(answer.body) if answer.body else {}

    def pages(self, size: int, **query: str) -> tuple[list[dict], str]:
        """All pages of a list, and the sync token of the last."""
        items, token = [], ""
        while True:
            asked = query | {"maxResults": str(size)} | ({"pageToken": token} if token else {})
            page = self.ask("GET", f"{self.events}?{urlencode(asked)}")
            items += page["items"]
            token = page.get("nextPageToken", "")
            if not token:
                return items, page["nextSyncToken"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
date_times = st.builds(
    "{:04}-{:02}-{:02}T{:02}:{:02}:00{}".format,
    st.integers(1, 9999),
    st.integers(1, 12),
    st.integers(1, 31),
    st.integers(0, 24),
    st.integers(0, 60),
    st.sampled_from(["", "Z", "+02:00", "-11:00", "+14:00", "+25:00"]),
)
times = st.fixed_dictionaries(
    {},
    optional={
        "dateTime": date_times | json_values,
        "date": date_times.map(lambda text: text[:10]) | json_values,
        "timeZone": st.sampled_from(["Europe/Berlin", "UTC", "Asia/Kolkata", "../../etc/passwd", "", "a/\0"]),
    },
)
bodies = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(document().schemas["Event"]["properties"], json_values)
    | {
        "start": times | json_values,
        "end": times | json_values,
        "id": NAMES | json_values,
        "reminders": st.fixed_dictionaries(
            {"useDefault": st.booleans() | st.none()},
            optional={
                "overrides": st.lists(
                    st.fixed_dictionaries({"method": st.just("popup"), "minutes": st.integers()})
                    | json_values
                )
            },
        ),
    },
)


def in_googles_form(answer: Answer) -> bool:
    """Nothing, an answer, or an error with its code and reason."""
    if answer.status in {204, 304}:
        return answer.body == b""
    if answer.headers["Content-Type"].startswith("text/html"):
        return answer.status == 404
    value = json.loads(answer.body)
    if answer.status == 200:
        return value["kind"].startswith("calendar#")
    error = value["error"]
    return (
        400 <= answer.status <= 501 and error["code"] == answer.status and bool(error["errors"][0]["reason"])
    )


@pytest.mark.parametrize("answers", ["lenient", "strict"])
@settings(max_examples=30, deadline=None)  # json of any shape takes long to draw
@given(st.lists(bodies | json_values, max_size=3))
def test_whatever_is_sent_is_answered_in_googles_form(answers, sent):
    fake = Quick(answers)
    for body in sent:
        assert in_googles_form(fake.answer("POST", fake.events, body))
        for method in ("PATCH", "PUT", "DELETE", "GET"):
            assert in_googles_form(fake.answer(method, f"{fake.events}/aaaaa", body))
        assert in_googles_form(fake.answer("GET", f"{fake.events}?orderBy=startTime&singleEvents=true"))


@given(
    st.sampled_from(document().methods),
    st.dictionaries(st.sampled_from([*sorted(document().methods[-1].parameters), "x"]), st.text(max_size=12)),
    st.text(max_size=12),
    json_values,
)
def test_whatever_is_asked_is_answered_in_googles_form(method, query, word, body):
    fake = Quick("lenient")
    path = method.path.pattern.replace("\\", "").replace("([^/]+)", quote(word, safe="") or "x")
    assert in_googles_form(fake.answer(method.http, f"{path}?{urlencode(query)}", body))


@given(st.binary(max_size=60), st.sampled_from(["POST {}", "GET {}", "{}", "\r\n\r\n{}", "GET http://[{}"]))
def test_no_batch_breaks_the_fake(junk, form):
    fake = Quick("lenient")
    inner = form.format(junk.decode("latin-1")).encode()
    body = b"--f\r\nContent-Type: application/http\r\n\r\n" + inner + b"\r\n--f--"
    answer = fake.answer(
        "POST", "/batch/calendar/v3", body, **{"content-type": "multipart/mixed; boundary=f"}
    )
    assert answer.status in {200, 400}


@pytest.mark.parametrize("answers", ["lenient", "strict"])
@given(bodies)
def test_what_is_read_can_be_written_back_without_a_change(answers, body):
    fake = Quick(answers)
    whole = event("aaaaa") | {
        name: value for name, value in body.items() if name not in {"id", "start", "end"}
    }
    if fake.answer("POST", fake.events, whole).status != 200:
        return
    read = fake.ask("GET", f"{fake.events}/aaaaa")
    if read["status"] == "cancelled":
        return
    written = fake.ask("PUT", f"{fake.events}/aaaaa", read)
    assert {**written, "etag": ""} == {**read, "etag": ""}


acts = st.one_of(
    st.tuples(st.sampled_from(["insert", "delete", "patch", "edit", "bin", "restore"]), NAMES),
    st.tuples(st.just("sync"), st.integers(1, 3)),
)


@pytest.mark.parametrize("answers", ["lenient", "strict"])
@given(st.lists(acts, max_size=30))
def test_who_follows_the_sync_tokens_knows_everything(answers, script):
    fake = Quick(answers)
    mirror: dict[str, dict] = {}
    _, token = fake.pages(3)
    for number, (verb, what) in enumerate(script):
        if verb == "sync":
            items, token = fake.pages(what, syncToken=token)
            mirror |= {each["id"]: each for each in items}
        else:
            act(fake, verb, what, number)
    items, _ = fake.pages(2, syncToken=token)
    mirror |= {each["id"]: each for each in items}
    whole, _ = fake.pages(2, showDeleted="true")
    assert sorted(mirror.values(), key=lambda each: each["id"]) == sorted(whole, key=lambda each: each["id"])


def act(fake: Quick, verb: str, name: str, number: int) -> None:
    """One thing that the program or the person does, if it can be done."""
    there = name in {each["id"] for each in fake.user.events(fake.calendar, deleted=True)}
    live = name in {each["id"] for each in fake.user.events(fake.calendar)}
    match verb:
        case "insert":
            fake.answer("POST", fake.events, event(name))
        case "delete":
            fake.answer("DELETE", f"{fake.events}/{name}")
        case "patch":
            fake.answer("PATCH", f"{fake.events}/{name}", {"summary": f"S{number}"})
        case "edit" if live:
            fake.user.edit(fake.calendar, name, reminders={"useDefault": number % 2 == 0})
        case "bin" if there:
            fake.user.delete(fake.calendar, name)
        case "restore" if there:
            fake.user.restore(fake.calendar, name)
