"""Interviews from files: dropped onto the page, looked at, and only then saved."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

from calsync.domain import Plan
from calsync.errors import BadData, CalsyncError, Usage
from calsync.intake import FORMATS, KEYS, BadRow, BadRows, Fault, Source, zone
from calsync.intake.csv_files import DROPPED, header, meant
from calsync.intake.invitation import IncomingInvitation, ZoneWanted, read_invitation
from calsync.intake.records import likely
from calsync.intake.rows import printable
from calsync.web import wording
from calsync.web.app import Way
from calsync.web.forms import LABELS, Wrong, refused, wrong
from calsync.web.pages.event import changes_of, last_change
from calsync.web.pages.interviews import Line, Told, ahead, notes, told_record
from calsync.web.rendering import phrase
from calsync.web.request import Notice, Visit
from calsync.workflows.interviews import Imported, add_all
from calsync.workflows.invitations import Received, receive

__all__ = [
    "LARGEST",
    "MOST_FILES",
    "WAYS",
    "Asked",
    "Bad",
    "Column",
    "Dropped",
    "Found",
    "Invited",
    "Tables",
    "dropped",
    "preview_invitation",
    "preview_tables",
    "take_invitation",
    "take_tables",
]


# Files that were dropped onto the page, and how they come along from the look to the saving.
#
# Between the two nothing is kept, neither in the store nor in memory: the bytes travel in the form itself, so that a
# second tab, the way back and a page that was started anew all work, and nothing has to be forgotten.

if TYPE_CHECKING:
    from calsync.web.request import Visit


LARGEST = 2 * 1024 * 1024
"""Bytes of all files together: as text in a form they have to fit through the door a second time."""
MOST_FILES = 20
_INVITATIONS = (".ics", ".ical", ".ifb")
_LONGEST_NAME = 120


class Dropped(msgspec.Struct, frozen=True):
    """One file."""

    name: str
    content: bytes

    @property
    def data(self) -> str:
        """The bytes as a form carries them."""
        return base64.urlsafe_b64encode(self.content).decode("ascii")

    @property
    def source(self) -> Source:
        """For whoever reads it."""
        return Source(self.name, BytesIO(self.content))

    @property
    def is_invitation(self) -> bool:
        """By its name, or by how it begins where the name does not say."""
        ends = self.name.lower().endswith(_INVITATIONS)
        return ends or ("." not in self.name and self.content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR")

    @property
    def is_csv(self) -> bool:
        """Whether it has columns."""
        return self.name.lower().endswith((".csv", ".tsv", ".txt"))


def dropped(visit: "Visit") -> Sequence[Dropped]:
    """The files of the form, new ones or those that came along. Raises Usage for none, BadData for too much."""
    new = [Dropped(_name(file.filename or ""), file.file.read(LARGEST + 1)) for file in visit.files("files")]
    found = new or [
        Dropped(_name(name), _bytes(visit, data))
        for name, data in zip(visit.every("name"), visit.every("data"), strict=False)
    ]
    if not found:
        raise Usage(
            visit.say("no file came along"),
            remedy=visit.say("choose one, or drop it onto the page"),
            code="CS-WEB-010",
        )
    if len(found) > MOST_FILES or sum(len(each.content) for each in found) > LARGEST:
        raise BadData(
            visit.say("that is more than the page takes at once: 2 MB and 20 files"),
            remedy=visit.say("take one after the other, or use calsync import in a terminal"),
            code="CS-WEB-011",
        )
    return found


def _name(text: str) -> str:
    """Without folders, and without what could not be shown."""
    return printable(text.replace("\\", "/").rpartition("/")[2].strip(), _LONGEST_NAME) or "file"


def _bytes(visit: "Visit", data: str) -> bytes:
    try:
        return base64.b64decode(data.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadData(
            visit.say("the file did not come along whole"),
            remedy=visit.say("choose it again"),
            code="CS-WEB-012",
        ) from None


# An invitation that was dropped: what it is about, what has to be confirmed, and what taking it in would do.

if TYPE_CHECKING:
    from calsync.web.request import Visit


_ASKED = (
    ("company", phrase("Company")),
    ("role", phrase("Position")),
    ("contact", phrase("Whom to call or write")),
)
_SAID = {
    "new": phrase("A new interview"),
    "moved": phrase("It moves an interview that is known:"),
    "cancelled": phrase("It cancels this interview; its follow-ups go:"),
    "known": phrase("There is nothing new in it."),
    "stale": phrase("It is an older message about an interview that was changed since. It is left alone."),
    "unknown": phrase("It cancels an interview that is not known here. There is nothing to do."),
}
"""What a message can be about, and how that is said."""


class Asked(msgspec.Struct, frozen=True):
    """Something to confirm; ``source`` says what proposed it."""

    name: str
    label: str
    value: str
    source: str = ""
    wrong: Wrong | None = None


class Invited(msgspec.Struct):
    """One invitation; ``said`` is what it is about, empty as long as something has to be told first."""

    file: str
    number: int
    said: str = ""
    title: str = ""
    asked: Sequence[Asked] = ()
    changes: Sequence[str] = ()
    lines: Sequence[Line] = ()
    record: Sequence[Told] = ()
    notes: list[str] = msgspec.field(default_factory=list)
    problem: CalsyncError | None = None
    is_ready: bool = False
    is_news: bool = False


def preview_invitation(visit: "Visit", file: Dropped, number: int) -> Invited:
    """What it would do; to be called within a rehearsal, for it is done."""
    told = Invited(file.name, number)
    try:
        invitation = _read(visit, file, number)
    except ZoneWanted as error:
        told.asked = [
            Asked(f"{number}.timezone", visit.say("Their time zone"), "", "", _no_zone(visit, error))
        ]
        return told
    except CalsyncError as error:
        told.problem = error
        return told
    told.title, told.notes = invitation.summary, list(invitation.notes)
    is_new = visit.store.invited(invitation.uid) is None and not invitation.cancelled
    try:
        received = receive(
            visit.context,
            visit.store,
            invitation,
            now=visit.now,
            values=_values(visit, number) if is_new else {},
        )
    except BadData as error:
        told.asked = _asked(visit, invitation, number, error)
        return told
    if is_new:
        told.asked = _asked(visit, invitation, number)
    _tell(visit, told, received)
    return told


def take_invitation(visit: "Visit", file: Dropped, number: int) -> Received:
    """Take it in. Raises what reading it raises, and BadData for what is missing."""
    invitation = _read(visit, file, number)
    is_new = visit.store.invited(invitation.uid) is None
    values = _values(visit, number) if is_new else {}
    return receive(visit.context, visit.store, invitation, now=visit.now, values=values)


def _read(visit: "Visit", file: Dropped, number: int) -> IncomingInvitation:
    named = visit.field(f"{number}.timezone")
    return read_invitation(file.source, preferences=visit.preferences, zone=zone(named) if named else None)


def _values(visit: "Visit", number: int) -> dict[str, object]:
    """What somebody wrote over the proposals; an emptied field counts too."""
    return {key: visit.field(f"{number}.{key}") for key, _ in _ASKED if visit.every(f"{number}.{key}")}


def _asked(
    visit: "Visit", invitation: IncomingInvitation, number: int, error: BadData | None = None
) -> list[Asked]:
    """The proposals, or what was written over them; what is missing says so."""
    faults = {each.key: each for each in wrong(visit, refused(error))} if error else {}
    written, found = _values(visit, number), []
    for key, label in _ASKED:
        proposal = getattr(invitation, key)
        value = str(written.get(key, proposal.value if proposal else ""))
        fault = faults.get(key)
        if error is not None and not value and key != "contact" and fault is None:
            fault = Wrong(key, visit.say(label), visit.say("the invitation does not tell it"), "")
        source = visit.say("from {source}", source=proposal.source) if proposal else ""
        found.append(Asked(f"{number}.{key}", visit.say(label), value, source, fault))
    if named := visit.field(f"{number}.timezone"):
        found.append(Asked(f"{number}.timezone", visit.say("Their time zone"), named))
    return found


def _no_zone(visit: "Visit", error: CalsyncError) -> Wrong:
    return Wrong("timezone", "", error.what, visit.say("a name like America/New_York"))


def _tell(visit: "Visit", told: Invited, received: Received) -> None:
    told.is_ready, told.said = True, visit.say(_SAID[received.kind])
    done = received.done
    if done is None or done.kept is None:
        return
    interview, told.is_news = done.kept.interview, True
    told.record = told_record(visit, interview, done.plan)
    told.changes = changes_of(visit, done) if received.kind != "new" else ()
    told.lines = ahead(visit, interview, done.plan.events if done.plan else ())
    told.notes += notes(visit, done.plan)


# Spreadsheets and other files of interviews, looked at and taken in: the columns, the bad rows, what would be new.

if TYPE_CHECKING:
    from calsync.store import StoredInterview
    from calsync.web.request import Visit


_MOST_COLUMNS = 80
"""Columns to choose for; a form may have so many fields and no more."""
_SHOWN = 50
"""Interviews that are shown with their plans, and bad rows with what is wrong; the others are counted."""


class Column(msgspec.Struct, frozen=True):
    """A header, and the key it is taken for; ``-`` leaves it out."""

    header: str
    key: str


class Bad(msgspec.Struct, frozen=True):
    """One thing wrong in one row."""

    where: str
    key: str
    value: str
    what: str
    remedy: str


class Found(msgspec.Struct, frozen=True):
    """One interview that would be new or changed, with its plan; ``differs`` are keys that say something else."""

    company: str
    role: str
    when: str
    lines: Sequence[Line]
    differs: Sequence[str] = ()


class Tables(msgspec.Struct):
    """What is in the files."""

    columns: Sequence[Column] = ()
    needs_columns: bool = False
    bad: Sequence[Bad] = ()
    bad_rows: int = 0
    good: int = 0
    skip_bad: bool = False
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    found: list[Found] = msgspec.field(default_factory=list)
    notes: Sequence[str] = ()
    problem: CalsyncError | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it is."""
        return not (self.needs_columns or self.problem or (self.bad and not self.skip_bad))

    @property
    def is_news(self) -> bool:
        """Whether saving it would change anything."""
        return bool(self.added or self.updated)


