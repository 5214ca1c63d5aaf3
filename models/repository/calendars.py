"""The calendar in force, as one transaction finds it: read together with the tenures, at no statement of its own.

A process keeps the calendars it has made by the digest of their version. So a calendar is made once, and a version that
another process has brought is in force here from the first statement that sees it.
"""

from collections import OrderedDict
from datetime import datetime

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


class Calendars:
    """The calendars that have been in force, by instant; `filed` where no version is kept yet.

    A deadline, a verdict and a figure go by the calendar of their day.
    """

    def __init__(self, session: Session, filed: WorkCalendar) -> None:
        self._session = session
        self._filed = filed
        self._made: dict[int, WorkCalendar] = {}
        versions = select(CalendarVersion.id, CalendarVersion.made_at).order_by(CalendarVersion.id)
        self._versions = [(row.id, row.made_at) for row in session.execute(versions)]

    def at(self, instant: datetime) -> WorkCalendar:
        """Return the calendar in force at an instant; before the first version was made, that one."""
        if not self._versions:
            return self._filed
        known = [number for number, made_at in self._versions if made_at <= instant] or [self._versions[0][0]]
        if known[-1] not in self._made:
            version = self._session.get_one(CalendarVersion, known[-1])
            self._made[known[-1]] = WorkCalendar(version.calendar.hours)
        return self._made[known[-1]]


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
