"""Interviews that come as .ics invitations, as calendars send them by mail.

    invitation = read_invitation("invite.ics", preferences=preferences)
    if not invitation.missing:
        interview = read_record(invitation.proposed, preferences=preferences)

``calendars_in`` takes the calendars out of a mail. An event of Google Calendar is
read as an invitation too (``from_google``), and ``likeness`` says whether it
looks like an interview. Whatever a file holds, the answer is a value or one
error of ``calsync.errors``; it is taken apart by a child process within limits.
What a message about a known interview means (moved, cancelled, stale) is for
whoever keeps them.
"""

from calsync.intake.invitation.google_event import (
    account_of,
    from_google,
    has_declined,
    is_of_a_series,
    likeness,
    uid_of,
)
from calsync.intake.invitation.invitation import IncomingInvitation, read_invitation
from calsync.intake.invitation.mail import INVITATION_ENDINGS, LARGEST_MAIL, Calendars, calendars_in, is_mail
from calsync.intake.invitation.proposals import Proposal
from calsync.intake.invitation.times import WHOLE_DAY
from calsync.intake.invitation.zones import ZoneWanted

__all__ = [
    "INVITATION_ENDINGS",
    "LARGEST_MAIL",
    "WHOLE_DAY",
    "Calendars",
    "IncomingInvitation",
    "Proposal",
    "ZoneWanted",
    "account_of",
    "calendars_in",
    "from_google",
    "has_declined",
    "is_mail",
    "is_of_a_series",
    "likeness",
    "read_invitation",
    "uid_of",
]
