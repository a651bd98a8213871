"""One sync engine for every calendar that is kept as the plan is.

The engine knows follow-ups and fields, not servers: what a kind of calendar does
its own way is a ``Profile`` and a ``Remote`` (``protocol.py``), and what the store
remembers comes through ``Notes`` (``memory.py``). To sync with another kind of
calendar, write a package in ``calsync/targets`` that has the two.

    values.py      resources, their marks, what is known of them, and the writes
    protocol.py    what a calendar can do, and what it answers
    merge.py       three ways, field by field
    state.py       what is known of a calendar, and how it takes in what is seen
    reconcile.py   what has to be done, and what is refused
    rounds.py      doing it, looking again where somebody else was faster
    engine.py      one sync from beginning to end
    memory.py      what is remembered from one sync to the next
    report.py      what was done, follow-up by follow-up
"""
