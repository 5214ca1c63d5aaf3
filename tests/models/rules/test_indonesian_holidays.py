"""The holidays of Indonesia are those of the `holidays` package, asked as its documentation says."""

import holidays
import pytest

from models.rules import indonesian_holidays
from models.rules.indonesian_holidays import holidays_of

YEARS = (1945, *range(2000, 2031), 2078)


@pytest.mark.parametrize("categories", [("public",), ("government",), ("public", "government")], ids="+".join)
@pytest.mark.parametrize("language", [None, "id", "en_US"])
def test_they_are_those_of_the_package(categories: tuple[str, ...], language: str | None) -> None:
    for year in YEARS:
        asked = holidays.country_holidays("ID", years=year, categories=categories, language=language)
        assert dict(holidays_of(year, categories, language=language)) == dict(asked)


def test_another_version_without_the_file_is_asked_as_it_says(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = dict(holidays_of(2026, ("public",)))
    monkeypatch.setattr(indonesian_holidays, "_FILE", tmp_path_factory.mktemp("without") / "indonesia.py")
    indonesian_holidays._country.cache_clear()
    try:
        assert dict(holidays_of(2026, ("public",))) == expected
        assert indonesian_holidays._country().__module__ == "holidays.countries.indonesia"
    finally:
        indonesian_holidays._country.cache_clear()
