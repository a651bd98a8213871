"""What the browser shows: the consent page for people, and Google's page for a request that cannot be."""

from collections.abc import Mapping
from html import escape

__all__ = ["consent_page", "error_page"]

_SAID = {
    "calendar.app.created": "Make secondary calendars, and see, create, change and delete events on them",
    "calendar.freebusy": "See when you are busy in your calendars",
    "calendar.events.freebusy": "See when you are busy in calendars you have access to",
    "calendar.events.readonly": "See the events of all your calendars",
    "calendar.events.owned.readonly": "See the events of the calendars you own",
    "calendar.calendarlist.readonly": "See the list of your calendars",
    "calendar.readonly": "See and download any calendar you can open",
}
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:1rem/1.5 sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}}</style>
<h1>{title}</h1>
{body}
</html>"""


def consent_page(asked: Mapping[str, str], action: str) -> tuple[int, dict[str, str], bytes]:
    """The page with a tick box for each scope, and Allow and Deny."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'
        for name, value in asked.items()
    )
    boxes = "".join(_box(scope) for scope in asked["scope"].split())
    body = f"""<p>This is not Google, but a stand-in for trying things out.</p>
<form method="post" action="{escape(action)}">
{kept}<p><label>Account <input name="account" type="email" value="kim@example.com"></label></p>
<fieldset><legend>What the program may do</legend>{boxes}</fieldset>
<p><button name="answer" value="deny">Deny</button> <button name="answer" value="allow">Allow</button></p>
</form>"""
    return _html(200, "A program wants to use your calendar", body)


def error_page(status: int, error: str, sentence: str) -> tuple[int, dict[str, str], bytes]:
    """Access blocked: the person stays here, the program that asked hears nothing."""
    return _html(status, "Access blocked", f"<p>{escape(sentence)}</p><p>Error {status}: {escape(error)}</p>")


def _box(scope: str) -> str:
    said = _SAID.get(scope.rpartition("/auth/")[2], scope)
    box = f'<input type="checkbox" name="granted" value="{escape(scope)}" checked>'
    return f"\n<p><label>{box} {escape(said)}</label></p>"


def _html(status: int, title: str, body: str) -> tuple[int, dict[str, str], bytes]:
    page = _PAGE.format(title=escape(title), body=body)
    return status, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}, page.encode()
