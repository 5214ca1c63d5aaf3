"""What a case is called on a card."""

import pytest

from models.case.case import Case


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("  SIMPEG   tidak dapat dibuka \nsejak pagi", "SIMPEG tidak dapat dibuka"),
        ("kata " * 16, ("kata " * 16).strip()),
        ("panjang " * 11, "panjang " * 9 + "panjang…"),
        ("x" * 81, "x" * 79 + "…"),
        ("di " + "x" * 100, "di " + "x" * 76 + "…"),
    ],
)
def test_the_subject_is_the_first_line_cut_after_a_whole_word(text: str, subject: str) -> None:
    assert Case(text=text).subject == subject
