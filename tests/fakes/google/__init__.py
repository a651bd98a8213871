"""A Google that runs here: calendar API and sign-in on 127.0.0.1, for tests and for trying things out.

    with FakeGoogle(token="secret") as google:
        ...  # google.root is what [google] api_root is set to

One idea a module: ``world`` is what stands there, ``event_body`` and
``event_view`` what goes in and comes out, ``events``, ``listing`` and
``calendars`` the operations, ``document`` the judge of requests, ``api`` one
request, ``batch`` many, ``faults`` what goes wrong, ``user`` the person,
``consent`` the sign-in, ``service`` all of it without sockets, ``server`` the
sockets. A method is added as a function in ``api.OPERATIONS``; what is not
modelled is answered with 501; where Google is unclear there is a switch in ``switches``.
"""

from tests.fakes.google.clock import Clock
from tests.fakes.google.consent import Consent, client_file
from tests.fakes.google.document import Offence
from tests.fakes.google.fake import APP_CREATED, FakeGoogle
from tests.fakes.google.faults import KINDS, Fault
from tests.fakes.google.service import Recorded
from tests.fakes.google.switches import LENIENT, STRICT, Switches

__all__ = [
    "APP_CREATED",
    "KINDS",
    "LENIENT",
    "STRICT",
    "Clock",
    "Consent",
    "FakeGoogle",
    "Fault",
    "Offence",
    "Recorded",
    "Switches",
    "client_file",
]
