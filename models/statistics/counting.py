"""Counting closed tasks into the statistics, some at a time: the work of the leading process, after the taps.

A tap writes nothing for the statistics: that a task is closed and not counted yet is found by an index. Who reads
figures meanwhile counts those tasks along (`reading.py`), so the figures are exact at any instant.
"""

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.task import Task
from models.repository.records import Records
from models.statistics.facts import Facts
from models.statistics.tables import Duration, Stretch, Tally, UntalliedDay
from models.statistics.tallying import add, tally

BATCH = 25
"""Tasks counted in one transaction, so that a tap never waits long behind it."""

_COLUMNS = [column.name for column in Stretch.__table__.columns]

IS_UNCOUNTED = and_(Task.closed_at.is_not(None), Task.counted_at.is_(None))
"""Whether a task is closed and not counted yet; the index of those tasks has it so."""

_NEXT = (
    select(Task.id)
    .join(Case, Case.id == Task.case_id)
    .where(IS_UNCOUNTED)
    .order_by(Task.id)
    .limit(bindparam("most"))
    # A case that another process has locked is counted later, so that the two never wait for each other.
    .with_for_update(of=Case, key_share=True, skip_locked=True)
)

_UNCOUNTED = select(func.count()).select_from(Task).where(IS_UNCOUNTED)


def uncounted(session: Session) -> int:
    """Return how many closed tasks wait to be counted."""
    return session.scalar(_UNCOUNTED) or 0


def count_some(records: Records, *, batch: int = BATCH) -> int:
    """Count some closed tasks, the oldest first. Returns how many were counted."""
    session = records.session
    task_ids = list(session.scalars(_NEXT, {"most": batch}))
    if not task_ids:
        return 0
    found = list(Facts(session, office=records.office_file).of(task_ids))
    session.execute(insert(Stretch), [{name: getattr(one, name) for name in _COLUMNS} for one in found])
    tally(session, found, records.calendar.zone)
    counted = update(Task).where(Task.id.in_(task_ids)).values(counted_at=records.at)
    session.execute(counted.execution_options(synchronize_session=False))
    return len(task_ids)


def follow_renames(records: Records) -> int:
    """Let what was counted for a post go along to the code that it has now. Returns how many posts were renamed."""
    session, renamed = records.session, 0
    for post in records.office_file.posts:
        former = post.formerly
        if former is None or not session.scalar(select(exists().where(Stretch.post == former))):
            continue
        session.execute(update(Stretch).where(Stretch.post == former).values(post=post.code))
        for entity in (Tally, Duration):
            rows = session.execute(select(*entity.__table__.columns).where(entity.post == former)).mappings().all()
            session.execute(delete(entity).where(entity.post == former))
            # The spans in which the post was renamed may have sums under both codes.
            add(session, entity, [{**row, "post": post.code} for row in rows])
        renamed += 1
    return renamed


def recount(records: Records) -> None:
    """Forget all that was counted, so that everything is counted again."""
    session = records.session
    for entity in (Tally, Duration, UntalliedDay, Stretch):
        session.execute(delete(entity))
    again = update(Task).where(Task.counted_at.is_not(None)).values(counted_at=None)
    session.execute(again.execution_options(synchronize_session=False))
