"""A follow-up on somebody's phone without any set-up: a QR code to scan, links to click.

Values in, text out: nothing here is sent anywhere. Another calendar with links
is a function in ``links`` and a field of ``Links``.
"""

from calsync.targets.phone.links import Links, links
from calsync.targets.phone.qr import Code, PhoneEvent, code_text, qr_code, svg, terminal_lines

__all__ = ["Code", "Links", "PhoneEvent", "code_text", "links", "qr_code", "svg", "terminal_lines"]
