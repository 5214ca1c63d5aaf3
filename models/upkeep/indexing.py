"""Bringing older cases into the index by which they are found: those from before there was one."""

from sqlalchemy import func, select

from models.case.case import Case
from models.repository.indexing import index_older
from models.repository.records import Records
from models.search.document import SearchDocument

BATCH = 200
"""Cases in one transaction, so that nobody waits long behind it."""


def index_more(records: Records, *, batch: int = BATCH) -> bool:
    """Index some cases that are not yet, the newest first. Returns whether there may be more.

    The first document marks how far it has come: every case after it has one, and new cases come with theirs.
    """
    first = records.session.scalar(select(func.min(SearchDocument.case_id)))
    older = select(Case.id).order_by(Case.id.desc()).limit(batch)
    found = list(records.session.scalars(older if first is None else older.where(Case.id < first)))
    if found:
        records.lock_cases(found)
        index_older(records.session, records.calendar.zone, found)
    return len(found) == batch
