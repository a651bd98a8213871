"""Which follow-up an event is: a uid that stays while its dates and words change.

Derived from the interview's id and the step, never drawn and never from the
content, so that planning again finds the same events.
"""

from zlib import crc32

from calsync.domain.event import Step

__all__ = ["uid"]


def uid(interview_id: str, step: Step, *, part: str = "", generation: int = 0) -> str:
    """A UID (RFC 7986, section 5.3): ASCII, under 255 octets, ending in ``@calsync``.

    ``part`` tells events of one step apart: whom a thank-you is for, what a
    preparation prepares, which retry it is. ``generation`` counts restorations.

    >>> uid("acme-pm-20261112", "status")
    'acme-pm-20261112.status@calsync'
    >>> uid("acme-pm-20261112", "thank-you", part="bob@example.com")
    'acme-pm-20261112.thank-you.6493ebfa@calsync'
    """
    tail = f".{crc32(part.casefold().encode('utf-8', 'surrogatepass')):08x}" if part else ""
    again = f".{generation}" if generation else ""
    return f"{interview_id}.{step}{tail}{again}@calsync"
