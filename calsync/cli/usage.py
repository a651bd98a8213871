"""Commands typed wrongly: click's own errors in the house form, each with what to type instead."""

import click

from calsync.errors import Usage

__all__ = ["Commands", "as_usage"]


class Commands(click.Group):
    """A group of commands: alone it is a question for its help, and an unknown name gets the nearest."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whoever types the group's name alone wants to see what there is; that is no mistake."""
        if not args and self.no_args_is_help:
            click.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names. Raises Usage with the nearest one there is."""
        name = args[0]
        if self.get_command(ctx, name) is None:
            raise Usage(
                f"there is no command {name[:60]!r}",
                where=_below(ctx),
                remedy=_instead(_near(name, self.list_commands(ctx)), ctx),
                code="CS-USE-003",
            )
        return super().resolve_command(ctx, args)


def as_usage(error: click.ClickException) -> Usage:
    """What click has against the arguments, as an error of ours."""
    context: click.Context | None = getattr(error, "ctx", None)
    what, instead = _said(error.format_message()), ""
    if isinstance(error, click.NoSuchOption):
        what = f"there is no option {error.option_name[:60]}"
        instead = " or ".join(list(error.possibilities or [])[:2])
    what = what.replace("\n", "\\n")  # of an argument: each error is one line
    where, remedy = (_below(context), _instead(instead, context)) if context else ("", "try calsync --help")
    return Usage(what, where=where, remedy=remedy, code="CS-USE-002")


def _said(message: str) -> str:
    """A sentence of click's as a part of ours."""
    return message[:1].lower() + message[1:].rstrip(".")


def _below(context: click.Context) -> str:
    """The command that was typed, without the program's own name: ``playbook show``."""
    return context.command_path.partition(" ")[2]


def _instead(near: str, context: click.Context) -> str:
    help_ = f"see {context.command_path} --help"
    return f"try {near}, or {help_}" if near else help_


def _near(name: str, known: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # only for a mistake

    return next(iter(get_close_matches(name[:60].lower(), known, 1, 0.5)), "")
