"""Holding the statistics against the record: every stretch is found again, and every sum is added up again."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import bindparam, inspect, select

from models.case.task import Task
from models.repository.reader import Reader
from models.statistics.cells import SUMMED, Cells, Key, Sums, put
from models.statistics.counting import key_of, spans_of, sums_of
from models.statistics.facts import Facts
from models.statistics.holding import Hold
from models.statistics.tables import Basis, Stretch, Tally

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


def disagreements(reader: Reader) -> Iterator[str]:
    """Yield, in words for an operator, what the statistics say otherwise than the record does; nothing where all agree.

    The whole record is read, a page of tasks at a time.
    """
    facts, sums = Facts(reader.session, office=reader.office_file), defaultdict[tuple[Basis, int], Cells](dict)
    after, zone = 0, reader.calendar.zone
    while task_ids := reader.session.scalars(_COUNTED, {"after": after}).all():
        right = defaultdict[int, list[Stretch]](list)
        for one in facts.of(task_ids):
            right[one.task_id].append(one)
            for basis, span in spans_of(one, zone):
                put(sums[basis, span], key_of(one, basis), sums_of(one, basis))
        kept = defaultdict[int, list[Stretch]](list)
        for one in reader.session.scalars(_KEPT, {"after": after, "last": task_ids[-1]}):
            kept[one.task_id].append(one)
        for task_id in sorted({*right, *kept}):
            if [_values(one) for one in right[task_id]] != [_values(one) for one in kept[task_id]]:
                yield f"task {task_id}: its stretches of time are not those of the record"
        after = task_ids[-1]
        reader.session.expunge_all()
    yield from _other_sums(reader, sums)


def _other_sums(reader: Reader, right: dict[tuple[Basis, int], Cells]) -> Iterator[str]:
    kept = defaultdict[tuple[Basis, int], Cells](dict)
    for row in reader.session.scalars(select(Tally)):
        key = Key(row.sop, row.step, row.post, row.person_id, row.decider_id, Hold(row.how), row.outcome, row.minutes)
        kept[Basis(row.basis), row.span][key] = Sums.of(getattr(row, name) for name in SUMMED)
    for basis, span in sorted({*right, *kept}, key=str):
        if right.get((basis, span)) != kept.get((basis, span)):
            yield f"{span}, tasks that were {basis.value}: the sums are not those of the record"


def _values(one: Stretch) -> list[object]:
    return [getattr(one, name) for name in _COLUMNS]
