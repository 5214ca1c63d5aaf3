"""The calendar in force, as one transaction finds it: read together with the tenures, at no statement of its own.

A process keeps the calendars it has made by the digest of their version. So a calendar is made once, and a version that
another process has brought is in force here from the first statement that sees it.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.journal.chain import Chain
from models.office.absence import Absence
from models.office.calendar import CalendarVersion
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.lookup import Lookup
from models.repository.reading import Found, Part, Reading, relate, values, whole
from models.repository.whole_case import FRESHLY
from models.rules.work_calendar import WorkCalendar

_NEWEST = select(CalendarVersion.digest).order_by(CalendarVersion.id.desc()).limit(1)
_NEWEST_VERSION = select(CalendarVersion).order_by(CalendarVersion.id.desc()).limit(1)

_DIGEST = Lookup(_NEWEST)

_ENTRIES = select(Chain.length).where(Chain.subject == bindparam("chain"))

_TENURES = whole(Tenure, Tenure.ends_at.is_(None))
_HOLDING = select(Tenure.person_id).where(Tenure.ends_at.is_(None))
_PEOPLE = whole(Person, Person.id.in_(_HOLDING))
_AWAY = values(
    Absence.__table__.c.person_id,
    where=Absence.person_id.in_(_HOLDING) & Absence.begun_at.is_not(None) & Absence.over_at.is_(None),
)
_FACTS = values(_NEWEST.scalar_subquery(), _ENTRIES.scalar_subquery())

OFFICE: tuple[Part[Any], ...] = (_TENURES, _PEOPLE, _AWAY, _FACTS)
"""The tenures that last, their persons, who of them is away, and the digest of the calendar in force.

With them comes how many entries the office's journal has, `chain` by its subject: they tell of all of this.
"""

_OFFICE = Reading(OFFICE)

_KEPT = 16
"""Calendars that a process keeps."""

_made: OrderedDict[str, WorkCalendar] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Sitting:
    """The tenures that last, who of their persons is away, the calendar in force, and the entries of the journal."""

    tenures: tuple[Tenure, ...]
    away: frozenset[int]
    calendar: WorkCalendar
    entries: int


def tenures_and_calendar(session: Session, filed: WorkCalendar, *, chain: str | None = None) -> Sitting:
    """Return who sits where, and the calendar in force: `filed` where no version is kept yet.

    `chain` is the subject of the office's chain; who only looks names none, and gets 0 entries.
    """
    return sitting(session, _OFFICE.find(session, {"chain": chain}), filed)


def sitting(session: Session, found: Found, filed: WorkCalendar) -> Sitting:
    """Return who sits where, from what was found of `OFFICE`."""
    people = {person.id: person for person in found.of(_PEOPLE)}
    tenures = sorted(found.of(_TENURES), key=attrgetter("id"))
    for tenure in tenures:
        relate(tenure, person=people[tenure.person_id])
    ((digest, entries),) = found.of(_FACTS)
    away = frozenset(person_id for (person_id,) in found.of(_AWAY))
    return Sitting(tuple(tenures), away, _calendar(session, digest, filed), entries or 0)


def calendar_in_force(session: Session, filed: WorkCalendar) -> WorkCalendar:
    """Return the calendar in force, `filed` where no version is kept yet."""
    return _calendar(session, _DIGEST.first(session, {}), filed)


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
