"""Shells complete commands and options, and nothing is said or refused while they do."""

import pytest

from tests.cli.running import done, program

SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_its_script(shell):
    assert f"{shell}_complete" in done("completion", shell).out


@pytest.mark.parametrize(
    ("words", "place", "found"),
    [
        ("calsync lo", 1, {"log"}),
        ("calsync ", 1, {"log", "next", "phone"}),
        ("calsync playbook sh", 2, {"show"}),
        ("calsync log --ne", 2, {"--next"}),
        ("calsync no-such-command ", 2, set()),  # nothing is refused
        ("calsync script 1 --as vo", 4, {"voicemail"}),
    ],
)
def test_tab_completes(words, place, found):
    told = program(env={"_CALSYNC_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)})
    assert told.code == 0, told.messages
    assert told.messages == ""
    offered = {line.partition(",")[2] for line in told.out.splitlines()}
    assert found <= offered


def test_tab_completes_in_powershell():
    told = program(
        env={"_CALSYNC_COMPLETE": "powershell_complete", "COMP_WORDS": "calsync pho", "COMP_WORD": "pho"}
    )
    assert [line.partition("\t")[0] for line in told.out.splitlines()] == ["phone"]
    assert (told.code, told.messages) == (0, "")
