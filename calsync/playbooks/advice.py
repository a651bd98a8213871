"""What the rule ids stand for: the advice that playbooks and reasons name as their sources.

The sentences are in ``advice.toml``, one for each rule; a new rule is a line there.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

__all__ = ["Advice", "advice"]

_FILE = Path(__file__).with_name("advice.toml")


class Advice(msgspec.Struct, frozen=True):
    """The articles and their rules. An id it does not know, such as a user's own, says nothing: ``""``."""

    articles: Mapping[str, str]
    rules: Mapping[str, str]
    comments: frozenset[str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rules, in the order of the articles."""
        return tuple(self.rules)

    def says(self, rule: str) -> str:
        """The rule in one sentence.

        >>> advice().says("002-10")
        'Leave two messages and no third.'
        """
        return self.rules.get(rule, "")

    def article(self, rule: str) -> str:
        """What the article is about that a rule (``002-07``) comes from; its number (``002``) will do."""
        return self.articles.get(rule.partition("-")[0], "")

    def is_comment(self, rule: str) -> bool:
        """Whether a reader said it below the article, and not the article itself."""
        return rule in self.comments


@cache
def advice() -> Advice:
    """The advice calsync works by, read when first asked for."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    return Advice(
        MappingProxyType(table["articles"]), MappingProxyType(table["rules"]), frozenset(table["comments"])
    )
