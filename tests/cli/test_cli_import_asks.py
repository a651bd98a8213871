"""import in a terminal: whether an interview has moved is asked, and both answers are taken."""

import pytest

from tests.cli.conftest import needs_terminal
from tests.cli.person import AFTER, Person

pytestmark = needs_terminal

HEAD = "company,role,start,contact,country\n"


@pytest.fixture
def person(tmp_path):
    someone = Person(tmp_path / "home")
    sheet = tmp_path / "mine.csv"
    sheet.write_text(f"{HEAD}Acme,PM,2026-11-20 14:00,Sarah Smith,US\n")
    someone.does("import", sheet, now=AFTER)
    sheet.write_text(f"{HEAD}Acme,PM,2026-11-24 10:00,Sarah Smith,US\n")
    someone.sheet = sheet
    return someone


@pytest.mark.parametrize(
    ("answer", "starts"), [("", ["2026-11-24 10:00"]), ("n", ["2026-11-20 14:00", "2026-11-24 10:00"])]
)
def test_it_asks_whether_an_interview_has_moved(person, terminal, answer, starts):
    talk = terminal("import", person.sheet)
    talk.expect_exact("Acme, PM: has it moved from Fri 20 Nov 2026 14:00")
    talk.sendline(answer)
    talk.wait()
    assert talk.exitstatus == 0
    assert [each["start"] for each in person.does("list", "--json").json["interviews"]] == starts
