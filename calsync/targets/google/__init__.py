"""Google Calendar: signing in, and a calendar of calsync's own kept as the plan is.

Google's client libraries belong to the extra ``google`` and take a fifth of a
second to load: a module that needs them says ``require()`` first (``extra.py``)
and imports them inside the function that uses them. What only reads or writes
our own files here (``scopes``, ``tokens``, ``client``) never loads them.
"""
