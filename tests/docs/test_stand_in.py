"""The page of the stand-in says what its code says."""

from dataclasses import fields

from bot.sandbox.flood import Limits
from tests.docs import stand_in


def test_the_page_is_the_one_that_the_code_gives() -> None:
    written = stand_in.PAGE.read_text(encoding="utf-8")
    assert written == stand_in.page(), "write it again: python -m tests.docs.stand_in"


def test_every_limit_of_the_code_is_on_the_page() -> None:
    found = set(stand_in.constants())
    assert found == set(stand_in.LIMITS) | stand_in.OUR_OWN
    assert {field.name for field in fields(Limits)} - {"enforced"} == set(stand_in.RATES)
