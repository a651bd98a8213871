"""Programs that share no code with ours read a file as it was meant: events, instants, alarms, texts.

The texts are ``ics_samples.TEXTS``; a program's own ways are said where it is met.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from calsync.targets.ics import export, read
from tests.builders import event
from tests.targets.ics_samples import LATER, NOW, changed_week, troublesome, usual_week

EVENTS = usual_week() + troublesome()
MINUTE = timedelta(minutes=1)


def meant(events, sequence=0) -> dict[str, dict]:
    """What every reader must find, by uid; an empty text stands for a property that is not there."""
    return {
        each.uid: {
            "sequence": sequence,
            "start": f"{each.start.astimezone(UTC):%Y-%m-%d %H:%M}",
            "end": f"{each.end.astimezone(UTC):%Y-%m-%d %H:%M}",
            "summary": each.summary,
            "description": each.description,
            "location": each.location,
            "alarms": list(each.alarms[:1]),
        }
        for each in events
    }


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("readers") / "f.ics"
    export(path, EVENTS, now=NOW)
    return path


def found_by_icalendar(data: bytes) -> dict[str, dict]:
    return {
        str(each["UID"]): {
            "sequence": each["SEQUENCE"],
            "start": f"{each['DTSTART'].dt:%Y-%m-%d %H:%M}",
            "end": f"{each['DTEND'].dt:%Y-%m-%d %H:%M}",
            "summary": str(each.get("SUMMARY", "")),
            "description": str(each.get("DESCRIPTION", "")),
            "location": str(each.get("LOCATION", "")),
            "alarms": [-alarm["TRIGGER"].dt // MINUTE for alarm in each.walk("VALARM")],
        }
        for each in Calendar.from_ical(data).walk("VEVENT")
    }


def test_icalendar_reads_every_event(file):
    assert found_by_icalendar(file.read_bytes()) == meant(EVENTS)


def test_our_own_reading_agrees(file):
    assert {
        each.uid: {
            "sequence": each.sequence,
            "start": f"{each.start:%Y-%m-%d %H:%M}",
            "end": f"{each.end:%Y-%m-%d %H:%M}",
            "summary": each.summary,
            "description": each.description,
            "location": each.location,
            "alarms": list(each.alarms),
        }
        for each in read(file)
    } == meant(EVENTS)


def test_vobject_reads_every_event(file):
    calendar = vobject.readOne(file.read_bytes().decode())
    assert {
        each.uid.value: {
            "sequence": int(each.sequence.value),
            "start": f"{each.dtstart.value.astimezone(UTC):%Y-%m-%d %H:%M}",
            "end": f"{each.dtend.value.astimezone(UTC):%Y-%m-%d %H:%M}",
            "summary": each.getChildValue("summary", ""),
            "description": each.getChildValue("description", ""),
            "location": each.getChildValue("location", ""),
            "alarms": [-alarm.trigger.value // MINUTE for alarm in each.contents.get("valarm", [])],
        }
        for each in calendar.vevent_list
    } == meant(EVENTS)


ICAL_JS = """
const ICAL = require("ical.js");
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(process.argv[1], "utf8")));
const moment = (time) => time.toJSDate().toISOString().slice(0, 16).replace("T", " ");
const found = {};
for (const each of calendar.getAllSubcomponents("vevent")) {
  const value = (name) => each.getFirstPropertyValue(name);
  found[value("uid")] = {
    sequence: value("sequence"),
    start: moment(value("dtstart")),
    end: moment(value("dtend")),
    summary: value("summary") || "",
    description: value("description") || "",
    location: value("location") || "",
    alarms: each.getAllSubcomponents("valarm").map((a) => 0 - a.getFirstPropertyValue("trigger").toSeconds() / 60),
  };
}
console.log(JSON.stringify(found));
"""


def test_ical_js_reads_every_event(file, outside_program):
    node = outside_program("node", package="ical.js")
    told = subprocess.run([node, "-e", ICAL_JS, str(file)], capture_output=True, check=True)
    assert json.loads(told.stdout) == meant(EVENTS)


KHAL = """
[calendars]
[[followups]]
path = {folder}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {database}
"""
KHAL_FIELDS = ["uid", "start-long-full", "end-long-full", "title", "description", "location"]


@pytest.fixture
def khal(tmp_path, outside_program):
    """Call khal over a calendar of its own in a new folder."""
    program, folder = outside_program("khal"), tmp_path / "vdir"
    folder.mkdir()
    settings = tmp_path / "khal.conf"
    settings.write_text(KHAL.format(folder=folder, database=tmp_path / "khal.db"), encoding="utf-8")

    def call(*words) -> str:
        command = [program, "-c", settings, *words]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    call.folder = folder
    return call


def khal_list(khal) -> dict[str, dict]:
    fields = [word for name in KHAL_FIELDS for word in ("--json", name)]
    days = khal("list", "--once", *fields, "2026-07-01", "800d").splitlines()
    return {each.pop("uid"): each for day in days for each in json.loads(day)}


def as_khal_keeps(text: str) -> str:
    """khal writes with icalendar, which takes ``\\N`` for a line break, and strips what it shows."""
    return text.replace("\\N", "\n").strip()


@pytest.mark.skipif(os.name == "nt", reason="khal does not run on Windows")
def test_khal_imports_and_lists_every_event(file, khal):
    khal("import", "--batch", "-a", "followups", file)
    found = khal_list(khal)
    assert {uid: {name: text.strip() for name, text in each.items()} for uid, each in found.items()} == {
        uid: {
            "start-long-full": each["start"],
            "end-long-full": each["end"],
            "title": as_khal_keeps(each["summary"]),
            "description": as_khal_keeps(each["description"]),
            "location": as_khal_keeps(each["location"]),
        }
        for uid, each in meant(EVENTS).items()
    }


@pytest.mark.skipif(os.name == "nt", reason="khal does not run on Windows")
def test_khal_importing_the_next_edition_moves_what_moved_and_doubles_nothing(khal, tmp_path):
    path = tmp_path / "f.ics"
    for now, events in ((NOW, usual_week()), (LATER, changed_week())):
        export(path, events, now=now)
        khal("import", "--batch", "-a", "followups", path)
    # khal leaves drafts beside its files when it replaces them
    files = list(khal.folder.glob("*.ics"))
    kept = {}
    for each in files:
        kept |= found_by_icalendar(each.read_bytes())
    for each in kept.values():
        each["description"] = each["description"].strip()
    wanted = meant(usual_week()) | meant(changed_week())
    wanted["acme-pm-20260626-status@calsync"]["sequence"] = 1
    for each in wanted.values():
        each["description"] = as_khal_keeps(each["description"])
    assert len(files) == len(kept)
    assert kept == wanted


RADICALE = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}
"""
CALENDAR = "/somebody/followups/"
COUNT = """<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>"""


