"""The calculator of credits, against values that were computed by hand and BKN's own two examples."""

from decimal import Decimal
from fractions import Fraction

import pytest

from models.rules.credit import Level, Predicate, credit, rounded


@pytest.mark.parametrize(
    ("predicate", "level", "months", "exact", "shown"),
    [
        # BKN's examples of Per BKN 3/2023: 150 % × 12,5 = 18,75; 2/12 × 100 % × 12,5 = 2,08.
        (Predicate.SANGAT_BAIK, Level.AHLI_PERTAMA, 12, Fraction(75, 4), "18.75"),
        (Predicate.BAIK, Level.AHLI_PERTAMA, 2, Fraction(25, 12), "2.08"),
        # By hand: 1,5 × 25 × 3/12 = 9,375; 0,75 × 37,5 × 1/12 = 2,34375; 0,5 × 50 × 7/12 = 14,58333…
        (Predicate.SANGAT_BAIK, Level.AHLI_MUDA, 3, Fraction(75, 8), "9.38"),
        (Predicate.BUTUH_PERBAIKAN, Level.AHLI_MADYA, 1, Fraction(75, 32), "2.34"),
        (Predicate.KURANG, Level.AHLI_UTAMA, 7, Fraction(175, 12), "14.58"),
        # 0,25 × 3,75 × 12/12 = 0,9375; 1 × 5 × 1/12 = 0,41666…; 1,5 × 12,5 × 5/12 = 7,8125; 1 × 25 × 11/12 = 22,91666…
        (Predicate.SANGAT_KURANG, Level.PEMULA, 12, Fraction(15, 16), "0.94"),
        (Predicate.BAIK, Level.TERAMPIL, 1, Fraction(5, 12), "0.42"),
        # 0,25 × 12,5 × 12/12 = 3,125: a half is rounded up, also after an even digit.
        (Predicate.SANGAT_KURANG, Level.AHLI_PERTAMA, 12, Fraction(25, 8), "3.13"),
        (Predicate.SANGAT_BAIK, Level.MAHIR, 5, Fraction(125, 16), "7.81"),
        (Predicate.BAIK, Level.PENYELIA, 11, Fraction(275, 12), "22.92"),
    ],
)
def test_it_is_predicate_times_coefficient_times_months_of_the_year(
    predicate: Predicate, level: Level, months: int, exact: Fraction, shown: str
) -> None:
    assert credit(predicate, level, months) == exact
    assert rounded(exact) == Decimal(shown)


def test_twelve_single_months_are_a_year() -> None:
    for level in Level:
        assert sum(credit(Predicate.BAIK, level, 1) for _ in range(12)) == Fraction(level.coefficient)


@pytest.mark.parametrize("months", [0, 13, -1])
def test_a_year_has_twelve_months(months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        credit(Predicate.BAIK, Level.AHLI_PERTAMA, months)
