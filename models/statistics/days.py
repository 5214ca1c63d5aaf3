"""Days of a record that is older than the sums of days: these are made of the stretches, one day in a transaction."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Select, delete, exists, func, insert, literal, select
from sqlalchemy.orm import Session

from models.repository.records import Records
from models.rules.period import Period
from models.statistics.cells import SUMMED, Key
from models.statistics.spans import spans_with
from models.statistics.statements import during, named_of_times, sums_of_stretches, times_of_stretches
from models.statistics.tables import Basis, Duration, Tally, UntalliedDay
from models.statistics.wanted import Wanted

_APART = frozenset(Key._fields)

_NEWEST = select(UntalliedDay).order_by(UntalliedDay.day.desc()).limit(1).with_for_update(skip_locked=True)


def untallied(session: Session) -> frozenset[date]:
    """Return the days whose sums are yet to be made."""
    return frozenset(session.scalars(select(UntalliedDay.day)))


def tally_a_day(records: Records) -> bool:
    """Make the sums of one day, the newest that has none. Returns whether there was such a day."""
    session = records.session
    found = session.scalar(_NEWEST)
    if found is None:
        return False
    _, _, span = spans_with(found.day)
    # Tasks of that day that were counted since have added to it, and are among its stretches.
    session.execute(delete(Tally).where(Tally.basis.in_(list(Basis)), Tally.span == span))
    session.execute(delete(Duration).where(Duration.span == span))
    sum_day(session, found.day, records.calendar.zone)
    session.delete(found)
    session.flush()
    for longer in (Period.month(found.day), Period.year(found.day)):
        if not session.scalar(_waits_in(longer)):
            _gather(session, longer)
    return True


def is_tallied(session: Session, period: Period) -> bool:
    """Whether all that is kept of a period is whole: none of its days waits."""
    return not session.scalar(_waits_in(period))


def _waits_in(period: Period) -> Select[bool]:
    return select(exists().where(UntalliedDay.day >= period.first, UntalliedDay.day <= period.last))


def _gather(session: Session, period: Period) -> None:
    """Make the sums of a month, or a year, of those of its days.

    Some counts are no older than days, and times that were counted before are rounded down.
    """
    year, month, first = spans_with(period.first)
    _, _, last = spans_with(period.last)
    span = year if period == Period.year(period.first) else month
    of_days = [Tally.basis.in_(list(Basis)), Tally.span.between(first, last)]
    key = [getattr(Tally, name) for name in Key._fields]
    sums = [func.sum(getattr(Tally, name)).cast(BigInteger).label(name) for name in SUMMED]
    rows = select(Tally.basis, *key, *sums).where(*of_days).group_by(Tally.basis, *key)
    session.execute(delete(Tally).where(Tally.basis.in_(list(Basis)), Tally.span == span))
    _keep(session, Tally, {"span": span}, ["basis", *Key._fields, *SUMMED], rows)
    names = [*named_of_times(_APART), "minutes"]
    timed = [getattr(Duration, name) for name in names]
    stays = func.sum(Duration.stays).cast(BigInteger).label("stays")
    times = select(*timed, stays).where(Duration.span.between(first, last)).group_by(*timed)
    session.execute(delete(Duration).where(Duration.span == span))
    _keep(session, Duration, {"span": span}, [*names, "stays"], times)


def sum_day(session: Session, day: date, zone: ZoneInfo) -> None:
    """Add up the stretches that were closed or opened on a day, of which there are no sums."""
    wanted, (_, _, span) = Wanted(Period(day, day)), spans_with(day)
    edge = wanted.period.starts(zone), wanted.period.ends(zone)
    for basis in Basis:
        sums = sums_of_stretches(wanted, during(edge, basis), _APART, basis)
        _keep(session, Tally, {"basis": basis.value, "span": span}, [*Key._fields, *SUMMED], sums)
    times = times_of_stretches(wanted, during(edge, Basis.CLOSED), _APART)
    _keep(session, Duration, {"span": span}, [*named_of_times(_APART), "minutes", "stays"], times)


def _keep(
    session: Session, entity: type[Tally | Duration], same: dict[str, Any], names: list[str], rows: Select[Any]
) -> None:
    """Insert rows under the names of columns, each with what is the `same` for all."""
    found = select(*map(literal, same.values()), *rows.subquery().columns)
    session.execute(insert(entity).from_select([*same, *names], found))
