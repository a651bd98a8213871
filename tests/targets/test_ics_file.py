"""The file on disk, and what goes wrong with disks: the old file or the new one, never half."""

import errno
import io
import os
import stat
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from calsync.errors import BadData, CannotWrite, InputOutput
from calsync.targets.ics import PRODID, EditionCounts, Previous, content, dump, export, read
from tests.builders import event
from tests.targets.ics_samples import LATER, NOW, changed_week, troublesome, usual_week

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, devices and permission bits are POSIX's")
NOT_ROOT = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root"
)
OLD = b"".join(content(usual_week(), now=NOW))


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "f.ics"
    path.write_bytes(OLD)
    return path


def alone(path) -> bool:
    """No draft was left beside it."""
    return [each.name for each in path.parent.iterdir()] == [path.name]


def test_no_draft_is_left_beside_the_file(old):
    export(old, changed_week(), now=LATER)
    assert alone(old)


def test_the_draft_of_another_is_left_alone(old):
    draft = old.with_name(f".calsync-{os.getpid()}-0.tmp")
    draft.write_text("theirs")
    export(old, changed_week(), now=LATER)
    assert draft.read_text() == "theirs"
    assert len(read(old)) == 5


def ended():
    """The id of a process that is gone."""
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        return child.pid


HOURS = 3600


@pytest.mark.parametrize(
    ("name", "hours", "swept"),
    [
        (".calsync-{ended}-0.tmp", 2, True),
        (".calsync-{ended}-17.tmp", 48, True),
        (".calsync-{ended}-0.tmp", 0, False),
        pytest.param(".calsync-{mine}-0.tmp", 48, False, marks=POSIX),
        (".calsync-{ended}-0.tmp.txt", 48, False),
        (".calsync-notes-0.tmp", 48, False),
        (".calsync-0-0.tmp", 48, False),
        ("calsync-{ended}-0.tmp", 48, False),
        ("f-{ended}.tmp", 48, False),
    ],
)
def test_only_drafts_that_a_killed_export_left_long_ago_are_swept(old, name, hours, swept):
    left = old.with_name(name.format(ended=ended(), mine=os.getpid()))
    left.write_text("half a calendar")
    then = old.stat().st_mtime - hours * HOURS
    os.utime(left, (then, then))
    export(old, changed_week(), now=LATER)
    assert left.exists() is not swept
    assert len(read(old)) == 5


@POSIX
def test_a_link_or_a_folder_of_a_drafts_name_is_left_alone(old):
    folder, link = (old.with_name(f".calsync-{ended()}-{number}.tmp") for number in range(2))
    folder.mkdir()
    link.symlink_to(old)
    for each in (folder, link):
        os.utime(each, (0, 0), follow_symlinks=False)
    export(old, changed_week(), now=LATER)
    assert folder.is_dir()
    assert link.is_symlink()


def test_a_folder_that_came_in_between_is_not_replaced(tmp_path):
    path = tmp_path / "f.ics"

    def planning():
        yield from usual_week()
        path.mkdir()

    with pytest.raises(CannotWrite, match="cannot be written"):
        export(path, planning(), now=NOW)
    assert path.is_dir()
    assert alone(path)


def test_the_new_file_is_forced_to_disk_before_it_takes_the_old_ones_place(old, monkeypatch):
    seen, force = [], os.fsync

    def watched(handle):
        seen.append((os.fstat(handle).st_size, old.read_bytes() == OLD))
        force(handle)

    monkeypatch.setattr(os, "fsync", watched)
    export(old, changed_week(), now=LATER)
    assert seen[0] == (old.stat().st_size, True)


@POSIX
def test_a_new_file_has_the_permissions_that_the_umask_says(tmp_path):
    before = os.umask(0o027)
    try:
        export(tmp_path / "f.ics", usual_week(), now=NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "f.ics").stat().st_mode) == 0o640


@POSIX
def test_a_file_keeps_its_permissions(old):
    old.chmod(0o604)
    export(old, changed_week(), now=LATER)
    assert old.read_bytes() != OLD
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


@POSIX
@pytest.mark.parametrize("there", [True, False], ids=["file", "nothing"])
def test_a_link_is_replaced_and_not_followed(there, tmp_path):
    victim, link = tmp_path / "victim", tmp_path / "f.ics"
    if there:
        victim.write_text("precious")
    link.symlink_to(victim)
    assert export(link, usual_week(), now=NOW) == EditionCounts(created=5)
    assert not link.is_symlink()
    assert len(read(link)) == 5
    assert victim.exists() == there
    assert not there or victim.read_text() == "precious"