def preview_tables(visit: "Visit", files: Sequence[Dropped]) -> Tables:
    """What taking them in would do; to be called within a rehearsal, for it is done."""
    told = Tables(columns=_columns(visit, files), skip_bad=visit.field("skip_bad") == "yes")
    try:
        imported, told.notes, skipped = take_tables(visit, files)
    except BadRows as error:
        told.needs_columns = (
            any(fault.code.startswith("CS-CSV-") for row in error.rows for fault in row.faults[:1])
            and not error.good
        )
        told.good = error.good
        _count_bad(told, error.rows)
        return told
    except CalsyncError as error:
        told.problem = error
        return told
    _count_bad(told, skipped)
    told.added, told.updated = len(imported.added), len(imported.updated)
    told.unchanged = imported.unchanged
    told.good = told.added + told.updated + told.unchanged
    told.found = [_found(visit, visit.store.interview(number)) for number in imported.added[:_SHOWN]]
    for old, number in zip(imported.before, imported.updated[:_SHOWN], strict=False):
        told.found.append(_found(visit, visit.store.interview(number), _differs(visit, old, number)))
    return told


def take_tables(
    visit: "Visit", files: Sequence[Dropped]
) -> tuple[Imported, tuple[str, ...], Sequence[BadRow]]:
    """Take them in, as one change: what it did, doubts about times, and rows that were left out. Raises BadRows."""
    skip_bad = visit.field("skip_bad") == "yes"
    _refuse_others(visit, files)
    reading = visit.context.read(
        [each.source for each in files], skip_bad=skip_bad, headers=_renamed(visit), with_written=True
    )
    imported = add_all(
        visit.context,
        visit.store,
        reading.interviews,
        label=f"import {', '.join(each.name for each in files)}",
        now=visit.now,
        written=reading.written,
        skip_bad=skip_bad,
    )
    return imported, reading.notes, (*reading.skipped, *imported.skipped)


