"""Interviews from files: dropped onto the page, looked at, and only then saved."""

from collections.abc import Sequence

from starlette.responses import Response

from calsync.errors import BadData, CalsyncError
from calsync.intake import KEYS
from calsync.web import invited, tables
from calsync.web.dropped import Dropped, dropped
from calsync.web.fields import LABELS
from calsync.web.invited import Invited
from calsync.web.notices import Notice
from calsync.web.tables import Tables
from calsync.web.told import changes_of, last_change
from calsync.web.visit import Visit
from calsync.web.ways import Way
from calsync.web.words import phrase

__all__ = ["WAYS"]

_WRONG = 422
_DID = {
    "new": phrase("New: {company}"),
    "moved": phrase("Moved: {company}"),
    "cancelled": phrase("Cancelled: {company}"),
}


def asked(visit: Visit) -> Response:
    """Where to drop them."""
    return visit.page("import.html")


def looked(visit: Visit) -> Response:
    """What was read and what it would do; nothing is kept."""
    return _look(visit, dropped(visit))


def _look(visit: Visit, files: Sequence[Dropped]) -> Response:
    sheets = [each for each in files if not each.is_invitation]
    with visit.store.rehearsal():
        found = tables.looked_at(visit, sheets) if sheets else None
        messages = [
            invited.looked_at(visit, each, number) for number, each in enumerate(files) if each.is_invitation
        ]
        every: list[Invited | Tables] = [*messages, *([found] if found else [])]
        ready = all(each.is_ready for each in every)
        return visit.page(
            "imported.html",
            status=200 if ready else _WRONG,
            files=files,
            tables=found,
            invitations=messages,
            keys=[(key, visit.say(LABELS[key].label)) for key in KEYS if key in LABELS],
            is_ready=ready,
            is_news=any(each.is_news for each in every),
        )


def taken(visit: Visit) -> Response:
    """Save all of it, or show again what is in the way."""
    files = dropped(visit)
    sheets = [each for each in files if not each.is_invitation]
    messages = [(number, each) for number, each in enumerate(files) if each.is_invitation]
    if not _is_ready(visit, sheets, messages):
        return _look(visit, files)
    lines, changes, names = [], 0, list[str]()
    if sheets:
        imported, _, skipped = tables.taken_in(visit, sheets)
        counts = (
            (len(imported.added), visit.say("{count} new", count=len(imported.added))),
            (len(imported.updated), visit.say("{count} changed", count=len(imported.updated))),
            (imported.unchanged, visit.say("{count} known already", count=imported.unchanged)),
            (len(skipped), visit.say("{count} left out", count=len(skipped))),
        )
        lines.append(", ".join(said for count, said in counts if count) or visit.say("nothing in it"))
        changes += bool(imported.added or imported.updated)
        names += [visit.store.interview(number).interview.id for number in imported.added[:2]]
    for number, each in messages:
        received = invited.taken_in(visit, each, number)
        if received.done and received.done.kept:
            changes += 1
            interview = received.done.kept.interview
            names.append(interview.id)
            lines.append(visit.say(_DID[received.kind], company=interview.company))
            lines += changes_of(visit, received.done) if received.kind != "new" else []
    if changes > 1:
        lines.append(visit.say("Undo takes back the last of them alone."))
    notice = Notice(
        title=visit.say("Imported") if changes else visit.say("Nothing new in it"),
        lines=lines,
        undo=last_change(visit) if changes else None,
    )
    return visit.see(f"/interviews/{names[0]}" if len(names) == 1 else "/interviews", notice=notice)


def _is_ready(visit: Visit, sheets: Sequence[Dropped], messages: Sequence[tuple[int, Dropped]]) -> bool:
    """Whether all of it can be taken, so that a half of it never is."""
    try:
        with visit.store.rehearsal():
            if sheets:
                tables.taken_in(visit, sheets)
            for number, each in messages:
                invited.taken_in(visit, each, number)
    except (BadData, CalsyncError):
        return False
    return True


WAYS = (
    Way("GET", "/import", asked),
    Way("POST", "/import", looked),
    Way("POST", "/import/take", taken),
)
