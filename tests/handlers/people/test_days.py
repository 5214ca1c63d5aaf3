"""Days as people type them."""

from datetime import date

import pytest

from handlers.people.days import parse_day, parse_days
from models.refusals.absences import DaysInvalid

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hari ini", TODAY, TODAY),
        ("besok", date(2026, 11, 24), date(2026, 11, 24)),
        ("Lusa", date(2026, 11, 25), date(2026, 11, 25)),
        ("1/12", date(2026, 12, 1), date(2026, 12, 1)),
        ("1/12 - 5/12", date(2026, 12, 1), date(2026, 12, 5)),
        ("24/11 - 25 November", date(2026, 11, 24), date(2026, 11, 25)),
        ("1/12-15/12", date(2026, 12, 1), date(2026, 12, 15)),
        ("1-12-2026 s.d. 5-12-2026", date(2026, 12, 1), date(2026, 12, 5)),
        ("1.12.26 sampai 5.12.26", date(2026, 12, 1), date(2026, 12, 5)),
        ("2026-12-01 hingga 2026-12-05", date(2026, 12, 1), date(2026, 12, 5)),
        ("tanggal 1 Desember 2026", date(2026, 12, 1), date(2026, 12, 1)),
        ("1–5 Desember 2026", date(2026, 12, 1), date(2026, 12, 5)),
        ("1 s.d. 5 des", date(2026, 12, 1), date(2026, 12, 5)),
        ("1 Agustus - 3 Agustus", date(2027, 8, 1), date(2027, 8, 3)),
        ("28/12 - 3/1", date(2026, 12, 28), date(2027, 1, 3)),
        ("besok sampai 5 Desember", date(2026, 11, 24), date(2026, 12, 5)),
        ("sampai 27/11", TODAY, date(2026, 11, 27)),
        ("mulai 1/12", date(2026, 12, 1), None),
        ("1/12 sampai belum tahu", date(2026, 12, 1), None),
        ("cuti senin 30/11", date(2026, 11, 30), date(2026, 11, 30)),
        ("10/1", date(2027, 1, 10), date(2027, 1, 10)),
        ("20/11", date(2026, 11, 20), date(2026, 11, 20)),
        ("29/2", date(2028, 2, 29), date(2028, 2, 29)),
        ("from tomorrow until 5 Dec", date(2026, 11, 24), date(2026, 12, 5)),
    ],
)
def test_days_are_read(text: str, first: date, last: date | None) -> None:
    assert parse_days(text, today=TODAY) == (first, last)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "unreadable"),
        ("nanti", "unreadable"),
        ("1/12 5/12 9/12", "unreadable"),
        ("1/12 karena sakit", "unreadable"),
        ("12", "unreadable"),
        ("31/2", "impossible"),
        ("0/12", "impossible"),
        ("31 November 2026", "impossible"),
        ("2026-13-01", "impossible"),
        ("1/12/0000", "impossible"),
    ],
)
def test_other_words_are_refused(text: str, fault: str) -> None:
    with pytest.raises(DaysInvalid) as refused:
        parse_days(text, today=TODAY)
    assert refused.value.fault == fault


def test_the_date_of_a_decree_is_one_day() -> None:
    assert parse_day("20 November 2026", today=TODAY) == date(2026, 11, 20)
    for text in ("", "1/12 - 5/12"):
        with pytest.raises(DaysInvalid):
            parse_day(text, today=TODAY)
