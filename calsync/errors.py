"""Every deliberate error: what is wrong, where, and what to do instead.

The house form is one line, ``where: what; remedy. (code)``, and each family
carries the exit code the command line ends with. A new error is a subclass of
the family whose exit code fits, or that family raised with its own ``code``.
Nothing here is ever raised for a bug of ours: those stay ordinary exceptions.
"""

from collections.abc import Callable
from typing import ClassVar, Self

from calsync.phrase import joined, phrase

__all__ = [
    "BadData",
    "BadSettings",
    "BadValue",
    "CalsyncError",
    "CannotWrite",
    "InputOutput",
    "NoInput",
    "SignInAgain",
    "TryLater",
    "Unavailable",
    "Usage",
]


class CalsyncError(Exception):
    """A problem that a person can do something about.

    ``what`` names it, ``remedy`` says what to type or change, ``where`` leads
    to the place (file, row, key), ``code`` is the name to search for.
    """

    exit_code: ClassVar[int] = 1
    default_code: ClassVar[str] = "CS-001"

    def __init__(self, what: str, *, remedy: str = "", where: str = "", code: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.where = where
        self.code = code or self.default_code

    def at(self, *places: str) -> Self:
        """The same error, found further out: outer places go in front.

        >>> str(BadValue("no zone 'EST5'", remedy="try America/New_York").at("jobs.csv", "row 7"))
        "jobs.csv, row 7: no zone 'EST5'; try America/New_York. (CS-VAL-001)"
        """
        self.where = joined((*places, self.where))
        return self

    def __str__(self) -> str:
        return self.said()

    def said(self, say: Callable[[str], str] = str) -> str:
        """The line in the house form; ``say`` puts its parts into the reader's language."""
        sentence = f"{say(self.what)}; {say(self.remedy)}" if self.remedy else say(self.what)
        place = f"{say(self.where)}: " if self.where else ""
        return f"{place}{sentence.rstrip('.')}. ({self.code})"


class Usage(CalsyncError):
    """The command was called in a way it does not understand."""

    exit_code = 2
    default_code = "CS-USE-001"


class BadData(CalsyncError):
    """Input was read and cannot be taken as it is."""

    exit_code = 65
    default_code = "CS-DAT-001"


class BadValue(BadData, ValueError):
    """One value that cannot be read; whoever knows the place adds it with ``at``."""

    default_code = "CS-VAL-001"


class NoInput(CalsyncError):
    """A file that was named is not there or cannot be opened."""

    exit_code = 66
    default_code = "CS-INP-001"


class Unavailable(CalsyncError):
    """The network or a service cannot be reached."""

    exit_code = 69
    default_code = "CS-NET-001"


class CannotWrite(CalsyncError):
    """An output file cannot be made."""

    exit_code = 73
    default_code = "CS-OUT-001"


class InputOutput(CalsyncError):
    """Reading or writing began and then failed (disk full, device error)."""

    exit_code = 74
    default_code = "CS-IO-001"

    @classmethod
    def writing(cls, error: OSError, where: str, remedy: str = "") -> Self:
        """What the system said when a file was to be written at ``where``."""
        return cls(
            phrase("it could not be written: {strerror}", strerror=(error.strerror or str(error)).lower()),
            where=where,
            remedy=remedy or phrase("free some room, or see who owns its folder, and try again"),
        )


class TryLater(CalsyncError):
    """Somebody else holds what is needed just now."""

    exit_code = 75
    default_code = "CS-TMP-001"


class SignInAgain(CalsyncError):
    """Nobody is signed in, or what the sign-in gave no longer counts."""

    exit_code = 77
    default_code = "CS-AUT-001"


class BadSettings(CalsyncError):
    """settings.toml, a playbook of the user's, or calsync's home is not usable."""

    exit_code = 78
    default_code = "CS-SET-001"