@pytest.fixture
def radicale(tmp_path):
    """Send a request to a Radicale server of its own; stopped by its own pid."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = tmp_path / "radicale.conf"
    settings.write_text(RADICALE.format(port=port, folder=tmp_path / "collections"), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "radicale", "--config", settings]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:

        def call(method, path, body=b"", **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                connection.request(
                    method, path, body, {"Content-Type": "text/calendar; charset=utf-8"} | headers
                )
                answer = connection.getresponse()
                return answer.status, answer.read()
            finally:
                connection.close()

        try:
            _wait_for(port, server, tmp_path / "log")
            for method, folder in (("MKCOL", "/somebody/"), ("MKCALENDAR", CALENDAR)):
                assert call(method, folder)[0] == 201
            yield call
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(log.read_text(encoding="utf-8"))


def items(radicale) -> int:
    status, answer = radicale("PROPFIND", CALENDAR, COUNT.encode(), Depth="1")
    assert status == 207
    return answer.count(b".ics</")


def test_radicale_keeps_one_event_however_often_it_is_put(radicale, tmp_path):
    path, place = tmp_path / "f.ics", f"{CALENDAR}one.ics"
    editions = [(NOW, "Call Zoë", 0), (NOW, "Call Zoë", 0), (LATER, "Call Zoë again; C:\\Notes", 1)]
    for (now, summary, sequence), answer in zip(editions, [201, 204, 204], strict=True):
        export(path, [event(summary=summary)], now=now)
        assert radicale("PUT", place, path.read_bytes())[0] == answer
        status, back = radicale("GET", place)
        assert status == 200
        assert found_by_icalendar(back) == meant([event(summary=summary)], sequence)
        assert items(radicale) == 1


def test_radicale_takes_a_whole_file_twice_and_gives_back_every_event(radicale, file):
    for _ in range(2):
        assert radicale("PUT", CALENDAR, file.read_bytes())[0] == 201
        assert items(radicale) == len(EVENTS)
    status, back = radicale("GET", CALENDAR)
    assert status == 200
    assert found_by_icalendar(back) == meant(EVENTS)
