"""The follow-ups for calendar programs on this computer: an address with a secret in it, and the file behind it.

The secret lies in calsync's home, for its owner alone, so that the address outlives the page. A new one makes the old
address worthless at once. What is served is the same, byte for byte, as long as the plan is, so that a program that
asks whether anything is new (RFC 9110, 13.1) hears that nothing is.
"""

import hmac
import secrets
from collections import OrderedDict
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock

import msgspec

from calsync.errors import InputOutput
from calsync.files import write_whole
from calsync.settings import needed
from calsync.web.request import PageRequest

__all__ = ["FeedFile", "is_secret", "load_secret", "read_feed", "renew_secret"]


_BYTES = 24
_FILE_MODE = 0o600
_LONGEST = 200
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_KEPT = 50


class FeedFile(msgspec.Struct, frozen=True):
    """A file of follow-ups, a name for exactly these bytes, and since when they are so."""

    content: bytes
    tag: str
    since: datetime


def load_secret(request: PageRequest) -> str:
    """The secret of the address; empty where there is none yet."""
    try:
        with _file(request).open(encoding="ascii") as file:
            return file.read(_LONGEST).strip()
    except (OSError, ValueError):
        return ""


def renew_secret(request: PageRequest) -> str:
    """Another secret; the one before is good for nothing from now on. Raises InputOutput."""
    secret, file = secrets.token_urlsafe(_BYTES), _file(request)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(str(file), secret.encode(), _FILE_MODE)
    except OSError as error:
        raise InputOutput.writing(error, str(file)) from None
    return secret


def is_secret(request: PageRequest, given: str) -> bool:
    """Whether it is the one; as long as there is none, nothing is."""
    kept = load_secret(request)
    return bool(kept) and hmac.compare_digest(kept.encode(), given.encode("utf-8", "replace"))


def read_feed(request: PageRequest) -> FeedFile:
    """The follow-ups of everybody or of the candidate in the address, stamped with the last change of one of them."""
    stamps = [planned.stamp for planned in request.store.planned(candidate=request.candidate)]
    out = BytesIO()
    plans = (each.plan for each in request.store.plans(candidate=request.candidate))
    request.context.dump(plans, out, now=max(stamps, default=_NEVER))
    content = out.getvalue()
    tag = sha256(content).hexdigest()[:32]
    return FeedFile(content, tag, _since(tag, request.now))


_lock = Lock()
_seen: OrderedDict[str, datetime] = OrderedDict()


def _since(tag: str, now: datetime) -> datetime:
    """When these bytes were served first by this program: never too early, so nobody misses a change."""
    with _lock:
        since = _seen.setdefault(tag, now)
        while len(_seen) > _KEPT:
            _seen.popitem(last=False)
    return since


def _file(request: PageRequest) -> Path:
    return Path(needed(request.home.data)) / "feed-secret"
