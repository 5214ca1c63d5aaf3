"""On which days a page of the cases behind a number lies, by the sums of days: a page reads the stretches of few days.

Without them a list would go back through all stretches of its period until it has found enough, or the end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, func, select, true

from models.repository.reader import Reader
from models.rules.period import Period
from models.statistics.days import is_tallied
from models.statistics.spans import day_of, spans_with
from models.statistics.statements import narrowed
from models.statistics.tables import Basis, Tally
from models.statistics.wanted import Wanted

_NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counted:
    """By which sum a number is counted, and of which tallies."""

    sum: ColumnElement[Any]
    of: Callable[[Wanted], ColumnElement[bool]] = lambda _: true()


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which a page lies, in `runs`, the newest first; `before` rows in them belong to earlier pages."""

    runs: tuple[Period, ...]
    before: int


def days_of(reader: Reader, counted: Counted, wanted: Wanted, *, basis: Basis, offset: int, limit: int) -> Days | None:
    """Return the days of a page of what is counted; None where some day of the period waits for its sums."""
    if not is_tallied(reader.session, wanted.period):
        return None
    days, left_out, passed = list[date](), 0, 0
    for span, count in reader.session.execute(_statement(counted, wanted, basis)):
        if passed >= offset + limit:
            break
        if passed + count <= offset:
            left_out += count
        else:
            days.append(day_of(span))
        passed += count
    return Days(_runs(days), max(0, offset - left_out))


def _runs(days: Iterable[date]) -> tuple[Period, ...]:
    """Put days together, the newest first, that lie near each other: a run is read backwards until enough is found."""
    runs = list[Period]()
    for day in days:
        if runs and runs[-1].first - day <= _NEAR:
            runs[-1] = Period(day, runs[-1].last)
        else:
            runs.append(Period(day, day))
    return tuple(runs)


def _statement(counted: Counted, wanted: Wanted, basis: Basis) -> Select[int, int]:
    _, _, first = spans_with(wanted.period.first)
    _, _, last = spans_with(wanted.period.last)
    count = func.sum(counted.sum).cast(BigInteger)
    chosen = Tally.basis == basis, Tally.span.between(first, last), counted.of(wanted)
    days = select(Tally.span, count).where(*chosen, *narrowed(Tally, wanted)).group_by(Tally.span)
    return days.having(count > 0).order_by(Tally.span.desc())