def _refuse_others(visit: "Visit", files: Sequence[Dropped]) -> None:
    known = [end for each in FORMATS.values() for end in each.endings]
    for each in files:
        if each.source.suffix not in known:
            raise Usage(
                visit.say("this is no file of interviews that calsync reads"),
                where=each.name,
                remedy=visit.say("save it as CSV, or take the invitation as an .ics file"),
                code="CS-WEB-013",
            )


def _columns(visit: "Visit", files: Sequence[Dropped]) -> list[Column]:
    """The headers of spreadsheets: as somebody said, else as they are taken, else as they are most likely meant."""
    said, found = dict(_said(visit)), dict[str, str]()
    for each in files:
        if each.is_csv:
            try:
                names = header(each.source.stream) if each.source.stream else []
            except CalsyncError:  # told when it is read
                continue
            for name in names:
                found.setdefault(name, said.get(name) or meant(name) or likely(name, tuple(KEYS)) or DROPPED)
    return [Column(name, key) for name, key in islice(found.items(), _MOST_COLUMNS)]


def _said(visit: "Visit") -> list[tuple[str, str]]:
    return list(zip(visit.every("head"), visit.every("key"), strict=False))


def _renamed(visit: "Visit") -> dict[str, str]:
    """The columns that are something else than they are taken for anyway."""
    return {name: key for name, key in _said(visit) if key != meant(name)}


def _count_bad(told: Tables, rows: Sequence[BadRow]) -> None:
    told.bad_rows = len(rows)
    told.bad = [
        Bad(
            ", ".join(part for part in (row.source, row.place) if part),
            fault.key,
            fault.value,
            fault.what,
            _remedy(fault),
        )
        for row in rows[:_SHOWN]
        for fault in row.faults
    ]


