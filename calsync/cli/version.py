"""``calsync version``: the same as ``--version``, for whoever looks for a command."""

import click

from calsync import __version__
from calsync.cli.options import common_options

__all__ = ["version"]


@click.command()
@common_options
def version() -> None:
    """Show the version."""
    click.echo(f"calsync {__version__}")
