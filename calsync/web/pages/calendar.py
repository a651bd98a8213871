"""The follow-ups in a calendar: as a file, at Google, and at an address for programs on this computer."""

import random  # noqa: TID251  # the edge, where chance comes in
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from starlette.responses import PlainTextResponse, Response

from calsync.errors import CalsyncError, SignInAgain
from calsync.phrase import phrase
from calsync.settings import needed
from calsync.sync.protocol import CalendarGone
from calsync.sync.reconcile import NeedsConsent
from calsync.web import wording
from calsync.web.feed import is_secret, load_secret, read_feed, renew_secret
from calsync.web.request import Banner, NavigationLink, PageRequest
from calsync.web.routing import Route, Tab
from calsync.workflows.google import Account
from calsync.workflows.last_sync import last_sync
from calsync.workflows.sync import Order

if TYPE_CHECKING:
    from calsync.sync.report import Line, Report
    from calsync.targets.google.tokens import Token

__all__ = ["ROUTES", "STATE", "TAB"]


_ICS = "text/calendar; charset=utf-8"
_HEADINGS: Sequence[tuple[str, str, str]] = (
    ("created", phrase("New"), phrase("Would be new")),
    ("updated", phrase("Changed there"), phrase("Would be changed")),
    ("cancelled", phrase("Taken away"), phrase("Would be taken away")),
    ("moved", phrase("Moved, as you moved it"), phrase("Would move, as you moved it")),
    ("kept_user_edit", phrase("Kept as you changed it"), phrase("Kept as you changed it")),
    ("kept_deleted", phrase("Kept deleted, as you deleted it"), phrase("Kept deleted, as you deleted it")),
    ("failed", phrase("Not done"), phrase("Not done")),
)
"""Each list of a report: what it is called once it is done, and before."""
_MOST = 100
_CONSENT = 409
_ABSENT = "CS-GOO-021"
"""Google shows nothing of what was there: then it may be agreed to, or all of it put there again."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


class ReportPart(msgspec.Struct, frozen=True):
    """One list of a report."""

    title: str
    number: int
    lines: Sequence[tuple[str, str, str]]


def show_calendar(request: PageRequest) -> Response:
    """How things stand, and what can be done."""
    token, why = signed_in(request)
    secret = load_secret(request)
    host = request.http.headers.get("host", "")
    last = last_sync(request.store)
    return request.page(
        "calendar.html",
        token_kept=token,
        why=why,
        since=wording.day(token.signed_in.astimezone(request.zone).date(), request.language, year=True)
        if token
        else "",
        left=token.days_left(request.now) if token else None,
        last=last,
        last_at=wording.moment(last.at.astimezone(request.zone), request.language, year=True) if last else "",
        address=f"http://{host}/feed/{secret}.ics" if secret else "",
        port=host.rpartition(":")[2],
        names=[name for name in request.store.candidates() if name],
        command="calsync auth google",
        first_command="calsync auth google --client-secret client_secret.json",
    )


def download(request: PageRequest) -> Response:
    """Everybody's follow-ups as a file, or those of the candidate in the address."""
    out = BytesIO()
    plans = (each.plan for each in request.store.plans(candidate=request.candidate))
    request.context.dump(plans, out, now=request.now)
    name = f"follow-ups {request.candidate}.ics" if request.candidate else "follow-ups.ics"
    said = f"attachment; filename=\"follow-ups.ics\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(out.getvalue(), media_type=_ICS, headers={"content-disposition": said})


# Google


def preview_sync(request: PageRequest) -> Response:
    """What a sync would do; nothing is done."""
    order = _order(request, dry_run=True)
    report, said = synced(request, order)
    return _foretold(request, report, said)


def sync_now(request: PageRequest) -> Response:
    """Sync; what takes away much is asked about first."""
    try:
        report, said = synced(request, _order(request, dry_run=False))
    except NeedsConsent:
        report, said = synced(request, _order(request, dry_run=True))
        return _foretold(request, report, said, status=_CONSENT)
    except CalendarGone as error:
        return request.page("gone.html", status=_CONSENT, problem=error)
    parts = _parts(request, report, is_done=True)
    lines = [f"{part.title}: {part.number}" for part in parts]
    lines += [request.say("Unchanged: {count}", count=report.unchanged), *([said] if said else [])]
    if report.may_be_twice:
        lines.append(
            request.say("An earlier try may have left an empty calendar of the same name at Google.")
        )
    if report.stopped:
        lines.append(request.say("Not all of it was done: {why}", why=report.stopped.what))
        lines.append(report.stopped.remedy)
    title = request.say("Not synced to the end") if report.stopped else request.say("Synced")
    return request.redirect("/calendar", banner=Banner(title=title, lines=[line for line in lines if line]))


def _order(request: PageRequest, *, dry_run: bool) -> "Order":
    return Order(
        name=request.settings.google.calendar,
        dry_run=dry_run,
        yes=request.field("yes") == "yes",
        restore=request.field("restore") == "yes",
    )


