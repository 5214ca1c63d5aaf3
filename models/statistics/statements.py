"""The statements that figures are read with: of tallies and durations, and the same of stretches.

Each gives columns of `Key` that are told apart, then the sums of `Sums`, or minutes and how many stays took them.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, case, func, literal, or_, select, type_coerce

from models.statistics.cells import NOBODY, SUMMED, Key
from models.statistics.holding import Hold
from models.statistics.tables import Basis, Duration, Stretch, Tally
from models.statistics.wanted import Wanted

MINUTE = 60
"""The seconds of a minute."""

ANY = Key("", 0, "", NOBODY, NOBODY, Hold.OWN, "")
"""What stands in a key for what the cells are not told apart by."""

_TIMED = frozenset({"sop", "step", "post", "person_id", "decider_id"})
_OPENED = frozenset({"sop", "step", "post"})
_CLOSES = Stretch.closing


def named(apart: AbstractSet[str]) -> list[str]:
    """Return the fields of `Key` among what is told apart, in their order."""
    return [name for name in Key._fields if name in apart]


def named_of_times(apart: AbstractSet[str]) -> list[str]:
    """Return the fields of `Key` by which times are told apart, in their order."""
    return named(apart & _TIMED)


def narrowed(
    entity: type[Tally | Duration | Stretch], wanted: Wanted, basis: Basis = Basis.CLOSED
) -> list[ColumnElement[bool]]:
    """Return the conditions under which a row is among what is wanted, whatever its time."""
    post: ColumnElement[str] = entity.post.expression
    person: ColumnElement[Any] = entity.person_id.expression
    decider: ColumnElement[Any] = entity.decider_id.expression
    if entity is Stretch and basis is Basis.OPENED:
        # The indexes of posts and people go by when a task was closed: by them all that they ever had is gone through.
        post, person, decider = post.concat(""), person + 0, decider + 0
    found = [
        column == value
        for column, value in ((entity.sop, wanted.sop), (entity.step, wanted.step), (post, wanted.post))
        if value is not None
    ]
    if wanted.posts is not None:
        found.append(post.in_(sorted(wanted.posts)))
    if wanted.person is not None:
        found.append(or_(person == wanted.person, decider == wanted.person))
    return found


def sums_of_spans(wanted: Wanted, spans: Sequence[int], apart: AbstractSet[str], basis: Basis) -> Select[Any]:
    """Return the statement that adds the tallies of spans up."""
    columns = [getattr(Tally, name) for name in named(apart)]
    sums = [func.sum(getattr(Tally, name)).cast(BigInteger) for name in SUMMED]
    chosen = Tally.basis == basis, Tally.span.in_(spans)
    return select(*columns, *sums).where(*chosen, *narrowed(Tally, wanted)).group_by(*columns)


def times_of_spans(wanted: Wanted, spans: Sequence[int], apart: AbstractSet[str]) -> Select[Any]:
    """Return the statement that adds the durations of spans up."""
    columns = [*(getattr(Duration, name) for name in named_of_times(apart)), Duration.minutes]
    stays = func.sum(Duration.stays).cast(BigInteger)
    return select(*columns, stays).where(Duration.span.in_(spans), *narrowed(Duration, wanted)).group_by(*columns)


def during(span: tuple[datetime, datetime], basis: Basis) -> ColumnElement[bool]:
    """Return the condition under which a stretch was closed (or opened) within a span of time, by an index."""
    at = Stretch.closed_at if basis is Basis.CLOSED else Stretch.opened_at
    return and_(at >= span[0], at < span[1])


def sums_of_stretches(
    wanted: Wanted, within: ColumnElement[bool], apart: AbstractSet[str], basis: Basis
) -> Select[Any]:
    """Return the statement that sums stretches as their tallies would."""
    real = _OPENED if basis is Basis.OPENED else frozenset(Key._fields)
    columns = [_EXPRESSIONS[name] if name in real else literal(getattr(ANY, name)) for name in named(apart)]
    one = _SUMMED_OF_STRETCH if basis is Basis.CLOSED else _SUMMED_OF_OPENING
    sums = [func.sum(one[name]) for name in SUMMED]
    told_apart = [_EXPRESSIONS[name] for name in named(apart & real)]
    return select(*columns, *sums).where(within, *narrowed(Stretch, wanted, basis)).group_by(*told_apart)


def times_of_stretches(wanted: Wanted, within: ColumnElement[bool], apart: AbstractSet[str]) -> Select[Any]:
    """Return the statement that counts how long closed stays took, as their durations would."""
    columns = [*(_EXPRESSIONS[name] for name in named_of_times(apart)), (Stretch.stay_used + (MINUTE - 1)) // MINUTE]
    chosen = _CLOSES, within, *narrowed(Stretch, wanted)
    return select(*columns, func.count()).where(*chosen).group_by(*columns)


_EXPRESSIONS: dict[str, ColumnElement[Any]] = {
    "sop": Stretch.sop.expression,
    "step": Stretch.step.expression,
    "post": Stretch.post.expression,
    "person_id": func.coalesce(Stretch.person_id, NOBODY),
    "decider_id": func.coalesce(Stretch.decider_id, NOBODY),
    "how": Stretch.how.expression,
    "outcome": func.coalesce(type_coerce(Stretch.outcome, String), ""),
}

_SUMMED_OF_STRETCH: dict[str, ColumnElement[Any]] = {
    "held": case((Stretch.again, 0), else_=1),
    "stays": case((_CLOSES, 1), else_=0),
    "late_stays": case((Stretch.stay_late > 0, 1), else_=0),
    "lates": case((Stretch.turned_late, 1), else_=0),
    "used": Stretch.used.expression,
    "waited": Stretch.waited.expression,
    "asked": Stretch.asked.expression,
    "late": Stretch.late.expression,
    "reminders": Stretch.reminders.expression,
    "ends": case((Stretch.ends, 1), else_=0),
    "corrected": case((and_(Stretch.ends, Stretch.rounds > 0), 1), else_=0),
    "rounds": case((Stretch.ends, Stretch.rounds), else_=0),
    "reminded": case((Stretch.reminders > 0, 1), else_=0),
    "delayed": case((or_(Stretch.waited > 0, Stretch.asked > 0), 1), else_=0),
}

_SUMMED_OF_OPENING: dict[str, ColumnElement[Any]] = {
    **dict.fromkeys(SUMMED, literal(0)),
    "stays": literal(1),
    "ends": case((Stretch.first, 1), else_=0),
}
