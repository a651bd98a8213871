"""The follow-ups in a calendar: as a file, at Google, and at an address for programs on this computer."""

import hmac
import random  # noqa: TID251  # the edge, where chance comes in
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from starlette.responses import PlainTextResponse, Response

from calsync.errors import CalsyncError, InputOutput, SignInAgain
from calsync.files import put
from calsync.settings import needed
from calsync.targets.google.reconcile import NeedsConsent
from calsync.web import wording
from calsync.web.app import Tab, Way
from calsync.web.rendering import phrase
from calsync.web.request import Link, Notice, Visit
from calsync.workflows.google import Account
from calsync.workflows.last_sync import last_sync
from calsync.workflows.sync import Order

__all__ = [
    "STATE",
    "TAB",
    "WAYS",
    "Edition",
    "edition",
    "is_secret",
    "kept_secret",
    "new_secret",
    "signed_in",
    "synced",
]


# The follow-ups for calendar programs on this computer: an address with a secret in it, and the file behind it.
#
# The secret lies in calsync's home, for its owner alone, so that the address outlives the page. A new one makes the old
# address worthless at once. What is served is the same, byte for byte, as long as the plan is, so that a program that
# asks whether anything is new (RFC 9110, 13.1) hears that nothing is.

if TYPE_CHECKING:
    from calsync.web.request import Visit


_BYTES = 24
_FILE_MODE = 0o600
_LONGEST = 200
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_KEPT = 50


class Edition(msgspec.Struct, frozen=True):
    """A file of follow-ups, a name for exactly these bytes, and since when they are so."""

    content: bytes
    tag: str
    since: datetime


def kept_secret(visit: "Visit") -> str:
    """The secret of the address; empty where there is none yet."""
    try:
        with _file(visit).open(encoding="ascii") as file:
            return file.read(_LONGEST).strip()
    except (OSError, ValueError):
        return ""


def new_secret(visit: "Visit") -> str:
    """Another secret; the one before is good for nothing from now on. Raises InputOutput."""
    secret, file = secrets.token_urlsafe(_BYTES), _file(visit)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(str(file), secret.encode(), _FILE_MODE)
    except OSError as error:
        raise InputOutput.writing(error, str(file)) from None
    return secret


def is_secret(visit: "Visit", given: str) -> bool:
    """Whether it is the one; as long as there is none, nothing is."""
    kept = kept_secret(visit)
    return bool(kept) and hmac.compare_digest(kept.encode(), given.encode("utf-8", "replace"))


def edition(visit: "Visit") -> Edition:
    """The follow-ups of everybody or of the candidate in the address, stamped with the last change of one of them."""
    stamps = [planned.stamp for planned in visit.store.planned(candidate=visit.candidate)]
    out = BytesIO()
    plans = (each.plan for each in visit.store.plans(candidate=visit.candidate))
    visit.context.dump(plans, out, now=max(stamps, default=_NEVER))
    content = out.getvalue()
    tag = sha256(content).hexdigest()[:32]
    return Edition(content, tag, _since(tag, visit.now))


_lock = Lock()
_seen: OrderedDict[str, datetime] = OrderedDict()


def _since(tag: str, now: datetime) -> datetime:
    """When these bytes were served first by this program: never too early, so nobody misses a change."""
    with _lock:
        since = _seen.setdefault(tag, now)
        while len(_seen) > _KEPT:
            _seen.popitem(last=False)
    return since


def _file(visit: "Visit") -> Path:
    return Path(needed(visit.home.data)) / "feed-secret"


# Google Calendar as the page reaches it: who is signed in, and one sync. Signing in itself stays in the terminal.

if TYPE_CHECKING:
    from calsync.targets.google.tokens import Token
    from calsync.web.request import Visit
    from calsync.workflows.sync import Order
    from calsync.workflows.sync_report import Report


def signed_in(visit: "Visit") -> "tuple[Token | None, SignInAgain | None]":
    """The sign-in, as far as can be told without asking Google; or why there is none."""
    from calsync.targets.google.tokens import signed_in as kept  # noqa: PLC0415  # only where it is shown

    try:
        return kept(_folder(visit), now=visit.now), None
    except SignInAgain as error:
        return None, error


