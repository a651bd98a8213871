"""The exports of programs that keep track of applications: which they are, and what their stages mean."""

from collections.abc import Mapping, Sequence

import msgspec

from calsync.intake.names import simplified
from calsync.intake.rows import nearest

__all__ = ["Tracker", "known_tracker", "stage"]


class Tracker(msgspec.Struct, frozen=True):
    """A program by the headers of its export; ``keys`` are columns that mean something of their own there."""

    name: str
    headers: tuple[str, ...]
    keys: Mapping[str, str] = {}


_LEFT_OUT = "-"

_TRACKERS = (
    Tracker(
        "LinkedIn",
        ("application date", "company name", "job title", "job url", "resume name"),
        {"questionandanswers": _LEFT_OUT, "applicationdate": _LEFT_OUT},
    ),
    Tracker(
        "Teal",
        ("company_name", "role", "excitement", "added_at", "applied_at"),
        {"id": _LEFT_OUT, "status": _LEFT_OUT, "statusname": "status", "followupat": _LEFT_OUT},
    ),
    Tracker(
        "Huntr",
        ("title", "rootDomain", "boardID", "listID", "listName"),
        {"listname": "status", "deadline": _LEFT_OUT},
    ),
    Tracker("Huntr", ("employer", "job title", "list", "date saved"), {"list": "status"}),
    Tracker("Simplify", ("company", "title", "url", "status", "date applied")),
    Tracker("Indeed", ("employer name", "job title", "date applied")),
)


def known_tracker(names: Sequence[str]) -> Tracker | None:
    """The one whose headers are all there."""
    there = {simplified(name) for name in names}
    return next((each for each in _TRACKERS if there.issuperset(map(simplified, each.headers))), None)


_STAGES = {
    "open": "open, bookmarked, saved, wishlist, applying, applied, application, application submitted, submitted, "
    "screening, screen, phone screen, recruiter screen, interview, interviewing, interviewed, interview scheduled, "
    "scheduled, first interview, second interview, third interview, 1st interview, 2nd interview, 3rd interview, final interview, "
    "phone interview, video interview, in person interview, interview completed, to apply, take home, follow up, "
    "first round, second round, final round, onsite, on site, "
    "assessment, technical, negotiating, in progress, active, pending, waiting, in review, viewed, "
    "offen, beworben, bewerbung, eingeladen, einladung, gespräch, vorstellungsgespräch, interview geplant, geplant, "
    "telefoninterview, zweitinterview, probearbeiten, nachfassen, laufend, in bearbeitung, wartend, erstgespräch, zweitgespräch",
    "offer": "offer, offered, offer received, offer extended, job offer, accepted, offer accepted, hired, "
    "zusage, angebot, zugesagt, angenommen, eingestellt",
    "rejected": "rejected, rejection, not selected, not selected by employer, declined by employer, unsuccessful, "
    "turned down, denied, no longer under consideration, absage, abgelehnt, abgesagt",
    "withdrawn": "withdrawn, withdrew, i withdrew, offer declined, declined offer, declined, not interested, "
    "zurückgezogen, selbst abgesagt",
    "closed": "closed, no response, ghosted, archived, expired, job closed, position closed, cancelled, canceled, "
    "done, keine antwort, keine rückmeldung, geschlossen, archiviert, beendet, erledigt",
}
_MEANT = {simplified(word): key for key, words in _STAGES.items() for word in words.split(",")}


def stage(text: str) -> str:
    """The status that a stage amounts to; empty where nobody knows.

    >>> stage("No Response"), stage("Interviewing"), stage("Vielleicht")
    ('closed', 'open', '')
    """
    return _MEANT.get(simplified(text), "")


def nearly(text: str) -> str:
    """The word of a record's own that is probably meant."""
    return nearest(simplified(text), ("open", "offer", "rejected", "withdrawn", "closed"))
