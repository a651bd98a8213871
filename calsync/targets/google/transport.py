"""The road to Google: httplib2, without three of its habits.

It follows redirects, and the token with them; it waits for ever; and where a
server hangs up without a word it sends the request a second time, POST or not.
Sending again is decided in ``http.py``, by those who know what was sent.
"""

from http.client import BadStatusLine, HTTPResponse, ResponseNotReady
from typing import Any

import httplib2

__all__ = ["Road"]


class Road(httplib2.Http):  # type: ignore[misc]  # httplib2 has no types
    """Connections that are kept, with a limit in seconds for every answer, to the host asked for and no other."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.follow_redirects = False

    def request(self, uri: str, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # as httplib2 has it
        """As httplib2's, over connections that do not send again; one that broke is not used again."""
        named["connection_type"] = _Secure if uri.lower().startswith("https:") else _Plain
        try:
            return super().request(uri, *arguments, **named)
        except BaseException:
            for connection in self.connections.values():
                connection.close()
            raise


class _Once:
    """httplib2 sends again after BadStatusLine alone, which is how http.client calls a hang-up."""

    def getresponse(self) -> HTTPResponse:
        try:
            return super().getresponse()  # type: ignore[misc, no-any-return]  # of the connection it is mixed into
        except (BadStatusLine, ResponseNotReady) as error:
            raise ConnectionResetError("the server hung up") from error


class _Plain(_Once, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]  # as above
    pass


class _Secure(_Once, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]  # as above
    pass
