"""The commonest words of English that no German sentence has: an independent list, to find English where German should be."""

import re

__all__ = ["english_in"]

WORDS = ["the", "of", "and", "to", "is", "it", "that", "for", "are", "as", "with", "his", "they", "be", "this", "have", "from", "or", "had", "by", "not", "but", "what", "all", "were", "we", "when", "your", "can", "said", "there", "use", "each", "which", "she", "do", "how", "their", "if", "will", "up", "other", "about", "out", "many", "then", "them", "these", "some", "her", "would", "make", "like", "him", "into", "has", "look", "more", "write", "see", "could", "no", "than", "first", "been", "call", "who", "its", "did", "get", "may", "down", "find", "now", "long", "made", "take", "them", "way", "over", "where", "after", "back", "only", "most", "our", "name", "just", "before", "here", "because", "same", "must", "does", "another", "need", "want", "went", "any", "through", "too", "every", "please", "cannot", "nothing", "between", "under", "while", "still", "again", "file", "row", "missing", "given", "day", "days", "week", "hour", "hours", "minute", "year", "today", "tomorrow", "yesterday", "next", "later", "unknown", "wrong", "invalid", "shown", "known", "planned", "changed", "moved", "removed", "added"]  # fmt: skip
_SAME_IN_GERMAN = {"her", "all", "was", "name", "will", "do", "still", "down", "minute"}
_ENGLISH = re.compile(
    rf"(?<![\w./=:@<\"'-])({'|'.join(sorted(set(WORDS) - _SAME_IN_GERMAN))})(?![\w/=@-]|\.\w)", re.IGNORECASE
)


def english_in(text, *, allowed=()):
    """Lines with an English word, after what may be English (commands, codes, what people typed) is taken out."""
    for each in allowed:
        text = re.sub(each, " ", text)
    return [line.strip() for line in text.splitlines() if _ENGLISH.search(line)]
