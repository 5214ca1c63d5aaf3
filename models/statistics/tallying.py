"""Adding stretches up: into the tallies and durations of the year, the month and the day into which they fall."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.statistics.cells import NOBODY, SUMMED, Cells, Key, Sums
from models.statistics.holding import Hold
from models.statistics.spans import spans_with
from models.statistics.statements import MINUTE
from models.statistics.tables import Basis, Duration, Stretch, Tally

_ADDED: Mapping[type[Tally | Duration], Sequence[str]] = {Tally: SUMMED, Duration: ("stays",)}
"""The columns that are added up, by table; all others are the key."""


def spans_of(stretch: Stretch, zone: ZoneInfo) -> Iterator[tuple[Basis, int]]:
    """Yield the years, months and days into which a stretch falls, on the office's clock."""
    for basis, at in ((Basis.CLOSED, stretch.closed_at), (Basis.OPENED, stretch.opened_at)):
        if at is not None:
            for span in spans_with(at.astimezone(zone).date()):
                yield basis, span


def put_into(cells: Cells, stretch: Stretch, basis: Basis) -> None:
    """Count a stretch into the cells of a span."""
    key = key_of(stretch, basis)
    cells.put(key, sums_of(stretch, basis))
    if stretch.closing and basis is Basis.CLOSED:
        cells.took(_timed(key), minutes_of(stretch))


def key_of(stretch: Stretch, basis: Basis) -> Key:
    """Return the cell into which a stretch falls. Of when a task was opened nothing is told but its desk."""
    if basis is Basis.OPENED:
        return Key(stretch.sop, stretch.step, stretch.post, NOBODY, NOBODY, Hold.OWN, "")
    return Key(
        stretch.sop,
        stretch.step,
        stretch.post,
        stretch.person_id or NOBODY,
        stretch.decider_id or NOBODY,
        stretch.how,
        stretch.outcome.value if stretch.outcome is not None else "",
    )


def minutes_of(stretch: Stretch) -> int:
    """Return how many minutes of office time the stay took that a stretch closes, rounded up.

    Where half of the stays took so long or less, the same holds of what is shown; papers round spans up too.
    """
    return -(-stretch.stay_used // MINUTE)


def _timed(key: Key) -> Key:
    """Return the key under which the times of a cell stand: neither how it was held nor how it ended is told apart."""
    return key._replace(how=Hold.OWN, outcome="")


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
        reminded=int(stretch.reminders > 0),
        delayed=int(stretch.waited > 0 or stretch.asked > 0),
    )


def tally(session: Session, found: Iterable[Stretch], zone: ZoneInfo) -> None:
    """Add stretches to the sums of their years, months and days."""
    cells = defaultdict[tuple[Basis, int], Cells](Cells)
    for stretch in found:
        for basis, span in spans_of(stretch, zone):
            put_into(cells[basis, span], stretch, basis)
    tallies, durations = list[dict[str, Any]](), list[dict[str, Any]]()
    for (basis, span), of_span in cells.items():
        tallies += [
            {"basis": basis, "span": span, **key._asdict(), **{name: getattr(sums, name) for name in SUMMED}}
            for key, sums in of_span.sums.items()
        ]
        durations += [
            {"span": span, **_desk(key), "minutes": minutes, "stays": stays}
            for key, times in of_span.times.items()
            for minutes, stays in times.items()
        ]
    add(session, Tally, tallies)
    add(session, Duration, durations)


def _desk(key: Key) -> dict[str, Any]:
    return {name: getattr(key, name) for name in Key._fields if name in Duration.__table__.columns}


def add(session: Session, entity: type[Tally | Duration], rows: list[dict[str, Any]]) -> None:
    """Add to what is kept under the keys of the rows, or begin it."""
    if not rows:
        return
    key = [column.name for column in entity.__table__.columns if column.primary_key]
    of_dialect = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = of_dialect(entity)
    added = {name: getattr(entity, name) + statement.excluded[name] for name in _ADDED[entity]}
    # In one order, so that no two pieces of work wait for each other.
    rows.sort(key=lambda row: [str(row[name]) for name in key])
    session.execute(statement.on_conflict_do_update(index_elements=key, set_=added), rows)
