"""What calsync remembers between two commands: interviews, outcomes, plans, what was published, undo.

    with Store.open(home / "store.db") as store:
        with store.change("add Acme", at=now) as change:
            number = change.add(interview)
            change.record_plan(plan)
        for planned in store.planned(until=tonight):
            ...
        undone = store.undo(at=now)

``file`` opens it, ``migration`` brings an older one up to date, ``sqlite_errors`` says what went wrong and
``soundness`` whether it is whole; ``interviews``, ``plans``, ``published`` and ``journal`` are its tables.
"""

from calsync.store.records import (
    HistoryEntry,
    Invitation,
    Published,
    Snapshot,
    StoredEvent,
    StoredInterview,
    StoredPlan,
    Told,
    Tombstone,
    Undone,
)
from calsync.store.store import Change, Store, Upkeep

__all__ = [
    "Change",
    "HistoryEntry",
    "Invitation",
    "Published",
    "Snapshot",
    "Store",
    "StoredEvent",
    "StoredInterview",
    "StoredPlan",
    "Told",
    "Tombstone",
    "Undone",
    "Upkeep",
]
