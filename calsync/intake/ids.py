"""Ids for rows that bring none: what tells rows of one company, role and day apart stands in them.

Not where a row stands: sorted otherwise, or with others missing, a sheet gives no
row the id of another.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from calsync.domain import Interview
from calsync.intake.records import LONGEST_ID, next_free, slug

__all__ = ["free_id", "ids_apart"]

_LONGEST_PART = 14


def ids_apart(interviews: Sequence[Interview], taken: Collection[str]) -> list[str]:
    """An id for each of them, none of ``taken``; one that is alone with its company, role and day keeps it."""
    groups: dict[str, list[int]] = {}
    for place, interview in enumerate(interviews):
        groups.setdefault(interview.id, []).append(place)
    ids = [interview.id for interview in interviews]
    given, numbers = set(taken), dict[str, int]()
    for base, places in groups.items():
        if len(places) == 1 and base not in given:
            given.add(base)
            continue
        group = [interviews[place] for place in places]
        apart = [Counter(map(suffix, group)) for suffix in _SUFFIXES]
        for place in sorted(places, key=lambda place: _content(interviews[place])):
            told = (suffix(interviews[place]) for suffix in _SUFFIXES)
            shortest = next(
                (text for text, counts in zip(told, apart, strict=True) if counts[text] == 1), None
            )
            name = base if shortest is None else _with(base, shortest)
            ids[place], numbers[name] = next_free(name, given, numbers.get(name, 2))
            given.add(ids[place])
    return ids


def free_id(interview: Interview, taken: Callable[[str], bool]) -> str:
    """The id of one that comes later, with as much in it as tells it from those there are."""
    for name in (interview.id, *(_with(interview.id, suffix(interview)) for suffix in _SUFFIXES)):
        if not taken(name):
            return name
    number = 2
    while taken(name := next_free(interview.id, {interview.id}, number)[0]):
        number += 1
    return name


def _time(interview: Interview) -> str:
    return f"{interview.start:%H%M}"


def _contact(interview: Interview) -> str:
    return "-".join(_parts(_time(interview), interview.contact))


def _candidate(interview: Interview) -> str:
    return "-".join(_parts(_contact(interview), interview.candidate))


_SUFFIXES: tuple[Callable[[Interview], str], ...] = (_time, _contact, _candidate)


def _parts(first: str, text: str) -> Iterator[str]:
    yield first
    if text:
        yield slug(text, _LONGEST_PART)


def _with(base: str, suffix: str) -> str:
    """Both, with company and role cut where they are too long together."""
    rest, _, day = base.rpartition("-")
    room = LONGEST_ID - len(day) - len(suffix) - 2
    return f"{rest[:room].rstrip('-')}-{day}-{suffix}"


def _content(interview: Interview) -> str:
    return repr(interview)