@POSIX
def test_another_name_of_the_same_file_keeps_the_old_edition(old):
    other = old.with_name("other.ics")
    other.hardlink_to(old)
    export(old, changed_week(), now=LATER)
    assert other.read_bytes() == OLD


def test_a_name_of_the_longest_kind_is_written(tmp_path):
    path = tmp_path / ("n" * 251 + ".ics")
    export(path, usual_week(), now=NOW)
    assert export(path, changed_week(), now=LATER).changed == 1


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("missing/f.ics", "make the folder first"),
        ("file/f.ics", "cannot be written"),
        ("n" * 300, "cannot be written"),
        ("nul\0.ics", "cannot be written"),
        (".", "cannot be written"),
        ("folder", "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_path(where, reason, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotWrite, match=reason) as caught:
        export(tmp_path / where, usual_week(), now=NOW)
    assert (caught.value.where, caught.value.exit_code) == (str(tmp_path / where), 73)
    assert sorted(tmp_path.rglob("*")) == before


@POSIX
@NOT_ROOT
def test_a_folder_without_rights_is_refused(old):
    old.parent.chmod(0o500)
    with pytest.raises(CannotWrite, match="cannot be written"):
        export(old, changed_week(), now=LATER)
    old.parent.chmod(0o700)
    assert old.read_bytes() == OLD


@NOT_ROOT
def test_a_read_only_file_is_refused(old):
    old.chmod(0o444)
    with pytest.raises(CannotWrite, match="cannot be written"):
        export(old, changed_week(), now=LATER)
    old.chmod(0o644)
    assert old.read_bytes() == OLD


@pytest.mark.parametrize(
    "theirs",
    [
        b"precious",
        OLD.replace(PRODID.encode(), b"-//Other//Calendar//EN"),
        b"\xef\xbb\xbf" + OLD,
        OLD.replace(b"\r\n", b"\n"),
        b"\n",
    ],
    ids=["text", "another program's", "with a byte order mark", "with other line ends", "a line end"],
)
def test_a_file_that_is_not_ours_is_left_alone_unless_forced(theirs, old):
    old.write_bytes(theirs)
    with pytest.raises(CannotWrite, match=r"calsync did not write this file.*--force.*CS-ICS-001") as caught:
        export(old, usual_week(), now=NOW)
    assert caught.value.where == str(old)
    assert old.read_bytes() == theirs
    assert export(old, usual_week(), now=NOW, force=True) == EditionCounts(created=5)
    assert old.read_bytes() == OLD


def test_force_still_keeps_what_a_file_of_ours_says(old):
    assert export(old, changed_week(), now=LATER, force=True) == EditionCounts(1, 1, 3, 1)


def test_an_empty_file_holds_nothing_to_lose(old):
    old.write_bytes(b"")
    assert export(old, usual_week(), now=NOW) == EditionCounts(created=5)


@pytest.mark.parametrize("octet", range(1, len(OLD), 37))
def test_a_file_cut_short_is_seen_and_left_alone(octet, old):
    old.write_bytes(OLD[:octet])
    with pytest.raises(BadData, match=r"written by calsync and then damaged, at octet \d+.*CS-ICS-002"):
        export(old, usual_week(), now=LATER)
    assert old.read_bytes() == OLD[:octet]
    assert export(old, usual_week(), now=NOW, force=True) == EditionCounts(created=5)


@pytest.mark.parametrize(
    ("is_", "was"),
    [
        (b"SEQUENCE:x", b"SEQUENCE:0"),
        (b"", b"CREATED:20260626T193000Z\r\n"),
        (b"UID:acme-pm-20260626-thank-you@calsync", b"UID:acme-pm-20260626-second@calsync"),
        (b"", b"END:VEVENT\r\n"),
        (b"", b"BEGIN:VEVENT\r\n"),
        (b"END:VEVENT\r\nBEGIN:VTODO", b"END:VEVENT\r\nBEGIN:VEVENT"),
        (b"END:VCALENDAR\r\nand more", b"END:VCALENDAR\r\n"),
        (b"END:VCALENDAR", b"END:VCALENDAR\r\n"),
    ],
)
def test_a_damaged_file_is_seen_and_left_alone(is_, was, old):
    assert was in OLD
    old.write_bytes(OLD.replace(was, is_, 1))
    with pytest.raises(BadData, match="damaged"):
        export(old, usual_week(), now=LATER)


def test_a_changed_word_in_an_event_is_written_right_again(old):
    old.write_bytes(OLD.replace(b"SUMMARY:Call", b"SUMMARY:Ball"))
    assert export(old, usual_week(), now=LATER) == EditionCounts(changed=1, unchanged=4)


def test_an_endless_event_is_damage_and_fills_no_memory(old):
    with old.open("wb") as file:
        file.write(OLD[: OLD.index(b"END:VEVENT")])
        file.truncate(200_000_000)
    tracemalloc.start()
    with pytest.raises(BadData, match="damaged"):
        Previous(old)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


class Broken(io.BytesIO):
    def __init__(self, code):
        super().__init__()
        self.code = code

    def write(self, _):
        raise OSError(self.code, os.strerror(self.code))


def test_a_stream_that_fails_is_an_input_output_error():
    with pytest.raises(InputOutput, match="writing failed") as caught:
        dump(Broken(errno.ENOSPC), usual_week(), now=NOW)
    assert caught.value.exit_code == 74


def test_a_reader_that_went_away_is_the_callers_affair():
    with pytest.raises(BrokenPipeError):
        dump(Broken(errno.EPIPE), usual_week(), now=NOW)


# Devices are met through a link in a folder of the test, or in /proc where nothing can be
# renamed: were the code ever wrong, a run as root must not replace what the system needs.


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_written_to_and_never_replaced(tmp_path):
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(InputOutput, match="writing failed"):
        export(link, usual_week(), now=NOW)
    assert link.is_symlink()
    assert alone(link)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system has no /proc")
def test_the_name_of_standard_output_is_written_to(tmp_path):
    with (tmp_path / "out").open("wb") as out:
        program("export(Path('/proc/self/fd/1'), usual_week(), now=NOW)", stdout=out)
    assert (tmp_path / "out").read_bytes() == OLD


@POSIX
def test_a_pipe_is_written_to_and_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        assert export(pipe, usual_week(), now=NOW) == EditionCounts(created=5)
        assert reader.communicate()[0] == OLD
    assert pipe.is_fifo()


@POSIX
@pytest.mark.parametrize("limit", [0, 100, 2000, len(OLD) - 1, 20_000])
@pytest.mark.parametrize("there", [True, False], ids=["over a file", "new"])
def test_a_disk_that_fills_up_leaves_the_old_file(limit, there, tmp_path):
    path = tmp_path / "f.ics"
    if there:
        path.write_bytes(OLD)
    told = program(
        "import resource",
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))",
        "try:",
        f"    export(Path({str(path)!r}), troublesome(), now=LATER)",
        "except InputOutput as error:",
        "    print(error.exit_code, error)",
    )
    assert told.startswith(f"74 {path}: writing failed: File too large; ")
    assert [each.name for each in tmp_path.iterdir()] == ["f.ics"] * there
    assert not there or path.read_bytes() == OLD


