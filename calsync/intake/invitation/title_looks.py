"""What a part of a title looks like: a position, a firm, somebody's name, or nothing that names anything."""

import re
import unicodedata
from collections.abc import Iterator

from calsync.intake.invitation.people import bare
from calsync.intake.invitation.title_words import ACRONYMS, FIRM, NOBODY, NOISE, NUMBER, ROLE

__all__ = [
    "company_in",
    "is_firm",
    "is_nobody",
    "is_noise",
    "is_role",
    "like",
    "named",
    "position",
    "same",
    "tidy",
    "without_number",
]

_SHORTEST_LIKENESS = 3
_INSIDE = 5
"""Letters of a company's name that may stand within a longer one."""
_LONGEST = 100

_ROLE = re.compile(ROLE, re.IGNORECASE)
_ACRONYM = re.compile(ACRONYMS)
_FIRM = re.compile(FIRM, re.IGNORECASE)
_NOISE = re.compile(NOISE, re.IGNORECASE)
_NOBODY = re.compile(NOBODY, re.IGNORECASE)
_NUMBER = re.compile(rf"(?<!\w){NUMBER}(?!\w)|\({NUMBER}\)", re.IGNORECASE)


def is_role(part: str) -> bool:
    """Whether it names a position."""
    return bool(_ROLE.search(part) or _ACRONYM.fullmatch(part.strip()))


def is_firm(part: str) -> bool:
    """Whether only a company or a house is called so."""
    return bool(_FIRM.search(part))


def is_nobody(part: str) -> bool:
    """Whether it speaks of people without naming one: "the hiring team"."""
    return bool(_NOBODY.fullmatch(part))


def is_noise(part: str) -> bool:
    """Whether it is neither a company nor a position: an hour, a round, "HOLD"."""
    return bool(_NOISE.fullmatch(part))


def like(part: str, employer: str) -> bool:
    """Acme, Acme Corp. and Clinic Acme are like acme.example; people's words differ from their domains."""
    one, other = (bare(_without_accents(each)) for each in (part, employer))
    if len(other) < _SHORTEST_LIKENESS or len(one) < _SHORTEST_LIKENESS:
        return False
    return one.startswith(other) or other.startswith(one) or (len(other) >= _INSIDE and other in one)


def company_in(part: str, employer: str) -> str:
    """The company's name in a part that says more: "the Acme Robotics team", "Acme is confirmed".

    >>> company_in("Meet the Acme Robotics team", "Acme"), company_in("Acme Hiring Event", "Acme")
    ('Acme Robotics', 'Acme')
    """
    runs = (_BESIDE_COMPANIES.sub("", run[0]).strip() for run in _CAPITALS.finditer(part))
    return next((run for run in runs if like(run, employer)), part)


_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ][^\s,]*(?: (?:(?:of|and|&|de|du|des|und|für) )?[^\W_a-zß-ÿ][^\s,]*)*")
_BESIDE_COMPANIES = re.compile(
    r"(?: (?:on-?site|hiring|event|team|interviews?|meeting|call|day|invitation|confirmation|recruiting|recruitment|careers|hr|"
    r"talent|loop|session|panel|screen|chat|intro))+$|^(?:meet|greet|the|your|updated|new|hold|tentative) ",
    re.IGNORECASE,
)


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def same(part: str, names: tuple[str, ...]) -> str:
    """The name that is meant: whole, by the first name alone, or by the last with how one is addressed."""
    wanted, addressed = bare(part), _HONORIFIC.match(part)
    last = bare(part[addressed.end() :]) if addressed else ""
    return next(
        (
            name
            for name in names
            if (wanted and wanted in set(_calls(name))) or (last and last == bare(name.rpartition(" ")[2]))
        ),
        "",
    )


_HONORIFIC = re.compile(r"(?:mr|ms|mrs|mx|dr|prof|herrn?|frau|m|mme|mlle|sra?|srta|fru)\.? ", re.IGNORECASE)


def _calls(name: str) -> Iterator[str]:
    yield bare(name)
    first, _, rest = name.partition(" ")
    if rest:
        yield bare(first)
        yield bare(f"{rest} {first}")
        yield bare(f"{first}s")


def without_number(text: str) -> str:
    """Without the number of a requisition.

    >>> without_number("JR102938 Analyst (Job ID 48213)")
    'Analyst'
    """
    return _NUMBER.sub(" ", text).strip(" -–,#:") if re.search(r"\d{2}", text) else text


def tidy(part: str) -> str:
    """Without the signs around it, and without words that lost what they tied to it."""
    part = part.strip(_SIGNS)
    return _LOOSE.sub("", part).strip(_SIGNS) if " " in part else part


_SIGNS = " \t.,;:!?\"'„“”‘’*_#-–—|/&・"
_LOOSE = re.compile(
    r"^(?:and|und|et|och|x|&) |(?<= )(?:and|und|et|och|with|mit|avec|con|med|for|für|pour|para|för)$",
    re.IGNORECASE,
)


def named(value: str) -> str:
    """With the last dot of "Norte S.A.", and only if it can be a name."""
    value = f"{value}." if re.search(r"\b[A-Z]\.[A-Z]$", value) else value
    return value if len(value) <= _LONGEST and re.search(r"\w", value) else ""


def position(value: str) -> str:
    """A position without what stands around it: "the … role"."""
    return _AROUND_ROLES.sub("", tidy(_AROUND_ROLES.sub("", named(value))))


_AROUND_ROLES = re.compile(
    r"\s+(?:role|position|post|opening|opportunity|vacancy|job|interview)$|"
    r"^(?:an?|the|our|die|der|das|eine?n?|une?|le|la|el|en|ett) ",
    re.IGNORECASE,
)
