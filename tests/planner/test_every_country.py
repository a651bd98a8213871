"""In every country and region of the package ``holidays`` a plan ends, and nothing lands on a quiet day."""

from datetime import date, timedelta

import holidays
import pytest

from calsync.business_days import employer_calendars, public_year
from calsync.planner import plan
from tests.dates import NEW_YORK, at
from tests.planner.planning import meeting, preferences

COUNTRIES = holidays.list_supported_countries(include_aliases=False)
PLACES = [(country, region) for country, regions in COUNTRIES.items() for region in ("", *regions)]
SAMPLE = PLACES[::23]
"""All of them take minutes; these few meet every continent."""
DAYS = [date(year, month, day) for year in range(2021, 2031) for month, day in ((4, 28), (11, 17), (12, 14))]


@pytest.mark.parametrize(("country", "region"), SAMPLE)
def test_ten_years_of_plans_end_and_keep_quiet_days_free(country, region):
    interviews = [
        meeting(day, country=country, region=region, id=f"at-{day}", decision=day + timedelta(days=7))
        for day in DAYS
    ]
    calendars = employer_calendars(country, region, public_days=public_year)
    for each in plan(interviews, preferences(NEW_YORK)):
        touches = [event for event in each.events if event.step in {"status", "second", "closing"}]
        assert {event.step for event in touches} == {"status", "second", "closing"}
        for event in touches:
            landing = calendars.calls if event.action == "call" else calendars.emails
            assert landing.is_open(event.start.date()), event
            if event.action == "call" and calendars.eve(event.start.date()):
                assert event.start < at(event.start.date(), "12:00")
