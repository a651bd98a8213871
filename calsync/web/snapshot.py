"""The main view as one self-contained file: ``calsync web --static DIR``. No forms, no token, nothing to load."""

import os
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from calsync.errors import CannotWrite, InputOutput
from calsync.files import write_whole
from calsync.phrase import phrase
from calsync.web.pages.overview import overview_values
from calsync.web.rendering import STATIC
from calsync.web.request import AppState, PageRequest
from calsync.web.wording import moment

__all__ = ["NAME", "write"]

NAME = "follow-ups.html"


def write(state: AppState, folder: Path, candidate: str | None = None) -> Path:
    """Write the file into ``folder``, whole or not at all; gives its path.

    Raises CannotWrite, InputOutput, and what reading the store raises.
    """
    with PageRequest(_request(candidate), state) as request:
        styles = Markup((STATIC / "page.css").read_text("utf-8"))  # noqa: S704  # our own file
        html = request.html(
            "snapshot.html",
            styles=styles,
            when=moment(request.now.astimezone(request.zone), request.language, year=True),
            **overview_values(request),
        )
    path = folder / NAME
    _make(folder)
    try:
        write_whole(os.fspath(path), html.encode("utf-8", "replace"))
    except OSError as error:
        raise InputOutput.writing(
            error, str(path), phrase("free some room, or name another folder")
        ) from None
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or phrase("this is no name for a folder")
        raise CannotWrite(
            str(what).lower(), where=str(folder), remedy=phrase("name another folder")
        ) from None


def _request(candidate: str | None) -> Request:
    query = urlencode({"candidate": candidate} if candidate else {})
    return Request(
        {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": []}
    )
