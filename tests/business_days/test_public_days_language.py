from datetime import date

from calsync.business_days import public_year
from calsync.holiday_cache import HolidayCache

NEW_YEAR = date(2027, 1, 1)


def test_holidays_are_named_in_the_language_asked_for_where_the_country_has_it():
    assert public_year("DE", "", 2027).closed[NEW_YEAR] == "New Year's Day"
    assert public_year("DE", "", 2027, "de").closed[NEW_YEAR] == "Neujahr"


def test_elsewhere_they_keep_their_english_names():
    assert public_year("JP", "", 2027, "de").closed[NEW_YEAR] == "New Year's Day"


def test_the_cache_keeps_the_languages_apart(tmp_path):
    for _ in range(2):
        assert HolidayCache(str(tmp_path))("DE", "", 2027).closed[NEW_YEAR] == "New Year's Day"
        assert HolidayCache(str(tmp_path), "de")("DE", "", 2027).closed[NEW_YEAR] == "Neujahr"
