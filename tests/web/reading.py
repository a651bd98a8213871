"""What a person reads on a page, and what its forms hold."""

import html
import re

__all__ = ["hidden", "value_of", "words"]


def words(answer):
    """The text without tags, one blank between words."""
    text = re.sub(r"<(script|style|dialog|datalist).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def hidden(answer, action):
    """The hidden fields of the form that is sent to ``action``."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', answer.text, re.DOTALL)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if not name.startswith("_")}


def value_of(answer, name):
    """What stands in a field."""
    tag = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', answer.text)[0]
    return html.unescape(re.search(r'value="([^"]*)"', tag)[1])
