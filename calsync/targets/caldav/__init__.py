"""Calendars at servers that speak CalDAV (RFC 4791): iCloud, Fastmail, Nextcloud and many more.

They are kept by the sync engine (``calsync.sync``), which asks a ``Calendar``.

    servers.py     the servers that have a name here, and what each does its own way
    http.py        one request: who asks, how long, how often, and what is too much
    dav.py         what is asked in XML, and what the answers say
    discovery.py   from the address of a server to the folder of somebody's calendars
    wire.py        a follow-up as the text of a resource, and back
    site.py        what is asked of one server for one user, and the answers
    service.py     which calendars there are, and calsync's own among them, found or made
    calendar.py    one calendar: listed, looked at, written to
    sign_ins.py    who is signed in where, kept for their owner alone
"""
