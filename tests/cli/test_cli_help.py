"""Somebody who never saw it finds their way from ``calsync --help`` alone."""

import click
import pytest

from calsync.cli.commands import COMMANDS, SECTIONS, Everything
from tests.cli.running import done


def test_every_command_is_listed_once_with_a_line_that_fits():
    out = done("--help").out
    for name, line in COMMANDS.items():
        assert out.count(f"\n  {name.ljust(max(map(len, COMMANDS)))}  {line.split()[0]}") == 1
    assert sum(map(len, SECTIONS.values())) == len(COMMANDS)


def test_the_first_steps_work_as_they_are_printed(tmp_path, monkeypatch):
    import shlex  # noqa: PLC0415  # as a shell reads them

    monkeypatch.chdir(tmp_path)
    lines = done("--help").out.partition("First steps:")[2].splitlines()
    steps = [
        shlex.split(line.strip().partition("   ")[0])[1:]
        for line in lines
        if line.strip().startswith("calsync ")
    ]
    assert len(steps) > 4
    for step in steps:
        # Logging the thank-you follows the interview; the rest may come at any time.
        now = "2026-11-11T18:00:00-05:00" if step[0] in {"log", "next"} else "2026-11-10T09:00:00-05:00"
        done(*step, "--home", tmp_path / "home", "--now", now)
    assert (tmp_path / "follow-ups.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


WITHOUT_LISTS = {
    "edit", "remove", "undo", "redo", "setup", "schema", "import", "export", "web", "backup", "completion", "help", "version",
    "config", "playbook", "auth", "sync",  # each of their own commands has its help
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    out = done(name, "--help").out
    assert out.startswith(f"Usage: calsync {name}")
    assert "\\b" not in out, "a mark of click's is printed"
    assert "  --json" in out or name in WITHOUT_LISTS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_command_has_a_sentence(name):
    command = Everything().get_command(click.Context(click.Command("calsync")), name)
    below = command.commands.values() if isinstance(command, click.Group) else []
    for each in (command, *below):
        assert each.help
        for option in each.params:
            if isinstance(option, click.Option):
                assert option.help, f"{each.name} {option.opts}"
                assert option.help.endswith((".", "]")), f"{each.name} {option.opts}"