def _foretold(request: PageRequest, report: "Report", said: str, status: int = 200) -> Response:
    return request.page(
        "sync.html",
        status=status,
        parts=_parts(request, report, is_done=False),
        unchanged=report.unchanged,
        consent=report.needs_yes,
        said=said,
        restore=request.field("restore") == "yes",
        may_restore=bool(report.kept_deleted) or (report.needs_yes and report.needs_yes.code == _ABSENT),
    )


def _when(request: PageRequest, line: "Line") -> str:
    """As it stands in the calendar: a moment, or the day that the user made of it."""
    if line.start is None:
        return ""
    there = line.start.astimezone(request.zone)
    if line.all_day:
        return wording.day(there.date(), request.language)
    return wording.moment(there, request.language)


def _parts(request: PageRequest, report: "Report", *, is_done: bool) -> list[ReportPart]:
    parts = []
    for name, after, before in _HEADINGS:
        lines = getattr(report, name)
        if lines:
            shown = [(_when(request, line), line.summary, line.message) for line in lines[:_MOST]]
            parts.append(ReportPart(request.say(after if is_done else before), len(lines), shown))
    return parts


# The address


def renew_address(request: PageRequest) -> Response:
    """A new address; the old one leads nowhere."""
    had = bool(load_secret(request))
    renew_secret(request)
    title = (
        request.say("There is a new address; the old one no longer works")
        if had
        else request.say("Here is the address")
    )
    return request.redirect("/calendar", banner=Banner(title=title))


def serve_feed(request: PageRequest) -> Response:
    """The file for whoever knows the secret; nothing else is told to anybody."""
    try:
        secret, dot, ending = request.path["secret"].rpartition(".")
        if not dot or ending != "ics" or not is_secret(request, secret):
            return PlainTextResponse(phrase("There is nothing at this address."), status_code=404)
        found = read_feed(request)
    except CalsyncError:  # whoever asks has no cookie; the page says what is wrong
        return PlainTextResponse(phrase("The follow-ups cannot be read just now."), status_code=503)
    headers = {
        "etag": f'"{found.tag}"',
        "last-modified": format_datetime(found.since.astimezone(UTC), usegmt=True),
    }
    if _is_known(request, found.tag, found.since):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=_ICS, headers=headers)


def _is_known(request: PageRequest, tag: str, since: datetime) -> bool:
    """Whether the program has these bytes already; a tag counts before a time (RFC 9110, 13.2.2)."""
    tags = request.http.headers.get("if-none-match")
    if tags is not None:
        known = [each.strip().removeprefix("W/").strip('"') for each in tags.split(",")]
        return "*" in known or tag in known
    text = request.http.headers.get("if-modified-since")
    try:
        asked = parsedate_to_datetime(text) if text else None
    except ValueError:
        return False
    return asked is not None and asked.tzinfo is not None and since.replace(microsecond=0) <= asked


# The word in the head of every page


def last_sync_link(request: PageRequest) -> NavigationLink | None:
    """When the last sync was, where there was one; nothing where the store cannot be read."""
    try:
        last = last_sync(request.store)
    except CalsyncError:
        return None
    if last is None:
        return None
    if last.stopped or last.failed:
        return NavigationLink(request.url("/calendar"), request.say("Not synced to the end"))
    return NavigationLink(request.url("/calendar"), request.say("Synced {ago}", ago=_ago(request, last.at)))


def _ago(request: PageRequest, at: datetime) -> str:
    seconds = max(0, int((request.now - at).total_seconds()))
    if seconds < 2 * _MINUTE:
        return request.say("just now")
    if seconds < 2 * _HOUR:
        return request.say("{count} minutes ago", count=seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return request.say("{count} hours ago", count=seconds // _HOUR)
    return request.say("{count} days ago", count=seconds // _DAY)


ROUTES = (
    Route("GET", "/calendar", show_calendar),
    Route("GET", "/calendar/follow-ups.ics", download),
    Route("POST", "/calendar/sync/look", preview_sync),
    Route("POST", "/calendar/sync", sync_now),
    Route("POST", "/calendar/rotate", renew_address),
    Route("GET", "/feed/{secret}", serve_feed, open=True),
)
TAB = Tab(30, "/calendar", phrase("Calendar"))
STATE = last_sync_link

# Google Calendar as the page reaches it: who is signed in, and one sync. Signing in itself stays in the terminal.


def signed_in(request: PageRequest) -> "tuple[Token | None, SignInAgain | None]":
    """The sign-in, as far as can be told without asking Google; or why there is none."""
    from calsync.targets.google.tokens import signed_in as kept  # noqa: PLC0415  # only where it is shown

    try:
        return kept(_folder(request), now=request.now), None
    except SignInAgain as error:
        return None, error


def synced(request: PageRequest, order: "Order") -> "tuple[Report, str]":
    """One sync, or what it would do; and what there is to say about busy times, mostly nothing.

    Raises what ``Account.sync`` raises: SignInAgain, Unavailable, TryLater, NeedsConsent, CalendarGone.
    """
    google = request.settings.google
    account = Account(_folder(request), google.api_root, google.busy, request.now, time.sleep, random.random)
    return account.sync(request.context, request.store, order)


def _folder(request: PageRequest) -> Path:
    return Path(needed(request.home.google))
