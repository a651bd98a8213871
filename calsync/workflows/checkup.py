"""What ``doctor`` looks at: each check gives findings, and none of them raises what it finds.

A new check is a function here and a line in ``calsync.cli.doctor``.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from calsync import __version__
from calsync.business_days import employer_place, home_place
from calsync.domain import Span, spoken
from calsync.errors import CalsyncError
from calsync.extras import install_command
from calsync.phrase import joined, phrase
from calsync.targets.caldav.servers import kind_of
from calsync.targets.caldav.sign_ins import FILE, kept
from calsync.targets.google.tokens import FILES, installed, signed_in
from calsync.texts.phone_numbers import country_of_number
from calsync.workflows.busy_times import busy_times
from calsync.workflows.context import Context
from calsync.workflows.last_sync import LastSync, last_sync

if TYPE_CHECKING:
    from calsync.targets.google.tokens import Token

__all__ = [
    "Finding",
    "Level",
    "busy",
    "caldav",
    "countries",
    "google",
    "holidays",
    "own_files",
    "places",
    "store",
    "versions",
    "wrong",
]

Level = Literal["ok", "hint", "wrong"]
"""``hint`` could be better, ``wrong`` has to be mended."""

_PACKAGES = ("icalendar", "holidays", "phonenumberslite", "tzdata")
_OTHERS = 0o077
"""Permission bits of everybody but the owner."""
_MOST_PROBLEMS = 5


class Finding(msgspec.Struct, frozen=True):
    """One line of the report; ``remedy`` says what to do where all is not well."""

    topic: str
    level: Level
    text: str
    remedy: str = ""


def wrong(topic: str, error: CalsyncError) -> Finding:
    """What an error says, as a finding."""
    said = joined((error.where, error.what), ": ")
    return Finding(topic, "wrong", joined((said, f"({error.code})"), " "), error.remedy)


def versions() -> Iterator[Finding]:
    """Calsync, Python, and what the dates and files depend on."""
    python = phrase(
        "Python {version_info} on {platform}",
        version_info=".".join(map(str, sys.version_info[:3])),
        platform=sys.platform,
    )
    yield Finding("versions", "ok", joined((f"calsync {__version__}", python)))
    for name in _PACKAGES:
        try:
            yield Finding("versions", "ok", f"{name} {version(name)}")
        except PackageNotFoundError:
            remedy = phrase("install it: {command}", command=install_command(name))
            yield Finding("versions", "wrong", phrase("{name} is not installed", name=name), remedy)


def holidays(context: Context, year: int) -> Iterator[Finding]:
    """Whose public holidays are kept free, and how many there are in ``year``."""
    country, region = home_place(context.preferences)
    if not country:
        yield Finding(
            "holidays",
            "hint",
            phrase("no country in the settings: without one in a record, only weekends are free"),
            "calsync config set country US",
        )
        return
    try:
        named = [name for name in context.closed_days(country, region, year).closed.values() if name]
    except CalsyncError as error:
        yield wrong("holidays", error.at("settings"))
        return
    place = f"{country}, {region}" if region else country
    yield Finding(
        "holidays",
        "ok",
        phrase(
            "{place}: {named} public holidays in {year}, from the package holidays",
            place=place,
            named=len(named),
            year=year,
        ),
    )


def countries(context: Context) -> Iterator[Finding]:
    """The open interviews whose employer is in no country that is known: no holidays are kept free for them."""
    if not context.has_store:
        return
    try:
        with context.open_store() as store:
            kept = [each for each in store.interviews() if each.interview.status == "open"]
    except CalsyncError:
        return  # what is wrong with the store is told by its own check
    nowhere = [
        each
        for each in kept
        if not each.interview.country
        and not employer_place(each.interview, context.preferences, country_of_number)[0]
    ]
    if nowhere:
        names = ", ".join(f"{each.number} ({each.interview.company})" for each in nowhere[:_MOST_PROBLEMS])
        more = (
            phrase(" and {nowhere} more", nowhere=len(nowhere) - _MOST_PROBLEMS)
            if len(nowhere) > _MOST_PROBLEMS
            else ""
        )
        yield Finding(
            "holidays",
            "hint",
            phrase("no country for {names}{more}: only weekends are kept free", names=names, more=more),
            f"calsync edit {nowhere[0].number} --country US",
        )


def places(known: Mapping[str, str | None]) -> Iterator[Finding]:
    """Where calsync keeps its things, by what they are: whether they are there, and can be written."""
    for name, place in known.items():
        if place is None:
            remedy = phrase("name one with --home DIR or CALSYNC_HOME")
            yield Finding(
                "places", "wrong", phrase("{name}: this user has no folder for it", name=name), remedy
            )
        else:
            yield _place(name, Path(place))


def _place(name: str, place: Path) -> Finding:
    if not os.access(_nearest(place), os.W_OK):
        remedy = phrase("see who owns it, or choose another home with --home")
        return Finding(
            "places", "wrong", phrase("{name}: {place} cannot be written", name=name, place=place), remedy
        )
    there = "" if place.exists() else phrase("(not made yet)")
    return Finding("places", "ok", joined((f"{name}: {place}", there), " "))


def _nearest(place: Path) -> Path:
    """The place itself, or the folder in which it would be made."""
    return next((each for each in (place, *place.parents) if each.exists()), place)


def own_files(context: Context, playbooks: str | None) -> Iterator[Finding]:
    """The user's own playbooks and texts, each read."""
    folder = Path(playbooks) if playbooks else None
    for file in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else []:
        try:
            context.playbook(str(file))
        except CalsyncError as error:
            yield wrong("playbooks", error)
        else:
            yield Finding("playbooks", "ok", phrase("{name} can be used", name=file.name))
    try:
        own = len(context.words.own)
    except CalsyncError as error:
        yield wrong("texts", error)
    else:
        if own:
            yield Finding("texts", "ok", phrase("{own} of your own, in the place of ours", own=own))


