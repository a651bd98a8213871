"""The page: ``calsync web``, a sibling of the command line over the same workflows, with no rule of its own.

A page is one module in ``pages/`` and one template in ``templates/``. Nothing else has to be touched:

    # pages/interviews.py
    def list_interviews(request: PageRequest) -> Response:
        return request.page("interviews.html", kept=list(request.store.interviews()))

    def remove_interview(request: PageRequest) -> Response:
        done = remove(request.context, request.store, request.path["name"], now=request.now)
        return request.redirect("/interviews", banner=banner_of(request, done, request.say("Removed")))

    ROUTES = (
        Route("GET", "/interviews", list_interviews),
        Route("POST", "/interviews/{name}/remove", remove_interview),
    )
    TAB = Tab(20, "/interviews", phrase("Interviews"))

``app`` finds the module by being there. A handler is an ordinary function; it runs in a thread of its own with
its own store, opened when it is first asked for and closed behind it. What it must know is in ``request``. A POST is
answered by ``request.redirect`` to a GET. Whatever calsync refuses (``CalsyncError``) may simply be raised and
becomes a page with what is wrong, where, and the remedy.

``TAB`` puts a page into the navigation. ``STATE``, a function of the request that gives a ``NavigationLink`` or None,
says in the head of every page how things stand (``Synced 3 min ago``).

What several pages show, or what is more than a page, stands beside ``pages/``: ``record_form``, ``event_card``,
``outcome_form``, ``changes`` (what a change did, for the banner), ``weeks``, ``coach``, ``settings_form`` …

A template begins with ``{% extends "layout.html" %}`` and fills ``title`` and ``main``, and
``scripts`` where it has one of its own in ``static/``. Every form is a POST with
``{{ token }}`` inside. What people typed is escaped and stripped of control and direction marks by the environment;
give it ``dir="auto"`` or ``<bdi>``. Sentences stand in ``_("…")``, in Python in ``request.say("…")``, or in
``phrase("…")`` where a table holds them; their German goes into ``texts/de/calsync.po``, and a test says what is missing.
"""
