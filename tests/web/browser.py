"""Real browsers for tests: how they are started, and what may not happen in any of them.

    with Watched(chromium) as watched:
        tab = watched.tab(width=390, height=844, java_script_enabled=False)

At the end of the block there was no script that failed, no word of the content security policy, no dialog
that nobody asked for, and no request that left this computer.
"""

import os
import sys

__all__ = ["NAMES", "Watched", "arguments", "opened"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
_HERE = ("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:", "about:", "file:")
_ENDED = "ERR_CONNECTION_REFUSED"
"""A page may end before its tabs do."""


def arguments():
    """Quiet, and without names to look up; root gets no sandbox, or there would be no browser."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return [*_QUIET, "--no-sandbox"] if is_root else _QUIET


class Watched:
    """A browser, and all that went wrong in its tabs; a message with one of a tab's ``allowed`` is not counted."""

    def __init__(self, chromium):
        self._chromium, self._contexts, self.wrong = chromium, [], []

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        for context in self._contexts:
            context.close()
        if kind is None and self.wrong:
            raise AssertionError("\n".join(self.wrong))

    def tab(self, *, width=1440, height=960, allowed=(), **options):
        """A new tab with a profile of its own; ``options`` are Playwright's for a context."""
        context = self._chromium.new_context(viewport={"width": width, "height": height}, **options)
        self._contexts.append(context)
        context.on("page", lambda page: self._watch(page, allowed))
        return context.new_page()

    def _watch(self, page, allowed):
        def heard(message):
            if not any(each in message for each in (*allowed, _ENDED)):
                self.wrong.append(message)

        def asked(request):
            if not request.url.startswith(_HERE):
                heard(f"a request to {request.url}")

        def talked(dialog):
            heard(f"a dialog: {dialog.message}")
            dialog.dismiss()

        page.on("pageerror", lambda error: heard(str(error)))
        page.on("console", lambda told: heard(told.text) if told.type == "error" else None)
        page.on("request", asked)
        page.on("dialog", talked)


def opened(tab, page, path="/"):
    """Come in by the address that was printed, or by the cookie of somebody who did, and go to ``path``."""
    if page.cookie:
        name, _, value = page.cookie.partition("=")
        strict = {"httpOnly": True, "sameSite": "Strict"}  # as it was given
        tab.context.add_cookies([{"name": name, "value": value, "url": page.origin, **strict}])
        tab.goto(f"{page.origin}{path}")
    else:
        tab.goto(page.address)
        tab.wait_for_url(f"{page.origin}/")
        if path != "/":
            tab.goto(f"{page.origin}{path}")
    return tab
