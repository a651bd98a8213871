"""A Google of one's own, to try things out against: ``python -m tests.fakes.google --port 8080 --token secret``.

Prints its address, which is what ``[google] api_root`` is set to, and runs
until Ctrl-C or SIGTERM. The token carries calendar.app.created unless
``--scopes`` says more. Sign-in works too, with a consent page in the browser:
``GET /_fake/client-secret.json`` gives the file for it. Acting as the user:

    curl -d '{"event": "ID", "fields": {"summary": "Mine"}}' http://127.0.0.1:8080/_fake/user/edit

and what else there is says ``curl http://127.0.0.1:8080/_fake/``.
"""

import argparse
import os
import signal
import sys
from datetime import UTC, datetime
from time import monotonic, sleep

from tests.fakes.google import Clock, FakeGoogle
from tests.fakes.google.control import Control
from tests.fakes.google.document import document

SCOPE = "https://www.googleapis.com/auth/"


def main(arguments: list[str] | None = None) -> int:
    said = _parser().parse_args(arguments)
    scopes = _scopes(said.scopes)
    if unknown := sorted(scopes - set(document().raw["auth"]["oauth2"]["scopes"])):
        sys.stderr.write(f"no such scope: {', '.join(unknown)}\n")
        return 2
    told: list[int] = []  # not an Event: a signal may find the very thread it would wake holding its lock
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, _: told.append(number))
    clock = Clock(datetime.now(UTC), running=True)  # noqa: TID251  # people live in the present
    try:
        google = FakeGoogle(
            token=said.token, answers=said.answers, scopes=scopes, clock=clock, port=said.port, zone=said.zone
        )
    except OSError as error:
        sys.stderr.write(f"port {said.port}: {error}\n")
        return 1
    with google:
        google.service.control = Control(google).answer
        sys.stdout.write(f"{google.root}\n")
        sys.stdout.flush()
        _wait(told, said.seconds, with_parent=said.with_parent)
    return 0


def _wait(told: list[int], seconds: float | None, *, with_parent: bool) -> None:
    """Until told to stop, the time is over, or whoever started this is gone."""
    parent, end = os.getppid(), monotonic() + (seconds or 0)
    while not told and (seconds is None or monotonic() < end):
        if with_parent and os.getppid() != parent:
            return
        sleep(0.1)


def _scopes(text: str) -> set[str]:
    """Short names are those of calendar scopes: ``calendar.freebusy``."""
    names = [name for name in text.replace(",", " ").split() if name]
    return {name if name.startswith("https:") else SCOPE + name for name in [*names, "calendar.app.created"]}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fakes.google",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="", help="an access token that is good for ever")
    parser.add_argument("--scopes", default="", help="what the token may do besides calendar.app.created")
    parser.add_argument("--answers", choices=["lenient", "strict"], default="lenient", help="see switches.py")
    parser.add_argument("--zone", default="Europe/Berlin", help="zone of the person's own calendar")
    parser.add_argument("--for", type=float, dest="seconds", help="stop after so many seconds")
    parser.add_argument("--with-parent", action="store_true", help="stop when whoever started this is gone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
