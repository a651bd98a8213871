"""One request of a person, as a page's function sees it: the clock, the settings, the store, the form, and answers.

Everything is read when it is first asked for, once a request. Used by one thread; ``with`` closes the store.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import count
from threading import Lock
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from calsync.domain import Preferences
from calsync.errors import BadValue
from calsync.settings import Home, Settings
from calsync.store import Store
from calsync.texts.catalogue import say
from calsync.web.rendering import render
from calsync.web.submissions import NUMBER
from calsync.workflows import Context
from calsync.workflows.replanning import refresh

__all__ = ["AppState", "Banner", "Banners", "NavigationLink", "PageRequest", "ReadState", "StateLink"]


class AppState(Protocol):
    """What the page is given by whoever starts it: folders, settings, the clock and the context, as they are now.

    The command line's state has this shape; a test may bring its own. It is made anew for every request, so that a
    change of settings.toml, a second tab and a terminal are seen at once.
    """

    @property
    def folders(self) -> Home:
        """Where calsync keeps its things."""
        ...

    @property
    def settings(self) -> Settings:
        """What settings.toml says. Raises BadSettings."""
        ...

    @property
    def clock(self) -> datetime:
        """Now; aware."""
        ...

    def context(self) -> Context:
        """The context that the settings describe. Raises BadSettings."""
        ...


ReadState = Callable[[], AppState]
"""Reads everything anew."""


_KEPT_BANNERS = 50


class Banner(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did: a sentence and some lines in the reader's language.

    ``undo`` is the history's number of the change.
    """

    title: str
    lines: Sequence[str] = ()
    undo: int | None = None


class Banners:
    """The last banners by a short name, kept for the page that follows a POST.

    The address names one; who reloads sees it again, and a GET changes nothing.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Banner] = OrderedDict()
        self._numbers, self._lock = count(1), Lock()

    def keep(self, banner: Banner) -> str:
        """Remember it; gives its name."""
        with self._lock:
            name = str(next(self._numbers))
            self._kept[name] = banner
            while len(self._kept) > _KEPT_BANNERS:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> Banner | None:
        """The banner of that name, if it is still kept."""
        return self._kept.get(name)


_LONGEST_FIELD = 200_000
"""Characters; more is nothing that a person types."""


class NavigationLink(msgspec.Struct, frozen=True):
    """An entry of the navigation, in the reader's language."""

    path: str
    label: str
    here: bool = False


class PageRequest:
    """What a page's function works with, and how it answers."""

    def __init__(
        self,
        http: Request,
        state: AppState,
        *,
        form: FormData | None = None,
        hidden: Markup | None = None,
        banners: Banners | None = None,
        tabs: Sequence[tuple[str, str]] = (),
        states: "Sequence[StateLink]" = (),
    ) -> None:
        self.http, self._state = http, state
        self._form = form or FormData()
        self._hidden, self._banners, self._tabs = hidden or Markup(), banners or Banners(), tabs
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
        return self._state.clock

    @property
    def settings(self) -> Settings:
        """What settings.toml says now."""
        return self._state.settings

    @property
    def home(self) -> Home:
        """The folders."""
        return self._state.folders

    @cached_property
    def context(self) -> Context:
        """The context of this moment's settings."""
        return self._state.context()

    @property
    def preferences(self) -> Preferences:
        """The part of the settings that planning needs."""
        return self.context.preferences

    @property
    def zone(self) -> ZoneInfo:
        """The candidate's own."""
        return self.preferences.zone

    @property
    def today(self) -> date:
        """By the candidate's clock."""
        return self.now.astimezone(self.zone).date()

    @property
    def store(self) -> Store:
        """The store, opened and with every plan up to date, until the request is over."""
        if self._opened is None:
            self._opened = self.context.open_store()
            refresh(self.context, self._opened, self.now)
        return self._opened

    @cached_property
    def language(self) -> str:
        """``en`` or ``de``."""
        return self.context.words.language

    def say(self, sentence: str, **holes: object) -> str:
        """One of the page's own sentences in the reader's language."""
        return say(sentence, self.language, **holes)

    # What was asked

    @property
    def path(self) -> Mapping[str, str]:
        """What the holes of the path hold."""
        return self.http.path_params

    def query(self, key: str) -> str:
        """A parameter of the address; empty where it is not given."""
        return self.http.query_params.get(key, "")

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
        """A template filled in; it knows ``request`` and ``token`` besides ``values``."""
        states = [link for state in self._states if (link := state(self)) is not None]
        return HTMLResponse(self.html(template, states=states, **values), status_code=status)

    def html(self, template: str, **values: object) -> str:
        """The same as text."""
        values = {"banner": self._banners.get(self.query("said")), **values}
        values = {"states": [], "links": self._links(), **values}
        return render(template, self.language, request=self, token=self._hidden, **values)

    def redirect(self, path: str, *, banner: Banner | None = None, **query: object) -> Response:
        """After a POST: go to ``path`` and show what was done."""
        said = self._banners.keep(banner) if banner else None
        return RedirectResponse(self.url(path, **query, said=said), status_code=303)

    def _links(self) -> list[NavigationLink]:
        here = self.http.url.path
        return [
            NavigationLink(
                self.url(path), self.say(label), path == here or (path != "/" and here.startswith(path))
            )
            for path, label in self._tabs
        ]


StateLink = Callable[[PageRequest], NavigationLink | None]
"""A word on how things stand, for the head of every page (``Synced 3 min ago``), and where to read more."""
