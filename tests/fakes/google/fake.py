"""The whole fake as one thing to hold: ``with FakeGoogle() as google``."""

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from tests.fakes.google.api import Api
from tests.fakes.google.clock import Clock
from tests.fakes.google.consent import Consent
from tests.fakes.google.document import Offence, document
from tests.fakes.google.faults import Faults
from tests.fakes.google.server import Server
from tests.fakes.google.service import Recorded, Service
from tests.fakes.google.switches import Switches, switches
from tests.fakes.google.user import User
from tests.fakes.google.world import World

__all__ = ["APP_CREATED", "FakeGoogle"]

APP_CREATED = "https://www.googleapis.com/auth/calendar.app.created"
ACCOUNT = "kim@example.com"


class FakeGoogle:
    """Google's calendar and sign-in on 127.0.0.1, until ``close``.

    ``token`` is good from the start, for ever, and for ``scopes``. ``answers`` is
    "lenient", "strict", or ``Switches`` of one's own. ``zone`` is that of the person's own calendar.
    """

    def __init__(
        self,
        *,
        token: str = "",
        answers: str | Switches = "lenient",
        scopes: Iterable[str] = (APP_CREATED,),
        clock: Clock | None = None,
        port: int = 0,
        zone: str = "Europe/Berlin",
    ) -> None:
        self.clock = clock or Clock()
        self.answers = switches(answers)
        self.offences: list[Offence] = []
        known = document().raw["auth"]["oauth2"]["scopes"]
        self.consent = Consent(self.clock, known_scopes=known)
        self.world = World(self.clock, self.answers, account=ACCOUNT, zone=zone)
        self.service = Service(self.world, self.consent, Api(self.world, self.consent, self.offences))
        self.user = User(self.world, ACCOUNT)
        if token:
            self.consent.issue(scopes, token=token, expires=False)
        self._server = Server(self.service.reply, port=port)
        self.root = f"http://127.0.0.1:{self._server.port}/"

    @property
    def requests(self) -> list[Recorded]:
        """What was asked of the API since the start, in order; sign-in is in ``sign_ins``."""
        return self.service.requests

    @property
    def sign_ins(self) -> list[Recorded]:
        """What was asked of the sign-in side."""
        return self.service.sign_ins

    @property
    def faults(self) -> Faults:
        """What will go wrong."""
        return self.service.faults

    @property
    def sign_in_faults(self) -> Faults:
        """What will go wrong at the sign-in side; counts requests there."""
        return self.service.sign_in_faults

    def token(self, scopes: Iterable[str] = (APP_CREATED,)) -> str:
        """A fresh access token; it expires as Google's do."""
        return self.consent.issue(scopes)

    def person(self, account: str) -> User:
        """Somebody else, with calendars of their own."""
        self.world.primary(account)
        return User(self.world, account)

    def before(self, number: int, act: Callable[[], object], *, part: int = 0) -> None:
        """Let ``act`` happen when the ``number``-th API request from now has come, before it is done.

        ``part`` (from 1): not before the whole batch, but before that part of it.
        """
        self.service.before(number, act, part=part)

    def expire_sync_tokens(self) -> None:
        """Every sync token given out so far gets 410 from now on."""
        with self.world.lock:
            tick = self.world.tick()
            for calendar in self.world.calendars.values():
                calendar.oldest_sync = tick

    def close(self) -> None:
        """Stop; connections still open are ended."""
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if kind is None and self.service.crashes:
            raise RuntimeError(f"the fake itself is broken:\n{self.service.crashes[0]}")
