"""Programs of their own: pipes that close, disks that are full, Ctrl-C, and terminals without an alphabet."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import INTERVIEWS, NOW, command, csv_file, program, surroundings
from tests.surroundings import hears_interrupts

pytestmark = pytest.mark.usefixtures("measured")
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": None}
"""Coverage that is interrupted while it holds its own lock waits for it for ever."""

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and /dev are POSIX'")
LANGUAGES = {
    "none": {"LANG": None, "LC_ALL": None, "LC_CTYPE": None},
    "C": {"LC_ALL": "C"},
    "not installed": {"LC_ALL": "xx_YY.UTF-8", "LANG": "xx_YY.UTF-8"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "strict ascii": {"PYTHONIOENCODING": "ascii:strict"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "no UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.fixture
def many(tmp_path):
    """A file whose plan is longer than any pipe is deep."""
    return csv_file(tmp_path, *[{"company": f"C{number}"} for number in range(400)])


@POSIX
@pytest.mark.parametrize(
    "arguments", [["plan", "F"], ["plan", "--json", "F"], ["why", "--in", "F"], ["export", "F", "-o", "-"]]
)
def test_a_reader_that_has_enough_is_no_error(arguments, many):
    started = [str(many) if each == "F" else each for each in arguments]
    with subprocess.Popen(
        command(*started), env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.readline()
        running.stdout.close()
        messages = running.stderr.read()
    assert (running.returncode, messages) == (0, b"")


@POSIX
@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", INTERVIEWS],
        ["plan", "--json", INTERVIEWS],
        ["--help"],
        ["--version"],
        ["demo"],
        ["playbook", "list"],
        ["export", INTERVIEWS, "-o", "-"],
    ],
)
def test_a_full_disk_behind_standard_output_is_an_error_in_one_line(arguments):
    with Path("/dev/full").open("wb") as full:
        told = program(
            *arguments,
            "--quiet" if "demo" in arguments else "--no-input",
            capture_output=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert told.code == 74
    assert told.messages.startswith("calsync: ")
    assert "No space left on device" in told.messages
    assert told.messages.count("\n") == 1


@POSIX
def test_messages_that_cannot_be_written_stop_nothing():
    with Path("/dev/full").open("wb") as full:
        told = program("nonsense", capture_output=False, stdout=subprocess.PIPE, stderr=full)
    assert (told.code, told.output) == (2, b"")


@POSIX
@pytest.mark.parametrize(
    ("arguments", "closed", "code"),
    [
        ("demo", ">&-", 0),
        ("demo", "2>&-", 0),
        ("demo", "<&- >&- 2>&-", 0),
        ("nonsense", "<&- >&- 2>&-", 2),
        ("plan - --format csv", "<&-", 65),
    ],
)
def test_streams_that_are_closed_are_no_bug(arguments, closed, code):
    line = f"'{sys.executable}' -m calsync {arguments} {closed}"
    ended = subprocess.run(
        ["sh", "-c", line], env=surroundings(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


def interrupted(running):
    """What it wrote and said when Ctrl-C had ended it; one that does not end is ended, and the test with it."""
    running.send_signal(signal.SIGINT)
    try:
        return running.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        running.kill()
        raise


@POSIX
def test_ctrl_c_while_it_waits_ends_it_with_130():
    with subprocess.Popen(
        command("plan", "-", "--format", "csv"),
        env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=hears_interrupts,  # noqa: PLW1509  # no threads here
    ) as running:  # fmt: skip
        running.stdin.write(b"company,role,start\n")
        running.stdin.flush()
        time.sleep(1)  # until it waits for the next line
        output, messages = interrupted(running)
    assert (running.returncode, output, messages.lstrip()) == (130, b"", b"calsync: interrupted\n")


@POSIX
@pytest.mark.parametrize("after", [0.1, 0.2, 0.4])
def test_ctrl_c_at_any_time_shows_no_traceback_of_ours(after, many):
    with subprocess.Popen(
        command("plan", many), env=surroundings(UNMEASURED), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=hears_interrupts,  # noqa: PLW1509  # no threads here
    ) as running:  # fmt: skip
        time.sleep(after)
        _, messages = interrupted(running)
    assert running.returncode in {0, 1, 130, -signal.SIGINT}  # 1 and -2 are Python's, before it gets to us
    assert b"Traceback" not in messages or b"/calsync/cli" not in messages


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_terminal_s_alphabet_ends_it(language, tmp_path):
    file = csv_file(tmp_path, {"company": "さくら 🌸", "contact": "Größl"})
    told = program("plan", file, "--now", NOW, env=LANGUAGES[language])
    assert (told.code, told.messages) == (0, "")


@pytest.mark.parametrize("language", ["C", "strict ascii", "no UTF-8 mode"])
def test_an_error_is_told_in_every_alphabet(language):
    told = program("plan", "größe-さくら.csv", env=LANGUAGES[language])
    assert (told.code, told.messages.count("\n")) == (66, 1)


@pytest.mark.parametrize("language", ["none", "strict ascii", "latin-1"])
def test_json_says_the_same_in_every_alphabet(language, tmp_path):
    file = csv_file(tmp_path, {"company": "さくら 🌸", "contact": "Größl"})
    told = program("plan", "--json", file, env=LANGUAGES[language])
    read = json.loads(told.output.decode("latin-1" if language == "latin-1" else "utf-8"))
    assert read["interviews"][0]["company"] == "さくら 🌸"
    assert any("Größl" in event["summary"] for event in read["interviews"][0]["events"])


@pytest.mark.parametrize("language", ["C", "ascii"])
def test_a_calendar_on_standard_output_is_utf_8_always(language, tmp_path):
    told = program("export", csv_file(tmp_path, {"company": "さくら"}), "-o", "-", env=LANGUAGES[language])
    assert "さくら".encode() in told.output


@POSIX
def test_a_terminal_gets_bold_and_no_color_none(tmp_path):
    pty = pytest.importorskip("pty")
    file = csv_file(tmp_path, {})
    for variables, styled in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
        ours, theirs = pty.openpty()
        told = program(
            "plan", file, env=variables, capture_output=False, stdout=theirs, stderr=subprocess.PIPE
        )
        os.close(theirs)
        shown = os.read(ours, 100_000)
        os.close(ours)
        assert told.code == 0
        assert (b"\x1b[1mAcme" in shown) is styled
        assert (b"\x1b" in shown) is styled
