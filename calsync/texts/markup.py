"""The same text where markup is rendered: Google Calendar reads a description as HTML.

Nothing becomes markup but one link, and that is made of digits.
"""

from calsync.texts.phone import tel

__all__ = ["as_html"]


def as_html(description: str) -> str:
    r"""The description with ``&`` and ``<`` escaped, its first line a ``tel:`` link if it is a number.

    >>> as_html("+1 212-555-0142\nR&D <b>")
    '<a href="tel:+12125550142">+1 212-555-0142</a>\nR&amp;D &lt;b>'
    """
    first, line_break, rest = description.partition("\n")
    link = tel(first)
    shown = f'<a href="{link}">{_escaped(first)}</a>' if link else _escaped(first)
    return shown + line_break + _escaped(rest)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
