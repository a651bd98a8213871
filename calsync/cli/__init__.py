"""The command line: one file a command; each parses, reads the clock, calls one workflow and prints.

A new command is a module in this folder with a click command named like it, and
a row in ``commands.SECTIONS``.
"""

from calsync.cli.app import run

__all__ = ["run"]
