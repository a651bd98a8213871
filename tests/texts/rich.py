"""Two records to try every text with: one that says all there is to say, one that says nothing it need not."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from calsync.domain import Candidate, Interview, Person, Plan, Preferences, Reason
from calsync.texts.words import PARTS
from tests.builders import event
from tests.dates import NEW_YORK, at

THU_2026_11_12 = date(2026, 11, 12)
FRI_2026_11_20 = date(2026, 11, 20)
MON_2026_11_23 = date(2026, 11, 23)
TUE_2026_11_24 = date(2026, 11, 24)
WED_2026_11_25 = date(2026, 11, 25)
TUE_2026_12_01 = date(2026, 12, 1)

RICH = Interview(
    id="acme-pm-20261112",
    company="Acme",
    role="Product Manager",
    start=at(THU_2026_11_12, "14:00"),
    country="US",
    contact="Sarah Smith",
    contact_role="manager",
    phone="(212) 555-0142",
    email="sarah@acme.example",
    interviewers=(Person("Bob Jones", "bob@acme.example"), Person("Ines Roth")),
    decision=FRI_2026_11_20,
    topic="the move to self-service pricing",
    strengths="ten years of business software and two launches in your market",
    missed="I also speak Spanish.",
    questions=("How is the team organised?", "What would success look like after a year"),
    notes="The office is on the 12th floor.",
    location="350 Fifth Avenue, New York",
    url="https://acme.example/jobs/pm",
)
BARE = Interview(
    id="acme-pm-20261112", company="Acme", role="Product Manager", start=at(THU_2026_11_12, "14:00")
)
RICH_PREFERENCES = Preferences(
    zone=ZoneInfo("America/Chicago"), candidate=Candidate("Alex Doe", "+1 312-555-0199", "alex@doe.example")
)
BARE_PREFERENCES = Preferences(zone=NEW_YORK)
RECORDS = {"rich": (RICH, RICH_PREFERENCES), "bare": (BARE, BARE_PREFERENCES)}

TRACE = (
    Reason("decision", THU_2026_11_12, FRI_2026_11_20, "They decide by {after}.", ("000-07",)),
    Reason(
        "offset",
        FRI_2026_11_20,
        MON_2026_11_23,
        "Business day {count} after their decision day is {after}.",
        ("001-06",),
        {"count": 1},
    ),
    Reason(
        "kept-free", MON_2026_11_23, TUE_2026_11_24, "{before} is a weekday kept free of calls.", ("002-07",)
    ),
    Reason(
        "slot",
        TUE_2026_11_24,
        at(TUE_2026_11_24, "09:00"),
        "Early in their day is a good time to call: {after}.",
        ("004-05",),
    ),
)


def touch(step="status", action="call", **changes):
    """One follow-up on Tuesday 24 November 2026 at nine in New York."""
    usual = {
        "uid": f"acme-pm-20261112-{step}@calsync",
        "interview": "acme-pm-20261112",
        "step": step,
        "action": action,
        "start": at(TUE_2026_11_24, "09:00"),
        "earliest": MON_2026_11_23,
        "preferred": MON_2026_11_23,
        "latest": TUE_2026_11_24,
        "trace": TRACE,
        "summary": "",
        "description": "",
    }
    if step == "prepare":
        usual |= {"start": at(MON_2026_11_23, "19:00"), "before": "status"}
    return event(**usual | changes)


def offering(one):
    """A call of the rich record has two days to offer."""
    return replace(one, offers=(WED_2026_11_25, TUE_2026_12_01)) if one.action == "call" else one


def plan(interview, *events, decision=None):
    """A plan of the events given."""
    return Plan(interview=interview, playbook="balanced", decision=decision, events=events)


def everything(name):
    """The rich or the bare record with one event of every step and action, each on a plan of its own with the call."""
    interview, _ = RECORDS[name]
    rich = name == "rich"
    pairs = [*PARTS, ("prepare", "prepare")]
    touches = [touch(step, action) for step, action in pairs]
    touches.append(touch("closing", "email", withdraws=True, uid="withdrawing@calsync"))
    if rich:
        touches.append(
            touch("thank-you", "email", person=Person("Bob Jones", "bob@acme.example"), uid="bob@calsync")
        )
        touches = [offering(one) for one in touches]
    call = offering(touch()) if rich else touch()
    decision = FRI_2026_11_20 if rich else None
    plans = [
        plan(interview, one, *([call] if one.action == "prepare" else []), decision=decision)
        for one in touches
    ]
    return list(zip(plans, touches, strict=True))


def usual_week(interview, preferences, number=0):
    """Six follow-ups as a plan has them; for measuring."""
    thanks = touch("thank-you", "email", start=at(THU_2026_11_12, "17:00"), uid=f"{number}-thanks")
    second = touch("second", "email", start=at(TUE_2026_12_01, "09:00"), uid=f"{number}-second")
    closing = touch(
        "closing", "email", start=at(TUE_2026_12_01 + timedelta(14), "09:00"), uid=f"{number}-closing"
    )
    del preferences
    return plan(
        interview,
        touch("ask", "ask"),
        thanks,
        touch("prepare", "prepare"),
        offering(touch()),
        second,
        closing,
    )
