"""The settings: a form, a look at what moves, and settings.toml written with its comments kept."""

from collections.abc import Sequence

from starlette.responses import Response

from calsync.phrase import phrase
from calsync.settings import Settings, needed
from calsync.settings.writing import write
from calsync.web.changes import changes_between
from calsync.web.choices import countries, playbooks, sources, zones
from calsync.web.request import Banner, PageRequest
from calsync.web.routing import Route, Tab
from calsync.web.settings_form import (
    SettingChange,
    SettingFault,
    change_lines,
    context_with,
    read_changes,
    rewrite,
    setting_groups,
)
from calsync.workflows.replanning import refresh

__all__ = ["ROUTES", "TAB"]


_WRONG = 422
_MANY = 300
"""Open interviews; with more of them, planning all anew only to look takes too long."""


def show_settings(request: PageRequest) -> Response:
    """Every setting as it stands."""
    return _form(request, {})


def _form(request: PageRequest, values: dict[str, str], faults: Sequence[SettingFault] = ()) -> Response:
    return request.page(
        "settings.html",
        status=_WRONG if faults else 200,
        groups=setting_groups(request, values, faults),
        faults=faults,
        file=request.home.settings_file,
        zones=zones(),
        countries=countries(request),
        books=[(book.title, book.summary, sources(book)) for book in playbooks(request)],
    )


def preview_settings(request: PageRequest) -> Response:
    """What the changes are, and how many follow-ups would move."""
    changes = read_changes(request)
    values = {change.row.key: change.after for change in changes}
    if request.field("back"):
        return _form(request, values)
    _, settings, faults = rewrite(request, changes)
    if settings is None:
        return _form(request, values, faults)
    moved = _moved(request, settings) if changes else []
    return request.page(
        "settings_foretold.html", changes=changes, lines=change_lines(request, changes), moved=moved
    )


def _moved(request: PageRequest, settings: Settings) -> list[str] | None:
    """A line for each follow-up that would be new, moved or gone; None where that takes too long."""
    store = request.store
    if sum(1 for _, _ in zip(store.interviews(open_only=True), range(_MANY + 1), strict=False)) > _MANY:
        return None
    with store.rehearsal():
        before = [planned.event for planned in store.planned()]
        refresh(context_with(request, settings), store, request.now)
        after = [planned.event for planned in store.planned()]
        return changes_between(request, before, after)


def save_settings(request: PageRequest) -> Response:
    """Write what was changed, and nothing else; the next page is planned by it."""
    changes = read_changes(request)
    text, settings, faults = rewrite(request, changes)
    if settings is None:
        return _form(request, {change.row.key: change.after for change in changes}, faults)
    if not changes:
        return request.redirect("/settings", banner=Banner(title=request.say("Nothing was changed")))
    write(needed(request.home.settings_file), text)
    return request.redirect(
        "/settings", banner=Banner(title=request.say("Settings saved"), lines=_told(request, changes))
    )


def _told(request: PageRequest, changes: Sequence[SettingChange]) -> list[str]:
    return [*change_lines(request, changes), request.say("The follow-ups are planned by them from now on.")]


ROUTES = (
    Route("GET", "/settings", show_settings),
    Route("POST", "/settings/look", preview_settings),
    Route("POST", "/settings", save_settings),
)
TAB = Tab(40, "/settings", phrase("Settings"))
