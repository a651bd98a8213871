"""The sockets: HTTP/1.1 on 127.0.0.1 with connections that stay open, a daemon thread for each.

What is sent comes from a ``reply`` function; here it is only put on the wire,
or not, as the reply says.
"""

import gzip
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from tests.fakes.google.api import Answer, Asked
from tests.fakes.google.service import Reply

__all__ = ["Server"]

IDLE = 60.0
LONGEST_HANG = 120.0
LARGEST_BODY = 16 * 1024 * 1024
WORTH_PACKING = 512


class Server:
    """Listens from the start; ``close`` ends every connection."""

    def __init__(self, reply: Callable[[Asked], Reply], *, port: int = 0) -> None:
        self.closing = Event()
        self._http = _Listener(("127.0.0.1", port), reply, self.closing)
        self._thread = Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def close(self) -> None:
        """Stop listening, let hanging answers go, close what is open; twice does no harm."""
        if self.closing.is_set():
            return
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._http.end_connections()
        self._thread.join(timeout=5)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], reply: Callable[[Asked], Reply], closing: Event) -> None:
        self.reply = reply
        self.closing = closing
        self.abrupt: set[int] = set()
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, _Connection)

    def server_bind(self) -> None:
        """Without looking up the machine's name, which can take seconds; nobody else's port."""
        ours_alone = getattr(
            socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR
        )  # Windows shares reused ports
        self.socket.setsockopt(socket.SOL_SOCKET, ours_alone, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
            abrupt = id(request) in self.abrupt
            self.abrupt.discard(id(request))
        if abrupt:
            request.close()  # a polite end first would hide the reset
        else:
            super().shutdown_request(request)

    def end_connections(self) -> None:
        with self._lock:
            for each in self._open:
                with suppress(OSError):  # the other side was quicker
                    each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle is no news; anything else is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Listener

    def _serve(self) -> None:
        body = self._body()
        if body is None:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.reply(Asked(self.command, self.path, headers, body))
        if reply.seconds or reply.how == "hang":
            self.server.closing.wait(min(reply.seconds or LONGEST_HANG, LONGEST_HANG))
        if reply.how in {"drop", "hang", "reset"}:
            self._end(abruptly=reply.how == "reset")
        else:
            self._send(reply.answer, cut=reply.how == "cut")

    def __getattr__(self, name: str) -> Callable[[], None]:
        """The standard library looks for ``do_GET`` and the like: they are all one."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def version_string(self) -> str:
        return "ESF"

    def log_message(self, *_: Any) -> None:
        """Nothing: tests look at what was recorded."""

    def _body(self) -> bytes | None:
        """What came along; None if it is refused or never ends."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        said = self.headers.get("Content-Length", "0")
        if not said.isdigit():
            return self._refuse(400)
        if int(said) > LARGEST_BODY:
            return self._refuse(413)
        body = self.rfile.read(int(said))
        return body if len(body) == int(said) else self._end()

    def _chunks(self) -> bytes | None:
        body = b""
        while size := self._size():
            body += self.rfile.read(min(size, LARGEST_BODY))
            self.rfile.readline(3)
            if len(body) > LARGEST_BODY:
                return self._refuse(413)
        self.rfile.readline(3)
        return body if size == 0 else self._refuse(400)

    def _size(self) -> int | None:
        """The length of the next chunk; None if there is none to be read."""
        line = self.rfile.readline(32).split(b";")[0].strip()
        return int(line, 16) if line and not line.strip(b"0123456789abcdefABCDEF") else None

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        phrase = HTTPStatus(status).phrase
        self._send(Answer(status, {"Content-Type": "text/html; charset=UTF-8"}, f"<p>{phrase}".encode()))

    def _send(self, answer: Answer, *, cut: bool = False) -> None:
        body, headers = self._packed(answer)
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        if cut:
            self._end()

    def _packed(self, answer: Answer) -> tuple[bytes, dict[str, str]]:
        headers = {"Vary": "Origin, X-Origin, Referer", "Cache-Control": "private"} | answer.headers
        wanted = "gzip" in self.headers.get("Accept-Encoding", "").lower()
        if not wanted or len(answer.body) < WORTH_PACKING or "Content-Encoding" in headers:
            return answer.body, headers
        return gzip.compress(answer.body, 1, mtime=0), headers | {"Content-Encoding": "gzip"}

    def _end(self, *, abruptly: bool = False) -> None:
        self.close_connection = True
        if abruptly:
            linger_not = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
            self.server.abrupt.add(id(self.connection))
