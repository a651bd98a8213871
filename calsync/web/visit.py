"""One request of a person, as a page's function sees it: the clock, the settings, the store, the form, and answers.

Everything is read when it is first asked for, once a request. Used by one thread; ``with`` closes the store.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from calsync.errors import BadValue
from calsync.web.edge import Edge
from calsync.web.notices import Notice, Notices
from calsync.web.once import NUMBER
from calsync.web.rendering import render
from calsync.web.words import say

if TYPE_CHECKING:
    from calsync.domain import Preferences
    from calsync.settings import Home, Settings
    from calsync.store import Store
    from calsync.workflows import Desk

__all__ = ["Link", "State", "Visit"]

_LONGEST_FIELD = 200_000
"""Characters; more is nothing that a person types."""


class Link(NamedTuple):
    """An entry of the navigation, in the reader's language."""

    path: str
    label: str
    here: bool = False


class Visit:
    """What a page's function works with, and how it answers."""

    def __init__(
        self,
        request: Request,
        edge: Edge,
        *,
        form: FormData | None = None,
        hidden: Markup | None = None,
        notices: Notices | None = None,
        tabs: Sequence[tuple[str, str]] = (),
        states: "Sequence[State]" = (),
    ) -> None:
        self.request, self._edge = request, edge
        self._form = form or FormData()
        self._hidden, self._notices, self._tabs = hidden or Markup(), notices or Notices(), tabs
        self._states = states
        self._opened: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._opened is not None:
            self._opened.close()

    # What there is

    @property
    def now(self) -> datetime:
        """The moment of the request, aware; always the same within it."""
        return self._edge.clock

    @property
    def settings(self) -> "Settings":
        """What settings.toml says now."""
        return self._edge.settings

    @property
    def home(self) -> "Home":
        """The folders."""
        return self._edge.folders

    @cached_property
    def desk(self) -> "Desk":
        """The desk of this moment's settings."""
        return self._edge.desk()

    @property
    def preferences(self) -> "Preferences":
        """The part of the settings that planning needs."""
        return self.desk.preferences

    @property
    def zone(self) -> ZoneInfo:
        """The candidate's own."""
        return self.preferences.zone

    @property
    def today(self) -> date:
        """By the candidate's clock."""
        return self.now.astimezone(self.zone).date()

    @property
    def store(self) -> "Store":
        """The store, opened and with every plan up to date, until the request is over."""
        if self._opened is None:
            from calsync.workflows.replanning import refresh  # noqa: PLC0415  # not every page has a store

            self._opened = self.desk.open_store()
            refresh(self.desk, self._opened, self.now)
        return self._opened

    @cached_property
    def language(self) -> str:
        """``en`` or ``de``."""
        return self.desk.words.language

    def say(self, sentence: str, **holes: object) -> str:
        """One of the page's own sentences in the reader's language."""
        return say(self.language, sentence, **holes)

    # What was asked

    @property
    def path(self) -> Mapping[str, str]:
        """What the holes of the path hold."""
        return self.request.path_params

    def query(self, key: str) -> str:
        """A parameter of the address; empty where it is not given."""
        return self.request.query_params.get(key, "")

    def field(self, key: str) -> str:
        """A field of the form, without blanks around it; empty where it is not given. Raises BadValue if it is too long."""
        value = self._form.get(key, "")
        if isinstance(value, str) and len(value) > _LONGEST_FIELD:
            raise BadValue(
                self.say("this is longer than anything a person types"),
                remedy=self.say("send it as a file"),
                where=key,
                code="CS-WEB-007",
            )
        return value.strip() if isinstance(value, str) else ""

    def every(self, key: str) -> list[str]:
        """All texts of a field that may be there more than once, as long as they are."""
        return [value for value in self._form.getlist(key) if isinstance(value, str)]

    @property
    def fields(self) -> Mapping[str, str]:
        """All text fields of the form, the secret one left out."""
        return {key: self.field(key) for key in self._form if key not in {"_token", NUMBER}}

    def files(self, key: str) -> list[UploadFile]:
        """The files dropped into a field; ``file.file.read()`` has the bytes, ``file.filename`` is what they call it."""
        return [each for each in self._form.getlist(key) if isinstance(each, UploadFile) and each.filename]

    @cached_property
    def candidate(self) -> str | None:
        """The candidate whose things are shown, for coaches; None for everybody's."""
        chosen = self.field("candidate") or self.query("candidate")
        return chosen or None

    def url(self, path: str, **query: object) -> str:
        """An address of the page that keeps the candidate; what is empty is left out."""
        wanted = {"candidate": self.candidate, **query}
        given = {key: str(value) for key, value in wanted.items() if value not in (None, "", False)}
        return f"{path}?{urlencode(given)}" if given else path

    # Answers

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """A template filled in; it knows ``visit`` and ``token`` besides ``values``."""
        states = [link for state in self._states if (link := state(self)) is not None]
        return HTMLResponse(self.html(template, states=states, **values), status_code=status)

    def html(self, template: str, **values: object) -> str:
        """The same as text."""
        values = {"notice": self._notices.get(self.query("said")), **values}
        values = {"states": [], "links": self._links(), **values}
        return render(template, self.language, visit=self, token=self._hidden, **values)

    def see(self, path: str, *, notice: Notice | None = None, **query: object) -> Response:
        """After a POST: go to ``path`` and show what was done."""
        said = self._notices.keep(notice) if notice else None
        return RedirectResponse(self.url(path, **query, said=said), status_code=303)

    def _links(self) -> list[Link]:
        here = self.request.url.path
        return [
            Link(self.url(path), self.say(label), path == here or (path != "/" and here.startswith(path)))
            for path, label in self._tabs
        ]


State = Callable[[Visit], Link | None]
"""A word on how things stand, for the head of every page (``Synced 3 min ago``), and where to read more."""
