"""The calendar in force, as one transaction finds it: read together with the tenures, at no statement of its own.

A process keeps the calendars it has made by the digest of their version. So a calendar is made once, and a version that
another process has brought is in force here from the first statement that sees it.
"""

from collections import OrderedDict

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session, joinedload

from models.journal.chain import Chain
from models.office.absence import Absence
from models.office.calendar import CalendarVersion
from models.office.tenure import Tenure
from models.repository.whole_case import FRESHLY
from models.rules.work_calendar import WorkCalendar

_NEWEST = select(CalendarVersion.digest).order_by(CalendarVersion.id.desc()).limit(1)
_NEWEST_VERSION = select(CalendarVersion).order_by(CalendarVersion.id.desc()).limit(1)

_IS_AWAY = exists().where(
    Absence.person_id == Tenure.person_id, Absence.begun_at.is_not(None), Absence.over_at.is_(None)
)

_ENTRIES = select(Chain.length).where(Chain.subject == bindparam("chain"))

_TENURES = (
    select(Tenure, _NEWEST.scalar_subquery(), _IS_AWAY, _ENTRIES.scalar_subquery())
    .where(Tenure.ends_at.is_(None))
    .options(joinedload(Tenure.person))
    .order_by(Tenure.id)
)
"""The tenures that last, each with its person, the digest of the calendar in force, and whether the person is away.

With each comes how many entries the office's journal has: they tell of all of this.
"""

_KEPT = 16
"""Calendars that a process keeps."""

_made: OrderedDict[str, WorkCalendar] = OrderedDict()


def tenures_and_calendar(
    session: Session, filed: WorkCalendar, *, chain: str | None = None
) -> tuple[tuple[Tenure, ...], frozenset[int], WorkCalendar, int]:
    """Return the tenures that last, who of their persons is away, the calendar in force, and the entries of `chain`.

    The calendar is `filed` where no version is kept yet. `chain` is the subject of the office's chain; who only looks
    names none, and gets 0.
    """
    rows = session.execute(_TENURES, {"chain": chain}, execution_options=FRESHLY).all()
    if not rows:
        entries = session.scalar(_ENTRIES, {"chain": chain}) or 0
        return (), frozenset(), calendar_in_force(session, filed), entries
    away = frozenset(tenure.person_id for tenure, _, is_away, _ in rows if is_away)
    _, digest, _, entries = rows[0]
    return tuple(tenure for tenure, *_ in rows), away, _calendar(session, digest, filed), entries or 0


def calendar_in_force(session: Session, filed: WorkCalendar) -> WorkCalendar:
    """Return the calendar in force, `filed` where no version is kept yet."""
    return _calendar(session, session.scalar(_NEWEST), filed)


def newest_version(session: Session) -> CalendarVersion | None:
    """Return the version in force; None where none is kept yet."""
    return session.scalar(_NEWEST_VERSION, execution_options=FRESHLY)


def _calendar(session: Session, digest: str | None, filed: WorkCalendar) -> WorkCalendar:
    if digest is None:
        return filed
    made = _made.get(digest)
    if made is None:
        version = session.scalar(_NEWEST_VERSION)
        # Another version may have come between two statements; each is kept under its own digest.
        if version is None:
            return filed
        made = _made[version.digest] = WorkCalendar(version.calendar.hours)
        while len(_made) > _KEPT:
            _made.popitem(last=False)
    return made
