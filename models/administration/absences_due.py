"""What begins and ends by itself: the timers of absences are rows, and are looked at when the first of them is due."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from models.administration import absence as absences
from models.administration.standing_in import rederive
from models.faults import is_collision, is_outage
from models.mail.notice import Notice, NoticeKind
from models.office.absence import Absence
from models.repository.absences import WITH_PEOPLE
from models.repository.records import Records
from models.repository.whole_case import FRESHLY

logger = logging.getLogger(__name__)

BATCH = 50
"""Absences looked at in one transaction."""

_TRIED_AGAIN_AFTER = timedelta(minutes=15)

_SOUNDING = (NoticeKind.CARD, NoticeKind.SAY, NoticeKind.ALERT)


def earliest_absence(session: Session) -> datetime | None:
    """Return the earliest instant (UTC) at which something is to be done for an absence; None where nothing is."""
    # min() ignores NULL anyway, but only with the condition can the index of the timers be used.
    return session.scalar(select(func.min(Absence.wake_at)).where(Absence.wake_at.is_not(None)))


def absences_due(records: Records, *, batch: int = BATCH) -> int:
    """Begin and end the absences whose time has come, and move the open cards along. Returns how many were looked at.

    An absence begins and ends at midnight. What is sent outside office time makes no sound.
    """
    due = select(Absence.id).where(Absence.wake_at <= records.at).order_by(Absence.wake_at, Absence.id).limit(batch)
    if records.session.scalar(due.limit(1)) is None:
        return 0
    records.lock_office_to_change()
    found = records.session.scalars(due).all()
    with _sounding_in_office_time(records):
        for absence_id in found:
            _separately(records, absence_id)
        rederive(records)
    return len(found)


def _separately(records: Records, absence_id: int) -> None:
    """Do what is due for one absence. If that fails, it is undone without the rest, and tried again later."""
    try:
        with records.session.begin_nested():
            one = WITH_PEOPLE.where(Absence.id == absence_id)
            absences.begin_due(records, records.session.scalars(one, execution_options=FRESHLY).unique().one())
            records.session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        logger.exception("an absence can neither begin nor end", extra={"absence": absence_id})
        later = update(Absence).where(Absence.id == absence_id).values(wake_at=records.at + _TRIED_AGAIN_AFTER)
        records.session.execute(later.execution_options(synchronize_session="fetch"))


@contextmanager
def _sounding_in_office_time(records: Records) -> Iterator[None]:
    """Let what is owed meanwhile be sent without a sound, while the office is closed."""
    owed = list[Notice]()

    def note(_session: Session, instance: object) -> None:
        if isinstance(instance, Notice):
            owed.append(instance)

    event.listen(records.session, "pending_to_persistent", note)
    try:
        yield
        records.flush()
    finally:
        event.remove(records.session, "pending_to_persistent", note)
    if not records.calendar.is_open(records.at):
        for notice in owed:
            if notice.kind in _SOUNDING:
                notice.body = {**notice.body, "silent": True}
