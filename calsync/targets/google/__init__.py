"""Google Calendar: signing in, and a calendar of calsync's own, kept as the plan is by ``calsync.sync``.

Google's client libraries belong to the extra ``google`` and take a fifth of a
second to load. ``tokens``, ``sign_out``, ``wire`` and ``note`` never load them;
whoever imports another module here says ``tokens.require()`` first.
"""
