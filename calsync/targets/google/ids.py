"""Which event at Google a follow-up is: an id of our own, the same whenever it is worked out.

With an id of ours a request that is sent twice makes one event: the second is
refused, because the id is taken. It is derived from the store, the uid and the
generation, never from the content, and says nothing about any of them.
"""

from base64 import b32hexencode
from hashlib import sha256

__all__ = ["event_id"]

_OCTETS = 20
"""A whole number of base-32 groups, so that nothing is padded: 32 letters."""


def event_id(store: str, uid: str, generation: int = 0) -> str:
    """The id (letters a to v and digits) of a follow-up; deleted ids stay taken, so each return is a generation.

    >>> event_id("00112233aabbccdd", "acme.status@calsync")
    't8rblf5ff50o7ivvtl61kk74hh9g3avj'
    """
    digest = sha256(f"{store}\n{generation}\n{uid}".encode("utf-8", "surrogatepass")).digest()
    return b32hexencode(digest[:_OCTETS]).decode("ascii").lower()
