"""The application: the pages that there are, behind ``security``, and what becomes of whatever goes wrong.

A page is found by being in ``pages/``; see ``calsync.web`` for how one is written.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import msgspec
from markupsafe import Markup
from starlette import routing
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from calsync.errors import (
    BadData,
    BadSettings,
    CalsyncError,
    CannotWrite,
    InputOutput,
    NoInput,
    TryLater,
    Unavailable,
    Usage,
)
from calsync.phrase import phrase
from calsync.web import pages
from calsync.web.rendering import STATIC, render
from calsync.web.request import Banners, PageRequest, ReadState, StateLink
from calsync.web.routing import Route, Tab
from calsync.web.security import FORM, RefusedRequest, SecurityMiddleware, Session
from calsync.web.submissions import NUMBER, Submissions

__all__ = ["Problem", "application", "modules", "problem_of"]


class Problem(msgspec.Struct, frozen=True):
    """What calsync refuses, as a page tells it: a status, what is wrong, where, and what to do instead.

    ``what`` is a phrase of the page or a sentence of calsync's; the rest may be empty.
    """

    status: int
    what: str
    where: str = ""
    remedy: str = ""
    code: str = ""


_STATUS: Mapping[type[CalsyncError], int] = {
    Usage: 400,
    BadData: 422,
    NoInput: 404,
    Unavailable: 502,
    CannotWrite: 500,
    InputOutput: 500,
    TryLater: 503,
    BadSettings: 409,
}
"""By family; the nearest above an error's own class counts."""


_GONE = "CS-STO-008"
"""What was asked for is not planned, or not remembered; on a page it was there when the page was shown."""


def problem_of(error: CalsyncError) -> Problem:
    """The parts of the error in the house form; what a second window was quicker with is told as that."""
    status = next((_STATUS[family] for family in type(error).__mro__ if family in _STATUS), 400)
    if error.code == _GONE:
        return Problem(
            status,
            phrase("This is no longer there: it is done, or it was removed, here or in another window."),
            remedy=phrase("Look at the overview and at the interviews; they show how it stands now."),
            code=error.code,
        )
    return Problem(status, error.what, error.where, error.remedy, error.code)


Tell = Callable[[str], None]
_HIDDEN = Markup('<input type="hidden" name="_token" value="{}"><input type="hidden" name="{}" value="{}">')
"""What every form carries besides what it asks for."""


def application(
    read: ReadState,
    *,
    port: int,
    token: str,
    first: str = "/",
    tell: Tell = print,
    more: Sequence[Route] = (),
) -> ASGIApp:
    """The page on 127.0.0.1 at ``port``, opened by ``token``, which leads to ``first``.

    ``read`` is called for every request; ``tell`` hears of a bug of ours, in a line without secrets.
    ``more`` are routes beside those of the pages.
    """
    found = modules()
    routes = [*(route for module in found for route in module.ROUTES), *more]
    session = Session(port, token)
    states = [module.STATE for module in found if hasattr(module, "STATE")]
    site = _Site(read, session, Banners(), _tabs(found), states, tell)
    app = Starlette(
        routes=[
            *(routing.Route(route.path, site.endpoint(route), methods=[route.method]) for route in routes),
            routing.Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={HTTPException: site.missed},
    )
    return SecurityMiddleware(
        app,
        port=port,
        session=session,
        refuse=site.refused,
        landing=lambda: site.landing(first),
        open_paths=[f"/{route.path.split('/')[1]}/" for route in routes if route.open],
    )


@lru_cache(maxsize=1)
def modules() -> tuple[ModuleType, ...]:
    """Every module in ``pages/``."""
    names = sorted(info.name for info in iter_modules(pages.__path__))
    return tuple(import_module(f"{pages.__name__}.{name}") for name in names)


def _tabs(found: Sequence[ModuleType]) -> list[tuple[str, str]]:
    tabs: list[Tab] = sorted(tab for module in found if (tab := getattr(module, "TAB", None)) is not None)
    return [(tab.path, tab.label) for tab in tabs]


class _Site:
    """What all answers have in common."""

    def __init__(  # made in one place
        self,
        read: ReadState,
        session: Session,
        banners: Banners,
        tabs: Sequence[tuple[str, str]],
        states: Sequence[StateLink],
        tell: Tell,
    ) -> None:
        self._read, self._session, self._banners = read, session, banners
        self._tabs, self._states, self._tell = tabs, states, tell
        self._submissions = Submissions()

    def endpoint(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """The route's function in a thread, with a request and a store of its own."""

        async def endpoint(http: Request) -> Response:
            return await run_in_threadpool(self._answer_once, route, http)

        return endpoint

    def _answer_once(self, route: Route, http: Request) -> Response:
        form: FormData = http.scope.get(FORM, FormData())
        if route.method != "POST" or NUMBER not in form:
            return self._answer(route, http)
        sent = tuple((key, value) for key, value in form.multi_items() if isinstance(value, str))
        return self._submissions.answer((http.url.path, sent), lambda: self._answer(route, http))

    def _answer(self, route: Route, http: Request) -> Response:
        try:
            with self._page_request(http) as page_request:
                return route.answer(page_request)
        except CalsyncError as error:
            return self._problem(http, problem_of(error))
        except Exception as error:  # noqa: BLE001  # the last line of defence: a page, and a line where it was started
            self._tell(
                phrase(
                    "this is a bug of ours, at {method} {path}: {name}: {place}",
                    method=route.method,
                    path=route.path,
                    name=type(error).__name__,
                    place=_place(error),
                )
            )
            return self._problem(
                http,
                Problem(
                    500,
                    phrase(
                        "Something went wrong that should not have. It is a mistake of calsync, not yours."
                    ),
                ),
            )

    def _page_request(self, http: Request) -> PageRequest:
        return PageRequest(
            http,
            self._read(),
            form=http.scope.get(FORM),
            hidden=_HIDDEN.format(self._session.form_token, NUMBER, self._submissions.next_page()),
            banners=self._banners,
            tabs=self._tabs,
            states=self._states,
        )

    def _problem(self, http: Request, problem: Problem) -> Response:
        try:
            with self._page_request(http) as page_request:
                return page_request.page("error.html", status=problem.status, problem=problem)
        except BadSettings:  # the page cannot even know its language
            return _plain(problem, "en")

    async def missed(self, http: Request, error: Exception) -> Response:
        """No such page, or not with this method."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        problem = Problem(status, phrase("There is nothing at this address."))
        return await run_in_threadpool(self._problem, http, problem)

    async def refused(self, refused: RefusedRequest) -> Response:
        """For whoever may not come in: no navigation, nothing of the store."""
        return _plain(Problem(refused.status, refused.sentence), await run_in_threadpool(self._language))

    async def landing(self, first: str) -> Response:
        """Leads on from a page of ours: a strict cookie does not travel along a redirect from elsewhere."""
        return HTMLResponse(render("landing.html", await run_in_threadpool(self._language), first=first))

    def _language(self) -> str:
        try:
            return self._read().context().words.language
        except CalsyncError:
            return "en"


def _plain(problem: Problem, language: str) -> Response:
    return HTMLResponse(render("refused.html", language, problem=problem), status_code=problem.status)


def _place(error: Exception) -> str:
    """File and line of ours, and nothing of what was in the values."""
    last: str = "?"
    for line in _frames(error):
        last = line
    return last


def _frames(error: Exception) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        yield f"{trace.tb_frame.f_code.co_filename.rpartition('calsync')[2].lstrip('/')}:{trace.tb_lineno}"
        trace = trace.tb_next