def store(context: Context, path: str | None) -> Iterator[Finding]:
    """Whether what is remembered is sound, who can read it, and the last copy."""
    if path is None or not context.has_store:
        yield Finding("store", "ok", phrase("nothing is remembered yet"))
        return
    try:
        with context.open_store() as opened:
            problems = opened.check()
            count = sum(1 for _ in opened.interviews()) if not problems else 0
            backup = opened.last_backup
    except CalsyncError as error:
        yield wrong("store", error)
        return
    remedy = (
        phrase("put a copy of {backup} in its place", backup=backup)
        if backup
        else phrase("there is no copy; send us what it says")
    )
    for problem in problems[:_MOST_PROBLEMS]:
        yield Finding("store", "wrong", problem, remedy)
    if not problems:
        yield Finding(
            "store",
            "ok",
            phrase("1 interview, and every page is sound")
            if count == 1
            else phrase("{count} interviews, and every page is sound", count=count),
        )
    yield Finding(
        "store",
        "ok",
        phrase("last copy: {backup}", backup=backup)
        if backup
        else phrase("no copy yet; calsync backup makes one"),
    )
    yield from _private("store", path)


def google(folder: str | None, now: datetime) -> Iterator[Finding]:
    """Whether somebody is signed in to Google, as far as can be told without asking it."""
    there = [file for file in (Path(folder or "", name) for name in FILES) if folder and file.exists()]
    for file in there:
        yield from _private("google", str(file))
    if not there:
        yield Finding(
            "google", "ok", phrase("not signed in to Google Calendar; calsync auth google if you use it")
        )
    elif not installed():
        remedy = install_command("calsync[google]")
        yield Finding("google", "wrong", phrase("the packages for Google Calendar are not installed"), remedy)
    else:
        try:
            yield _signed_in(signed_in(Path(folder or ""), now=now), now)
        except CalsyncError as error:
            yield wrong("google", error)


