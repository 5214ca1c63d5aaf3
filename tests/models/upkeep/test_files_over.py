"""Files go when their cases have been over for as long as the office says, by an act that the journal tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.content import Content
from models.proof.verification import verify
from models.upkeep.files_over import let_files_go, years_before
from tests.models.upkeep.test_archiving import ONE, TWO, entries, keeps, reported

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

__all__ = ["reported"]


@pytest.fixture
def kept(reported: Bureau) -> Bureau:
    """Case 1 has files with the contents 1 and 2, case 2 one with 1; case 1 has been declined."""
    keeps(reported, 1, ONE)
    keeps(reported, 3, TWO)
    keeps(reported, 4, ONE)
    reported["bambang"].declines(1)
    return reported


def lets_go(bureau: Bureau, years: int | None) -> list[str]:
    """Let files go; returns the digests that are still kept."""
    office = replace(bureau.rules.office, file_years=years)
    bureau.rules = replace(bureau.rules, office=office)
    while bureau.work(let_files_go):
        pass
    found = select(Content.digest).where(Content.erased_at.is_(None)).order_by(Content.digest)
    assert bureau.work(lambda records: verify(records.session)).verifies
    return bureau.work(lambda records: list(records.session.scalars(found)))


def test_without_a_word_of_the_office_files_stay_for_good(kept: Bureau) -> None:
    kept.passes(timedelta(days=365 * 30))
    assert lets_go(kept, None) == [ONE, TWO]


def test_files_go_with_their_cases_and_not_before(kept: Bureau) -> None:
    kept.passes(timedelta(days=2 * 365 - 1))
    assert lets_go(kept, 2) == [ONE, TWO]
    kept.passes(timedelta(days=3))
    assert lets_go(kept, 2) == [ONE], "the other case is open, and needs it"
    assert [one["because"] for one in entries(kept, "erase-file")] == ["retention"] * 2
    kept["bambang"].declines(2)
    kept.passes(timedelta(days=2 * 365 + 3))
    assert lets_go(kept, 2) == []


@pytest.mark.parametrize(
    ("at", "years", "before"),
    [
        (datetime(2028, 2, 29, 8, tzinfo=UTC), 1, datetime(2027, 2, 28, 8, tzinfo=UTC)),
        (datetime(2028, 2, 29, 8, tzinfo=UTC), 4, datetime(2024, 2, 29, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, tzinfo=UTC), 10, datetime(2016, 11, 23, tzinfo=UTC)),
    ],
)
def test_years_are_years_of_the_calendar(at: datetime, years: int, before: datetime) -> None:
    assert years_before(at, years) == before
