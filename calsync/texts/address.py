"""How a person is addressed: in the first line of an email, on the phone, and at the end.

What the record says (``salutation``) decides; without it the full name, or the first name where the
culture is casual. A name that begins with a title keeps title and surname: nobody is written to as
"Dear Mr. Hank Scorpio". Another language is a row of ``_MANNERS``.
"""

from collections.abc import Mapping

import msgspec

from calsync.domain.interview import Culture
from calsync.texts.clean import clean

__all__ = ["Address", "address", "at_company", "cv"]

_LONGEST = 60
_TITLES: Mapping[str, str] = {
    "mr": "Mr", "herr": "Mr", "herrn": "Mr", "ms": "Ms", "frau": "Ms", "mrs": "Mrs", "miss": "Miss", "mx": "Mx",
}  # fmt: skip
"""What stands before a surname in English, by what people write."""
_ACADEMIC = frozenset({"dr", "prof", "professor"})
_PARTICLES = frozenset(
    [
        "af",
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
        "zum",
        "zur",
    ]
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "mba", "md", "esq", "cpa"})
_FEMININE = frozenset({"Universität", "Hochschule", "Stadt", "Gemeinde", "Stiftung", "Sparkasse"})
_COMPANIES = frozenset(["gmbh", "ggmbh", "mbh", "ag", "se", "kg", "kgaa", "ohg", "ug", "gbr"])


class Address(msgspec.Struct, frozen=True):
    """``name`` is said to them ("Ms. Smith", "Sarah"), ``dear`` and ``hello`` open a letter and a call.

    A full name is written and not said: "Dear Sarah Smith", but "Good morning".
    """

    name: str
    dear: str
    hello: str
    regards: str


class _Manners(msgspec.Struct, frozen=True):
    """One language: openings by how the person is named, endings by culture."""

    dear: str
    first: str
    casual: str
    nobody: str
    nobody_casual: str
    hello: str
    hello_casual: str
    regards: Mapping[Culture | None, str]
    cv: str


_AMERICAN = _Manners(
    dear="Dear {name},",
    first="Hi {name},",
    casual="Hi {name},",
    nobody="Dear hiring team,",
    nobody_casual="Hello,",
    hello="{greeting}, {name}",
    hello_casual="Hi {name}",
    regards={None: "Best regards,", "casual": "Best,", "formal": "Sincerely,", "regulated": "Sincerely,"},
    cv="résumé",
)
_BRITISH = _Manners(
    dear="Dear {name},",
    first="Dear {name},",
    casual="Hi {name},",
    nobody="Dear hiring team,",
    nobody_casual="Hello,",
    hello="{greeting}, {name}",
    hello_casual="Hi {name}",
    regards={
        None: "Kind regards,",
        "casual": "Best wishes,",
        "formal": "Kind regards,",
        "regulated": "Kind regards,",
    },
    cv="CV",
)
_GERMAN = _Manners(
    dear="Guten Tag {name},",
    first="Hallo {name},",
    casual="Hallo {name},",
    nobody="Sehr geehrte Damen und Herren,",
    nobody_casual="Guten Tag,",
    hello="{greeting}, {name}",
    hello_casual="Hallo {name}",
    regards=dict.fromkeys((None, "formal", "regulated"), "Mit freundlichen Grüßen")
    | {"casual": "Viele Grüße"},
    cv="Lebenslauf",
)
_MANNERS: Mapping[str, _Manners] = {"en-US": _AMERICAN, "en-GB": _BRITISH, "de": _GERMAN}


def address(contact: str, salutation: str, culture: Culture | None, greeting: str, variant: str) -> Address:
    """How to address ``contact`` in ``variant`` ("en-US", "en-GB", "de"); ``greeting`` is that of the hour.

    >>> address("Sarah Smith", "Ms. Smith", None, "Good morning", "en-US").dear
    'Dear Ms. Smith,'
    >>> address("Sarah Smith", "", "casual", "Good morning", "en-US").hello
    'Hi Sarah'
    >>> address("Dr. Ina Größl", "Frau Dr. Größl", "formal", "Guten Tag", "de").dear
    'Sehr geehrte Frau Dr. Größl,'
    """
    manners = _MANNERS[variant]
    regards = manners.regards[culture]
    casual = culture == "casual"
    spoken, dear = _named(_in_order(clean(contact, _LONGEST)), clean(salutation, _LONGEST), culture, variant)
    if not dear:
        nobody = manners.nobody_casual if casual else manners.nobody
        return Address("", nobody, nobody.rstrip(",") if casual else greeting, regards)
    hello = (
        manners.hello_casual if casual and " " not in spoken else manners.hello if spoken else "{greeting}"
    )
    return Address(spoken, dear, hello.format(greeting=greeting, name=spoken), regards)


