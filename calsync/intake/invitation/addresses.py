"""What an email address tells: the company it belongs to, whether anybody reads there, and whose it is.

Mailers that anybody may use, and services that send invitations for others, say
nothing about the employer; a new one is a word in a table here.
"""

import re
from functools import cache

__all__ = ["employer", "is_free", "is_machine", "is_same", "is_service", "is_service_name"]

_FREE_MAILERS = """
    126 163 aol arcor att bellsouth bluewin bluemail btinternet charter comcast cox duck earthlink email fastmail free
    freemail freenet gmail gmx googlemail hey hotmail hushmail icloud inbox juno laposte libero live mac mail
    mailbox me msn naver neuf o2 orange outlook passport pm posteo proton protonmail qq rediffmail rocketmail sbcglobal
    seznam sfr shaw sky sympatico t-online telus tiscali tuta tutanota verizon virgilio wanadoo web wp yahoo
    yandex ymail zoho zohomail
"""
_SCHEDULERS = """
    acuityscheduling applytojob ashbyhq avature bamboohr breezy brighthire cal calendly candidatecare chilipiper codesignal
    coderpad cornerstoneondemand cronofy eightfold fountain freshteam gem getguru goodtime greenhouse greenhouse-mail
    hackerrank hackerrankforwork hirevue icims indeed indeedemail jazzhr jobvite join karat lever linkedin
    metaview microsoftonline modernloop myworkday myworkdayjobs onlyfy oraclecloud paradox personio phenompeople pinpointhq
    prelude recruitee rippling savvycal smartrecruiters softgarden sparkhire successfactors taleo teamtailor
    teamtailor-mail trakstar usemotion welcometothejungle willo workable workablemail workday xing youcanbook youcanbookme
    ziprecruiter zoom zohorecruit
"""
_GENERAL = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "nom", "or", "org"})
_MACHINE = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|notifications?|calendar-notification|mailer-daemon|bounces?|"
    r"unknownorganizer|invites?|invitations?|scheduling|scheduler|calendar)(?:[+._-].*)?@|"
    r"@(?:[a-z0-9.-]+\.)?calendar\.google\.com$",
    re.IGNORECASE,
)
_BESIDE_THE_NAME = re.compile(r"-(?:careers?|jobs?|hr|recruiting|talent|hiring|group|mail|corp|inc|hq)$")
_DOTLESS = frozenset({"gmail", "googlemail"})
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
    name = _BESIDE_THE_NAME.sub("", name)
    return " ".join(word.upper() if len(word) < _SPELT else word.capitalize() for word in name.split("-"))


def is_machine(address: str) -> bool:
    """Whether nobody reads what is sent there: a calendar, or a service that sends invitations.

    >>> is_machine("no-reply@acme.example"), is_machine("sarah@acme.example")
    (True, False)
    """
    return bool(_MACHINE.search(address)) or is_service(address)


def is_service(address: str) -> bool:
    """Whether it belongs to a service that sends invitations for others."""
    return _registered(address.rpartition("@")[2].lower()) in _words(_SCHEDULERS)


def is_service_name(name: str) -> bool:
    """Whether somebody goes by the name of such a service."""
    words = re.findall(r"[a-z]+", name.casefold())
    return bool(words) and ("".join(words) in _words(_SCHEDULERS) or words[0] in _words(_SCHEDULERS))


def is_free(address: str) -> bool:
    """Whether anybody may have an address there, a candidate above all."""
    return _registered(address.rpartition("@")[2].lower()) in _words(_FREE_MAILERS)


def is_same(one: str, other: str) -> bool:
    """Whether two addresses lead to one person: what stands behind + does not matter, nor do Google's dots.

    >>> is_same("Robin.Vale+jobs@gmail.com", "robinvale@GMail.com")
    True
    """
    return bool(one) and _canonical(one) == _canonical(other)


def _canonical(address: str) -> str:
    local, _, domain = address.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '') if _registered(domain) in _DOTLESS else local}@{domain}"


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
