"""A server in front of a server that does to its requests what networks have been seen to do."""

import re
import threading
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

__all__ = ["FAULTS", "Proxy"]

FAULTS = (
    "refused",
    "answer lost",
    "503 before",
    "503 after",
    "502 after",
    "html",
    "half",
    "nothing",
    "429",
)
"""Each at one request; ``after`` means that the server had done it."""
_HOP = {
    "connection",
    "transfer-encoding",
    "content-length",
    "content-encoding",
    "keep-alive",
    "date",
    "server",
}


class Proxy:
    """Counts requests, and troubles those whose number is in ``trouble``; ``always`` troubles all."""

    def __init__(self, behind, tls=None):
        self.behind, self.trouble, self.always, self.requests = behind, {}, None, []
        self.retry_after, self.forbids, self.digest, self.answers = None, "", None, {}
        self._client = httpx.Client(timeout=30)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        scheme = "https" if tls is not None else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}/"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._client.close()

    def forget(self):
        self.requests.clear()
        self.trouble.clear()
        self.always = None

    def passed(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        self.requests.append((handler.command, handler.path))
        if handler.command in self.answers:
            self._troubled(handler, self.answers[handler.command], None)
            return
        if self.digest and not self._is_right(handler):
            challenge = 'Digest realm="here", qop="auth", algorithm=MD5, nonce="n1", opaque="o"'
            self._said(handler, 401, b"", [("WWW-Authenticate", challenge)])
            return
        if handler.command == self.forbids:
            self._said(handler, 403, b"", ())
            return
        kind = self.always or self.trouble.get(len(self.requests))
        if kind in {"refused", "503 before", "429"}:
            self._troubled(handler, kind, None)
            return
        headers = {k: v for k, v in handler.headers.items() if k.lower() not in {"host", "content-length"}}
        if self.digest:
            headers["Authorization"] = httpx.BasicAuth(*self.digest)._auth_header
        answer = self._client.request(
            handler.command, self.behind.rstrip("/") + handler.path, content=body, headers=headers
        )
        if kind:
            self._troubled(handler, kind, answer)
        else:
            self._said(handler, answer.status_code, answer.content, answer.headers.items())

    def _is_right(self, handler):
        """Whether a request has the answer to the challenge (RFC 7616, with MD5)."""
        told = dict(re.findall(r'(\w+)="?([^",]*)"?', handler.headers.get("Authorization", "")))
        if not told:
            return False
        user, password = self.digest
        secret = _md5(f"{user}:here:{password}")
        asked = _md5(f"{handler.command}:{handler.path}")
        parts = (told[name] for name in ("nonce", "nc", "cnonce", "qop"))
        return told["response"] == _md5(":".join((secret, *parts, asked)))

    def _troubled(self, handler, kind, answer):
        if kind in {"refused", "answer lost"}:
            handler.close_connection = True
            handler.connection.close()
        elif kind == "429":
            after = [("Retry-After", self.retry_after)] if self.retry_after else []
            self._said(handler, 429, b"", after)
        elif kind.startswith("50"):
            self._said(handler, int(kind[:3]), b"busy", ())
        elif kind == "html":
            self._said(handler, 200, b"<html><body>Log in</body></html>", [("Content-Type", "text/html")])
        elif kind == "half":
            half = answer.content[: len(answer.content) // 2]
            self._said(handler, answer.status_code, half, answer.headers.items())
        elif kind == "nothing":
            self._said(handler, 200, b"", ())

    def _said(self, handler, status, body, headers):
        handler.send_response_only(status)
        handler.send_header("Date", formatdate(usegmt=True))
        for name, value in headers:
            if name.lower() not in _HOP:
                handler.send_header(name, value.replace(self.behind, self.url))
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD" and status not in {204, 304}:
            handler.wfile.write(body)


def _md5(text):
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _handler(proxy):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_):
            pass

        def handle_one_request(self):
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    def passed(handler):
        proxy.passed(handler)

    for name in ("GET", "PUT", "DELETE", "PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR", "OPTIONS"):
        setattr(Handler, f"do_{name}", passed)
    return Handler
