"""Zones of invitations: a moment that the file tells is never moved, and what could be two things is asked for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.domain import Preferences
from calsync.intake.invitation import ZoneWanted
from calsync.intake.invitation.tzid import main_zones, named, same_name
from calsync.intake.invitation.vtimezone import Definition, fits
from tests.intake.invitations import ROBIN, ics, received

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
TUE_8_DEC = "20261208T140000"
WED_8_JUL = "20260708T140000"


def part(kind, offset, *more, onset="16010101T020000"):
    return (
        f"BEGIN:{kind}",
        f"DTSTART:{onset}",
        "TZOFFSETFROM:+0000",
        f"TZOFFSETTO:{offset}",
        *more,
        f"END:{kind}",
    )


def definition(tzid, *parts, more=()):
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{tzid}",
        *more,
        *(line for each in parts for line in each),
        "END:VTIMEZONE",
    )


def two_sided(tzid, standard, daylight, *, more=()):
    """A zone with the change of clocks of Europe."""
    return definition(
        tzid,
        part("STANDARD", standard, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        part("DAYLIGHT", daylight, "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        more=more,
    )


def told(tzid, *before, at=TUE_8_DEC, home=BERLIN, answer=None):
    content = ics(DTSTART=f"DTSTART;TZID={tzid}:{at}", DTEND=None, before=before)
    return received(content, preferences=Preferences(zone=home, candidate=ROBIN), zone=answer)


def asked(tzid, *before, **options):
    with pytest.raises(ZoneWanted) as error:
        told(tzid, *before, **options)
    return error.value


@pytest.mark.parametrize("answer", [None, BERLIN, NEW_YORK, ZoneInfo("Asia/Tokyo")])
@pytest.mark.parametrize(
    ("start", "instant"),
    [
        ("DTSTART;TZID=America/New_York:20261208T140000", "2026-12-08T19:00Z"),
        ("DTSTART;TZID=Eastern Standard Time:20261208T140000", "2026-12-08T19:00Z"),
        ("DTSTART:20261208T190000Z", "2026-12-08T19:00Z"),
        ("DTSTART;TZID=America/New_York:20261208T190000Z", "2026-12-08T19:00Z"),
        ("DTSTART;TZID=UTC:20261208T190000", "2026-12-08T19:00Z"),
    ],
)
def test_an_answer_never_moves_a_moment_that_is_known(start, instant, answer):
    assert received(ics(DTSTART=start, DTEND=None), zone=answer).start == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("America-New_York", "America/New_York"),
        ("Eastern Daylight Time", "America/New_York"),
        ("W. Europe Summer Time", "Europe/Berlin"),
        ("W. Europe Standard Time 1", "Europe/Berlin"),
        (r"(UTC+01:00) Amsterdam\, Berlin\, Bern\, Rome\, Stockholm\, Vienna", "Europe/Berlin"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien"', "Europe/Berlin"),
        ('"(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris"', "Europe/Paris"),
        ('"(UTC-05:00) Hora del este (EE.UU. y Canadá)"', "America/New_York"),
        ('"(UTC+09:00) 大阪、札幌、東京"', "Asia/Tokyo"),
        ("Mitteleuropäische Zeit", "Europe/Berlin"),
        ("Paris\\, Madrid (heure d’été)", "Europe/Paris"),
        ("Västeuropa\\, normaltid", "Europe/Stockholm"),
        ("Hora oficial do Brasil", "America/Sao_Paulo"),
    ],
)
def test_a_zone_is_known_by_localised_and_escaped_names(tzid, zone):
    assert str(told(tzid).start.tzinfo) == zone


def test_every_name_in_the_tables_is_a_zone_and_every_main_zone_is_a_place():
    assert all("/" in zone.key and not zone.key.startswith("Etc") for zone in main_zones())
    assert len({zone.key for zone in main_zones()}) > 100


@pytest.mark.parametrize(
    ("tzid", "before", "home", "zone"),
    [
        # the zone of the settings fits
        ("Office", two_sided("Office", "+0100", "+0200"), BERLIN, "Europe/Berlin"),
        ("Customized Time Zone", two_sided("Customized Time Zone", "+0100", "+0200"), BERLIN, "Europe/Berlin"),
        # the name says which of those that fit
        ("EST", two_sided("EST", "-0500", "-0400"), BERLIN, "America/New_York"),
        # only one fits
        ("Office", definition("Office", part("STANDARD", "+0545")), BERLIN, "Asia/Katmandu"),
        # an alias
        ("Office", definition("Office", part("STANDARD", "+0900"), more=("X-LIC-LOCATION:Asia/Tokyo",)), BERLIN,
         "Asia/Tokyo"),
        (r"Office\, main", definition(r"Office\, main", part("STANDARD", "+0100")), BERLIN, "Europe/Berlin"),
        ("GMT+0100", (), BERLIN, "Europe/Berlin"),
        ("my_America/Toronto", two_sided("my_America/Toronto", "-0500", "-0400"), BERLIN, "America/Toronto"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_known_takes_the_zone_whose_clock_fits(tzid, before, home, zone):
    invitation = told(tzid, *before, home=home)
    assert (str(invitation.start.tzinfo), invitation.start.hour) == (zone, 14)


def test_what_was_taken_is_said():
    notes = told("Office", *two_sided("Office", "+0100", "+0200")).notes
    assert "its zone 'Office' (+0100) is taken for Europe/Berlin" in notes


@pytest.mark.parametrize(
    ("tzid", "before", "at", "fitting"),
    [
        ("tzone://Microsoft/Custom", definition("tzone://Microsoft/Custom", part("STANDARD", "-0800")), TUE_8_DEC,
         "America/Los_Angeles or America/Tijuana"),
        ("Office", two_sided("Office", "-0500", "-0400"), TUE_8_DEC, "America/New_York, America/Toronto,"),
        ("Office", two_sided("Office", "+0000", "+0100"), WED_8_JUL, "Africa/Lagos"),
        ("UTC-05:00", (), TUE_8_DEC, "America/New_York, America/Toronto,"),
    ],
)  # fmt: skip
def test_where_several_fit_those_are_named(tzid, before, at, fitting):
    error = asked(tzid, *before, at=at)
    assert fitting in error.remedy
    wall = datetime.strptime(at, "%Y%m%dT%H%M%S")  # noqa: DTZ007  # wall time
    instants = {told(tzid, *before, at=at, answer=ZoneInfo(zone)).start for zone in error.fitting}
    assert len({start.astimezone(UTC) for start in instants}) == 1
    assert all(start.replace(tzinfo=None) == wall for start in instants)


def test_a_definition_that_does_not_decide_is_asked_about_though_the_zone_of_the_settings_may_fit():
    """It has changed its clock years ago for the last time: cut off, or as it is since."""
    parts = (
        part("DAYLIGHT", "+0200", onset="20190331T020000"),
        part("STANDARD", "+0100", onset="20191027T030000"),
    )
    assert "Europe/Berlin" in asked("Office", *definition("Office", *parts)).fitting
    assert asked("Office", *definition("Office", part("STANDARD", "0100"))).fitting[0] == "Europe/Berlin"


@pytest.mark.parametrize("answer", [BERLIN, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Denver")])
def test_an_answer_that_the_file_contradicts_is_refused(answer):
    custom = definition("Custom", part("STANDARD", "-0800"))
    error = asked("Custom", *custom, answer=answer)
    assert f"is not {answer}" in error.what
    assert "America/Los_Angeles" in error.remedy


def test_a_definition_without_summer_time_is_a_moment_in_summer_too():
    custom = definition("Custom", part("STANDARD", "-0800"))
    july = told("Custom", *custom, at=WED_8_JUL)
    assert (july.start, str(july.start.tzinfo)) == (datetime(2026, 7, 8, 22, 0, tzinfo=UTC), "Europe/Berlin")
    assert "leave --timezone out" in asked("Custom", *custom, at=WED_8_JUL, answer=LOS_ANGELES).remedy


def test_an_offset_of_no_place_is_a_moment_all_the_same():
    invitation = told("Mars", *definition("Mars", part("STANDARD", "-0307")))
    assert invitation.start == datetime(2026, 12, 8, 17, 7, tzinfo=UTC)
    assert "shown as the clock is in Europe/Berlin" in " ".join(invitation.notes)


@pytest.mark.parametrize(
    ("before", "at"),
    [
        (definition("Europe/Berlin", part("STANDARD", "+0100")), WED_8_JUL),
        (definition("Europe/Berlin", part("DAYLIGHT", "+0200")), TUE_8_DEC),
        (definition("Europe/Berlin", part("STANDARD", "0100")), TUE_8_DEC),
        (definition("Europe/Berlin"), TUE_8_DEC),
        (definition("Europe/Berlin", part("STANDARD", "soon")), TUE_8_DEC),
        (definition("Europe/Berlin", part("STANDARD", "+0100", "RRULE:FREQ=SECONDLY")), TUE_8_DEC),
        # its last onset is years ago: it was cut off, and says nothing of this year
        (
            definition(
                "Europe/Berlin",
                part("DAYLIGHT", "+0200", onset="20190331T020000"),
                part("STANDARD", "+0100", onset="20191027T030000"),
            ),
            WED_8_JUL,
        ),
    ],
)
def test_a_name_beats_a_definition_that_only_lacks_something(before, at):
    invitation = told("Europe/Berlin", *before, at=at, home=NEW_YORK)
    assert (str(invitation.start.tzinfo), invitation.start.hour) == ("Europe/Berlin", 14)


def test_another_contradiction_is_refused_with_both_named_and_an_answer_chooses():
    before = definition("Europe/Berlin", part("STANDARD", "-0800"))
    error = asked("Europe/Berlin", *before)
    assert "Europe/Berlin" in error.what
    assert "-0800" in error.what
    assert error.fitting[:2] == ("Europe/Berlin", "America/Los_Angeles")
    assert told("Europe/Berlin", *before, answer=BERLIN).start.utcoffset() == timedelta(hours=1)
    assert told("Europe/Berlin", *before, answer=LOS_ANGELES).start.utcoffset() == timedelta(hours=-8)
    assert "and not Asia/Tokyo" in asked("Europe/Berlin", *before, answer=ZoneInfo("Asia/Tokyo")).what


def test_a_floating_time_is_asked_for_with_the_zone_that_the_calendar_names():
    content = ics(DTSTART="DTSTART:20261208T140000", DTEND=None, before=("X-WR-TIMEZONE:Asia/Tokyo",))
    with pytest.raises(ZoneWanted, match="--timezone Asia/Tokyo"):
        received(content)
    told = received(content, zone=LOS_ANGELES)
    assert str(told.start.tzinfo) == "America/Los_Angeles"
    assert "its calendar is in Asia/Tokyo: America/Los_Angeles is taken, as you said" in told.notes[0]


RULES = [
    ("BYDAY=-1SU;BYMONTH=10", "BYDAY=-1SU;BYMONTH=3"),
    ("BYMONTH=10;BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31", "BYMONTH=3;BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31"),
    ("BYDAY=-1SU;BYMONTH=10;INTERVAL=1;WKST=SU", "BYDAY=-1SU;BYMONTH=3;UNTIL=20371231T000000Z"),
]  # fmt: skip


@given(
    st.sampled_from(RULES),
    st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001  # wall times
)
def test_a_definition_with_rules_gives_the_offsets_of_its_zone(rules, wall):
    standard, daylight = (f"FREQ=YEARLY;{rule}" for rule in rules)
    own = Definition(
        {},
        (
            {"DTSTART": ["19961027T030000"], "TZOFFSETTO": ["+0100"], "RRULE": [standard]},
            {"DTSTART": ["19810329T020000"], "TZOFFSETTO": ["+0200"], "RRULE": [daylight]},
        ),
    )
    (offset,) = own.offsets(wall)
    assert fits(BERLIN, wall, frozenset({offset}))


@given(st.text(max_size=40))
def test_no_name_makes_more_than_a_zone_or_nothing(name):
    found = named(name)
    assert found is None or isinstance(found, ZoneInfo)
    assert len(same_name(name)) <= len(name)
