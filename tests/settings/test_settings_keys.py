"""Every key of settings.toml: what it becomes, and what is said when it cannot be."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from calsync.domain import Alarms, Hours, Period, WeeklyHours, replace
from calsync.errors import BadSettings
from calsync.settings import Settings, parse
from calsync.settings.keys import TABLES

_NOON = Hours(720, 780)
_LOOPBACK = "write https://… without a query; http is for 127.0.0.1, ::1 and localhost alone"
_MINUTES = "write the minutes before the event in brackets: [15] or [60, 10]"
_CODE = "is not a code of that form"

TAKEN = [
    # what the file says, where the value is found, the value
    ('timezone = "Europe/Berlin"', "preferences.zone", ZoneInfo("Europe/Berlin")),
    ('timezone = " US/Eastern "', "preferences.zone", ZoneInfo("US/Eastern")),
    ('hours = "08:00-18:30"', "preferences.hours", Hours(480, 1110)),
    ('hours = "0-24"', "preferences.hours", Hours(0, 1440)),
    ('private_hours = ["Fri 12-13"]', "preferences.private_hours", (WeeklyHours((4,), _NOON),)),
    (
        'private_hours = ["Fri 12-13; Mon 12-13"]',
        "preferences.private_hours",
        (WeeklyHours((4,), _NOON), WeeklyHours((0,), _NOON)),
    ),
    ("private_hours = []", "preferences.private_hours", ()),
    ('country = "US"', "preferences.country", "US"),
    ('country = "de"', "preferences.country", "DE"),
    ('country = ""', "preferences.country", ""),
    ('region = "NY"', "preferences.region", "NY"),
    ('region = "Île-de-France"', "preferences.region", "Île-de-France"),
    ('business_hours = "10:00-18:00"', "preferences.business_hours", Hours(600, 1080)),
    ('window = "early"', "preferences.window", "early"),
    ('window = "late"', "preferences.window", "late"),
    ('window = "any"', "preferences.window", "any"),
    ('kept_free = ["monday", "Fri"]', "preferences.kept_free", frozenset({0, 4})),
    ("kept_free = []", "preferences.kept_free", frozenset()),
    ("monday_like = true", "preferences.monday_like", True),
    ('quiet_days = ["year-end", "Bridge-days"]', "preferences.quiet_days", ("bridge-days", "year-end")),
    ("quiet_days = []", "preferences.quiet_days", ()),
    ("phone = false", "preferences.phone", False),
    ('playbook = "gentle"', "preferences.playbook", "gentle"),
    ("playbook = 'C:\\mine.toml'", "preferences.playbook", "C:\\mine.toml"),
    (
        'closures = ["2026-12-24..2027-01-01", "2026-05-15"]',
        "preferences.closures",
        (
            Period(date(2026, 12, 24), date(2027, 1, 1)),
            Period(date(2026, 5, 15), date(2026, 5, 15)),
        ),
    ),
    ('language = "de"', "language", "de"),
    ('language = "pt_BR"', "language", "pt_BR"),
    ("discreet = true", "discreet", True),
    ('[candidate]\nname = "Zoë  Ōe-李\u3000👩‍🔬"', "preferences.candidate.name", "Zoë  Ōe-李\u3000👩‍🔬"),
    ('[candidate]\nname = ""', "preferences.candidate.name", ""),
    ('[candidate]\nphone = "+1 (212) 555-0142 x7"', "preferences.candidate.phone", "+1 (212) 555-0142 x7"),
    ('[candidate]\nphone = ""', "preferences.candidate.phone", ""),
    ('[candidate]\nemail = "zoë@example.com"', "preferences.candidate.email", "zoë@example.com"),
    ('[candidate]\nemail = ""', "preferences.candidate.email", ""),
    ("[alarms]\nask = [30]", "preferences.alarms.ask", (30,)),
    ("[alarms]\ncall = [60, 10, 0]", "preferences.alarms.call", (60, 10, 0)),
    ("[alarms]\nemail = []", "preferences.alarms.email", ()),
    ("[alarms]\nprepare = [1, 2, 3, 4, 40320]", "preferences.alarms.prepare", (1, 2, 3, 4, 40320)),
    ('[google]\ncalendar = "Anrufe"', "google.calendar", "Anrufe"),
    ('[caldav]\ncalendar = "Anrufe"', "caldav.calendar", "Anrufe"),
    ('[google]\napi_root = "https://example.com/api"', "google.api_root", "https://example.com/api/"),
    ('[google]\napi_root = "http://127.0.0.1:8080/"', "google.api_root", "http://127.0.0.1:8080/"),
    ('[google]\napi_root = "http://[::1]:8080"', "google.api_root", "http://[::1]:8080/"),
    ('[google]\napi_root = "http://localhost"', "google.api_root", "http://localhost/"),
    (
        '[google]\nbusy = ["primary", "kim@work.example", "primary"]',
        "google.busy",
        ("primary", "kim@work.example"),
    ),
    ('[csv]\nmap = { "Wann" = "start", "Gehalt" = "" }', "csv_map", {"Wann": "start", "Gehalt": "-"}),
]

REFUSED = [
    # what the file says, the whole message behind the file's name
    ('timezone = "EST5"', "timezone: no zone 'EST5'; try America/New_York. (CS-REC-004)"),
    ('timezone = "New York"', "timezone: no zone 'New York'; try America/New_York. (CS-REC-004)"),
    (
        'timezone = "Europe"',
        "timezone: no zone 'Europe'; try Europe/Rome. (CS-REC-004)",
    ),
    (
        'timezone = ""',
        "timezone: no zone ''; use a name like America/New_York or Europe/London. (CS-REC-004)",
    ),
    ("timezone = 1", 'timezone: 1 is not a text; write it in quotes: "…". (CS-SET-001)'),
    ('hours = "9 to 5"', "hours: '9 to 5' is not a span of hours; write it like 09:00-17:00. (CS-VAL-010)"),
    (
        'hours = "22:00-06:00"',
        "hours: hours 22:00-06:00 do not run forward within one day; write them like 09:00-17:00; split hours past midnight in two. (CS-VAL-010)",
    ),
    ("hours = 09:00:00", 'hours: 09:00:00 is not a text; write it in quotes: "…". (CS-SET-001)'),
    (
        'private_hours = "Mon 12-13"',
        'private_hours: \'Mon 12-13\' is not a list; write it in brackets: ["…", "…"]. (CS-SET-001)',
    ),
    (
        'private_hours = ["Mun 12-13"]',
        "private_hours: 'Mun' is not a weekday; write Mon, Tue, Wed, Thu, Fri, Sat or Sun. (CS-VAL-011)",
    ),
    (
        'country = "Atlantis"',
        "country: 'Atlantis' is not the code of a country; use one like US, DE or JP. (CS-REC-012)",
    ),
    ("country = 49", 'country: 49 is not a text; write it in quotes: "…". (CS-SET-001)'),
    ('region = "N/Y"', f"region: 'N/Y' {_CODE}; write the region's letters, like NY. (CS-SET-001)"),
    (
        'business_hours = "9-25"',
        "business_hours: hours 09:00-25:00 do not run forward within one day; write them like 09:00-17:00; split hours past midnight in two. (CS-VAL-010)",
    ),
    ('window = "noon"', "window: 'noon' is not a part of the day; write early, late or any. (CS-SET-001)"),
    (
        'kept_free = "monday"',
        'kept_free: \'monday\' is not a list; write it in brackets: ["…", "…"]. (CS-SET-001)',
    ),
    (
        "kept_free = ['mo', 'xx']",
        "kept_free: 'xx' is not a weekday; write Mon, Tue, Wed, Thu, Fri, Sat or Sun. (CS-VAL-011)",
    ),
    ("kept_free = [0]", 'kept_free: 0 is not a text; write it in quotes: "…". (CS-SET-001)'),
    (
        'quiet_days = ["sundays"]',
        "quiet_days: 'sundays' are no quiet days; use any of bridge-days, year-end, holiday-eves,"  # noqa: ISC004  # one message
        " or [] for none. (CS-SET-001)",
    ),
    (
        'monday_like = "yes"',
        "monday_like: 'yes' is neither true nor false; write true or false, without quotes. (CS-SET-001)",
    ),
    ("phone = 1", "phone: 1 is neither true nor false; write true or false, without quotes. (CS-SET-001)"),
    (
        'playbook = " "',
        "playbook: ' ' names no playbook; write a name or a path, like \"balanced\". (CS-SET-001)",
    ),
    (
        'playbook = "a\\nb"',
        "playbook: 'a\\nb' is not one short line; use up to 200 characters on one line. (CS-SET-001)",
    ),
    (
        'closures = ["24.12.2026"]',
        "closures: '24.12.2026' is not a day of the calendar; write it like 2026-11-24. (CS-VAL-020)",
    ),
    (
        'closures = ["2026-02-30"]',
        "closures: '2026-02-30' is not a day of the calendar; write it like 2026-11-24. (CS-VAL-020)",
    ),
    (
        'closures = ["2027-01-01..2026-12-24"]',
        "closures: the period 2027-01-01..2026-12-24 ends before it begins; write the earlier day first, like 2026-08-03..2026-08-16. (CS-VAL-021)",
    ),
    (
        'language = "Deutsch"',
        'language: \'Deutsch\' is not a language; write its code, like "en" or "de". (CS-SET-001)',
    ),
    (
        "discreet = 'true'",
        "discreet: 'true' is neither true nor false; write true or false, without quotes. (CS-SET-001)",
    ),
    ("[candidate]\nname = true", 'candidate.name: true is not a text; write it in quotes: "…". (CS-SET-001)'),
    (
        f'[candidate]\nname = "{"x" * 201}"',
        f"candidate.name: '{'x' * 59}… is not one short line; use up to 200 characters on one line. (CS-SET-001)",
    ),
    (
        '[candidate]\nname = "a\\u001b[2J"',
        "candidate.name: 'a\\x1b[2J' is not one short line; use up to 200 characters on one line. (CS-SET-001)",
    ),
    (
        '[candidate]\nphone = "mine"',
        "candidate.phone: 'mine' is not a phone number; write it like +1 212 555 0142. (CS-SET-001)",
    ),
    (
        '[candidate]\nemail = "a b@c"',
        "candidate.email: 'a b@c' is not an email address; write it like name@example.com. (CS-SET-001)",
    ),
    ("[alarms]\nask = 15", f"alarms.ask: 15 is not a list; {_MINUTES}. (CS-SET-001)"),
    ('[alarms]\ncall = "15"', f"alarms.call: '15' is not a list; {_MINUTES}. (CS-SET-001)"),
    (
        "[alarms]\nemail = [-1]",
        "alarms.email: -1 is not a number of minutes; use whole numbers from 0 to 40320. (CS-SET-001)",
    ),
    (
        "[alarms]\nemail = [40321]",
        "alarms.email: 40321 is not a number of minutes; use whole numbers from 0 to 40320. (CS-SET-001)",
    ),
    (
        "[alarms]\nprepare = [true]",
        "alarms.prepare: true is not a number of minutes; use whole numbers from 0 to 40320. (CS-SET-001)",
    ),
    (
        "[alarms]\nprepare = [1.5]",
        "alarms.prepare: 1.5 is not a number of minutes; use whole numbers from 0 to 40320. (CS-SET-001)",
    ),
    (
        "[alarms]\ncall = [1, 2, 3, 4, 5, 6]",
        "alarms.call: [1, 2, 3, 4, 5, 6] holds 6 alarms; keep up to 5. (CS-SET-001)",
    ),
    (
        "[alarms]\ncall = [5, 5]",
        "alarms.call: [5, 5] rings twice at one time; name each time once. (CS-SET-001)",
    ),
    ("alarms = [15]", "alarms: [15] is not a table; begin it with [alarms]. (CS-SET-001)"),
    ("[hours]\nfirst = 7", "hours: {'first': 7} is not a text; write it in quotes: \"…\". (CS-SET-001)"),
    (
        '[caldav]\ncalendar = ""',
        "caldav.calendar: '' names no calendar; write a name, like \"Follow-ups\". (CS-SET-001)",
    ),
    (
        '[google]\ncalendar = ""',
        "google.calendar: '' names no calendar; write a name, like \"Follow-ups\". (CS-SET-001)",
    ),
    *(
        (
            f'[google]\napi_root = "{root}"',
            f"google.api_root: '{root}' cannot be the root of an API; {_LOOPBACK}. (CS-SET-001)",
        )
        for root in (
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "http://localhost@example.com/",
            "https://me:secret@example.com/",
            "https://example.com/?key=1",
            "https://example.com/#a",
            "https://example.com:99999/",
            "https://example.com /",
            "https://[::1/",
            "https://",
            "ftp://127.0.0.1/",
            "www.googleapis.com",
            "",
        )
    ),
    ('timezon = "UTC"', "there is no key 'timezon'; try timezone. (CS-SET-005)"),
    ("[alarm]\ncall = [5]", "there is no key 'alarm'; try alarms. (CS-SET-005)"),
    (
        '[google]\nbusy = ["Work"]',
        (
            "google.busy: ['Work'] does not name calendars; write \"primary\", or calendar ids as Google shows them "
            "under Settings, Integrate calendar. (CS-SET-001)"
        ),
    ),
    ("[csv]\nmap = 1", "csv.map: 1 says of no header what it is"),
    (
        '[csv]\nmap = { a = "strat" }',
        "csv.map: csv.map 'a=strat': there is no key 'strat'; try start. (CS-SET-006)",
    ),
    ("[google]\nbusy = []", "google.busy: [] does not name calendars"),
    ('[google]\nroot = "x"', "there is no key 'google.root'; try api_root. (CS-SET-005)"),
    (
        "[candidate]\nage = 3",
        "there is no key 'candidate.age'; the keys are name, phone, email. (CS-SET-005)",
    ),
    (
        'api_root = "x"',
        "there is no key 'api_root'; it stands under [google], as google.api_root. (CS-SET-005)",
    ),
    (
        '[google]\nplaybook = "x"',
        "there is no key 'google.playbook'; move it above the first [table]. (CS-SET-005)",
    ),
    ('"" = 1', "there is no key ''; "),
    ('"a\\u001b[2J" = 1', "there is no key 'a\\x1b[2J'; "),
]


@pytest.mark.parametrize(("text", "place", "value"), TAKEN)
def test_a_key_becomes_a_value(text: str, place: str, value: object):
    found: object = parse(text)
    for name in place.split("."):
        found = getattr(found, name)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_value_that_cannot_be_is_refused_with_file_key_value_and_remedy(text: str, message: str):
    with pytest.raises(BadSettings) as refused:
        parse(text, "settings.toml")
    said = str(refused.value)
    assert said.removeprefix("settings.toml, ").removeprefix("settings.toml: ").startswith(message)
    assert said.startswith("settings.toml")
    assert refused.value.exit_code == 78


def test_the_tables_above_know_every_key():
    keys = {f"{table}.{key}" if table else key for table, rows in TABLES.items() for key in rows}
    for cases in (TAKEN, REFUSED):
        tried = {_key_of(case[0]) for case in cases}
        assert keys <= tried


def test_what_the_file_does_not_say_is_left_as_it_is_without_a_file():
    said = parse('timezone = "UTC"\n[alarms]\ncall = [20]\n')
    assert said == replace(parse('timezone = "UTC"'), preferences=said.preferences)
    assert said.preferences.alarms == Alarms(call=(20,))


def test_settings_without_a_window_leave_it_to_the_playbook():
    assert parse("").preferences.window is None


def test_settings_without_kept_free_leave_it_to_the_country():
    assert parse("").preferences.kept_free is None


def test_settings_can_be_compared_and_not_changed():
    settings = parse("")
    assert settings == parse("")
    with pytest.raises(AttributeError):
        settings.discreet = True  # type: ignore[misc]  # that is the test
    assert isinstance(settings, Settings)


def _key_of(text: str) -> str:
    *tables, assignment = text.split("\n")
    key = assignment.partition(" =")[0]
    return f"{tables[0].strip('[]')}.{key}" if tables else key
