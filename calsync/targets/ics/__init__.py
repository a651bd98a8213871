"""Follow-ups as an iCalendar file (RFC 5545): written by us, read and judged by icalendar.

``export`` writes a file over the one it wrote before, ``dump`` writes to a
stream, ``content`` gives the bytes piece by piece, ``read`` reads them back.
To say more about an event, add its line to ``vevent.body`` and its field to
``reading.Entry``: the judge then compares it too.
"""

from calsync.targets.ics.edition import NAME, Previous, Written, content
from calsync.targets.ics.file import dump, export
from calsync.targets.ics.reading import Entry, read
from calsync.targets.ics.vevent import PRODID

__all__ = ["NAME", "PRODID", "Entry", "Previous", "Written", "content", "dump", "export", "read"]
