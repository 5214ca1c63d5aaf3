"""Letting go of files: those whose cases have been over for as long as the office keeps files, and those of no case.

Each goes by an act: an entry in the journal of each case that had it, and then its bytes.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select

from models.case.attachment import Attachment
from models.case.case import Case
from models.case.content import Content
from models.repository.records import Records
from models.upkeep.archiving import erase

BATCH = 20
"""Contents erased in one transaction, so that nobody waits long behind it."""

UNATTACHED_KEPT = timedelta(days=30)
"""How long a file is kept that its writer took out of a Laporan Evaluasi before it was handed in."""

OVER, TAKEN_OUT = "retention", "taken-out"
"""Why files go, as the journal tells."""


def let_files_go(records: Records, *, batch: int = BATCH) -> bool:
    """Erase some of the files that the office keeps no longer. Returns whether there may be more."""
    count = 0
    for because, which in _over(records):
        digests = records.session.scalars(which.order_by(Content.kept_at).limit(batch)).all()
        for digest in digests:
            erase(records, digest, because=because)
        records.flush()
        count = max(count, len(digests))
    return count == batch


def _over(records: Records) -> list[tuple[str, Select[str]]]:
    """Return why contents go, each with those which do."""
    attached = Attachment.content == Content.digest
    kept = select(Content.digest).where(Content.erased_at.is_(None))
    of_no_case = kept.where(Content.kept_at < records.at - UNATTACHED_KEPT, ~exists().where(attached))
    years = records.office_file.file_years
    if years is None:
        return [(TAKEN_OUT, of_no_case)]
    before = years_before(records.at, years)
    still_kept = exists().where(
        and_(attached, Attachment.case_id == Case.id, or_(Case.closed_at.is_(None), Case.closed_at >= before))
    )
    of_old_cases = kept.where(Content.kept_at < before, exists().where(attached), ~still_kept)
    return [(TAKEN_OUT, of_no_case), (OVER, of_old_cases)]


def years_before(at: datetime, years: int) -> datetime:
    """Return the same day and time `years` earlier; 28 February for a 29th that there was not."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)