def synced(visit: "Visit", order: "Order") -> "tuple[Report, str]":
    """One sync, or what it would do; and what there is to say about busy times, mostly nothing.

    Raises what ``Account.synced`` raises: SignInAgain, Unavailable, TryLater, NeedsConsent, CalendarGone.
    """
    google = visit.settings.google
    account = Account(_folder(visit), google.api_root, google.busy, visit.now, time.sleep, random.random)
    return account.synced(visit.context, visit.store, order)


def _folder(visit: "Visit") -> Path:
    return Path(needed(visit.home.google))


if TYPE_CHECKING:
    from calsync.workflows.sync import Order
    from calsync.workflows.sync_report import Report


_ICS = "text/calendar; charset=utf-8"
_HEADINGS: Sequence[tuple[str, str, str]] = (
    ("created", phrase("New"), phrase("Would be new")),
    ("updated", phrase("Changed there"), phrase("Would be changed")),
    ("cancelled", phrase("Taken away"), phrase("Would be taken away")),
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


class Part(msgspec.Struct, frozen=True):
    """One list of a report."""

    title: str
    number: int
    lines: Sequence[tuple[str, str, str]]


def shown(visit: Visit) -> Response:
    """How things stand, and what can be done."""
    token, why = signed_in(visit)
    secret = kept_secret(visit)
    host = visit.request.headers.get("host", "")
    last = last_sync(visit.store)
    return visit.page(
        "calendar.html",
        token_kept=token,
        why=why,
        since=wording.day(token.signed_in.astimezone(visit.zone).date(), visit.language, year=True)
        if token
        else "",
        left=token.days_left(visit.now) if token else None,
        last=last,
        last_at=wording.moment(last.at.astimezone(visit.zone), visit.language, year=True) if last else "",
        address=f"http://{host}/feed/{secret}.ics" if secret else "",
        port=host.rpartition(":")[2],
        names=[name for name in visit.store.candidates() if name],
        command="calsync auth google",
        first_command="calsync auth google --client-secret client_secret.json",
    )


def downloaded(visit: Visit) -> Response:
    """Everybody's follow-ups as a file, or those of the candidate in the address."""
    out = BytesIO()
    plans = (each.plan for each in visit.store.plans(candidate=visit.candidate))
    visit.context.dump(plans, out, now=visit.now)
    name = f"follow-ups {visit.candidate}.ics" if visit.candidate else "follow-ups.ics"
    said = f"attachment; filename=\"follow-ups.ics\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(out.getvalue(), media_type=_ICS, headers={"content-disposition": said})


# Google


def looked(visit: Visit) -> Response:
    """What a sync would do; nothing is done."""
    order = _order(visit, dry_run=True)
    report, said = synced(visit, order)
    return _foretold(visit, report, said)


def done(visit: Visit) -> Response:
    """Sync; what takes away much is asked about first."""
    from calsync.targets.google.calendar import CalendarGone  # noqa: PLC0415  # only here

    try:
        report, said = synced(visit, _order(visit, dry_run=False))
    except NeedsConsent:
        report, said = synced(visit, _order(visit, dry_run=True))
        return _foretold(visit, report, said, status=_CONSENT)
    except CalendarGone as error:
        return visit.page("gone.html", status=_CONSENT, problem=error)
    parts = _parts(visit, report, is_done=True)
    lines = [f"{part.title}: {part.number}" for part in parts]
    lines += [visit.say("Unchanged: {count}", count=report.unchanged), *([said] if said else [])]
    if report.may_be_twice:
        lines.append(visit.say("An earlier try may have left an empty calendar of the same name at Google."))
    if report.stopped:
        lines.append(visit.say("Not all of it was done: {why}", why=report.stopped.what))
        lines.append(report.stopped.remedy)
    title = visit.say("Not synced to the end") if report.stopped else visit.say("Synced")
    return visit.see("/calendar", notice=Notice(title=title, lines=[line for line in lines if line]))


def _order(visit: Visit, *, dry_run: bool) -> "Order":
    return Order(
        name=visit.settings.google.calendar,
        dry_run=dry_run,
        yes=visit.field("yes") == "yes",
        restore=visit.field("restore") == "yes",
    )


def _foretold(visit: Visit, report: "Report", said: str, status: int = 200) -> Response:
    return visit.page(
        "sync.html",
        status=status,
        parts=_parts(visit, report, is_done=False),
        unchanged=report.unchanged,
        consent=report.needs_yes,
        said=said,
        restore=visit.field("restore") == "yes",
        may_restore=bool(report.kept_deleted) or (report.needs_yes and report.needs_yes.code == _ABSENT),
    )


def _parts(visit: Visit, report: "Report", *, is_done: bool) -> list[Part]:
    parts = []
    for name, after, before in _HEADINGS:
        lines = getattr(report, name)
        if lines:
            shown = [
                (
                    wording.moment(line.start.astimezone(visit.zone), visit.language) if line.start else "",
                    line.summary,
                    line.message,
                )
                for line in lines[:_MOST]
            ]
            parts.append(Part(visit.say(after if is_done else before), len(lines), shown))
    return parts


# The address


def rotated(visit: Visit) -> Response:
    """A new address; the old one leads nowhere."""
    had = bool(kept_secret(visit))
    new_secret(visit)
    title = (
        visit.say("There is a new address; the old one no longer works")
        if had
        else visit.say("Here is the address")
    )
    return visit.see("/calendar", notice=Notice(title=title))


def fed(visit: Visit) -> Response:
    """The file for whoever knows the secret; nothing else is told to anybody."""
    try:
        secret, dot, ending = visit.path["secret"].rpartition(".")
        if not dot or ending != "ics" or not is_secret(visit, secret):
            return PlainTextResponse("There is nothing at this address.", status_code=404)
        found = edition(visit)
    except CalsyncError:  # whoever asks has no cookie; the page says what is wrong
        return PlainTextResponse("The follow-ups cannot be read just now.", status_code=503)
    headers = {
        "etag": f'"{found.tag}"',
        "last-modified": format_datetime(found.since.astimezone(UTC), usegmt=True),
    }
    if _is_known(visit, found.tag, found.since):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=_ICS, headers=headers)


