"""The main view as one self-contained file: ``calsync web --static DIR``. No forms, no token, nothing to load."""

import os
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from calsync.errors import CannotWrite, InputOutput
from calsync.files import put
from calsync.web.pages.overview import view
from calsync.web.rendering import STATIC
from calsync.web.request import Edge, Visit
from calsync.web.wording import moment

__all__ = ["NAME", "write"]

NAME = "follow-ups.html"


def write(edge: Edge, folder: Path, candidate: str | None = None) -> Path:
    """Write the file into ``folder``, whole or not at all; gives its path.

    Raises CannotWrite, InputOutput, and what reading the store raises.
    """
    with Visit(_request(candidate), edge) as visit:
        styles = Markup((STATIC / "page.css").read_text("utf-8"))  # noqa: S704  # our own file
        html = visit.html(
            "snapshot.html",
            styles=styles,
            when=moment(visit.now.astimezone(visit.zone), visit.language, year=True),
            **view(visit),
        )
    path = folder / NAME
    _make(folder)
    try:
        put(os.fspath(path), html.encode("utf-8", "replace"))
    except OSError as error:
        raise InputOutput.writing(error, str(path), "free some room, or name another folder") from None
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "this is no name for a folder"
        raise CannotWrite(str(what).lower(), where=str(folder), remedy="name another folder") from None


def _request(candidate: str | None) -> Request:
    query = urlencode({"candidate": candidate} if candidate else {})
    return Request(
        {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": []}
    )
