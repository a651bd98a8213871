"""The back door of a fake that runs alone: ``/_fake/``, where a person acts as the calendar's user.

Everything takes and gives JSON. An event is named by its id; its calendar
need not be named, ids are found wherever they are.

    GET  /_fake/                       what there is
    GET  /_fake/state                  calendars and their events, deleted ones too
    GET  /_fake/requests               what was asked of the API; /_fake/offences: what was wrong with it
    GET  /_fake/client-secret.json     the file that `auth google --client-secret` wants
    POST /_fake/user/edit              {"event": ID, "fields": {"summary": "…"}}
    POST /_fake/user/delete            {"event": ID}           /_fake/user/restore the same
    POST /_fake/user/empty-bin         {"calendar": ID}
    POST /_fake/user/create            {"calendar": ID, "body": {…}}
    POST /_fake/user/busy              {"start": "2026-07-06T10:00:00+02:00", "end": "…"}
    POST /_fake/user/delete-calendar   {"calendar": ID}
    POST /_fake/faults                 [{"kind": "backendError", "at": 2}], or [] to clear
    POST /_fake/clock                  {"seconds": 3600}: let that much time go by
    POST /_fake/expire-sync-tokens     {}
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tests.fakes.google.api import Answer, Asked
from tests.fakes.google.consent import client_file
from tests.fakes.google.errors import Refused
from tests.fakes.google.fake import FakeGoogle
from tests.fakes.google.faults import Fault

__all__ = ["Control"]

Act = Callable[[dict[str, Any]], Any]


class Control:
    """Answers what begins with ``/_fake/``, and None to everything else."""

    def __init__(self, google: FakeGoogle) -> None:
        self.google = google
        self._gets: Mapping[str, Callable[[], Any]] = {
            "": (__doc__ or "").splitlines,
            "state": self._state,
            "requests": lambda: [asdict(each) for each in google.requests],
            "offences": lambda: [asdict(each) for each in google.offences],
            "client-secret.json": partial(client_file, google.root),
        }
        self._posts: Mapping[str, Act] = {
            "user/edit": self._edit,
            "user/delete": lambda said: google.user.delete(*self._event(said)),
            "user/restore": lambda said: google.user.restore(*self._event(said)),
            "user/empty-bin": lambda said: google.user.empty_bin(said["calendar"]),
            "user/create": lambda said: google.user.create(said.get("calendar", "primary"), said["body"]),
            "user/busy": self._busy,
            "user/delete-calendar": lambda said: google.user.delete_calendar(said["calendar"]),
            "faults": self._faults,
            "clock": self._clock,
            "expire-sync-tokens": lambda _: google.expire_sync_tokens(),
        }

    def answer(self, asked: Asked) -> Answer | None:
        """What the person hears back; a mistake of theirs is a sentence with 400."""
        if not asked.path.startswith("/_fake"):
            return None
        name = asked.path.removeprefix("/_fake").strip("/")
        try:
            if asked.method == "GET" and name in self._gets:
                return _json(200, self._gets[name]())
            if asked.method == "POST" and name in self._posts:
                result = self._posts[name](json.loads(asked.body or b"{}"))
                return _json(200, {"done": name} if result is None else result)
        except Refused as refused:
            return _json(refused.status, {"error": str(refused)})
        except (LookupError, TypeError, ValueError, AttributeError) as wrong:
            return _json(400, {"error": f"that cannot be done: {wrong!r}"})
        return _json(
            404, {"error": f"there is no {asked.method} /_fake/{name}; GET /_fake/ says what there is"}
        )

    def _state(self) -> Any:
        user = self.google.user
        return {
            "now": self.google.clock.now.isoformat(),
            "calendars": {each: user.events(each, deleted=True) for each in user.calendars()},
            "faults": [asdict(each) for each in self.google.faults.waiting],
        }

    def _event(self, said: dict[str, Any]) -> tuple[str, str]:
        """The calendar and the id of an event; the calendar is looked for if it was not said."""
        name = said["event"]
        places = [said["calendar"]] if "calendar" in said else self.google.user.calendars()
        for place in places:
            if any(each["id"] == name for each in self.google.user.events(place, deleted=True)):
                return place, name
        raise LookupError(f"no event has the id {name}")

    def _edit(self, said: dict[str, Any]) -> Any:
        return self.google.user.edit(*self._event(said), **said["fields"])

    def _busy(self, said: dict[str, Any]) -> None:
        start, end = (datetime.fromisoformat(said[name]) for name in ("start", "end"))
        self.google.user.busy(start, end, said.get("calendar", "primary"))

    def _faults(self, said: Any) -> None:
        if not said:
            self.google.faults.clear()
        for each in said if isinstance(said, list) else [said]:
            if each:
                self.google.faults.add(Fault(**each))

    def _clock(self, said: dict[str, Any]) -> Any:
        self.google.clock.advance(timedelta(seconds=said["seconds"]))
        return {"now": self.google.clock.now.isoformat()}


def _json(status: int, value: Any) -> Answer:
    text = json.dumps(value, indent=1, ensure_ascii=False, default=_text)
    return Answer(status, {"Content-Type": "application/json; charset=UTF-8"}, text.encode() + b"\n")


def _text(value: object) -> str:
    """Bodies that are no JSON, as far as they can be read."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
