"""Letting go of the words and files of reporters whose cases have been over for as long as the office keeps them."""

from sqlalchemy import select

from models.case.case import WHOLE, Case
from models.repository.records import Records
from models.upkeep.erasing import erase_words
from models.upkeep.files_over import OVER, years_before

BATCH = 20
"""Cases in one transaction, so that nobody waits long behind it."""


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
    records.flush()
    return len(found) == batch
