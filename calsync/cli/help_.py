"""``calsync help COMMAND``: the same as ``calsync COMMAND --help``."""

import click

from calsync.cli.options import common_options

__all__ = ["help_"]


@click.command("help")
@click.argument("names", nargs=-1, metavar="[COMMAND]...")
@common_options
@click.pass_context
def help_(context: click.Context, /, names: tuple[str, ...]) -> None:
    """Show the help of COMMAND, or of all of them: calsync help playbook show."""
    root = context.find_root()
    command, place = root.command, root
    for name in names:
        if not isinstance(command, click.Group):
            break
        _, found, _ = command.resolve_command(place, [name])
        if found is None:
            break
        command, place = found, click.Context(found, info_name=name, parent=place)
    click.echo(command.get_help(place))
