"""What calsync refuses, as a page tells it: a status, what is wrong, where, and what to do instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from calsync.errors import (
    BadData,
    BadSettings,
    CalsyncError,
    CannotWrite,
    InputOutput,
    NoInput,
    TryLater,
    Unavailable,
    Usage,
)
from calsync.web.words import phrase

__all__ = ["Problem", "problem_of"]


@dataclass(frozen=True, slots=True)
class Problem:
    """``what`` is a phrase of the page or a sentence of calsync's; the rest may be empty."""

    status: int
    what: str
    where: str = ""
    remedy: str = ""
    code: str = ""


_STATUS: Mapping[type[CalsyncError], int] = {
    Usage: 400,
    BadData: 422,
    NoInput: 404,
    Unavailable: 502,
    CannotWrite: 500,
    InputOutput: 500,
    TryLater: 503,
    BadSettings: 409,
}
"""By family; the nearest above an error's own class counts."""


_GONE = "CS-STO-008"
"""What was asked for is not planned, or not remembered; on a page it was there when the page was shown."""


def problem_of(error: CalsyncError) -> Problem:
    """The parts of the error in the house form; what a second window was quicker with is told as that."""
    status = next((_STATUS[family] for family in type(error).__mro__ if family in _STATUS), 400)
    if error.code == _GONE:
        return Problem(
            status,
            phrase("This is no longer there: it is done, or it was removed, here or in another window."),
            remedy=phrase("Look at the overview and at the interviews; they show how it stands now."),
            code=error.code,
        )
    return Problem(status, error.what, error.where, error.remedy, error.code)
