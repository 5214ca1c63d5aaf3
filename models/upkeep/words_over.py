"""Letting go of the words and files of reporters whose cases have been over for as long as the office keeps them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, literal_column, select

from models.case.case import WHOLE, Case
from models.case.journey import FELLOW
from models.case.question import Remark
from models.repository.records import Records
from models.upkeep.erasing import erase_words
from models.upkeep.files_over import OVER, years_before

BATCH = 20
"""Cases in one transaction, so that nobody waits long behind it."""

_WITH_WORDS = (Remark.capacity == literal_column(f"'{FELLOW}'"), Remark.text != literal_column("''"))
"""As the index of these notes has it (`OF_FELLOWS`)."""


def let_words_go(records: Records, *, batch: int = BATCH) -> bool:
    """Erase what reporters of some old cases wrote and sent, each by an entry. Returns whether there may be more."""
    years = records.office_file.words_years
    if years is None:
        return False
    before = years_before(records.at, years)
    over = select(Case.id, Case.reporter_id).where(WHOLE, Case.closed_at < before).order_by(Case.closed_at).limit(batch)
    found = records.session.execute(over).all()
    for case_id, reporter_id in found:
        erase_words(records, case_id, reporter_id, because=OVER, always=True)
    left = _left_of_fellows(records, [case_id for case_id, _ in found], before, batch=batch)
    for case_id, person_id in left:
        erase_words(records, case_id, person_id, because=OVER)
    records.flush()
    return max(len(found), len(left)) >= batch


def _left_of_fellows(records: Records, case_ids: Sequence[int], before: datetime, *, batch: int) -> list[Row[int, int]]:
    """Return which people still have words in these cases, or in an older one, with which they reported the same.

    Their words are notes of the case, also of a person who left it since. Where several report a case, its first
    reporter may have had their own words erased before.
    """
    words = select(Remark.case_id, Remark.by_id).where(*_WITH_WORDS).distinct()
    here = records.session.execute(words.where(Remark.case_id.in_(case_ids))).all()
    # What was said before a case was over is older than its end.
    older = words.join(Case, Case.id == Remark.case_id).where(Remark.at < before, Case.closed_at < before).limit(batch)
    return [*dict.fromkeys([*here, *records.session.execute(older)])]
