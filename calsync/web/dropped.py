"""Files that were dropped onto the page, and how they come along from the look to the saving.

Between the two nothing is kept, neither in the store nor in memory: the bytes travel in the form itself, so that a
second tab, the way back and a page that was started anew all work, and nothing has to be forgotten.
"""

import base64
import binascii
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from calsync.errors import BadData, Usage
from calsync.intake import Source
from calsync.intake.rows import printable

if TYPE_CHECKING:
    from calsync.web.visit import Visit

__all__ = ["LARGEST", "MOST_FILES", "Dropped", "dropped"]

LARGEST = 2 * 1024 * 1024
"""Bytes of all files together: as text in a form they have to fit through the door a second time."""
MOST_FILES = 20
_INVITATIONS = (".ics", ".ical", ".ifb")
_LONGEST_NAME = 120


class Dropped(NamedTuple):
    """One file."""

    name: str
    content: bytes

    @property
    def data(self) -> str:
        """The bytes as a form carries them."""
        return base64.urlsafe_b64encode(self.content).decode("ascii")

    @property
    def source(self) -> Source:
        """For whoever reads it."""
        return Source(self.name, BytesIO(self.content))

    @property
    def is_invitation(self) -> bool:
        """By its name, or by how it begins where the name does not say."""
        ends = self.name.lower().endswith(_INVITATIONS)
        return ends or ("." not in self.name and self.content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR")

    @property
    def is_csv(self) -> bool:
        """Whether it has columns."""
        return self.name.lower().endswith((".csv", ".tsv", ".txt"))


def dropped(visit: "Visit") -> Sequence[Dropped]:
    """The files of the form, new ones or those that came along. Raises Usage for none, BadData for too much."""
    new = [Dropped(_name(file.filename or ""), file.file.read(LARGEST + 1)) for file in visit.files("files")]
    found = new or [
        Dropped(_name(name), _bytes(visit, data))
        for name, data in zip(visit.every("name"), visit.every("data"), strict=False)
    ]
    if not found:
        raise Usage(
            visit.say("no file came along"),
            remedy=visit.say("choose one, or drop it onto the page"),
            code="CS-WEB-010",
        )
    if len(found) > MOST_FILES or sum(len(each.content) for each in found) > LARGEST:
        raise BadData(
            visit.say("that is more than the page takes at once: 2 MB and 20 files"),
            remedy=visit.say("take one after the other, or use calsync import in a terminal"),
            code="CS-WEB-011",
        )
    return found


def _name(text: str) -> str:
    """Without folders, and without what could not be shown."""
    return printable(text.replace("\\", "/").rpartition("/")[2].strip(), _LONGEST_NAME) or "file"


def _bytes(visit: "Visit", data: str) -> bytes:
    try:
        return base64.b64decode(data.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadData(
            visit.say("the file did not come along whole"),
            remedy=visit.say("choose it again"),
            code="CS-WEB-012",
        ) from None
