"""The page's server: on 127.0.0.1 and nowhere else, until Ctrl-C.

The address is printed alone on a line, when the socket already listens. Nothing is logged: an access log would hold
the token.
"""

import asyncio
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus

import h11
import python_multipart  # noqa: F401  # the forms need it; better to miss it now than at the first one
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from calsync.errors import TryLater
from calsync.phrase import phrase
from calsync.web.app import application
from calsync.web.request import ReadState
from calsync.web.security import ENTRANCE, HEADERS, Session

__all__ = ["config", "listening", "serve"]

_HOST = "127.0.0.1"
_BACKLOG = 128
_LONGEST_WAIT_SECONDS = 3
"""For answers under way, after Ctrl-C."""
_LARGEST_HEAD = 32 * 1024
_HEAD_SECONDS = 10
"""For the head of a request to arrive; who says nothing that long is hung up on."""


def serve(
    read: ReadState,
    *,
    port: int = 0,
    first: str = "/",
    ready: Callable[[str], None],
    tell: Callable[[str], None],
) -> None:
    """Serve until interrupted; ``ready`` gets the address to open. Port 0 is any that is free.

    Raises TryLater where the port is taken, KeyboardInterrupt after Ctrl-C, when everything is put away.
    """
    with listening(port) as listener:
        found = int(listener.getsockname()[1])
        token = Session.new_token()
        app = application(read, port=found, token=token, first=first, tell=tell)
        server = uvicorn.Server(config(app))
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.get_loop()  # made before anybody is told of Ctrl-C, which would come in the middle of its making
            ready(f"http://{_HOST}:{found}{ENTRANCE}?token={token}")
            runner.run(server.serve(sockets=[listener]))


def config(app: object) -> uvicorn.Config:
    """How the server runs: one process, HTTP alone, silent, and nobody's word on where a request comes from."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # starlette and uvicorn each have their own name for it
        loop="asyncio",
        http=_HttpProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        log_level="critical",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LONGEST_WAIT_SECONDS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
    )


class _HttpProtocol(H11Protocol):
    """The server's own answer to what is no HTTP carries the headers too; a line that only drips is cut."""

    _look: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the one above
        """A new line: the first head has to come in time."""
        super().connection_made(transport)
        self._look_again()

    def connection_lost(self, exc: Exception | None) -> None:
        """Over."""
        self._look.cancel()
        super().connection_lost(exc)

    def _look_again(self) -> None:
        self._look = self.loop.call_later(_HEAD_SECONDS, self._look_for, self.cycle)

    def _look_for(self, request: object) -> None:
        """Cut the line that has no new request since the last look, and none under way."""
        if self.cycle is request and self.conn.their_state is h11.IDLE:
            self.transport.close()
        else:
            self._look_again()

    def send_400_response(self, msg: str) -> None:
        """The refusal, and no more."""
        headers = [*HEADERS, ("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
        status = HTTPStatus.BAD_REQUEST
        for event in (
            h11.Response(status_code=status, headers=headers, reason=status.phrase.encode()),
            h11.Data(data=msg.encode("ascii")),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def listening(port: int) -> socket.socket:
    """A socket that listens, so that whoever opens the address at once is not turned away. Raises TryLater."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # there, REUSEADDR would let another program take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise TryLater(
            phrase(
                "port {port} of this computer cannot be used: {strerror}",
                port=port,
                strerror=(error.strerror or str(error)).lower(),
            ),
            where="--port",
            remedy=phrase("name another, or leave --port out for one that is free"),
            code="CS-WEB-002",
        ) from None
    return listener
