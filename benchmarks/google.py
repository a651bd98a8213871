"""What a sync with Google costs, against a Google that runs here: ``python -m benchmarks.google``.

Requests are counted. CPU is that of the client alone: the fake answers in other
threads, whose time is not counted, and a whole command is a process of its own.
The other side is google-api-python-client: sending the same bodies in bare
batches of 50, and nothing but imported with its service built.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document

from benchmarks.measure import PYTHON, Ratio, rows, show, turns
from calsync.domain import Interview, Preferences
from calsync.store import Store
from calsync.targets.google.calendar import Google
from calsync.targets.google.credentials import CALENDAR
from calsync.targets.google.http import Retry, _document, service
from calsync.targets.google.tokens import CLIENT, Token, save, write
from calsync.targets.google.wire import PROFILE
from calsync.workflows import Context
from calsync.workflows.interviews import add_all, edit
from calsync.workflows.sync import Order, sync_with
from tests.fakes.google import FakeGoogle, client_file

TOKEN = "benchmark"  # noqa: S105  # of a Google that runs here
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
FOLLOW_UPS, TURNS = 500, 5
IMPORTED = (
    "from google.oauth2.credentials import Credentials; from googleapiclient.discovery import build;"
    "build('calendar', 'v3', credentials=Credentials('x'))"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        show(ratios(Path(folder)))


def ratios(folder: Path) -> Iterator[Ratio]:
    with FakeGoogle(token=TOKEN) as google:
        first, again, one, cpu = _measured(folder, google)
        yield Ratio(f"requests of a first sync of {FOLLOW_UPS} follow-ups", "", first, 14, unit="")
        yield Ratio("requests of a sync with nothing to do", "", again, 1)
        yield Ratio("requests of a sync with one change", "", one, 2)
        yield Ratio(
            f"client's CPU, first sync of {FOLLOW_UPS} follow-ups",
            "the same bodies in bare batches of 50",
            cpu,
            1.3,
        )
        home = _signed_in(folder / "0", google)
        command = [
            PYTHON,
            "-m",
            "calsync",
            "--quiet",
            "--home",
            str(home),
            "--now",
            NOW.isoformat(),
            "sync",
            "google",
        ]
        bare = [PYTHON, "-c", IMPORTED]
        yield turns(
            "calsync sync google, nothing to do", "the client imported, the service built", command, bare, 1.3
        )


def _measured(folder: Path, google: FakeGoogle) -> tuple[int, int, int, float]:
    """Requests of the three syncs, and how the first compares with bare batches: the median of some turns."""
    counts, seen = [], []
    for turn in range(TURNS):
        with _person(folder / str(turn)) as (context, store):
            ours, first = _cost(google, lambda context=context, store=store: _sync(context, store, google))
            bodies = [each.body for batch in google.requests[-first:] for each in batch.parts]
            seen.append(ours / _cost(google, lambda bodies=bodies: _bare(google, bodies))[0])
            _, again = _cost(google, lambda context=context, store=store: _sync(context, store, google))
            _move_one(context, store)
            _, one = _cost(google, lambda context=context, store=store: _sync(context, store, google))
        counts.append((first, again, one))
    return *max(counts), statistics.median(seen)


def _cost(google: FakeGoogle, work: Callable[[], None]) -> tuple[float, int]:
    """CPU seconds of this thread, and requests."""
    before, begin = len(google.requests), time.thread_time()
    work()
    return time.thread_time() - begin, len(google.requests) - before


def _sync(context: Context, store: Store, google: FakeGoogle) -> None:
    def connect() -> Google:
        retry = Retry(time.sleep, lambda: 0.5)
        return Google(service(google.root, Credentials(TOKEN)), retry, store=store.key)

    report = sync_with(PROFILE, context, store, connect, Order(name="Follow-ups"), now=NOW)
    if report.failed or report.stopped:
        raise SystemExit(f"the sync did not go well: {report.failed or report.stopped}")


def _bare(google: FakeGoogle, bodies: list[dict[str, object]]) -> None:
    """What anybody would write who only wants the events to be there."""
    client = build_from_document(_document() | {"rootUrl": google.root}, credentials=Credentials(TOKEN))
    calendar = client.calendars().insert(body={"summary": "Bare"}).execute()["id"]
    events = client.events()
    for begin in range(0, len(bodies), 50):
        batch = client.new_batch_http_request()
        for body in bodies[begin : begin + 50]:
            batch.add(events.insert(calendarId=calendar, body=body))
        batch.execute()
    client.close()


@contextmanager
def _person(folder: Path) -> Iterator[tuple[Context, Store]]:
    """Somebody with so many follow-ups, and up to five more."""
    context = Context(Preferences(zone=NEW_YORK, country="US"), store=str(folder / "calsync.sqlite3"))
    folder.mkdir()
    with Store.open(folder / "calsync.sqlite3") as store:
        add_all(context, store, _interviews(context), label="import", now=NOW)
        yield context, store


def _interviews(context: Context) -> list[Interview]:
    found: list[Interview] = []
    count = 0
    for row in rows(FOLLOW_UPS):
        made = Interview(
            id=f"i{row['number']}",
            company=row["company"],
            role=row["role"],
            start=datetime.fromisoformat(row["start"]).replace(tzinfo=NEW_YORK) + timedelta(days=60),
            candidate=row["candidate"],
            contact=row["contact"],
            phone=row["phone"],
            email=row["email"],
        )
        found.append(made)
        count += sum(len(plan.events) for plan in context.plans([made]))
        if count >= FOLLOW_UPS:
            break
    return found


def _move_one(context: Context, store: Store) -> None:
    """A change that is seen in one event: the address that the thank-you goes to."""
    name = next(store.interviews()).interview.id
    edit(context, store, name, {"email": "other@example.com"}, now=NOW)


def _signed_in(home: Path, google: FakeGoogle) -> Path:
    lines = ['timezone = "America/New_York"', 'country = "US"', "[google]", f'api_root = "{google.root}"']
    (home / "settings.toml").write_text("\n".join(lines), encoding="utf-8")
    forever = NOW + timedelta(days=999)
    save(home / "google", Token("id", "refresh", TOKEN, forever, frozenset({CALENDAR}), NOW))
    write(home / "google" / CLIENT, client_file(google.root, client_id="id"))
    return home


if __name__ == "__main__":
    main()
