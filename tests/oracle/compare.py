"""Compare the program's plans with the oracle's, on random interviews.

    python tests/oracle/compare.py --count 300 --seed 7

``compare(cases, runner)`` is the part to import; a runner is any function from records
and settings to the parsed output of ``plan --json``, so that another way of starting
the program is another function. A difference is printed with all it takes to have it again.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[2]))

from generate import cases
from oracle import DEFAULT, Readings, follow_ups

__all__ = ["Difference", "compare", "differences", "run_in_process", "run_library", "run_program"]

Json = dict[str, Any]
Runner = Callable[[list[Json], Json], Json]
FIELDS = ("action", "start", "late", "status", "timezone")
WINDOW = ("earliest", "preferred", "latest")


@dataclass(frozen=True)
class Difference:
    """One interview on which the two disagree, and what it takes to see it again."""

    number: int
    interview: str
    lines: tuple[str, ...]
    records: list[Json]
    settings: Json
    explained_by: tuple[str, ...]

    def __str__(self) -> str:
        record = next((record for record in self.records if record["id"] == self.interview), {})
        others = [other for other in self.records if other is not record]
        return "\n".join(
            (
                f"case {self.number}, interview {self.interview}",
                *(f"  {line}" for line in self.lines),
                f"  agrees if read otherwise: {', '.join(self.explained_by) or '-'}",
                f"  record:   {json.dumps(record)}",
                f"  beside:   {json.dumps(others)}",
                f"  settings: {json.dumps(self.settings)}",
            )
        )


def compare(
    drawn: Iterable[tuple[list[Json], Json]],
    runner: Runner,
    readings: Readings = DEFAULT,
    watched: tuple[str, ...] = FIELDS,
) -> Iterator[Difference]:
    """Every interview whose plan differs from the oracle's."""
    for number, (records, settings) in enumerate(drawn):
        try:
            actual = runner(records, settings)
        except RuntimeError as error:
            yield Difference(number, records[0]["id"], (str(error),), records, settings, ())
            continue
        found = differences(follow_ups(records, settings, readings), actual, watched)
        for interview, lines in found.items():
            others = tuple(_explanations(records, settings, readings, actual, interview, watched))
            yield Difference(number, interview, tuple(lines), records, settings, others)


def differences(
    expected: list[Json], actual: Json, watched: tuple[str, ...] = FIELDS
) -> dict[str, list[str]]:
    """For each interview's id that differs, what differs; empty when they agree."""
    by_id = {interview["id"]: interview["events"] for interview in actual["interviews"]}
    found = {
        plan["id"]: list(_of_one(plan["events"], by_id.pop(plan["id"], []), watched)) for plan in expected
    }
    found |= {unknown: ["not among the records"] for unknown in by_id}
    return {interview: lines for interview, lines in found.items() if lines}


def _explanations(
    records: list[Json],
    settings: Json,
    readings: Readings,
    actual: Json,
    interview: str,
    watched: tuple[str, ...],
) -> Iterator[str]:
    """The sentences which, read the other way, make the difference go away."""
    for one in fields(Readings):
        other = replace(readings, **{one.name: not getattr(readings, one.name)})
        if interview not in differences(follow_ups(records, settings, other), actual, watched):
            yield one.name


def _of_one(expected: list[Json], actual: list[Json], watched: tuple[str, ...]) -> Iterator[str]:
    for wanted, got in _pairs(expected, actual):
        if wanted is None or got is None:
            yield f"{'only the program has' if wanted is None else 'the program lacks'}: {_say(wanted or got or {})}"
            continue
        wrong = [name for name in watched if name in wanted and _value(wanted, name) != _value(got, name)]
        if wanted.get("person") and wanted["person"] != got.get("person"):
            wrong.append("person")
        if wrong:
            yield f"{', '.join(wrong)}: program {_say(got)} | oracle {_say(wanted)}"


def _pairs(expected: list[Json], actual: list[Json]) -> Iterator[tuple[Json | None, Json | None]]:
    """Events of one step and person together; what is left of a step, in time order."""
    for step in sorted({event["step"] for event in [*expected, *actual]}):
        wanted = sorted((event for event in expected if event["step"] == step), key=_start)
        got = sorted((event for event in actual if event["step"] == step), key=_start)
        for one in list(wanted):
            same = [other for other in got if one.get("person") and other.get("person") == one["person"]]
            if same:
                yield one, same[0]
                wanted.remove(one)
                got.remove(same[0])
        for index in range(max(len(wanted), len(got))):
            yield (wanted[index] if index < len(wanted) else None, got[index] if index < len(got) else None)


def _start(event: Json) -> datetime:
    return datetime.fromisoformat(event["start"])


def _value(event: Json, name: str) -> Any:
    return _start(event) if name == "start" else event.get(name)


