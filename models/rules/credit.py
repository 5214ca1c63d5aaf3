"""What a performance predicate would count as credit (angka kredit): a calculator, never an official figure. Pure.

    credit = share of the predicate × coefficient of the level for a year × months / 12

The shares are those of the conversion of predicates, the coefficients those of the levels of functional posts
(Permenpan RB 1/2023, Per BKN 3/2023). What counts is set by the official who is
entitled to, from the predicate of the appraisal.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from models.rules.complete import complete

YEAR = 12
"""Months for which the coefficient of a level counts whole."""


class Level(StrEnum):
    """The level (jenjang) of a functional post."""

    PEMULA = "pemula"
    TERAMPIL = "terampil"
    MAHIR = "mahir"
    PENYELIA = "penyelia"
    AHLI_PERTAMA = "ahli-pertama"
    AHLI_MUDA = "ahli-muda"
    AHLI_MADYA = "ahli-madya"
    AHLI_UTAMA = "ahli-utama"

    @property
    def coefficient(self) -> Decimal:
        """The credit of a year with the predicate “baik”."""
        return _COEFFICIENTS[self]


class Predicate(StrEnum):
    """The predicate of a performance appraisal."""

    SANGAT_BAIK = "sangat-baik"
    BAIK = "baik"
    BUTUH_PERBAIKAN = "butuh-perbaikan"
    KURANG = "kurang"
    SANGAT_KURANG = "sangat-kurang"

    @property
    def percent(self) -> int:
        """The share of the coefficient that it counts for, in percent."""
        return _PERCENT[self]


_COEFFICIENTS: Mapping[Level, Decimal] = complete(
    Level,
    {
        Level.PEMULA: Decimal("3.75"),
        Level.TERAMPIL: Decimal(5),
        Level.MAHIR: Decimal("12.5"),
        Level.PENYELIA: Decimal(25),
        Level.AHLI_PERTAMA: Decimal("12.5"),
        Level.AHLI_MUDA: Decimal(25),
        Level.AHLI_MADYA: Decimal("37.5"),
        Level.AHLI_UTAMA: Decimal(50),
    },
)

_PERCENT: Mapping[Predicate, int] = complete(
    Predicate,
    {
        Predicate.SANGAT_BAIK: 150,
        Predicate.BAIK: 100,
        Predicate.BUTUH_PERBAIKAN: 75,
        Predicate.KURANG: 50,
        Predicate.SANGAT_KURANG: 25,
    },
)


def credit(predicate: Predicate, level: Level, months: int) -> Fraction:
    """Return the credit for so many months of a year, exactly. Raises ValueError for months that a year does not have.

    BKN's own examples: `sangat-baik`, `ahli-pertama`, 12 months are 18.75; `baik`, `ahli-pertama`, 2 months 2.08.
    """
    if not 1 <= months <= YEAR:
        raise ValueError(f"a year has 1 to {YEAR} months, not {months}")
    return Fraction(predicate.percent, 100) * Fraction(level.coefficient) * Fraction(months, YEAR)


def rounded(exact: Fraction) -> Decimal:
    """Return a credit with two decimals, as the tables of BKN have it; a half is rounded up."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
