"""The settings: a form, a look at what moves, and settings.toml written with its comments kept."""

from collections.abc import Sequence

from starlette.responses import Response

from calsync.settings import Settings, needed
from calsync.web.notices import Notice
from calsync.web.places import countries, zones
from calsync.web.playbooks import playbooks, sources
from calsync.web.settings_form import (
    Change,
    Fault,
    changed_in,
    desk_with,
    groups,
    rewritten,
    said,
)
from calsync.web.told import changes_between
from calsync.web.visit import Visit
from calsync.web.ways import Tab, Way
from calsync.web.words import phrase

__all__ = ["TAB", "WAYS"]

_WRONG = 422
_MANY = 300
"""Open interviews; with more of them, planning all anew only to look takes too long."""


def shown(visit: Visit) -> Response:
    """Every setting as it stands."""
    return _form(visit, {})


def _form(visit: Visit, values: dict[str, str], faults: Sequence[Fault] = ()) -> Response:
    return visit.page(
        "settings.html",
        status=_WRONG if faults else 200,
        groups=groups(visit, values, faults),
        faults=faults,
        file=visit.home.settings_file,
        zones=zones(),
        countries=countries(visit),
        books=[(book.title, book.summary, sources(book)) for book in playbooks(visit)],
    )


def looked(visit: Visit) -> Response:
    """What the changes are, and how many follow-ups would move."""
    changes = changed_in(visit)
    values = {change.row.key: change.after for change in changes}
    if visit.field("back"):
        return _form(visit, values)
    _, settings, faults = rewritten(visit, changes)
    if settings is None:
        return _form(visit, values, faults)
    moved = _moved(visit, settings) if changes else []
    return visit.page("settings_foretold.html", changes=changes, lines=said(visit, changes), moved=moved)


def _moved(visit: Visit, settings: Settings) -> list[str] | None:
    """A line for each follow-up that would be new, moved or gone; None where that takes too long."""
    from calsync.workflows.replanning import refresh  # noqa: PLC0415  # only for a look

    store = visit.store
    if sum(1 for _, _ in zip(store.interviews(open_only=True), range(_MANY + 1), strict=False)) > _MANY:
        return None
    with store.rehearsal():
        before = [planned.event for planned in store.planned()]
        refresh(desk_with(visit, settings), store, visit.now)
        after = [planned.event for planned in store.planned()]
        return changes_between(visit, before, after)


def saved(visit: Visit) -> Response:
    """Write what was changed, and nothing else; the next page is planned by it."""
    from calsync.settings.writing import write  # noqa: PLC0415  # only where something is written

    changes = changed_in(visit)
    text, settings, faults = rewritten(visit, changes)
    if settings is None:
        return _form(visit, {change.row.key: change.after for change in changes}, faults)
    if not changes:
        return visit.see("/settings", notice=Notice(title=visit.say("Nothing was changed")))
    write(needed(visit.home.settings_file), text)
    return visit.see(
        "/settings", notice=Notice(title=visit.say("Settings saved"), lines=_told(visit, changes))
    )


def _told(visit: Visit, changes: Sequence[Change]) -> list[str]:
    return [*said(visit, changes), visit.say("The follow-ups are planned by them from now on.")]


WAYS = (
    Way("GET", "/settings", shown),
    Way("POST", "/settings/look", looked),
    Way("POST", "/settings", saved),
)
TAB = Tab(40, "/settings", phrase("Settings"))