def _say(event: Json) -> str:
    names = ("step", "person", "action", "start", "timezone", "status", "late", *WINDOW)
    return " ".join(
        str(event[name]) if name != "late" else "late" * event[name] for name in names if event.get(name)
    )


# --- runners -------------------------------------------------------------------------------------


def run_in_process(records: list[Json], settings: Json) -> Json:
    """Through the command line, in this process."""
    from calsync.cli import run  # noqa: PLC0415  # only this runner needs it

    output, messages = io.StringIO(), io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(output), redirect_stderr(messages):
        code = run(_written(Path(folder), records, settings))
    return _read(code, output.getvalue(), messages.getvalue())


def run_library(records: list[Json], settings: Json, log: Sequence[Json] = ()) -> Json:
    """Without the command line: intake and planner as a program would call them.

    ``log`` are outcomes of the first record; the last that sets a floor does.
    """
    from calsync.domain import Outcome  # noqa: PLC0415  # as below
    from calsync.errors import CalsyncError  # noqa: PLC0415  # only this runner needs the program's rooms
    from calsync.intake import Source, read  # noqa: PLC0415  # as above
    from calsync.planner import Planner  # noqa: PLC0415  # as above
    from calsync.settings import parse  # noqa: PLC0415  # as above
    from calsync.texts.phone_numbers import country_of_number  # noqa: PLC0415  # as above

    file = io.BytesIO(json.dumps({"interviews": records}).encode())
    try:
        preferences = parse(_toml(settings)).preferences
        interviews = read([Source("-", file)], preferences=preferences, format="json").interviews
        outcomes = [Outcome(interview=records[0]["id"], **entry) for entry in log]
        floor = max((told.at for told in outcomes if told.result not in {"moved", "note"}), default=None)
        planner = Planner(preferences, country_of_number=country_of_number)
        plans = list(planner.plans(interviews, outcomes=outcomes, not_before=floor))
    except CalsyncError as error:
        raise RuntimeError(str(error)) from error
    return {
        "interviews": [
            {"id": plan.interview.id, "events": [_as_json(event) for event in plan.events]} for plan in plans
        ]
    }


def _as_json(event: Any) -> Json:
    """An event of the library as ``plan --json`` has it, as far as it is compared."""
    plain = {name: getattr(event, name) for name in ("step", "action", "status", "timezone", "late")}
    days = {name: getattr(event, name).isoformat() for name in ("start", *WINDOW)}
    return plain | days | {"person": event.person.name if event.person else None}


def run_program(records: list[Json], settings: Json) -> Json:
    """As a program of its own: slow, and what a user has."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "calsync", *_written(Path(folder), records, settings)]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=root, check=False)
    return _read(done.returncode, done.stdout, done.stderr)


def _written(folder: Path, records: list[Json], settings: Json) -> list[str]:
    """Write the input down; the arguments that plan it."""
    file = folder / "interviews.json"
    file.write_text(json.dumps({"interviews": records}), encoding="utf-8")
    (folder / "settings.toml").write_text(_toml(settings), encoding="utf-8")
    return ["--home", str(folder), "plan", str(file), "--json"]


def _toml(settings: Json) -> str:
    """Strings, lists of strings, truths and one level of tables are written alike in JSON and TOML."""
    plain = [f"{key} = {json.dumps(value)}" for key, value in settings.items() if not isinstance(value, dict)]
    tables = [f"[{key}]\n{_toml(value)}" for key, value in settings.items() if isinstance(value, dict)]
    return "\n".join([*plain, *tables]) + "\n"


def _read(code: int, output: str, messages: str) -> Json:
    if code:
        raise RuntimeError(f"exit code {code}: {messages.strip()}")
    plan: Json = json.loads(output)
    return plan


RUNNERS = {"command": run_in_process, "library": run_library, "program": run_program}


def main() -> int:
    """Draw, compare, print; 1 if anything differs."""
    parser = argparse.ArgumentParser(description="Compare calsync's plans with the oracle's.")
    parser.add_argument("--count", type=int, default=200, help="how many cases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="only the numbers at the end")
    parser.add_argument("--windows", action="store_true", help="earliest, preferred and latest too")
    parser.add_argument("--by", choices=RUNNERS, default="command", help="how the program is run")
    parser.add_argument(
        "--read", action="append", default=[], metavar="NAME", help="read a sentence the other way"
    )
    asked = parser.parse_args()
    readings = replace(DEFAULT, **{name: not getattr(DEFAULT, name) for name in asked.read})
    watched = (*FIELDS, *WINDOW) if asked.windows else FIELDS
    found = 0
    for difference in compare(cases(asked.seed, asked.count), RUNNERS[asked.by], readings, watched):
        found += 1
        if not asked.quiet:
            sys.stdout.write(f"{difference}\n\n")
    sys.stdout.write(f"{asked.count} cases, seed {asked.seed}: {found} interviews differ\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
