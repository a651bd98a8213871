"""What a page says about itself: the addresses it answers, and its place in the navigation."""

from collections.abc import Callable
from typing import Literal

import msgspec
from starlette.responses import Response

from calsync.web.request import PageRequest

__all__ = ["Route", "Tab"]


class Route(msgspec.Struct, frozen=True):
    """One method and path (``/event/{name}``) and the function that answers it.

    ``open`` is for programs that cannot carry a cookie: the path itself has to hold a secret, which the function
    checks. Only a GET may be open, and its path's first part is open with it.
    """

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[[PageRequest], Response]
    open: bool = False


class Tab(msgspec.Struct, frozen=True, order=True):
    """A link in the navigation; ``order`` from left to right, ``label`` a ``phrase``."""

    order: int
    path: str
    label: str
