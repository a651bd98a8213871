"""Events that try a calendar program: every kind of follow-up, and texts nobody wants to meet.

``python -m tests.targets.ics_samples`` writes the golden files again.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from calsync.targets.ics import export
from tests.builders import event
from tests.dates import BERLIN, FRI_2026_07_03, FRI_2026_07_10, TOKYO, TUE_2026_07_07, WED_2026_07_01, at

NOW = datetime(2026, 6, 26, 19, 30, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 8, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"

TEXTS = {
    "backslashes": "C:\\Notes\\new; C:\\\\Nothing \\, \\; \\n \\",
    "marks": "commas, semicolons; colons: \"quotes\" 'single' ^caret^ %2C = equals",
    "line breaks": "one\ntwo\n\nfour\n",
    "accents": "Zoë Núñez Łukasiewicz Þóra Ωμέγα " * 12,
    "two bytes at each fold": "é" * 400,
    "four bytes at each fold": "😀" * 200,
    "letters with marks": "e\u0301\u0323" * 100,
    "a family": "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f44b\U0001f3fd " * 20,
    "right to left": "שלום עולם, מה שלומך? مرحبا بالعالم؛ كيف حالك \u202bRTL\u202c \u2067x\u2069",
    "japanese": "面接のお礼、および選考状況のご確認。" * 20,
    "long": "A sentence of plain words, to be folded; more than once. " * 30,
    "no spaces": "x" * 1000,
    "backslashes at each fold": "\\" * 500,
    "looks like a property": "BEGIN:VEVENT\nEND:VCALENDAR\nATTENDEE:mailto:boss@acme.example",
    "markup": "<script>alert(1)</script> &amp; <b>bold</b>",
    "formula": '=HYPERLINK("http://evil.example")',
    "spaces around": "  two before, two after  ",
    "odd spaces": "no\u00a0break thin\u2009space zero\u200bwidth soft\u00adhyphen \ufeff",
}
"""Come back from a reader as they are."""


def usual_week():
    """Five follow-ups of one interview, as a person should be able to read them."""
    return [
        event(
            uid="acme-pm-20260626-thank-you@calsync",
            step="thank-you",
            action="email",
            start=at(WED_2026_07_01, "16:30"),
            end=at(WED_2026_07_01, "16:40"),
            alarms=(5,),
            summary="Thank Sarah Smith (Acme)",
            description="sarah@acme.example\nThank her, and say what you liked; one question at most.",
        ),
        event(
            uid="acme-pm-20260626-prepare@calsync",
            step="prepare",
            action="prepare",
            start=at(FRI_2026_07_03, "17:00"),
            end=at(FRI_2026_07_03, "17:20"),
            alarms=(15, 60),
            summary="Prepare the call to Sarah Smith (Acme)",
            description="Notes are in C:\\Notes; bring them, and your CV.",
        ),
        event(location="A quiet room, door shut", url="https://acme.example/jobs/pm?ref=a,b;c"),
        event(
            uid="acme-pm-20260626-second@calsync",
            step="second",
            action="email",
            status="tentative",
            start=at(FRI_2026_07_10, "09:00", BERLIN),
            alarms=(),
            summary="Zweite Nachricht an Jürgen Größl (Acme)",
            description="juergen@acme.example\n" + "Kurz und höflich; eine Frage, nicht mehr. " * 3,
        ),
        event(
            uid="acme-pm-20260626-closing@calsync",
            step="closing",
            action="email",
            status="tentative",
            start=at(FRI_2026_07_10, "10:30", TOKYO),
            alarms=(0,),
            summary="鈴木さんへ最後の連絡 😀 (Acme)",
            description="",
        ),
    ]


def changed_week():
    """The same week later: the call moved, the preparation gone, a retry come."""
    thanks, _, call, second, closing = usual_week()
    moved = replace(call, start=at(TUE_2026_07_07, "16:15"), end=at(TUE_2026_07_07, "16:30"))
    retry = event(
        uid="acme-pm-20260626-retry@calsync",
        step="retry",
        start=at(FRI_2026_07_10, "09:15"),
        summary="Call Sarah Smith again (Acme)",
    )
    return [thanks, moved, retry, second, closing]


def troublesome():
    """One event for each text, in every field that takes one; also the clock changes of two zones."""
    return [
        event(
            uid=f"text-{number}-{'u' * 80}@calsync",
            action=("ask", "prepare", "call", "email")[number % 4],
            start=at(TUE_2026_07_07 + timedelta(days=number * 20), "09:15", (BERLIN, TOKYO)[number % 2]),
            alarms=(number * 5,),
            summary=text.replace("\n", " ")[:150],
            location=text.strip(),
            description=f"{text}\n{text}",
            url="https://acme.example/" + text[:20],
        )
        for number, text in enumerate(TEXTS.values())
    ] + [event(uid="fold@calsync", start=at(date(2026, 10, 25), "02:30", BERLIN).replace(fold=1))]


def golden_files() -> dict[str, list]:
    """For each golden file the editions that lead to it, each with its moment."""
    return {
        "one-event.ics": [(NOW, [event()])],
        "week.ics": [(NOW, usual_week())],
        "week-changed.ics": [(NOW, usual_week()), (LATER, changed_week())],
        "troublesome.ics": [(NOW, troublesome())],
    }


def write_golden(name: str, path: Path) -> None:
    for now, events in golden_files()[name]:
        export(path, events, now=now)


if __name__ == "__main__":
    for each in golden_files():
        (GOLDEN / each).unlink(missing_ok=True)
        write_golden(each, GOLDEN / each)
