"""Files that were dropped onto the page, and how they come along from the look to the saving.

Between the two nothing is kept, neither in the store nor in memory: the bytes travel in the form itself, so that a
second tab, the way back and a page that was started anew all work, and nothing has to be forgotten.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from io import BytesIO

import msgspec

from calsync.errors import BadData, CalsyncError, Usage
from calsync.intake import Source
from calsync.intake.invitation import INVITATION_ENDINGS, LARGEST_MAIL, calendars_in
from calsync.intake.rows import printable
from calsync.web.request import PageRequest

__all__ = ["LARGEST", "MOST_FILES", "Upload", "read_uploads"]


LARGEST = 2 * 1024 * 1024
"""Bytes of all files together: as text in a form they have to fit through the door a second time."""
_MOST_READ = LARGEST_MAIL + 1
"""Bytes of one file: a mail may be larger than the invitation in it."""
MOST_FILES = 20
_LONGEST_NAME = 120


class Upload(msgspec.Struct, frozen=True):
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
        ends = self.name.lower().endswith(INVITATION_ENDINGS)
        return ends or ("." not in self.name and self.content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR")


def read_uploads(request: PageRequest) -> Sequence[Upload]:
    """The files of the form, new ones or those that came along. Raises Usage for none, BadData for too much."""
    new = [Upload(_name(file.filename or ""), file.file.read(_MOST_READ)) for file in request.files("files")]
    found = [part for each in new for part in _opened(each)] or [
        Upload(_name(name), _bytes(request, data))
        for name, data in zip(request.every("name"), request.every("data"), strict=False)
    ]
    if not found:
        raise Usage(
            request.say("no file came along"),
            remedy=request.say("choose one, or drop it onto the page"),
            code="CS-WEB-010",
        )
    if len(found) > MOST_FILES or sum(len(each.content) for each in found) > LARGEST:
        raise BadData(
            request.say("that is more than the page takes at once: 2 MB and 20 files"),
            remedy=request.say("take one after the other, or use calsync import in a terminal"),
            code="CS-WEB-011",
        )
    return found


def _opened(file: Upload) -> Iterator[Upload]:
    """A mail as the calendars that it carries; any other file, and a mail that cannot be read, as it is."""
    if not file.is_invitation:
        yield file
        return
    try:
        for content in calendars_in(file.source).contents:
            yield Upload(file.name, content)
    except CalsyncError:
        yield Upload(file.name, file.content[:LARGEST])


def _name(text: str) -> str:
    """Without folders, and without what could not be shown."""
    return printable(text.replace("\\", "/").rpartition("/")[2].strip(), _LONGEST_NAME) or "file"


def _bytes(request: PageRequest, data: str) -> bytes:
    try:
        return base64.b64decode(data.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadData(
            request.say("the file did not come along whole"),
            remedy=request.say("choose it again"),
            code="CS-WEB-012",
        ) from None
