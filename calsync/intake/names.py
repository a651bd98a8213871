"""What people call the things that a record has keys for.

A spreadsheet's header that stands here is understood; a key of TOML or JSON is
not, but the error names the key that is meant. A new name is a word in ``_COMMON``.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from calsync.errors import BadValue
from calsync.intake.rows import nearest, shown
from calsync.phrase import phrase

__all__ = ["is_of_applications", "names_of_keys", "nearest_key", "nearly_key", "simplified", "unknown_key"]

_COMMON = {
    "id": "identifier, interview id, reference, kennung, referenz",
    "candidate": "candidate name, applicant, applicant name, client, client name, coachee, kandidat, kandidatin, "
    "bewerber, bewerberin, klient, klientin, kunde, kundin",
    "company": "employer, company name, employer name, organisation, organization, firm, company / employer, "
    "company/organization, business, firma, firmenname, unternehmen, arbeitgeber, betrieb, name der firma",
    "role": "position, job title, job, title, job role, position title, role title, vacancy, opening, job position, "
    "position / role, role / position, stelle, stellenbezeichnung, berufsbezeichnung, jobtitel, beruf, stellentitel, "
    "ausgeschriebene stelle, tätigkeit, position / stelle",
    "start": "date, when, datum, wann, interview date, interview date and time, interview datetime, date and time, "
    "date time, date & time, datetime, date of interview, interview day, interview on, interview at, interview, "
    "scheduled, scheduled for, interview scheduled, next interview, start date, starts, starts at, day, tag, "
    "termin, interviewtermin, interviewdatum, gesprächstermin, gesprächsdatum, gespräch am, vorstellungsgespräch, "
    "vorstellungsgespräch am, interview am, datum des gesprächs, datum und uhrzeit, datum/uhrzeit, datum uhrzeit, "
    "termin am, gespräch, bewerbungsgespräch, time, interview time, start time, time of interview, begins, "
    "begin, hour, uhrzeit, zeit, beginn, startzeit, gesprächszeit, uhrzeit des gesprächs, interviewzeit, um",
    "minutes": "duration, length, duration minutes, duration min, length minutes, mins, dauer, "
    "dauer in minuten, dauer (min), minuten, dauer min",
    "timezone": "tz, zone, iana time zone, zeitzone",
    "country": "country code, land, ländercode",
    "region": "state, province, federal state, bundesland",
    "contact": "contact name, contact person, interviewer, interviewer name, hiring manager, point of contact, "
    "met with, spoke with, recruiter, recruiter name, ansprechpartner, ansprechpartnerin, kontakt, kontaktperson, "
    "ansprechperson, gesprächspartner, gesprächspartnerin, name des ansprechpartners, kontaktname, interviewpartner, interviewpartnerin, interviewt von, gespräch mit, personalerin, "
    "personaler",
    "contact_role": "contact type, contact is, funktion des kontakts",
    "salutation": "how to address, form of address, addressed as, anrede",
    "phone": "phone number, telephone, telephone number, tel, mobile, mobile number, mobile phone, "
    "cell, cell phone, contact phone, contact number, contact phone number, interviewer phone, phone no, tel no, mobile no, contact no, "
    "telefon, telefonnummer, tel nr, telefon nr, handy, handynummer, mobil, mobilnummer, rufnummer, durchwahl",
    "email": "email address, mail, contact email, interviewer email, e-mail address, contact email address, "
    "recruiter email, mailadresse, e-mail-adresse, emailadresse, mail adresse",
    "interviewers": "panel, panelists, other interviewers, also met, others met, weitere gesprächspartner, teilnehmer",
    "decision": "decision date, decision by, decide by, decision due, hear by, answer by, entscheidung, "
    "entscheidung bis, rückmeldung bis, antwort bis",
    "agreed": "agreed date, agreed day, check back, next contact, follow up date, follow-up on, wiedervorlage, "
    "vereinbart, nachfassen am",
    "channel": "contact by, contact method, preferred channel, preferred contact, kontaktweg, kanal",
    "culture": "company culture, kultur",
    "felt": "how it went, how it felt, impression, eindruck, gefühl",
    "window": "call window",
    "busy": "busy hours, busy times",
    "away": "out of office, vacation, on leave, absent, abwesend, urlaub",
    "topic": "topics, thema, themen",
    "strengths": "stärken",
    "questions": "question, questions to ask, fragen",
    "notes": "note, comment, comments, remarks, remark, notizen, notiz, bemerkung, bemerkungen, kommentar, "
    "kommentare, anmerkung, anmerkungen, hinweise",
    "location": "place, address, venue, where, job location, city, ort, adresse, anschrift, standort, stadt, "
    "arbeitsort, gesprächsort",
    "url": "link, website, web site, meeting link, video link, job url, posting url, job link, job posting, "
    "stellenanzeige, webseite, videolink, meeting url, zoom link, teams link",
    "language": "sprache",
    "status": "stage, state of application, application status, current status, status name, phase, stand, "
    "bewerbungsstatus, ergebnis, current stage, pipeline stage, outcome, result",
}

_NOT_OURS = """
interviewed, interviews, interview type, interview round, interview stage, rate, stars, rank, rating, data, type, site, source, salary, gehalt, link to resume, excitement, level, list, name,
field, feld, post, posted, tags, priority, cv, next step, next steps, follow up, follow-up, applied, date applied,
applied on, application date, date saved, deadline, created at, updated at, company size, job type, job id,
round, runde, end, ende, end time, end date, uhrzeit ende, no, nr, lfd. nr, #, score, bewerbungsdatum, beworben am,
status date, company url, company website, company location, job description, description, posting date, quelle
"""

_OF_DATES = (
    "bewerbungsdatum, beworben am, beworben, applied, date applied, applied on, applied at, application date, "
    "date saved, added at, created at, createdat, appliedat, addedat, date of application, datum der bewerbung"
)


def simplified(name: str) -> str:
    """The letters and digits of a name: case, spaces and signs do not matter in a header."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())