def cv(variant: str) -> str:
    """What the list of somebody's jobs is called."""
    return _MANNERS[variant].cv


def at_company(company: str, variant: str) -> str:
    """``at Acme``; in German with the article where the name has one.

    >>> at_company("Isarwerk GmbH", "de"), at_company("Acme", "de"), at_company("Deutsche Bahn AG", "de")
    ('bei der Isarwerk GmbH', 'bei Acme', 'bei der Deutschen Bahn AG')
    """
    if variant != "de":
        return f"at {company}"
    first, gap, rest = company.partition(" ")
    if first not in _FEMININE and not _COMPANIES.intersection(company.casefold().split()):
        return f"bei {company}"
    return f"bei der {first}n{gap}{rest}" if rest and first.endswith("sche") else f"bei der {company}"


def _named(contact: str, salutation: str, culture: Culture | None, variant: str) -> tuple[str, str]:
    """The name that is said to them, and the line that opens a letter."""
    manners = _MANNERS[variant]
    given = salutation or contact
    title, degrees, rest = _titles(given)
    if rest and (title or degrees):
        is_surname = salutation and _titles(contact)[2].casefold().endswith(f" {rest.casefold()}")
        return _titled(title, degrees, rest if is_surname else _surname(rest), variant)
    if not salutation and culture == "casual":
        given = _first_name(contact)
    if not given:
        return "", ""
    if " " in given:
        return given if salutation else "", manners.dear.format(name=given)
    pattern = manners.casual if culture == "casual" else manners.first if culture is None else manners.dear
    return given, pattern.format(name=given)


def _titled(title: str, degrees: list[str], surname: str, variant: str) -> tuple[str, str]:
    if variant != "de":
        dot = "." if variant == "en-US" and title in {"Mr", "Ms", "Mrs", "Mx"} else ""
        name = f"{degrees[0] if degrees else title + dot} {surname}"
        return name, _MANNERS[variant].dear.format(name=name)
    word = {"Mr": "Herr", "Ms": "Frau", "Mrs": "Frau", "Miss": "Frau"}.get(title, "")
    name = " ".join([*([word] if word else []), *degrees, surname])
    dear = {"Herr": "Sehr geehrter {name},", "Frau": "Sehr geehrte {name},"}.get(word, _GERMAN.dear)
    return name, dear.format(name=name)


def _titles(name: str) -> tuple[str, list[str], str]:
    """``Frau Prof. Dr. Ina Größl`` as ``Ms``, its degrees, and the rest."""
    words = name.split()
    title = ""
    degrees: list[str] = []
    while words:
        word = words[0].rstrip(".").casefold()
        if not title and not degrees and word in _TITLES:
            title = _TITLES[word]
        elif word in _ACADEMIC:
            degrees.append(words[0])
        else:
            break
        words.pop(0)
    return title, degrees, " ".join(words)


def _surname(names: str) -> str:
    """The last of some names, with what belongs to it: ``van der Berg``."""
    words = names.split()
    while len(words) > 1 and words[-1].replace(".", "").casefold() in _SUFFIXES:
        words.pop()
    start = next((at for at, word in enumerate(words) if word in _PARTICLES), len(words) - 1)
    return " ".join(words[start:]).rstrip(",")


def _first_name(contact: str) -> str:
    return contact.partition(" ")[0]


def _in_order(name: str) -> str:
    """``Sarah Smith`` for ``Smith, Sarah``; "Sarah Smith, PhD" loses the degree."""
    last, comma, first = name.partition(", ")
    if not comma:
        return name
    return last if first.replace(".", "").casefold() in _SUFFIXES else f"{first} {last}"