def busy(context: Context, now: datetime) -> Iterator[Finding]:
    """When the busy times were read that calls keep out of; nothing where that was never allowed."""
    if not context.has_store:
        return
    try:
        with context.open_store() as opened:
            known = busy_times(opened)
    except CalsyncError:  # told as the store's
        return
    if known.read is None:
        return
    ahead = sum(1 for each in known.planned_around() if each.end > now)
    day = spoken(known.read.astimezone(context.preferences.zone))
    text = (
        phrase("when you are busy was read on {day}: 1 busy time to come", day=day)
        if ahead == 1
        else phrase("when you are busy was read on {day}: {ahead} busy times to come", day=day, ahead=ahead)
    )
    if known.is_old(now):
        yield Finding("google", "hint", text, phrase("calsync sync google reads it again"))
    else:
        yield Finding("google", "ok", text)


def caldav(folder: str | None) -> Iterator[Finding]:
    """Who is signed in to which CalDAV servers, and as what kind of server each is treated; none of them is asked."""
    file = Path(folder or "", FILE)
    if not folder or not file.exists():
        return
    yield from _private("caldav", str(file))
    try:
        for each in kept(Path(folder)):
            kind = kind_of(each.home, each.kind)
            text = phrase(
                "signed in to {title} as {who}; treated as {kind}, as it was on {seen}",
                title=each.title,
                who=each.user,
                kind=kind.name,
                seen=kind.seen,
            )
            yield Finding("caldav", "ok", text)
    except CalsyncError as error:
        yield wrong("caldav", error)


def synced(context: Context, folder: str | None = None) -> Iterator[Finding]:
    """Each calendar that is kept as the plan is, and what the last sync did there; nothing where there was none.

    ``folder`` is that of the sign-ins to CalDAV servers.
    """
    if not context.has_store:
        return
    try:
        servers = kept(Path(folder)) if folder else []
        targets = [("google", "google", "calsync sync google")]
        targets += [("caldav", each.target, f"calsync sync caldav {each.name}") for each in servers]
        with context.open_store() as opened:
            found = [
                (topic, command, opened.state(target).get("calendar", ""), last_sync(opened, target))
                for topic, target, command in targets
            ]
    except CalsyncError:  # told as the store's, or the sign-ins'
        return
    for topic, command, calendar, last in found:
        if calendar and last is not None:
            yield _last(context, topic, command, calendar, last)


def _last(context: Context, topic: str, command: str, calendar: str, last: LastSync) -> Finding:
    at = spoken(last.at.astimezone(context.preferences.zone))
    counts = phrase(
        "{created} created, {updated} updated, {cancelled} cancelled, {unchanged} unchanged",
        created=last.created,
        updated=last.updated,
        cancelled=last.cancelled,
        unchanged=last.unchanged,
    )
    text = phrase(
        "calendar {calendar}, synced last on {at}: {counts}", calendar=calendar, at=at, counts=counts
    )
    if not (last.stopped or last.failed):
        return Finding(topic, "ok", text)
    why = last.stopped or phrase("{failed} not done", failed=len(last.failed))
    remedy = phrase("{command} goes on where it stopped", command=command)
    return Finding(topic, "hint", joined((text, why), "; "), remedy)


def _signed_in(token: "Token", now: datetime) -> Finding:
    left = token.days_left(now)
    if left is None:
        return Finding("google", "ok", _since(token))
    days = phrase("a day") if left == 1 else spoken(Span(left))
    remedy = phrase("publish the consent screen, as the README says under Google Calendar")
    who = phrase("signed in as {who}", who=token.account) if token.account else phrase("signed in")
    return Finding("google", "hint", phrase("{who}; Google ends it in {days}", who=who, days=days), remedy)


def _since(token: "Token") -> str:
    day = spoken(token.signed_in.date())
    if token.account:
        return phrase("signed in as {who} since {day}", who=token.account, day=day)
    return phrase("signed in since {day}", day=day)


def _private(topic: str, path: str) -> Iterator[Finding]:
    if os.name == "posix" and Path(path).stat().st_mode & _OTHERS:
        yield Finding(
            topic, "wrong", phrase("others on this computer can read {path}", path=path), f"chmod 600 {path}"
        )
