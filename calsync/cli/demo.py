"""``calsync demo``: what calsync does, on made-up interviews dated from today; writes nothing."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import click

from calsync.cli.as_json import plans_document
from calsync.cli.options import common_options
from calsync.cli.state import State, pass_state
from calsync.cli.tables import plan_lines, why_lines
from calsync.domain import Interview, Person, Preferences, Span
from calsync.planner.clock import at_minute
from calsync.workflows.plans import Numbered

__all__ = ["demo"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")
@common_options
@pass_state
def demo(state: State, *, as_json: bool) -> None:
    """Show the follow-ups of three made-up interviews, and why one of them is where it is.

    Nothing is read but the clock and your settings, and nothing is written.
    """
    context = state.context()
    today = state.clock.astimezone(state.preferences.zone).date()
    interviews = _interviews(today, state.preferences)
    for interview in interviews:
        context.check(interview)
    plans = list(context.plans(interviews))
    if as_json:
        for piece in plans_document(context, map(Numbered, plans)):
            click.echo(piece, nl=False)
        return
    for plan in plans:
        click.echo("\n".join([*plan_lines(plan, context), ""]))
    events = plans[0].events  # none only in a playbook of the user's own
    explained = next((event for event in events if event.step == "status"), events[-1] if events else None)
    if explained:
        click.echo(state.phrase("Why there? Every date has its reasons; these are those of one:") + "\n")
        click.echo("\n".join([*why_lines(plans[0], explained, context), ""]))
    state.say("These people are made up, and nothing was written. For yours, put them into a file and type:")
    state.say(f"  calsync plan interviews.csv            {state.phrase('what to do when, and why')}")
    state.say(f"  calsync export interviews.csv          {state.phrase('the same for your calendar')}")


def _interviews(today: date, preferences: Preferences) -> list[Interview]:
    """Three conversations of the coming days: at home, abroad, and with people who like paper."""
    first = _weekday_after(today, 0)
    second, third = _weekday_after(first, 1), _weekday_after(first, 2)
    home, country = preferences.zone, "" if preferences.country else "US"
    berlin = ZoneInfo("Europe/Berlin")
    return [
        Interview(
            id="demo-acme",
            company="Acme Robotics",
            role="Product manager",
            start=at_minute(first, 14 * 60, home),
            country=country,
            contact="Sarah Smith",
            contact_role="manager",
            phone="+1 212-555-0142",
            email="sarah.smith@example.com",
            interviewers=(Person("Tom Reyes", "tom.reyes@example.com"),),
            topic="the spring launch",
        ),
        Interview(
            id="demo-hansen",
            company="Hansen & Söhne",
            role="Data analyst",
            start=at_minute(second, 10 * 60, berlin),
            minutes=45,
            country="DE",
            region="BE",
            contact="Jörg Hansen",
            phone="+49 30 23125 042",
            email="joerg.hansen@example.org",
            decision=Span(5, "business_days"),
            playbook="warm-call",
        ),
        Interview(
            id="demo-northbank",
            company="North Bank",
            role="Risk officer",
            start=at_minute(third, 11 * 60 + 30, home),
            country=country,
            contact="Priya Nair",
            contact_role="hr",
            phone="+1 212-555-0187",
            email="priya.nair@example.com",
            culture="regulated",
            decision=Span(14),
        ),
    ]


def _weekday_after(day: date, least: int) -> date:
    """The first weekday at least ``least`` + 1 days after ``day``."""
    day += timedelta(days=least + 1)
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    return day


_FRIDAY = 4
