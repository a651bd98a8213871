"""``calsync completion``: what makes a shell complete commands and options.

click knows bash, zsh and fish; PowerShell is told here. Another shell is a
subclass of click's ShellComplete and a row of ``_PLACES``.
"""

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from calsync.cli.options import common_options

__all__ = ["completion", "know_powershell"]

_PLACES = {
    "bash": 'eval "$(calsync completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(calsync completion zsh)" in ~/.zshrc',
    "fish": "calsync completion fish > ~/.config/fish/completions/calsync.fish",
    "powershell": "calsync completion powershell | Out-String | Invoke-Expression in your $PROFILE",
}
_VARIABLE = "_CALSYNC_COMPLETE"
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $position)
    $env:COMP_WORDS = $ast.ToString()
    $env:COMP_WORD = $word
    $env:%(complete_var)s = "powershell_complete"
    %(prog_name)s | ForEach-Object {
        $name, $help = $_ -split "`t", 2
        if (-not $help) { $help = $name }
        [System.Management.Automation.CompletionResult]::new($name, $name, "ParameterValue", $help)
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
}
"""


class PowerShellComplete(ShellComplete):
    """Completion for PowerShell 5 and later, on every system that has it."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is typed, and what there is of that one."""
        words, word = os.environ.get("COMP_WORDS", "").split()[1:], os.environ.get("COMP_WORD", "")
        return (words[:-1] if word and words and words[-1] == word else words), word

    def format_completion(self, item: CompletionItem) -> str:
        """A line for each: what it is, and what it does."""
        return f"{item.value}\t{item.help or ''}"


def know_powershell() -> None:
    """Tell click about PowerShell."""
    add_completion_class(PowerShellComplete)


@click.command()
@click.argument("shell", type=click.Choice(list(_PLACES)))
@common_options
@click.pass_context
def completion(context: click.Context, /, shell: str) -> None:
    """Print what makes SHELL complete commands and options.

    \b
    bash        eval "$(calsync completion bash)" in ~/.bashrc
    zsh         eval "$(calsync completion zsh)" in ~/.zshrc
    fish        calsync completion fish > ~/.config/fish/completions/calsync.fish
    powershell  calsync completion powershell | Out-String | Invoke-Expression in your $PROFILE
    """  # \b is the mark of lines that stay as they are
    know_powershell()
    kind = get_completion_class(shell)
    if kind is not None:
        found = kind(context.find_root().command, {}, "calsync", _VARIABLE)
        click.echo(found.source_template % found.source_vars())
