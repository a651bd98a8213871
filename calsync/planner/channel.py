"""Call or email: who asked for what, and what speaks against a call."""

from collections.abc import Callable

from calsync.domain.interview import Interview
from calsync.domain.preferences import Preferences
from calsync.planner import sentences
from calsync.playbooks import Playbook

__all__ = ["Verdict", "channel"]

Verdict = tuple[bool, str, tuple[str, ...]]
"""Whether to call, the sentence that says why, and its sources."""

_Speaks = Callable[[Interview, Preferences, Playbook], bool]

_AGAINST_A_CALL: tuple[tuple[_Speaks, str, tuple[str, ...]], ...] = (
    (lambda record, _1, _2: record.channel == "email", sentences.EMAIL_ASKED, ("001-03", "000-07")),
    (lambda record, _1, _2: not record.phone, sentences.EMAIL_NO_NUMBER, ("003-14",)),
    (lambda _1, _2, playbook: playbook.status.email_only, sentences.EMAIL_PLAYBOOK, ("004-20",)),
    (lambda _1, preferences, _2: not preferences.phone, sentences.EMAIL_NO_PHONE, ("004-20",)),
)
_UNLESS_THEY_ASKED: tuple[tuple[_Speaks, str, tuple[str, ...]], ...] = (
    (lambda record, _1, _2: record.culture == "formal", sentences.EMAIL_FORMAL, ("001-03",)),
    (lambda record, _1, _2: record.culture == "regulated", sentences.EMAIL_REGULATED, ("001-04",)),
    (lambda record, _1, _2: record.felt == "poor", sentences.EMAIL_POOR, ()),
)
_AGAINST_ANY_CALL = (*_AGAINST_A_CALL, *_UNLESS_THEY_ASKED)


def channel(interview: Interview, preferences: Preferences, playbook: Playbook) -> Verdict:
    """A call, unless something speaks against it; a wish to be called overrules manner and mood.

    The order is that of force: what the employer said, then what is not there
    to call, then what the candidate chose, then what the culture suggests.
    """
    for speaks, sentence, source in _AGAINST_A_CALL if interview.channel == "phone" else _AGAINST_ANY_CALL:
        if speaks(interview, preferences, playbook):
            return False, sentence, source
    return (
        True,
        sentences.CALL_ASKED if interview.channel == "phone" else sentences.CALL_FITS,
        playbook.status.source,
    )
