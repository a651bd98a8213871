"""The company that an address belongs to, where it belongs to one.

Mailers that anybody may use, and services that send invitations for others,
say nothing about the employer; a new one is a word in a table here.
"""

import re
from functools import cache

__all__ = ["employer", "is_machine"]

_FREE_MAILERS = """
    126 163 aol arcor att bellsouth bluewin bluemail btinternet charter comcast cox earthlink email fastmail free
    freemail freenet gmail gmx googlemail hey hotmail hushmail icloud inbox juno laposte libero live mac mail
    mailbox me msn naver neuf o2 orange outlook pm posteo proton protonmail qq rediffmail rocketmail sbcglobal
    seznam sfr shaw sky sympatico t-online telus tiscali tuta tutanota verizon virgilio wanadoo web wp yahoo
    yandex ymail zoho
"""
_SCHEDULERS = """
    acuityscheduling ashbyhq avature bamboohr breezy brighthire cal calendly chilipiper codesignal coderpad cronofy
    eightfold gem getguru goodtime greenhouse greenhouse-mail hackerrank hackerrankforwork hirevue
    icims indeedemail jobvite karat lever microsoftonline modernloop myworkday myworkdayjobs
    oraclecloud paradox personio phenompeople pinpointhq prelude recruitee savvycal smartrecruiters
    sparkhire successfactors taleo teamtailor teamtailor-mail usemotion willo workable workablemail
    youcanbook youcanbookme ziprecruiter
"""
_GENERAL = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "nom", "or", "org"})
_MACHINE = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|notifications?|calendar-notification|mailer-daemon|bounces?|"
    r"unknownorganizer|invites?|scheduling)(?:[+._-].*)?@|@(?:[a-z0-9.-]+\.)?calendar\.google\.com$",
    re.IGNORECASE,
)
_COUNTRY = 2
_SPELT = 4  # IBM, SAP and BMW are spelt, letter by letter


def employer(address: str) -> str:
    """The company that the domain of an address names, or nothing.

    >>> employer("sarah@acme.example"), employer("hr@mail.acme-robotics.co.uk")
    ('Acme', 'Acme Robotics')
    >>> employer("sarah.smith@gmail.com"), employer("acme@calendly.com")
    ('', '')
    """
    name = _registered(address.rpartition("@")[2].lower())
    if not name or name in _elsewhere() or not re.search("[a-z]", name):
        return ""
    return " ".join(word.upper() if len(word) < _SPELT else word.capitalize() for word in name.split("-"))


def is_machine(address: str) -> bool:
    """Whether nobody reads what is sent there: a calendar, or a service that sends invitations.

    >>> is_machine("no-reply@acme.example"), is_machine("sarah@acme.example")
    (True, False)
    """
    return bool(_MACHINE.search(address)) or _registered(address.rpartition("@")[2].lower()) in _words(
        _SCHEDULERS
    )


def _elsewhere() -> frozenset[str]:
    return _words(_FREE_MAILERS) | _words(_SCHEDULERS)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


def _registered(domain: str) -> str:
    """The part of a domain that somebody chose: acme of mail.acme.co.uk."""
    labels = [label for label in domain.split(".") if label]
    if len(labels) < 2 or not all(re.fullmatch("[a-z0-9-]{1,63}", label) for label in labels):  # noqa: PLR2004  # a name and what it is below
        return ""
    below = len(labels[-1]) == _COUNTRY and labels[-2] in _GENERAL and len(labels) > _COUNTRY
    return labels[-3] if below else labels[-2]