def _remedy(fault: Fault) -> str:
    """What helps here; a column is chosen below, and nobody needs the option for it."""
    return "" if "--map" in fault.remedy else fault.remedy


def _found(visit: "Visit", kept: "StoredInterview", differs: Sequence[str] = ()) -> Found:
    interview = kept.interview
    plan: Plan | None = visit.store.plan(kept.number)
    events = [event for event in plan.events if event.end > visit.now] if plan else []
    when = wording.moment(interview.start, visit.language, year=True)
    return Found(
        interview.company, interview.role, f"{when} ({wording.city(interview.zone)})",
        ahead(visit, interview, events), differs,
    )  # fmt: skip


def _differs(visit: "Visit", old: object, number: int) -> list[str]:
    from calsync.web.forms import shown  # noqa: PLC0415  # only for what is known

    before: Mapping[str, str] = shown(old)  # type: ignore[arg-type]  # an interview as it was
    after = shown(visit.store.interview(number).interview)
    return [
        f"{visit.say(LABELS[key].label)}: {before[key] or '–'} → {after[key] or '–'}"
        for key in after
        if key in LABELS and before[key] != after[key]
    ]


_WRONG = 422
_DID = {
    "new": phrase("New: {company}"),
    "moved": phrase("Moved: {company}"),
    "cancelled": phrase("Cancelled: {company}"),
}


def asked(visit: Visit) -> Response:
    """Where to drop them."""
    return visit.page("import.html")


def looked(visit: Visit) -> Response:
    """What was read and what it would do; nothing is kept."""
    return _look(visit, dropped(visit))


def _look(visit: Visit, files: Sequence[Dropped]) -> Response:
    sheets = [each for each in files if not each.is_invitation]
    with visit.store.rehearsal():
        found = preview_tables(visit, sheets) if sheets else None
        messages = [
            preview_invitation(visit, each, number) for number, each in enumerate(files) if each.is_invitation
        ]
        every: list[Invited | Tables] = [*messages, *([found] if found else [])]
        ready = all(each.is_ready for each in every)
        return visit.page(
            "imported.html",
            status=200 if ready else _WRONG,
            files=files,
            tables=found,
            invitations=messages,
            keys=[(key, visit.say(LABELS[key].label)) for key in KEYS if key in LABELS],
            is_ready=ready,
            is_news=any(each.is_news for each in every),
        )


def taken(visit: Visit) -> Response:
    """Save all of it, or show again what is in the way."""
    files = dropped(visit)
    sheets = [each for each in files if not each.is_invitation]
    messages = [(number, each) for number, each in enumerate(files) if each.is_invitation]
    if not _is_ready(visit, sheets, messages):
        return _look(visit, files)
    lines, changes, names = [], 0, list[str]()
    if sheets:
        imported, _, skipped = take_tables(visit, sheets)
        counts = (
            (len(imported.added), visit.say("{count} new", count=len(imported.added))),
            (len(imported.updated), visit.say("{count} changed", count=len(imported.updated))),
            (imported.unchanged, visit.say("{count} known already", count=imported.unchanged)),
            (len(skipped), visit.say("{count} left out", count=len(skipped))),
        )
        lines.append(", ".join(said for count, said in counts if count) or visit.say("nothing in it"))
        changes += bool(imported.added or imported.updated)
        names += [visit.store.interview(number).interview.id for number in imported.added[:2]]
    for number, each in messages:
        received = take_invitation(visit, each, number)
        if received.done and received.done.kept:
            changes += 1
            interview = received.done.kept.interview
            names.append(interview.id)
            lines.append(visit.say(_DID[received.kind], company=interview.company))
            lines += changes_of(visit, received.done) if received.kind != "new" else []
    if changes > 1:
        lines.append(visit.say("Undo takes back the last of them alone."))
    notice = Notice(
        title=visit.say("Imported") if changes else visit.say("Nothing new in it"),
        lines=lines,
        undo=last_change(visit) if changes else None,
    )
    return visit.see(f"/interviews/{names[0]}" if len(names) == 1 else "/interviews", notice=notice)


def _is_ready(visit: Visit, sheets: Sequence[Dropped], messages: Sequence[tuple[int, Dropped]]) -> bool:
    """Whether all of it can be taken, so that a half of it never is."""
    try:
        with visit.store.rehearsal():
            if sheets:
                take_tables(visit, sheets)
            for number, each in messages:
                take_invitation(visit, each, number)
    except (BadData, CalsyncError):
        return False
    return True


WAYS = (
    Way("GET", "/import", asked),
    Way("POST", "/import", looked),
    Way("POST", "/import/take", taken),
)
