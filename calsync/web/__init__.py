"""The page: ``calsync web``, a sibling of the command line over the same workflows, with no rule of its own.

A page is one module in ``pages/`` and one template in ``templates/``. Nothing else has to be touched:

    # pages/interviews.py
    def listed(visit: Visit) -> Response:
        return visit.page("interviews.html", kept=list(visit.store.interviews()))

    def removed(visit: Visit) -> Response:
        done = remove(visit.context, visit.store, visit.path["name"], now=visit.now)
        return visit.see("/interviews", notice=notice_of(visit, done, visit.say("Removed")))

    WAYS = (Way("GET", "/interviews", listed), Way("POST", "/interviews/{name}/remove", removed))
    TAB = Tab(20, "/interviews", phrase("Interviews"))

``app`` finds the module by being there. A handler is an ordinary function; it runs in a thread of its own with
its own store, opened when it is first asked for and closed behind it. What it must know is in ``visit``. A POST is
answered by ``visit.see``: a redirect to a GET. Whatever calsync refuses (``CalsyncError``) may simply be raised and
becomes a page with what is wrong, where, and the remedy.

``TAB`` puts a page into the navigation. ``STATE``, a function of the visit that gives a ``Link`` or None, says in the
head of every page how things stand (``Synced 3 min ago``).

A template begins with ``{% extends "layout.html" %}`` and fills ``title`` and ``main``, and
``scripts`` where it has one of its own in ``static/``. Every form is a POST with
``{{ token }}`` inside. What people typed is escaped and stripped of control and direction marks by the environment;
give it ``dir="auto"`` or ``<bdi>``. Sentences stand in ``_("…")``, in Python in ``visit.say("…")``, or in ``phrase("…")``
where a table holds them; their German goes into ``words/de/<page>.toml``, and a test says what is missing.
"""
