"""Holding the statistics against the record: every stretch is found again, and every sum is added up again."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, inspect, select
from sqlalchemy.orm import Session

from models.case.task import Task
from models.repository.reader import Reader
from models.rules.period import Period
from models.statistics.cells import SUMMED, Cells, Key, Sums
from models.statistics.days import untallied
from models.statistics.facts import Facts
from models.statistics.holding import Hold
from models.statistics.spans import spans_with
from models.statistics.statements import during
from models.statistics.tables import Basis, Duration, Stretch, Tally
from models.statistics.tallying import put_into

_PAGE = 500

_COUNTED = (
    select(Task.id).where(Task.id > bindparam("after"), Task.counted_at.is_not(None)).order_by(Task.id).limit(_PAGE)
)
_KEPT = (
    select(Stretch)
    .where(Stretch.task_id > bindparam("after"), Stretch.task_id <= bindparam("last"))
    .order_by(Stretch.task_id, Stretch.ordinal)
)
_COLUMNS = [column.name for column in inspect(Stretch).columns]

_Span = tuple[Basis, int]


def disagreements(reader: Reader) -> Iterator[str]:
    """Yield, in words for an operator, what the statistics say otherwise than the record does; nothing where all agree.

    The whole record is read, a page of tasks at a time, and then all that was counted of them, a day at a time.
    """
    yield from _other_stretches(reader)
    yield from _other_sums(reader)


def _other_stretches(reader: Reader) -> Iterator[str]:
    facts, after = Facts(reader.session, office=reader.office_file), 0
    while task_ids := reader.session.scalars(_COUNTED, {"after": after}).all():
        right, kept = defaultdict[int, list[Stretch]](list), defaultdict[int, list[Stretch]](list)
        for one in facts.of(task_ids):
            right[one.task_id].append(one)
        for one in reader.session.scalars(_KEPT, {"after": after, "last": task_ids[-1]}):
            kept[one.task_id].append(one)
        for task_id in sorted({*right, *kept}):
            if [_values(one) for one in right[task_id]] != [_values(one) for one in kept[task_id]]:
                yield f"task {task_id}: its stretches of time are not those of the record"
        after = task_ids[-1]
        reader.session.expunge_all()


def _other_sums(reader: Reader) -> Iterator[str]:
    """Yield the spans whose sums are not those of the stretches: days as they come, then months and years.

    What has days that wait for their sums is not looked at.
    """
    session, longer, left = reader.session, defaultdict[_Span, Cells](Cells), set(_spans(reader.session))
    waiting = {span for day in untallied(session) for span in spans_with(day)}
    for day in _days(reader):
        year, month, span = spans_with(day)
        for basis in Basis:
            cells = _of_day(reader, day, basis)
            longer[basis, month].add(cells)
            longer[basis, year].add(cells)
            left.discard((basis, span))
            if span not in waiting and cells != _kept(session, basis, span):
                yield _told(basis, span)
    for basis, span in sorted({*longer, *left}):
        if span not in waiting and longer[basis, span] != _kept(session, basis, span):
            yield _told(basis, span)


def _told(basis: Basis, span: int) -> str:
    return f"{span}, tasks that were {basis.value}: the sums are not those of the record"


def _days(reader: Reader) -> Iterator[date]:
    """Yield all days from the first to the last of which there are stretches."""
    instants = (Stretch.closed_at, Stretch.opened_at)
    ends = [reader.session.scalar(select(of(at))) for of in (func.min, func.max) for at in instants]
    known = [at.astimezone(reader.calendar.zone).date() for at in ends if isinstance(at, datetime)]
    if known:
        day, last = min(known), max(known)
        while day <= last:
            yield day
            day += timedelta(days=1)


def _of_day(reader: Reader, day: date, basis: Basis) -> Cells:
    period, zone, found = Period(day, day), reader.calendar.zone, Cells()
    within = during((period.starts(zone), period.ends(zone)), basis)
    for stretch in reader.session.scalars(select(Stretch).where(within)):
        put_into(found, stretch, basis)
    reader.session.expunge_all()
    return found


def _spans(session: Session) -> Iterator[_Span]:
    for basis, span in session.execute(select(Tally.basis, Tally.span).distinct()):
        yield basis, span
    for span in session.scalars(select(Duration.span).distinct()):
        yield Basis.CLOSED, span


def _kept(session: Session, basis: Basis, span: int) -> Cells:
    found = Cells()
    for row in session.scalars(select(Tally).where(Tally.basis == basis, Tally.span == span)):
        key = Key(row.sop, row.step, row.post, row.person_id, row.decider_id, Hold(row.how), row.outcome)
        found.put(key, Sums.of(getattr(row, name) for name in SUMMED))
    timed = select(Duration).where(Duration.span == span) if basis is Basis.CLOSED else None
    for one in session.scalars(timed) if timed is not None else ():
        key = Key(one.sop, one.step, one.post, one.person_id, one.decider_id, Hold.OWN, "")
        found.took(key, one.minutes, one.stays)
    session.expunge_all()
    return found


def _values(one: Stretch) -> list[object]:
    return [getattr(one, name) for name in _COLUMNS]
