"""calsync demo: needs nothing, writes nothing."""

import socket
from datetime import datetime, timedelta

from tests.cli.running import NOW, done, program
from tests.cli.test_cli_plan import EVENT, INTERVIEW, wrong

BARE = dict.fromkeys(
    ("HOME", "USERPROFILE", "LANG", "LC_ALL", "TERM", "TZ", "USER", "LOGNAME", "XDG_CACHE_HOME", "PYTHONUTF8")
)


def test_it_shows_three_interviews_and_the_reasons_of_one():
    out = done("demo", "--now", NOW).out
    assert out.count("  Interview ") == 3
    assert "Why there?" in out
    assert "   1. " in out


def test_it_is_dated_from_today():
    for now in ("2026-11-21T09:00:00+00:00", "2028-02-28T23:30:00+00:00", "2027-12-31T12:00:00+00:00"):
        today = datetime.fromisoformat(now)
        starts = [
            datetime.fromisoformat(each["start"])
            for each in done("demo", "--json", "--now", now).json["interviews"]
        ]
        assert starts == sorted(starts)
        assert all(timedelta(0) < start - today < timedelta(days=8) for start in starts)
        assert all(start.weekday() < 5 for start in starts)


def test_its_json_keeps_the_contract():
    plans = done("demo", "--json", "--now", NOW).json["interviews"]
    assert [plan["id"] for plan in plans if wrong(plan, INTERVIEW)] == []
    assert [event["uid"] for plan in plans for event in plan["events"] if wrong(event, EVENT)] == []


def test_it_writes_nothing_but_a_cache(home):
    done("demo", "--now", NOW)
    assert {path.relative_to(home).parts[0] for path in home.rglob("*")} <= {".cache", "AppData", "Library"}


def test_it_needs_no_settings_no_home_no_terminal_and_no_language(tmp_path):
    told = program("demo", env=BARE, cwd=tmp_path)
    assert told.code == 0, told.messages
    assert "Hansen & Söhne".encode() in told.output
    assert list(tmp_path.iterdir()) == []


def test_it_needs_no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    done("demo", "--now", NOW)


def test_a_cache_that_cannot_be_written_is_no_hindrance(tmp_path):
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert done("demo", "--home", tmp_path, "--now", NOW).messages


def test_it_follows_the_settings_where_there_are_some(tmp_path):
    (tmp_path / "settings.toml").write_text(
        'timezone = "Asia/Tokyo"\nplaybook = "prompt"\n', encoding="utf-8"
    )
    plans = done("demo", "--json", "--home", tmp_path, "--now", NOW).json["interviews"]
    assert [plan["timezone"] for plan in plans] == ["Asia/Tokyo", "Europe/Berlin", "Asia/Tokyo"]
    assert plans[0]["playbook"] == "prompt"


def test_a_playbook_of_one_s_own_without_a_status_step_is_shown_too(tmp_path):
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "bare.toml").write_text(
        'extends = "balanced"\ntitle = "Bare"\nsecond = "none"\nclosing = "none"\n'
        '[status]\nno-decision = "none"\ndecision = "none"\n', encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "settings.toml").write_text('playbook = "bare"\n', encoding="utf-8")
    assert "Acme Robotics" in done("demo", "--home", tmp_path, "--now", NOW).out
