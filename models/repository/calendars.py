"""The calendar in force, as one transaction finds it: read together with the tenures, at no statement of its own.

A process keeps the calendars it has made by the digest of their version. So a calendar is made once, and a version that
another process has brought is in force here from the first statement that sees it.
"""

from collections import OrderedDict

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

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

_TENURES = (
    select(Tenure, _NEWEST.scalar_subquery(), _IS_AWAY)
    .where(Tenure.ends_at.is_(None))
    .options(joinedload(Tenure.person))
    .order_by(Tenure.id)
)
"""The tenures that last, each with its person, the digest of the calendar in force, and whether the person is away."""

_KEPT = 16
"""Calendars that a process keeps."""

_made: OrderedDict[str, WorkCalendar] = OrderedDict()


def tenures_and_calendar(
    session: Session, filed: WorkCalendar
) -> tuple[tuple[Tenure, ...], frozenset[int], WorkCalendar]:
    """Return the tenures that last, who of their persons is away, and the calendar in force.

    That is `filed` where no version is kept yet.
    """
    rows = session.execute(_TENURES, execution_options=FRESHLY).all()
    if not rows:
        return (), frozenset(), calendar_in_force(session, filed)
    away = frozenset(tenure.person_id for tenure, _, is_away in rows if is_away)
    return tuple(tenure for tenure, _, _ in rows), away, _calendar(session, rows[0][1], filed)


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
