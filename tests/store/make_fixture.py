"""Makes ``fixtures/stores/v<version>.db`` with this version of calsync: ``python -m tests.store.make_fixture``."""

import sys
from datetime import date, timedelta
from pathlib import Path

from calsync.domain import Hours, Period, Person, Span, WeeklyHours
from calsync.store import Invitation, Published, Store, Tombstone
from calsync.store.migration import latest
from tests.store.examples import NOW, interview, outcome, plan

STORES = Path(__file__).parents[2] / "fixtures" / "stores"
NEWEST = STORES / f"v{latest()}.db"
LATER = NOW + timedelta(days=2)
FIRST = interview("acme", interviewers=(Person("Ana", "ana@acme.example"),), questions=("Why?", "When?"))
SECOND = interview(
    "müller-cafe".replace("ü", "u"),
    company="Müller & Söhne",
    candidate="Bo",
    decision=date(2026, 11, 24),
    agreed=date(2026, 11, 26),
    busy=(WeeklyHours((0, 2), Hours(540, 600)),),
    away=(Period(date(2026, 12, 1), date(2026, 12, 5)),),
)
LOGGED = (
    outcome(FIRST, "sent", LATER, step="thank-you"),
    outcome(FIRST, "more-time", LATER, decision=Span(5, "business_days")),
)


def main() -> int:
    if NEWEST.exists():
        print(f"{NEWEST} is there already", file=sys.stderr)  # noqa: T201  # a program
        return 1
    with Store.open(NEWEST) as store:
        fill(store)
    return 0


def fill(store):
    with store.change("import", at=NOW) as change:
        change.add_all([(FIRST, None), (SECOND, Invitation("x@mail.example", 2))])
        change.record_plans([plan(FIRST), plan(SECOND)], basis="then")
    with store.change("log acme", at=LATER) as change:
        for each in LOGGED:
            change.log(each)
        change.record_plan(plan(FIRST, ("status", "second"), 1), basis="then")
    with store.change("remove", at=LATER) as change:
        change.remove(change.add(interview("gone")))
    store.undo(at=LATER)
    with store.change("sync google", at=LATER) as change:
        change.publish(
            Published(target="google", uid="acme-status@calsync", sequence=1, payload={"id": "a"}, etag="e")
        )
        change.bury(Tombstone(target="google", uid="acme-ask@calsync", generation=0, at=LATER, why="theirs"))
        change.keep("google", "calendar", "c@group")


if __name__ == "__main__":
    sys.exit(main())
