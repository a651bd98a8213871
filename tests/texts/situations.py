"""Seven situations and a second round, in each language, to read every text in.

A text is read by a person who decides about a job: as somebody who gets it, and as somebody who says it.
"""

from datetime import date

from msgspec.structs import replace

from calsync.domain import Candidate, Contact, Interview, Person, Preferences
from calsync.texts import Words
from calsync.texts.events import PlanTexts
from calsync.texts.words import PARTS
from tests.dates import BERLIN, LONDON, NEW_YORK, at
from tests.texts.rich import (
    FRI_2026_11_20,
    MON_2026_11_23,
    THU_2026_11_12,
    TUE_2026_11_24,
    TUE_2026_12_01,
    WED_2026_11_25,
    plan,
    touch,
)

VARIANTS = ("en-US", "en-GB", "de")
THU_2026_11_19, FRI_2026_11_13 = date(2026, 11, 19), date(2026, 11, 13)
_ZONES = {"en-US": NEW_YORK, "en-GB": LONDON, "de": BERLIN}
_ME = {
    "en-US": Candidate("Alex Doe", "+1 312-555-0199", "alex@doe.example"),
    "en-GB": Candidate("Alex Doe", "+44 20 7946 0199", "alex@doe.example"),
    "de": Candidate("Alex Wagner", "+49 30 23125 199", "alex@wagner.example"),
}
_BARE = {
    "en-US": {"company": "Acme", "role": "Product Manager", "country": "US"},
    "en-GB": {"company": "Harwell & Sons", "role": "Product Manager", "country": "GB"},
    "de": {"company": "Isarwerk GmbH", "role": "Produktmanager (m/w/d)", "country": "DE"},
}
_ENGLISH = {
    "contact": "Sarah Smith",
    "contact_role": "manager",
    "phone": "+1 212-555-0142",
    "email": "sarah@acme.example",
    "interviewers": (Person("Bob Jones", "bob@acme.example"), Person("Ines Roth")),
    "topic": "pricing study I led",
    "strengths": "Ten years of business software, two launches.",
    "missed": "I forgot to mention that I speak Spanish.",
    "questions": ("How is the team organised?", "What would success look like after a year"),
    "notes": "Office on the 12th floor.",
}
_FULL = {
    "en-US": _ENGLISH | {"salutation": "Ms. Smith"},
    "en-GB": _ENGLISH | {"salutation": "Ms Smith", "phone": "+44 20 7946 0142"},
    "de": {
        "contact": "Ina Größl",
        "salutation": "Frau Dr. Größl",
        "contact_role": "manager",
        "phone": "+49 89 23125 142",
        "email": "groessl@isarwerk.example",
        "interviewers": (Person("Jonas Weber", "weber@isarwerk.example"),),
        "topic": "Preisstudie, die ich geleitet habe",
        "strengths": "Zehn Jahre Unternehmenssoftware, zwei Markteinführungen.",
        "missed": "Ich habe vergessen zu sagen, dass ich Spanisch spreche.",
        "questions": ("Wie ist das Team aufgebaut?",),
        "notes": "Büro im 12. Stock.",
    },
}
_ENOUGH = ("contact", "phone", "email")
SITUATIONS = (
    "nothing but company and role",
    "everything",
    "casual",
    "formal",
    "after a call",
    "after a voicemail",
    "after an email",
    "after a talk",
    "after a reply",
    "the second round",
)
_WAYS = {
    "after a call": "call",
    "after a voicemail": "message",
    "after an email": "email",
    "after a talk": "talk",
    "after a reply": "reply",
}


def events():
    """One event of every step and action, at the time it has in a usual plan."""
    for step, action in [*PARTS, ("prepare", "prepare")]:
        yield touch(step, action)
    yield touch("closing", "email", withdraws=True, uid="withdrawing@calsync")


def planned(situation, variant, event):
    """The event in that situation, with its plan and the candidate's settings."""
    zone = _ZONES[variant]
    start = (
        at(THU_2026_11_12, "17:00", zone) if event.step == "thank-you" else at(TUE_2026_11_24, "09:00", zone)
    )
    if event.step == "thank-you" and event.action == "call":
        start = at(FRI_2026_11_13, "09:00", zone)
    if event.action == "prepare":
        start = at(MON_2026_11_23, "19:00", zone)
    bare = situation == "nothing but company and role"
    offers = () if bare else (WED_2026_11_25, TUE_2026_12_01)
    placed = replace(event, start=start, end=start, pinned=situation == "after a talk", offers=offers)
    calls = [replace(placed, step="status", action="call", start=at(TUE_2026_11_24, "09:00", zone))]
    way = _WAYS.get(situation)
    one = replace(
        plan(_interview(situation, variant), placed, *(calls if event.action == "prepare" else [])),
        decision=FRI_2026_11_20 if situation == "everything" else None,
        last_contact=Contact(way, THU_2026_11_19) if way and event.step != "thank-you" else None,
        round=2 if situation == "the second round" else 1,
    )
    return one, placed, Preferences(zone=zone, candidate=Candidate() if bare else _ME[variant])


def _interview(situation, variant):
    known = {}
    if situation != "nothing but company and role":
        full = _FULL[variant]
        known = full if situation == "everything" else {key: full[key] for key in _ENOUGH}
    if situation == "formal":
        known |= {"salutation": _FULL[variant]["salutation"], "culture": "formal"}
    if situation == "casual":
        known |= {"culture": "casual"}
    return Interview(
        id="product-manager",
        start=at(THU_2026_11_12, "14:00", _ZONES[variant]),
        language=variant,
        **_BARE[variant] | known,
    )


def written(name, situation, variant):
    """The subject and the text of one template."""
    for event in events():
        one, placed, preferences = planned(situation, variant, event)
        texts = PlanTexts(one, preferences, Words(variant))
        if name in texts.parts(placed).names:
            fields, template = texts.fields(placed), texts.words.template(name)
            return template.subject(fields), template.body(fields)
    raise LookupError(name)
