"""Somebody in New York who keeps their interviews, and the time it is for them."""

from tests.cli.running import calsync, done

__all__ = ["ACME", "AFTER", "CALL", "Person"]

AFTER = "2026-11-12T15:05:00-05:00"
"""Thursday, five minutes after the interview with Acme."""
CALL = "2026-11-24T09:05:00-05:00"
"""The Tuesday of the status call."""
ACME = (
    "Acme", "Product manager", "--at", "2026-11-12 14:00",
    "--contact", "Sarah Smith", "--phone", "212-555-0142", "--email", "sarah@acme.example",
)  # fmt: skip


class Person:
    """Commands of one person; each at the time given, or at the one before."""

    def __init__(self, home, settings='timezone = "America/New_York"\ncountry = "US"\n'):
        home.mkdir(parents=True, exist_ok=True)
        (home / "settings.toml").write_text(settings, encoding="utf-8")
        self.home, self.now = home, AFTER

    def tries(self, *arguments, now=None, stdin=b""):
        """Whatever comes of it."""
        self.now = now or self.now
        return calsync("--home", self.home, "--now", self.now, "--no-input", *arguments, stdin=stdin)

    def does(self, *arguments, now=None, stdin=b""):
        """What has to go well."""
        self.now = now or self.now
        return done("--home", self.home, "--now", self.now, "--no-input", *arguments, stdin=stdin)

    def events(self, name=1):
        """What is pending for an interview, as JSON."""
        return self.does("show", name, "--json").json["events"]

    def steps(self, name=1):
        return [event["step"] for event in self.events(name) if event["action"] in {"call", "email"}]

    def start(self, step, name=1):
        """When the one event of that step starts: day and clock."""
        (found,) = [event["start"] for event in self.events(name) if event["step"] == step]
        return found[:16]

    def record(self, name=1):
        return self.does("show", name, "--json").json["interview"]
