"""The extra ``google``: whether its packages are installed, and how to get them."""

from importlib.util import find_spec

from calsync.errors import Unavailable

__all__ = ["installed", "require"]

_PACKAGES = ("google.oauth2", "google_auth_httplib2", "google_auth_oauthlib", "googleapiclient")


def installed() -> bool:
    """Whether every package is there; of them, at most the empty ``google`` is loaded by asking."""
    return all(_there(name) for name in _PACKAGES)


def require() -> None:
    """Refuse with what to type where a package is missing. Raises Unavailable."""
    if not installed():
        raise Unavailable(
            "Google Calendar needs some packages that are not installed",
            remedy='type: pip install "calsync[google]"',
            code="CS-GOO-001",
        )


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # nothing of that name, not even the package around it
        return False
