"""The only place where plans, files, the store and targets meet: one function a verb.

Values and paths come in from the command line or the page; nothing here reads
the clock, the settings file or the environment.
"""

from calsync.workflows.context import Context

__all__ = ["Context"]
