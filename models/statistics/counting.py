"""Counting closed tasks into the statistics, some at a time: the work of the leading process, after the taps.

A tap writes nothing for the statistics: that a task is closed and not counted yet is found by an index. Who reads
figures meanwhile counts those tasks along (`reading.py`), so the figures are exact at any instant.
"""

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Insert, and_, bindparam, delete, exists, func, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.task import Task
from models.repository.records import Records
from models.statistics.cells import NO_CLOSING, NOBODY, SUMMED, Cells, Key, Sums, put
from models.statistics.facts import Facts
from models.statistics.holding import Hold
from models.statistics.tables import Basis, Stretch, Tally

BATCH = 100
"""Tasks counted in one transaction, so that a tap never waits long behind it."""

_MONTHS = 100
"""A month is named by its year times this, plus its number."""

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
    _tally(session, found, records.calendar.zone)
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
        rows = session.execute(select(*Tally.__table__.columns).where(Tally.post == former)).mappings().all()
        session.execute(delete(Tally).where(Tally.post == former))
        session.execute(update(Stretch).where(Stretch.post == former).values(post=post.code))
        # The month in which the post was renamed may have sums under both codes.
        session.execute(_adding(session), [{**row, "post": post.code} for row in rows])
        renamed += 1
    return renamed


def recount(records: Records) -> None:
    """Forget all that was counted, so that everything is counted again."""
    session = records.session
    for entity in (Tally, Stretch):
        session.execute(delete(entity))
    again = update(Task).where(Task.counted_at.is_not(None)).values(counted_at=None)
    session.execute(again.execution_options(synchronize_session=False))


def spans_of(stretch: Stretch, zone: ZoneInfo) -> Iterator[tuple[Basis, int]]:
    """Yield the months and years into which a stretch falls, on the office's clock."""
    for basis, at in ((Basis.CLOSED, stretch.closed_at), (Basis.OPENED, stretch.opened_at)):
        if at is not None:
            local = at.astimezone(zone)
            yield basis, local.year
            yield basis, local.year * _MONTHS + local.month


def key_of(stretch: Stretch, basis: Basis) -> Key:
    """Return the cell into which a stretch falls. Of when a task was opened nothing is told but its desk."""
    if basis is Basis.OPENED:
        return Key(stretch.sop, stretch.step, stretch.post, NOBODY, NOBODY, Hold.OWN, "", NO_CLOSING)
    return Key(
        stretch.sop,
        stretch.step,
        stretch.post,
        stretch.person_id or NOBODY,
        stretch.decider_id or NOBODY,
        stretch.how,
        stretch.outcome.value if stretch.outcome is not None else "",
        stretch.stay_used // 60 if stretch.closing else NO_CLOSING,
    )


def sums_of(stretch: Stretch, basis: Basis) -> Sums:
    """Return what a stretch adds to its cell."""
    if basis is Basis.OPENED:
        return Sums(stays=1, ends=int(stretch.first))
    ends = int(stretch.ends)
    return Sums(
        held=int(not stretch.again),
        stays=int(stretch.closing),
        late_stays=int(stretch.stay_late > 0),
        lates=int(stretch.turned_late),
        used=stretch.used,
        waited=stretch.waited,
        asked=stretch.asked,
        late=stretch.late,
        reminders=stretch.reminders,
        ends=ends,
        corrected=int(ends and stretch.rounds > 0),
        rounds=stretch.rounds * ends,
    )


def _tally(session: Session, found: Iterable[Stretch], zone: ZoneInfo) -> None:
    """Add stretches to the sums of their months and years."""
    cells: dict[tuple[Basis, int], Cells] = {}
    for stretch in found:
        for basis, span in spans_of(stretch, zone):
            put(cells.setdefault((basis, span), {}), key_of(stretch, basis), sums_of(stretch, basis))
    rows = [
        {"basis": basis, "span": span, **key._asdict(), **{name: getattr(sums, name) for name in SUMMED}}
        for (basis, span), of_span in cells.items()
        for key, sums in of_span.items()
    ]
    # In one order, so that no two pieces of work wait for each other.
    rows.sort(key=lambda row: [str(row[name]) for name in _KEY])
    session.execute(_adding(session), rows)


_KEY: Sequence[str] = [column.name for column in inspect(Tally).primary_key]


def _adding(session: Session) -> Insert:
    """Return the statement that adds to a tally, or begins it."""
    of_dialect = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = of_dialect(Tally)
    added = {name: getattr(Tally, name) + statement.excluded[name] for name in SUMMED}
    return statement.on_conflict_do_update(index_elements=_KEY, set_=added)