@cache
def names_of_keys() -> Mapping[str, str]:
    """The key that each simplified common name stands for."""
    return {simplified(name): key for key, names in _COMMON.items() for name in names.split(",")}


def nearest_key(name: str, keys: tuple[str, ...]) -> str:
    """The key that a wrong one probably means, or nothing."""
    known = {simplified(key): key for key in keys}
    aliases = {alias: key for alias, key in names_of_keys().items() if key in keys}
    wrong = simplified(name)
    near = nearest(wrong, tuple(known)) or nearest(wrong, tuple(aliases))
    return aliases.get(wrong) or known.get(near) or aliases.get(near, "")


@cache
def _not_ours() -> frozenset[str]:
    return frozenset(map(simplified, (*_NOT_OURS.split(","), *_OF_DATES.split(","))))


@cache
def is_of_applications(name: str) -> bool:
    """Whether a header is that of the day of an application, in a sheet of such."""
    return simplified(name) in {simplified(each) for each in _OF_DATES.split(",")}


def nearly_key(name: str, keys: tuple[str, ...]) -> str:
    """The key that a header is a slip of the keys away from; empty where it is a word of its own."""
    wrong = simplified(name)
    if wrong in _not_ours():
        return ""
    known = {**names_of_keys(), **{simplified(key): key for key in keys}}
    near = (
        word
        for word in known
        if len(word) >= _SHORT and _slips(wrong, word) <= (2 if len(word) >= _LONG else 1)
    )
    return known.get(min(near, key=lambda word: _slips(wrong, word), default=""), "")


_SHORT, _LONG = 4, 8


def _slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or exchanged with their neighbour; three stands for more."""
    most = 3
    if abs(len(one) - len(other)) >= most:
        return most
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        older, before, row = before, row, [place]
        for number, wanted in enumerate(other, 1):
            least = min(before[number] + 1, row[-1] + 1, before[number - 1] + (letter != wanted))
            if older and number > 1 and letter == other[number - 2] and one[place - 2] == wanted:
                least = min(least, older[number - 2] + 1)
            row.append(least)
    return min(row[-1], most)


def unknown_key(key: str, keys: tuple[str, ...]) -> BadValue:
    """The error for a key that no record has."""
    near = nearest_key(key, keys)
    remedy = phrase("try {near}", near=near) if near else phrase("the keys are {keys}", keys=", ".join(keys))
    return BadValue(phrase("there is no key {key}", key=shown(key)), remedy=remedy, code="CS-REC-003")
