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
from typing import TYPE_CHECKING, NamedTuple

from calsync.errors import InputOutput
from calsync.settings import needed
from calsync.whole_file import put

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["Edition", "edition", "is_secret", "kept_secret", "new_secret"]

_BYTES = 24
_FILE_MODE = 0o600
_LONGEST = 200
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_KEPT = 50


class Edition(NamedTuple):
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
    visit.desk.dump(plans, out, now=max(stamps, default=_NEVER))
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
