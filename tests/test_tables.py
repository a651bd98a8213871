"""The tables of the README are those of the program."""

from tests.make_tables import README, written


def test_the_tables_of_the_readme_are_made_from_those_of_the_program():
    text = README.read_text("utf-8")
    assert text == written(text), "run python -m tests.make_tables"
