"""Write the table of countries anew: their zones, codes and names.

Run ``python tests/business_days/make_countries.py`` after an update of tzdata, read what
``git diff`` shows, and commit both. The zones are those of tzdata, the names those of
Unicode's CLDR, from the package babel, which only this program needs.
"""

import re
from pathlib import Path

import tzdata

FILE = Path(__file__).parents[2] / "calsync" / "business_days" / "country_table.py"
LANGUAGES = ("en", "de", "fr", "es")
DATA = Path(tzdata.__file__).parent / "zoneinfo"
ALSO = {
    "GB": ("UK", "Great Britain", "Großbritannien", "England", "Scotland", "Wales", "Northern Ireland"),
    "US": ("U.S.", "U.S.A.", "America", "United States of America", "Vereinigte Staaten von Amerika"),
    "NL": ("Holland", "The Netherlands"),
    "CZ": ("Czech Republic", "Tschechische Republik"),
    "AE": ("UAE", "VAE", "Emirates"),
    "TR": ("Turkey",),
    "CI": ("Ivory Coast",),
}
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
HEADING = '''"""Countries: the time zones in them, and what they are called. Made by tests/business_days/make_countries.py."""

# fmt: off
'''


def zones():
    """The zones of each country: the rows of ``zone.tab``, and the names that are links to one of them."""
    rows = [line.split("\t") for line in (DATA / "zone.tab").read_text("utf-8").splitlines()]
    found = {row[2]: row[0] for row in rows if not row[0].startswith("#")}
    links = re.findall(r"^L (\S+) (\S+)$", (DATA / "tzdata.zi").read_text("utf-8"), re.MULTILINE)
    target = {name: of for of, name in links}
    for name in sorted(target):
        place = name
        while place not in found and place in target:
            place = target[place]
        if "/" in name and place in found:
            found.setdefault(name, found[place])
    return found


def names():
    """The three-letter code and the names of each country."""
    from babel import Locale  # noqa: PLC0415  # installed by hand, for this program alone
    from babel.core import get_global  # noqa: PLC0415  # for the same reason

    aliases = get_global("territory_aliases")
    three = {aliases[alias][0]: alias for alias in sorted(aliases) if re.fullmatch("[A-Z]{3}", alias)}
    for code in sorted(
        {
            code
            for code in Locale("en").territories
            if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
        }
    ):
        called = [Locale(language).territories.get(code, "") for language in LANGUAGES]
        plain = [re.sub(r" ?\(.*\)", "", name) for name in called]
        yield code, list(dict.fromkeys(filter(None, [three.get(code), *plain, *ALSO.get(code, ())])))


def main():
    place = zones()
    lines = [HEADING, "ZONES = {\n"]
    for code in sorted(set(place.values())):
        here = " ".join(sorted(name for name, country in place.items() if country == code))
        lines.append(f'    "{code}": "{here}",\n')
    lines += ["}\n", '"""The zones of each country, and other names of theirs."""\n', "NAMES = {\n"]
    lines += [f'    "{code}": "{"|".join(called)}",\n' for code, called in names()]
    lines += [
        "}\n",
        '"""What each country is called in English, German, French and Spanish, and its three letters."""\n',
    ]
    FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
