"""Everything but the sockets: which side a request belongs to, what is recorded, what goes wrong.

``Service.reply`` takes a request and says what to send, and how (``Reply``):
a reply can be cut, dropped or late. Requests run one after another where they
touch the world, and at once everywhere else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from traceback import format_exc
from typing import Any, Literal
from urllib.parse import parse_qs

from tests.fakes.google import batch
from tests.fakes.google.api import Answer, Api, Asked, refusal
from tests.fakes.google.consent import Consent
from tests.fakes.google.errors import FAULTS, Refused
from tests.fakes.google.faults import Fault, Faults
from tests.fakes.google.world import World

__all__ = ["Recorded", "Reply", "Service"]

PORTAL = b"<!DOCTYPE html><html><title>Welcome</title><body>Please sign in to the WLAN of this hotel.</body></html>"


@dataclass(slots=True)
class Recorded:
    """A request as it came; ``body`` as JSON where it is JSON; ``status`` is what was answered, 0 if nothing was.

    ``number`` counts requests from the start, 1 is the first; the parts of a batch have none of their own.
    """

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any
    parts: "tuple[Recorded, ...]" = ()
    status: int = 0
    number: int = 0


@dataclass(slots=True)
class Reply:
    """An answer and its way: ``whole``, or ``cut`` in the body, ``drop``ped or ``reset`` without a byte."""

    answer: Answer
    how: Literal["whole", "cut", "drop", "reset", "hang"] = "whole"
    seconds: float = 0.0


@dataclass(slots=True)
class Service:
    """The fake without its sockets."""

    world: World
    consent: Consent
    api: Api
    faults: Faults = field(default_factory=Faults)
    requests: list[Recorded] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    sign_in_faults: Faults = field(default_factory=Faults)
    sign_ins: list[Recorded] = field(default_factory=list)
    control: Callable[[Asked], Answer | None] | None = None
    hooks: list[tuple[int, int, Callable[[], object]]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _batches: Any = field(default_factory=lambda: count(1))

    def reply(self, asked: Asked) -> Reply:
        """What to send for a request, and how. A mistake of the fake itself is a 500 that is remembered."""
        try:
            return self._replied(asked)
        except Exception:  # noqa: BLE001  # a thread of the server is no place to end in
            self.crashes.append(format_exc())
            return Reply(Answer(500, {"Content-Type": "text/plain"}, b"the fake itself is broken\n"))

    def _replied(self, asked: Asked) -> Reply:
        if self.control and (answer := self.control(asked)):
            return Reply(answer)
        if not asked.path.startswith(("/calendar/", "/batch")):
            return self._at_sign_in(asked)
        recorded = self._recorded(asked)
        self._hooked(recorded, 0)
        fault = self.faults.due(f"{asked.method} {asked.path}")
        reply = self._struck(asked, recorded, fault) if fault else Reply(self._done(asked, recorded))
        recorded.status = reply.answer.status if reply.how in {"whole", "cut"} else 0
        return reply

    def before(self, number: int, act: Callable[[], object], *, part: int = 0) -> None:
        """Call ``act`` when the ``number``-th request from now has come, before it (or that part of it) is done."""
        with self._lock:
            self.hooks.append((len(self.requests) + number, part, act))

    def _recorded(self, asked: Asked) -> Recorded:
        with self._lock:
            recorded = _record(asked)
            self.requests.append(recorded)
            recorded.number = len(self.requests)
            return recorded

    def _hooked(self, recorded: Recorded, part: int) -> None:
        """Let happen what was to happen before this request or this part of it."""
        with self._lock:
            due = [hook for hook in self.hooks if hook[:2] == (recorded.number, part)]
            self.hooks[:] = [hook for hook in self.hooks if hook not in due]
        for _, _, act in due:
            act()

    def _at_sign_in(self, asked: Asked) -> Reply:
        recorded = _record(asked)
        self.sign_ins.append(recorded)
        fault = self.sign_in_faults.due(f"{asked.method} {asked.path}")
        if fault is None:
            return Reply(self._sign_in(asked, recorded))
        return self._broken(fault, lambda: self._sign_in(asked, recorded))

    def _sign_in(self, asked: Asked, recorded: Recorded) -> Answer:
        kind = asked.headers.get("content-type", "").partition(";")[0]
        text = asked.body.decode("utf-8", "replace") if kind == "application/x-www-form-urlencoded" else ""
        found = self.consent.answer(asked.method, asked.path, asked.query, parse_qs(text), asked.headers)
        answer = Answer(*found) if found else Answer(404, {"Content-Type": "text/plain"}, b"Not Found\n")
        recorded.status = answer.status
        return answer

    def _done(self, asked: Asked, recorded: Recorded, fault: Fault | None = None) -> Answer:
        if asked.path == self.api.document.batch and asked.method == "POST":
            return self._batch(asked, recorded, fault)
        return self.api.answer(asked)

    def _batch(self, asked: Asked, recorded: Recorded, fault: Fault | None) -> Answer:
        try:
            parts = batch.opened(asked)
        except Refused as refused:
            return refusal(refused)
        recorded.parts = tuple(_record(part.asked) for part in parts)
        order = list(range(len(parts)))
        if self.world.answers.batches == "backwards":
            order.reverse()
        if fault and fault.of_the_wire and fault.part:
            order = order[: fault.part]
        answers: dict[int, Answer] = {}
        for index in order:
            self._hooked(recorded, index + 1)
            answers[index] = self._part(parts[index], index + 1, fault)
            recorded.parts[index].status = answers[index].status
        return batch.closed(
            [(parts[index], answers[index]) for index in sorted(answers)], next(self._batches)
        )

    def _part(self, part: batch.Part, number: int, fault: Fault | None) -> Answer:
        hit = fault is not None and not fault.of_the_wire and fault.part == number
        if fault is None or not hit:
            return self.api.answer(part.asked)
        if fault.when == "after":
            self.api.answer(part.asked)
        return _refusal(fault)

    def _struck(self, asked: Asked, recorded: Recorded, fault: Fault) -> Reply:
        """The request and what goes wrong with it."""
        if fault.part and not fault.of_the_wire:
            return Reply(self._done(asked, recorded, fault))
        return self._broken(fault, lambda: self._done(asked, recorded, fault))

    def _broken(self, fault: Fault, do: Callable[[], Answer]) -> Reply:
        """What is sent instead of, or after, what was asked for."""
        if fault.kind == "delay":
            return Reply(do(), seconds=fault.seconds)
        answer = do() if fault.when == "after" or fault.kind == "cut" or fault.part else Answer(200)
        match fault.kind:
            case "html":
                return Reply(Answer(200, {"Content-Type": "text/html; charset=UTF-8"}, PORTAL))
            case "empty":
                return Reply(Answer(200, {"Content-Type": "application/json; charset=UTF-8"}))
            case "drop" | "reset" | "cut" | "hang":
                return Reply(answer, fault.kind, fault.seconds)
        return Reply(_refusal(fault), seconds=fault.seconds)


def _refusal(fault: Fault) -> Answer:
    answer = refusal(FAULTS[fault.kind])
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _record(asked: Asked) -> Recorded:
    body: Any = asked.body or None
    if body and asked.headers.get("content-type", "").startswith("application/json"):
        try:
            body = json.loads(body)
        except ValueError:
            body = asked.body
    return Recorded(asked.method, asked.path, asked.query, asked.headers, body)