def program(*lines, stdout=subprocess.PIPE) -> str:
    head = [
        "from pathlib import Path",
        "from calsync.errors import InputOutput",
        "from calsync.targets.ics import export",
        "from tests.targets.ics_samples import *",
    ]
    command = [sys.executable, "-c", "\n".join([*head, *lines])]
    root = Path(__file__).parents[2]
    # Coverage must not write its own files below a limit on files.
    own = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = own | {"PYTHONPATH": str(root), "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, stdout=stdout, text=True, check=True, env=environment).stdout


@pytest.mark.parametrize("problem", [OSError(5, "a planner's own"), KeyboardInterrupt(), ValueError("bad")])
def test_an_error_while_planning_passes_and_leaves_the_old_file(problem, old):
    def planning():
        yield from troublesome()
        raise problem

    with pytest.raises(type(problem)) as caught:
        export(old, planning(), now=LATER)
    assert caught.value is problem
    assert old.read_bytes() == OLD
    assert alone(old)


def test_memory_stays_flat_however_many_events_there_are(tmp_path):
    path = tmp_path / "f.ics"
    one = event(description="- ask, listen, thank them\n" * 30)

    def events(number):
        return (event(uid=f"{each}@calsync", description=one.description) for each in range(number))

    export(path, events(200), now=NOW)  # what is imported when used stays out of the count
    path.unlink()
    tracemalloc.start()
    for now in (NOW, LATER):
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        export(path, events(3000), now=now)
        assert tracemalloc.get_traced_memory()[1] - before < 4_500_000
    tracemalloc.stop()
    assert path.stat().st_size > 3_500_000
