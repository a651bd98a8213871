"""The small print of OAuth for programs on a computer: PKCE (RFC 7636), loopback addresses (RFC 8252, 7.3)."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["challenge_of", "is_loopback"]


def challenge_of(fields: Mapping[str, str]) -> str:
    """The challenge a page was asked with, or the one a verifier answers to; "" for none.

    RFC 7636, appendix B:

    >>> challenge_of({"code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"})
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    if verifier := fields.get("code_verifier"):
        return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    return fields.get("code_challenge", "")


def is_loopback(address: str) -> bool:
    """Whether a browser of this computer is sent back to this computer: any port, any path.

    >>> [is_loopback(each) for each in ("http://127.0.0.1:81/", "http://localhost", "https://a.example/")]
    [True, True, False]
    """
    try:
        parts = urlsplit(address)
        if parts.scheme != "http" or parts.fragment:
            return False
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
