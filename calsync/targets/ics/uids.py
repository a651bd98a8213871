"""Many uids in little memory: 16 to 32 bytes each, where a set of them takes 150.

A follow-up file may hold 650,000 events; what is kept of each is 64 bits of hash.
"""

from array import array

from calsync.errors import BadData

__all__ = ["Uids", "twice"]


class Uids:
    """Numbers uids in the order they come in, from 0.

    An open-addressing table: a slot holds the number of the uid whose hash led
    there, plus one. Two of a million uids are taken for the same with a
    probability of 1 to 30 million.
    """

    def __init__(self) -> None:
        self._hashes = array("q")
        self._slots = array("I", bytes(4 * 1024))

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, uid: bytes) -> bool:
        """Take in a uid under the next number; False, and nothing done, when it is known."""
        if 2 * len(self._hashes) >= len(self._slots):
            self._grow()
        key = hash(uid)
        slot = self._slot(key)
        if self._slots[slot]:
            return False
        self._hashes.append(key)
        self._slots[slot] = len(self._hashes)
        return True

    def number(self, uid: bytes) -> int | None:
        """The number ``add`` gave the uid."""
        found = self._slots[self._slot(hash(uid))]
        return found - 1 if found else None

    def _slot(self, key: int) -> int:
        """The slot that holds the key, or the free one where it belongs."""
        hashes, slots, mask = self._hashes, self._slots, len(self._slots) - 1
        slot = key & mask
        while slots[slot] and hashes[slots[slot] - 1] != key:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        self._slots = array("I", bytes(4 * 2 * len(self._slots)))
        for number, key in enumerate(self._hashes, 1):
            self._slots[self._slot(key)] = number


def twice(uid: bytes) -> BadData:
    """One uid for two events of a file: a calendar would show only one of them."""
    return BadData(
        f"two events have the same {uid.decode().strip()}",
        remedy="give each interview an id of its own",
        code="CS-ICS-003",
    )
