"""A form that is sent twice by a double click is one form: the second gets the answer of the first.

Every page that is shown has a number, which its forms carry. The same form of the same page, sent again while the
first is under way or a moment after it, is not done again. Later it is: somebody who goes back to a page may well
mean it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from itertools import count
from threading import Lock
from time import monotonic

import msgspec
from starlette.responses import Response

__all__ = ["NUMBER", "Submissions"]


NUMBER = "_page"
"""The field with the page's number."""
_MOMENT_SECONDS = 2.0
_KEPT_ANSWERS = 20


class _Submission(msgspec.Struct):
    """A form that was sent; ``since`` is when its answer was there."""

    answer: Future[Response] = msgspec.field(default_factory=Future)
    since: float | None = None

    @property
    def is_over(self) -> bool:
        return self.since is not None and monotonic() - self.since > _MOMENT_SECONDS


class Submissions:
    """The last forms and their answers."""

    def __init__(self) -> None:
        self._sent: OrderedDict[Hashable, _Submission] = OrderedDict()
        self._pages, self._lock = count(1), Lock()

    def next_page(self) -> str:
        """The number of a page that is shown now."""
        return str(next(self._pages))

    def answer(self, form: Hashable, make: Callable[[], Response]) -> Response:
        """What ``make`` answers, or answered a moment ago."""
        with self._lock:
            sent = self._sent.get(form)
            if first := sent is None or sent.is_over:
                sent = self._sent[form] = _Submission()
                while len(self._sent) > _KEPT_ANSWERS:
                    self._sent.popitem(last=False)
        if not first:
            return sent.answer.result()
        try:
            sent.answer.set_result(make())
        except BaseException as error:
            sent.answer.set_exception(error)
            raise
        finally:
            sent.since = monotonic()
        return sent.answer.result()
