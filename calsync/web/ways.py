"""What a page says about itself: the addresses it answers, and its place in the navigation."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from starlette.responses import Response

from calsync.web.visit import Visit

__all__ = ["Tab", "Way"]


class Way(NamedTuple):
    """One method and path (``/event/{name}``) and the function that answers it.

    ``open`` is for programs that cannot carry a cookie: the path itself has to hold a secret, which the function
    checks. Only a GET may be open, and its path's first part is open with it.
    """

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[[Visit], Response]
    open: bool = False


class Tab(NamedTuple):
    """A link in the navigation; ``order`` from left to right, ``label`` a ``phrase``."""

    order: int
    path: str
    label: str
