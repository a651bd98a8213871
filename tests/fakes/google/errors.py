"""What Google says when it refuses: one exception, and the words for each case.

``Refused`` is raised anywhere below the server and written out by ``api``. The
table ``FAULTS`` holds the refusals that have nothing to do with what was asked
(limits, outages): faults are thrown from there. A new one is one line.
"""

import json
from collections.abc import Mapping
from typing import Any

__all__ = [
    "FAULTS",
    "Refused",
    "bad_value",
    "condition_not_met",
    "deleted",
    "duplicate",
    "full_sync_required",
    "missing",
    "not_found",
    "not_modelled",
    "not_modified",
    "scope_insufficient",
    "unauthorized",
    "updated_min_too_long_ago",
]

REALM = 'Bearer realm="https://accounts.google.com/"'
SIGN_IN_HELP = "See https://developers.google.com/identity/sign-in/web/devconsole-project."


class Refused(Exception):
    """An answer that is not the one asked for: status, reason, message, and where the fault lies."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        at: tuple[str, str] | None = None,
        **more: Any,
    ) -> None:
        """``at`` is (locationType, location); ``more``: headers, outer (message), name (status), details."""
        super().__init__(f"{status} {reason}: {message}")
        self.status, self.reason, self.message, self.domain = status, reason, message, domain
        self.at = at
        self.headers: dict[str, str] = more.get("headers", {})
        self.outer: str = more.get("outer", message)
        self.name: str = more.get("name", "")
        self.details: list[dict[str, Any]] = more.get("details", [])

    def body(self) -> bytes:
        """The JSON that Google sends along."""
        if self.status == 304:
            return b""
        inner = {"message": self.message, "domain": self.domain, "reason": self.reason}
        if self.at:
            inner |= {"locationType": self.at[0], "location": self.at[1]}
        error: dict[str, Any] = {"code": self.status, "message": self.outer, "errors": [inner]}
        if self.name:
            error["status"] = self.name
        if self.details:
            error["details"] = self.details
        return json.dumps({"error": error}, indent=1, ensure_ascii=False).encode() + b"\n"


def not_found() -> Refused:
    return Refused(404, "notFound", "Not Found")


def deleted() -> Refused:
    return Refused(410, "deleted", "Resource has been deleted")


def duplicate() -> Refused:
    return Refused(409, "duplicate", "The requested identifier already exists.")


def condition_not_met() -> Refused:
    return Refused(412, "conditionNotMet", "Precondition Failed", at=("header", "If-Match"))


def not_modified(etag: str) -> Refused:
    return Refused(304, "notModified", "Not Modified", headers={"ETag": etag})


def missing(message: str, *, at: str = "") -> Refused:
    """Something that has to be there is not."""
    return Refused(400, "required", message, at=("parameter", at) if at else None)


def bad_value(message: str, *, reason: str = "invalid", at: str = "", domain: str = "global") -> Refused:
    """Something is there that cannot be."""
    return Refused(400, reason, message, at=("parameter", at) if at else None, domain=domain)


def full_sync_required() -> Refused:
    return Refused(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        domain="calendar",
        at=("parameter", "syncToken"),
    )


def updated_min_too_long_ago() -> Refused:
    return Refused(
        410,
        "updatedMinTooLongAgo",
        "The requested minimum modification time lies too far in the past.",
        domain="calendar",
        at=("parameter", "updatedMin"),
    )


def not_modelled(what: str) -> Refused:
    """The fake's own sentence: it would have to guess, and does not."""
    return Refused(501, "notImplemented", f"This stand-in for Google does not model {what}.", domain="fake")


def unauthorized(*, missing: bool = False) -> Refused:
    """No access token, or none that is valid now."""
    if missing:
        outer = (
            "Request is missing required authentication credential. "
            f"Expected OAuth 2 access token, login cookie or other valid authentication credential. {SIGN_IN_HELP}"
        )
        return _unauthorized("required", "Login Required.", outer, "CREDENTIALS_MISSING", REALM)
    outer = (
        "Request had invalid authentication credentials. "
        f"Expected OAuth 2 access token, login cookie or other valid authentication credential. {SIGN_IN_HELP}"
    )
    realm = f'{REALM}, error="invalid_token"'
    return _unauthorized("authError", "Invalid Credentials", outer, "", realm)


def _unauthorized(reason: str, message: str, outer: str, detail: str, realm: str) -> Refused:
    return Refused(
        401,
        reason,
        message,
        at=("header", "Authorization"),
        outer=outer,
        name="UNAUTHENTICATED",
        headers={"WWW-Authenticate": realm},
        details=[_info(detail, "")] if detail else [],
    )


def scope_insufficient(method: str) -> Refused:
    """The token is good, but not for this; ``method`` as in ``events.list``."""
    realm = f'{REALM}, error="insufficient_scope"'
    return Refused(
        403,
        "insufficientPermissions",
        "Insufficient Permission",
        outer="Request had insufficient authentication scopes.",
        name="PERMISSION_DENIED",
        headers={"WWW-Authenticate": realm},
        details=[_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", method)],
    )


def _info(reason: str, method: str) -> dict[str, Any]:
    metadata = {"service": "calendar-json.googleapis.com"}
    if method:
        resource, _, verb = method.partition(".")
        metadata["method"] = f"calendar.v3.{resource[:1].upper()}{resource[1:]}.{verb[:1].upper()}{verb[1:]}"
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }


def _limits(status: int, reason: str, message: str, domain: str = "usageLimits") -> Refused:
    return Refused(status, reason, message, domain=domain)


# What can be thrown at any request: the name a test says -> what Google would send.
FAULTS: Mapping[str, Refused] = {
    "badRequest": Refused(400, "badRequest", "Bad Request"),
    "invalid": Refused(400, "invalid", "Invalid Value"),
    "unauthorized": unauthorized(),
    "forbidden": Refused(403, "forbidden", "Forbidden"),
    "forbiddenForNonOrganizer": Refused(
        403,
        "forbiddenForNonOrganizer",
        "Shared properties can only be changed by the organizer of the event.",
        domain="calendar",
    ),
    "requiredAccessLevel": Refused(
        403, "requiredAccessLevel", "You need to have writer access to this calendar.", domain="calendar"
    ),
    "insufficientPermissions": scope_insufficient("events.insert"),
    "rateLimitExceeded": _limits(403, "rateLimitExceeded", "Rate Limit Exceeded"),
    "userRateLimitExceeded": _limits(403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
    "quotaExceeded": _limits(403, "quotaExceeded", "Calendar usage limits exceeded."),
    "dailyLimitExceeded": _limits(403, "dailyLimitExceeded", "Daily Limit Exceeded"),
    "accessNotConfigured": _limits(
        403, "accessNotConfigured", "Google Calendar API has not been used in this project or it is disabled."
    ),
    "notFound": not_found(),
    "duplicate": duplicate(),
    "deleted": deleted(),
    "fullSyncRequired": full_sync_required(),
    "conditionNotMet": condition_not_met(),
    "tooManyRequests": _limits(429, "rateLimitExceeded", "Rate Limit Exceeded"),
    "internalError": Refused(500, "internalError", "Internal Error"),
    "backendError": Refused(500, "backendError", "Backend Error"),
    "badGateway": Refused(502, "badGateway", "Bad Gateway"),
    "unavailable": Refused(503, "backendError", "The service is currently unavailable.", name="UNAVAILABLE"),
    "gatewayTimeout": Refused(504, "deadlineExceeded", "Deadline exceeded.", name="DEADLINE_EXCEEDED"),
}
