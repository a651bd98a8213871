"""``calsync doctor``: what is where, what is wrong, and what rings."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import msgspec

from calsync.cli.as_json import document
from calsync.cli.memory import title
from calsync.cli.options import common_options
from calsync.cli.output import clean, hanging, is_narrow, pad, strong, terminal_width, wrapped
from calsync.cli.state import State, pass_state
from calsync.domain import Preferences
from calsync.errors import CalsyncError
from calsync.phrase import phrase
from calsync.workflows import Context, checkup
from calsync.workflows.checkup import Finding

if TYPE_CHECKING:
    from calsync.settings import ZoneData

__all__ = ["doctor"]

_RINGS = (
    (
        phrase("Any phone, without set-up"),
        phrase("perhaps"),
        phrase(
            "calsync phone: scan the code, or click a link; it rings when the calendar's own default says"
        ),
    ),
    (phrase("iPhone and Mac with iCloud"), phrase("rings"), phrase("open the file from Mail or Safari")),
    (
        phrase("iCloud, Fastmail, Nextcloud and others, lasting"),
        phrase("rings"),
        phrase("calsync auth caldav once with an app password, then calsync sync caldav"),
    ),
    (
        "Outlook",
        phrase("rings"),
        phrase("import the file into a calendar of its own; one alarm for each event"),
    ),
    ("Thunderbird, GNOME, KDE", phrase("rings"), phrase("import the file into a calendar of its own")),
    (
        phrase("Android without Google"),
        phrase("rings"),
        phrase("give the file to ICSx5, or put it where DAVx5 looks"),
    ),
    (
        "Google Calendar",
        phrase("rings"),
        phrase("calsync auth google once, then calsync sync google; a file loses every alarm"),
    ),
)
"""Each calendar, whether a phone rings for an event in it, and how it gets there."""
_TOPICS = {
    "versions": phrase("Versions"),
    "zones": phrase("Zones"),
    "places": phrase("Places"),
    "settings": phrase("Settings"),
    "holidays": phrase("Holidays"),
    "playbooks": phrase("Playbooks"),
    "texts": phrase("Texts"),
    "store": phrase("Store"),
    "google": phrase("Google"),
}
_LEVELS = {"ok": phrase("ok"), "hint": phrase("hint"), "wrong": phrase("wrong")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def doctor(state: State, as_json: bool) -> int:
    """Look at everything calsync depends on, and say what is wrong and how to mend it.

    Ends with 0 if nothing is wrong, else with 1. A hint is something that could be better.
    """
    findings = list(_findings(state))
    sick = any(finding.level == "wrong" for finding in findings)
    if as_json:
        rings = [dict(zip(("calendar", "alarms", "how"), row, strict=True)) for row in _RINGS]
        click.echo(
            document(ok=not sick, findings=[msgspec.structs.asdict(each) for each in findings], rings=rings)
        )
        return int(sick)
    for line in _lines(state, findings):
        click.echo(line)
    return int(sick)


def _findings(state: State) -> Iterator[Finding]:
    """Every check there is; where the settings cannot be read, the rest is looked at without them."""
    yield from checkup.versions()
    yield _zones(state.zone_data)
    folders = state.folders
    yield from checkup.places(
        {
            "settings": folders.settings_file,
            "store": folders.store,
            "playbooks": folders.playbooks,
            "texts": folders.texts,
            "cache": folders.cache,
        }
    )
    try:
        context = state.context()
    except CalsyncError as error:
        yield checkup.wrong("settings", error)
        context = Context(Preferences(zone=ZoneInfo("UTC")), store=folders.store, texts=folders.texts)
    else:
        yield from _settings(state)
        yield from checkup.holidays(context, state.clock.astimezone(state.preferences.zone).year)
        yield from checkup.countries(context)
    yield from checkup.own_files(context, folders.playbooks)
    yield from checkup.store(context, folders.store)
    yield from checkup.google(folders.google, state.clock)
    yield from checkup.busy(context, state.clock)
    yield from checkup.caldav(folders.caldav)
    yield from checkup.synced(context, folders.caldav)


def _zones(zones: "ZoneData") -> Finding:
    system = phrase(
        "the system's are {system}", system=zones.system or phrase("of a version that nobody wrote down")
    )
    package = phrase("the package's are {package}", package=zones.package or phrase("not installed"))
    used = {
        "package": phrase(
            "zones {package} of the package tzdata are used: the newest; {system}",
            package=zones.package,
            system=system,
        ),
        "system": phrase("zones of the system are used; {system}, {package}", system=system, package=package),
        "chosen": phrase("zones are where PYTHONTZPATH says; {package}", package=package),
    }
    return Finding("zones", "ok", used[zones.used])


def _settings(state: State) -> Iterator[Finding]:
    settings = state.settings
    mine = settings.preferences
    yield Finding(
        "settings",
        "ok",
        phrase("your zone is {key}, your playbook {playbook}", key=mine.zone.key, playbook=mine.playbook),
    )
    if settings.warning:
        yield Finding("settings", "hint", settings.warning)
    if not mine.candidate.name:
        yield Finding(
            "settings", "hint", phrase("your name is missing, and scripts open without one"),
            'calsync config set candidate.name "…"',
        )  # fmt: skip


def _lines(state: State, findings: list[Finding]) -> Iterator[str]:
    width, level = terminal_width(), max(len(state.phrase(each)) for each in _LEVELS.values())
    for topic, some in groupby(findings, key=lambda each: each.topic):
        yield title(state.phrase(_TOPICS.get(topic, topic.capitalize())))
        for finding in some:
            said = "; ".join(state.phrase(each) for each in (finding.text, finding.remedy) if each)
            for number, line in enumerate(wrapped(clean(said), width - level - 4)):
                mark = pad(state.phrase(_LEVELS[finding.level]) if number == 0 else "", level)
                yield f"  {strong(mark) if finding.level == 'wrong' else mark}  {line}"
    yield title(state.phrase("What rings"))
    for calendar, alarms, how in _RINGS:
        if is_narrow():
            yield from hanging("  ", f"{state.phrase(calendar)}: {state.phrase(alarms)}", width)
            yield from hanging("    ", state.phrase(how), width)
        else:
            start = f"  {pad(state.phrase(calendar), 27)} {pad(state.phrase(alarms), 8)} "
            yield from hanging(start, state.phrase(how), width)
