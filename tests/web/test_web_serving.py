"""``calsync web`` as a person starts and stops it."""

import os
import re
import socket
import stat
import subprocess
import sys
from time import monotonic, sleep

import pytest

from calsync.web.serving import listening
from tests.cli.person import Person
from tests.cli.running import INTERVIEWS, calsync, program, surroundings
from tests.web.page import NOW, Program

pytestmark = pytest.mark.usefixtures("measured")

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and permission bits are POSIX's")


@POSIX
def test_the_address_stands_alone_on_a_line_and_ctrl_c_ends_it_cleanly(person):
    with Program(person.home, "--no-browser") as page:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?token=[\w-]{43}\n", page.printed)
        page.enter()
        assert "Bob Johnson" in page.get("/").text
        code, out, err = page.stop()
    assert (code, out) == (130, "")
    assert "Ctrl-C ends the page." in err
    assert "Traceback" not in err
    assert "token" not in err


@POSIX
def test_ctrl_c_does_not_wait_for_a_browser_that_keeps_its_line_open(person):
    with (
        Program(person.home, "--no-browser") as page,
        socket.create_connection(("127.0.0.1", page.port)) as line,
    ):
        line.sendall(b"GET / HTTP/1.1\r\n")  # and no more
        code, _, err = page.stop()
    assert code == 130
    assert "Traceback" not in err


def test_it_listens_on_this_computer_alone():
    with listening(0) as listener:
        assert listener.family == socket.AF_INET
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_told_in_a_sentence(person):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = program("--home", person.home, "web", "--no-browser", "--port", port)
    assert told.code == 75
    assert f"--port: port {port} of this computer cannot be used" in told.messages
    assert told.out == ""


def test_a_port_can_be_chosen(person):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Program(person.home, "--no-browser", "--port", str(port)) as page:
        assert page.port == port


def test_it_begins_with_the_candidate_asked_for(person):
    with Program(person.home, "--no-browser", "--candidate", "Ann & Co <x>") as page:
        assert "url=/?candidate=Ann+%26+Co+%3Cx%3E" in page.enter().text


@pytest.mark.parametrize("package", ["uvicorn", "starlette", "jinja2", "python_multipart"])
@pytest.mark.parametrize("more", [[], ["--static", "out"]])
def test_without_the_extra_a_sentence_says_how_to_get_it(person, tmp_path, package, more):
    if package in {"uvicorn", "python_multipart"} and more:
        pytest.skip("a file needs no server")
    start = f"import sys; sys.modules[{package!r}] = None; from calsync.cli import run; sys.exit(run(sys.argv[1:]))"
    told = subprocess.run(
        [sys.executable, "-c", start, "--home", person.home, "web", "--no-browser", *more],
        capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path, env=surroundings(),
    )  # fmt: skip
    assert told.returncode == 69
    assert '-m pip install "calsync[web]"' in told.stderr


def test_no_other_command_pays_for_the_page():
    modules = ["starlette", "uvicorn", "jinja2", "markupsafe", "anyio", "calsync.web"]
    commands = (["--version"], ["--help"], ["next"], ["list"], ["plan", str(INTERVIEWS)], ["plan", "--json"])
    code = f"import sys; from calsync.cli import run; [run(each) for each in {commands}]; print(sorted(set({modules}) & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings()
    )
    assert told.stdout.splitlines()[-1] == "[]"


@POSIX
def test_the_browser_is_opened_with_the_address_unless_asked_not_to(person, tmp_path):
    seen, browser = tmp_path / "seen", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}.new && mv {seen}.new {seen}\n')
    browser.chmod(0o755)
    env = {"BROWSER": str(browser)}
    with Program(person.home, "--no-browser", env=env) as page:
        page.enter()
        assert not seen.exists()
    with Program(person.home, env=env) as page:
        wait_for(seen.exists)
        assert seen.read_text() == page.address


@POSIX
def test_a_browser_that_keeps_the_terminal_does_not_keep_the_page(person, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexec sleep 8 >/dev/null 2>&1\n")
    browser.chmod(0o755)
    with Program(person.home, env={"BROWSER": f"{browser} %s"}) as page:
        page.enter()


def wait_for(condition, seconds=20):
    ends = monotonic() + seconds
    while not condition():
        assert monotonic() < ends
        sleep(0.05)


def test_what_is_wrong_with_the_settings_is_told_before_anything_starts(tmp_path):
    person = Person(tmp_path / "home", 'timezone = "Nowhere/Land"\n')
    told = calsync("--home", person.home, "web", "--no-browser")
    assert told.code == 78
    assert told.out == ""


def test_a_time_that_is_none_is_told_before_anything_starts(person):
    told = calsync("--home", person.home, "--now", "noon", "web", "--no-browser")
    assert (told.code, told.out) == (2, "")


def static(person, folder, *arguments):
    return person.tries("web", "--static", folder, *arguments, now=NOW)


def test_the_same_view_as_one_file_without_forms_or_anything_to_load(person, tmp_path):
    told = static(person, tmp_path / "out")
    file = tmp_path / "out" / "follow-ups.html"
    assert (told.code, told.out) == (0, "")
    assert str(file) in told.messages
    text = file.read_text("utf-8")
    assert "Prepare the call" in text
    assert "Status call was here: Monday →" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert not re.search(
        r"<(form|input|button|script|link|img|iframe)\b|https?://|_token|/static/|/event/", text
    )


def test_a_file_that_is_there_is_replaced_as_a_whole_and_a_link_is_not_followed(person, tmp_path):
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.write_text("kept")
    (folder / "follow-ups.html").symlink_to(elsewhere)
    assert static(person, folder).code == 0
    assert elsewhere.read_text() == "kept"
    assert "Bob Johnson" in (folder / "follow-ups.html").read_text("utf-8")
    assert [file.name for file in folder.iterdir()] == ["follow-ups.html"]


def test_a_file_for_one_candidate_holds_nobody_else(person, tmp_path):
    person.does("add", "Acme", "PM", "--at", "2026-12-01 10:00", "--candidate", "Ann Lee", now=NOW)
    assert static(person, tmp_path / "out", "--candidate", "Ann Lee").code == 0
    text = (tmp_path / "out" / "follow-ups.html").read_text("utf-8")
    assert "Acme" in text
    assert "Hooli" not in text


@POSIX
def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(person, tmp_path):
    told = static(person, tmp_path / "home" / "settings.toml" / "out")
    assert told.code == 73
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        if os.geteuid() != 0:
            assert static(person, closed).code == 74
    finally:
        closed.chmod(stat.S_IRWXU)