def _is_known(visit: Visit, tag: str, since: datetime) -> bool:
    """Whether the program has these bytes already; a tag counts before a time (RFC 9110, 13.2.2)."""
    tags = visit.request.headers.get("if-none-match")
    if tags is not None:
        known = [each.strip().removeprefix("W/").strip('"') for each in tags.split(",")]
        return "*" in known or tag in known
    text = visit.request.headers.get("if-modified-since")
    try:
        asked = parsedate_to_datetime(text) if text else None
    except ValueError:
        return False
    return asked is not None and asked.tzinfo is not None and since.replace(microsecond=0) <= asked


# The word in the head of every page


def synced_when(visit: Visit) -> Link | None:
    """When the last sync was, where there was one; nothing where the store cannot be read."""
    try:
        last = last_sync(visit.store)
    except CalsyncError:
        return None
    if last is None:
        return None
    if last.stopped or last.failed:
        return Link(visit.url("/calendar"), visit.say("Not synced to the end"))
    return Link(visit.url("/calendar"), visit.say("Synced {ago}", ago=_ago(visit, last.at)))


def _ago(visit: Visit, at: datetime) -> str:
    seconds = max(0, int((visit.now - at).total_seconds()))
    if seconds < 2 * _MINUTE:
        return visit.say("just now")
    if seconds < 2 * _HOUR:
        return visit.say("{count} minutes ago", count=seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return visit.say("{count} hours ago", count=seconds // _HOUR)
    return visit.say("{count} days ago", count=seconds // _DAY)


WAYS = (
    Way("GET", "/calendar", shown),
    Way("GET", "/calendar/follow-ups.ics", downloaded),
    Way("POST", "/calendar/sync/look", looked),
    Way("POST", "/calendar/sync", done),
    Way("POST", "/calendar/rotate", rotated),
    Way("GET", "/feed/{secret}", fed, open=True),
)
TAB = Tab(30, "/calendar", phrase("Calendar"))
STATE = synced_when
