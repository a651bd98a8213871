"""Follow-ups as an iCalendar file (RFC 5545): written by us, read back by icalendar.

``export`` writes a file over the one it wrote before, ``dump`` writes to a
stream, ``content`` gives the bytes piece by piece, ``read`` reads them back.
To say more about an event, add its line to ``vevent.body`` and its field to
``reading.Entry``: the tests, which read every sample back, then ask for it.
"""

from calsync.targets.ics.edition import NAME, EditionCounts, Previous, content
from calsync.targets.ics.file import dump, export
from calsync.targets.ics.reading import Entry, read
from calsync.targets.ics.vevent import PRODID

__all__ = ["NAME", "PRODID", "EditionCounts", "Entry", "Previous", "content", "dump", "export", "read"]
