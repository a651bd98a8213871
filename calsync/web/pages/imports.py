"""Interviews from files: dropped onto the page, looked at, and only then saved."""

from collections.abc import Sequence

from starlette.responses import Response

from calsync.errors import BadData, CalsyncError
from calsync.intake import KEYS
from calsync.phrase import phrase
from calsync.web.changes import changes_of, last_change
from calsync.web.invitation_preview import InvitationPreview, preview_invitation, take_invitation
from calsync.web.record_fields import LABELS
from calsync.web.request import Banner, PageRequest
from calsync.web.routing import Route
from calsync.web.table_preview import TablePreview, preview_tables, take_tables
from calsync.web.uploads import Upload, read_uploads

__all__ = ["ROUTES"]


_WRONG = 422
_DID = {
    "new": phrase("New: {company}"),
    "moved": phrase("Moved: {company}"),
    "changed": phrase("Changed: {company}"),
    "reopened": phrase("Open again: {company}"),
    "stale": phrase("Changed: {company}"),
    "cancelled": phrase("Cancelled: {company}"),
}


def show_import(request: PageRequest) -> Response:
    """Where to drop them."""
    return request.page("import.html")


def preview_import(request: PageRequest) -> Response:
    """What was read and what it would do; nothing is kept."""
    return _look(request, read_uploads(request))


def _look(request: PageRequest, files: Sequence[Upload]) -> Response:
    sheets = [each for each in files if not each.is_invitation]
    with request.store.rehearsal():
        found = preview_tables(request, sheets) if sheets else None
        messages = [
            preview_invitation(request, each, number)
            for number, each in enumerate(files)
            if each.is_invitation
        ]
        every: list[InvitationPreview | TablePreview] = [*messages, *([found] if found else [])]
        ready = all(each.is_ready for each in every)
        return request.page(
            "imported.html",
            status=200 if ready else _WRONG,
            files=files,
            tables=found,
            invitations=messages,
            keys=[(key, request.say(LABELS[key].label)) for key in KEYS if key in LABELS],
            is_ready=ready,
            is_news=any(each.is_news for each in every),
        )


def save_import(request: PageRequest) -> Response:
    """Save all of it, or show again what is in the way."""
    files = read_uploads(request)
    sheets = [each for each in files if not each.is_invitation]
    messages = [(number, each) for number, each in enumerate(files) if each.is_invitation]
    if not _is_ready(request, sheets, messages):
        return _look(request, files)
    lines, changes, names, remembered = [], 0, list[str](), False
    if sheets:
        imported, _, skipped = take_tables(request, sheets)
        counts = (
            (len(imported.added), request.say("{count} new", count=len(imported.added))),
            (len(imported.updated), request.say("{count} changed", count=len(imported.updated))),
            (imported.unchanged, request.say("{count} known already", count=imported.unchanged)),
            (len(skipped), request.say("{count} left out", count=len(skipped))),
        )
        lines.append(", ".join(said for count, said in counts if count) or request.say("nothing in it"))
        changes += bool(imported.added or imported.updated)
        names += [request.store.interview(number).interview.id for number in imported.added[:2]]
    for number, each in messages:
        received = take_invitation(request, each, number)
        if received.done and received.done.kept:
            changes += 1
            interview = received.done.kept.interview
            names.append(interview.id)
            lines.append(request.say(_DID[received.kind], company=interview.company))
            lines += changes_of(request, received.done) if received.kind != "new" else []
        elif received.kind == "unknown":
            remembered = True
            lines.append(
                request.say(
                    "A cancellation is remembered: should its invitation still come, it is cancelled."
                )
            )
    if changes > 1:
        lines.append(request.say("Undo takes back the last of them alone."))
    banner = Banner(
        title=request.say("Imported") if changes or remembered else request.say("Nothing new in it"),
        lines=lines,
        undo=last_change(request) if changes else None,
    )
    return request.redirect(f"/interviews/{names[0]}" if len(names) == 1 else "/interviews", banner=banner)


def _is_ready(request: PageRequest, sheets: Sequence[Upload], messages: Sequence[tuple[int, Upload]]) -> bool:
    """Whether all of it can be taken, so that a half of it never is."""
    try:
        with request.store.rehearsal():
            if sheets:
                take_tables(request, sheets)
            for number, each in messages:
                take_invitation(request, each, number)
    except (BadData, CalsyncError):
        return False
    return True


ROUTES = (
    Route("GET", "/import", show_import),
    Route("POST", "/import", preview_import),
    Route("POST", "/import/take", save_import),
)
