"""Why not on another day: closed, outside the window, taken, or less preferred."""

from calsync.planner import Planner
from tests import dates as d
from tests.dates import at
from tests.planner.planning import meeting, only, plan_of, preferences, table

ORDER = "from Mon 23 Nov 2026 on the later days are looked at, then the earlier ones."
THURSDAY = meeting(d.THU_2026_11_12)


def against(interview, step, day, **more):
    plan = plan_of(interview)
    reasons = Planner(preferences(interview.zone)).reasons_against(only(plan, step), plan, day, **more)
    return [(each.rule, each.text) for each in reasons]


@table(
    ("day", "rule", "text"),
    ("its own day", d.TUE_2026_11_24, "slot", "It is on Tue 24 Nov 2026."),
    (
        "passed over on the way",
        d.MON_2026_11_23,
        "kept-free",
        "Mon 23 Nov 2026 is a weekday kept free of calls.",
    ),
    (
        "less preferred",
        d.WED_2026_11_25,
        "offset",
        f"Wed 25 Nov 2026 would do, but Tue 24 Nov 2026 comes first: {ORDER}",
    ),
    ("a holiday", d.THU_2026_11_26, "holiday", "Thu 26 Nov 2026 is a public holiday: Thanksgiving Day."),
    ("a bridge day", d.FRI_2026_11_27, "bridge", "Fri 27 Nov 2026 is a bridge day after Thanksgiving Day."),
)
def test_a_call_is_not_on_that_day_because(day, rule, text):
    assert against(THURSDAY, "status", day) == [(rule, text)]


def test_a_day_can_have_two_reasons_against_it():
    assert [rule for rule, _ in against(THURSDAY, "status", d.SAT_2026_11_14)] == ["offset", "weekend"]
    assert [rule for rule, _ in against(THURSDAY, "status", d.SUN_2026_12_06)] == ["late", "weekend"]


def test_the_touch_before_it_and_what_is_taken_speak_against_it():
    assert [rule for rule, _ in against(THURSDAY, "second", d.TUE_2026_11_24)] == ["limit"]
    busy = [(at(d.WED_2026_11_25, "08:00"), at(d.WED_2026_11_25, "12:00"))]
    assert [rule for rule, _ in against(THURSDAY, "status", d.WED_2026_11_25, busy=busy)] == ["taken"]


def test_what_was_agreed_says_so():
    interview = meeting(d.THU_2026_11_12, agreed=d.MON_2026_11_23)
    assert [rule for rule, _ in against(interview, "status", d.TUE_2026_11_24)] == ["pinned", "late"]


def test_what_belongs_to_something_else_says_so():
    assert [rule for rule, _ in against(THURSDAY, "thank-you", d.TUE_2026_11_24)] == ["offset"]
