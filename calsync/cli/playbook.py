"""``calsync playbook``: which follow-ups, how long after what, and on whose advice."""

import json

import click

from calsync.cli.commands import Commands
from calsync.cli.options import common_options
from calsync.cli.output import clean, cut, dim, hanging, is_narrow, pad, strong, terminal_width, wrapped
from calsync.cli.state import State, find_playbook, pass_state
from calsync.domain import Span, spoken
from calsync.errors import BadSettings
from calsync.phrase import phrase
from calsync.playbooks import Count, Days, Playbook, WaitWindow, advice, faults, load, names

__all__ = ["playbook"]

Line = tuple[str, str, tuple[str, ...]]


@click.group(cls=Commands)
@common_options
def playbook() -> None:
    """List, show, compare and check playbooks: which advice to follow."""


@playbook.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def list_(state: State, *, as_json: bool) -> int:
    """List the playbooks that can be asked for by name."""
    books, broken = _all(state)
    if as_json:
        _echo_json([{"name": book.name, "title": book.title, "summary": book.summary} for book in books])
        return broken
    width = terminal_width()
    for book in books:
        mine = (
            " (" + state.phrase("used where a record names none") + ")"
            if book.name == state.preferences.playbook
            else ""
        )
        click.echo(strong(book.name) + dim(mine))
        for line in wrapped(clean(state.phrase(book.summary)), width - 2):
            click.echo(f"  {line}")
    return broken


@playbook.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def show(state: State, name: str, *, as_json: bool) -> None:
    """Show every number of a playbook with the advice it comes from."""
    book = _load(state, name)
    if as_json:
        lines = [
            {"what": what, "value": value, "source": list(source)} for what, value, source in _lines(book)
        ]
        _echo_json({"name": book.name, "title": book.title, "summary": book.summary, "rules": lines})
        return
    width = terminal_width()
    click.echo(strong(clean(f"{book.name}: {state.phrase(book.title)}")))
    click.echo("\n".join(f"  {line}" for line in wrapped(clean(state.phrase(book.summary)), width - 2)))
    told = advice()
    for name_of, number_of, source in _lines(book):
        what, value = state.phrase(name_of), state.phrase(number_of)
        if is_narrow():
            click.echo(
                "\n".join([*hanging("  ", what, width), *map(strong, hanging("    ", clean(value), width))])
            )
        else:
            for number, line in enumerate(wrapped(clean(value), width - 34)):
                click.echo(f"  {pad('' if number else what, 30)}  {strong(line)}")
        for each in source:
            for number, line in enumerate(wrapped(clean(told.says(each)), width - 14)):
                click.echo(dim(f"    {each if number == 0 else '      '}  {line}"))


@playbook.command()
@click.argument("which", nargs=-1, metavar="[NAME]...")
@common_options
@pass_state
def compare(state: State, which: tuple[str, ...]) -> int:
    """Put playbooks side by side; all of them without a NAME."""
    books, broken = ([_load(state, name) for name in which], 0) if which else _all(state)
    tables = [{what: value for what, value, _ in _lines(book)} for book in books]
    rows = list(dict.fromkeys(what for table in tables for what in table))
    for what in rows:
        click.echo(strong(state.phrase(what)))
        for book, table in zip(books, tables, strict=True):
            click.echo(f"  {pad(cut(clean(book.name), 20), 20)}  {clean(state.phrase(table.get(what, '–')))}")
    return broken


@playbook.command()
@click.argument("file")
@common_options
@pass_state
def check(state: State, file: str) -> None:
    """Check a playbook of your own: what is wrong is named with its file, step and key."""
    find_playbook(file, state.folders)
    wrong = faults(file, _folder(state))
    for error in wrong[:-1]:
        state.warn(error.said(state.phrase))
    if wrong:
        raise wrong[-1]
    own = load(file, _folder(state))
    unknown = sorted({each for _, _, source in _lines(own) for each in source if not advice().says(each)})
    click.echo(f"{clean(file)}: {state.phrase('good')}")
    if unknown:
        sources = ", ".join(unknown)
        state.warn(phrase("sources of its own, not of the five articles: {sources}"), sources=sources)


def _all(state: State) -> tuple[list[Playbook], int]:
    """Every playbook that has a name, and 1 where some of the user's own are left out, else 0."""
    books, broken = [], 0
    for name in names(_folder(state)):
        try:
            books.append(load(name, _folder(state)))
        except BadSettings as error:
            state.warn(phrase("left out: {what}"), what=error.said(state.phrase))
            broken = 1
    return books, broken


def _load(state: State, name: str) -> Playbook:
    """The playbook that an argument names."""
    find_playbook(name, state.folders)
    return load(name, _folder(state))


def _folder(state: State) -> str | None:
    return state.folders.playbooks


def _lines(book: Playbook) -> list[Line]:
    """Every number of a playbook: what it is, its value, its sources."""
    thanks, status, calls = book.thank_you, book.status, book.calls
    lines: list[Line] = [
        (
            phrase("thank-you"),
            phrase(
                "{action} within {hours} hours",
                action=phrase("email") if thanks.action == "email" else phrase("call"),
                hours=thanks.within_hours,
            ),
            thanks.source,
        )
        if thanks
        else (phrase("thank-you"), phrase("none"), ()),
        _window(phrase("status, no decision date"), status.no_decision),
        (phrase("status, decision date"), phrase("the last good moment before it"), status.source)
        if status.before_decision
        else _window(phrase("status, decision date"), status.decision),
    ]
    if status.email_only:
        lines.append((phrase("calls"), phrase("none"), status.source))
    else:
        after = _spoken(calls.retry_after) if calls.retry_after else phrase("the next legal slot")
        lines += [
            _count(phrase("message on miss number"), calls.message_on_miss),
            _count(phrase("calls again after a miss"), calls.retries),
            _count(phrase("messages at most"), calls.messages),
        ]
        if calls.retries.count:
            lines.append((phrase("time until calling again"), after, _source(calls.retry_after)))
    for name, step in ((phrase("second email"), book.second), (phrase("closing email"), book.closing)):
        lines.append(_window(name, step.window if step else None))
        if step and step.after == "decision":
            lines.append((phrase("{name} counts from", name=name), phrase("the decision day"), ()))
        if step and name == "closing email":
            lines.append(
                (phrase("closing email withdraws"), phrase("yes") if step.withdraws else phrase("no"), ())
            )
            if step.note:
                lines.append((phrase("closing email, note"), step.note, ()))
    return lines


def _spoken(days: Days) -> str:
    return spoken(Span(days.count, days.unit))


def _window(what: str, window: WaitWindow | None) -> Line:
    if window is None:
        return what, phrase("none"), ()
    days = (window.earliest, window.preferred, window.latest)
    business = window.preferred.unit == "business_days"
    said = phrase("{counts} business days") if business else phrase("{counts} days")
    source = tuple(dict.fromkeys(each for day in days for each in day.source))
    return what, phrase(said, counts=" – ".join(str(day.count) for day in days)), source


def _count(what: str, count: Count) -> Line:
    return what, str(count.count), count.source


def _source(days: Days | None) -> tuple[str, ...]:
    return days.source if days else ()


def _echo_json(value: object) -> None:
    key = "playbooks" if isinstance(value, list) else "playbook"
    click.echo(json.dumps({"schema": 1, key: value}, ensure_ascii=False, indent=1))
