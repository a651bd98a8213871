"""Several requests in one: multipart/mixed in, multipart/mixed out, each part with its own status.

``opened`` takes the body apart, ``closed`` puts the answers together. A part
without its own Authorization is asked with that of the whole.
"""

from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from hashlib import sha256
from http import HTTPStatus

from tests.fakes.google.api import Answer, Asked
from tests.fakes.google.errors import Refused, bad_value

__all__ = ["MOST", "Part", "closed", "opened"]

MOST = 50
INHERITED = ("authorization", "accept-language", "user-agent")


@dataclass(slots=True)
class Part:
    """One request of a batch, and the name its answer is asked back under."""

    asked: Asked
    content_id: str | None


def opened(whole: Asked) -> list[Part]:
    """The requests of a batch in their order; raises if it cannot be taken apart."""
    kind = whole.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/mixed") or "boundary=" not in kind.lower():
        raise _cannot("it is not multipart/mixed with a boundary")
    raw = b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + whole.body
    message = BytesParser().parsebytes(raw)
    if not message.is_multipart():
        raise _cannot("it holds no request")
    parts = message.get_payload()
    if len(parts) > MOST:
        raise _cannot(f"at most {MOST} calls go into one batch")
    return [_part(part, whole) for part in parts]


def closed(answers: list[tuple[Part, Answer]], number: int) -> Answer:
    """One answer out of many; ``number`` makes the boundary."""
    boundary = f"batch_{sha256(str(number).encode()).hexdigest()[:32]}"
    lines = b"".join(b"--" + boundary.encode() + b"\r\n" + _written(part, answer) for part, answer in answers)
    body = lines + b"--" + boundary.encode() + b"--\r\n"
    return Answer(200, {"Content-Type": f"multipart/mixed; boundary={boundary}"}, body)


def _part(part: Message, whole: Asked) -> Part:
    if part.get_content_type() != "application/http":
        raise _cannot("a part is not application/http")
    head, body = _halves((part.get_payload(decode=True) or b"").lstrip(b"\r\n"))
    first, *lines = head.decode("utf-8", "replace").splitlines() or [""]
    words = first.split()
    if len(words) not in {2, 3}:
        raise _cannot("a part has no request line")
    headers = {name: whole.headers[name] for name in INHERITED if name in whole.headers}
    headers |= {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(":") for line in lines)
        if colon
    }
    asked = Asked(words[0].upper(), words[1], headers, _exact(body, headers))
    name = part.get("Content-ID")
    return Part(asked, None if name is None else " ".join(str(name).split()))


def _cannot(why: str) -> Refused:
    return bad_value(f"Failed to parse batch request: {why}.", reason="badRequest")


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    found = min(
        ((raw.index(gap), gap) for gap in (b"\r\n\r\n", b"\n\n") if gap in raw),
        default=(len(raw), b""),
    )
    return raw[: found[0]], raw[found[0] + len(found[1]) :]


def _exact(body: bytes, headers: dict[str, str]) -> bytes:
    """The line break before the boundary is not of the body."""
    return body.rstrip(b"\r\n") if headers.get("content-type", "").startswith("application/json") else body


def _written(part: Part, answer: Answer) -> bytes:
    head = "Content-Type: application/http\r\n"
    if part.content_id is not None:
        inner = part.content_id.strip().removeprefix("<").removesuffix(">")
        head += f"Content-ID: <response-{inner}>\r\n"
    head += f"\r\nHTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n"
    headers = answer.headers | {"Content-Length": str(len(answer.body))}
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return head.encode() + b"\r\n" + answer.body + b"\r\n"
