"""Once a working day: the digest for the watchers, and the questions for the days that the calendar does not know."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial

from sqlalchemy import Date, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.case.journey import SYSTEM
from models.case.task import Task
from models.chase.reminders import list_card, said_since
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.mail.notice import NoticeKind, Priority
from models.office.person import Person, reachable
from models.repository.records import Records
from models.repository.separately import Undone, separately
from models.rules.complete import complete
from models.rules.unknown_days import Gap, unknown_days

logger = logging.getLogger(__name__)

_ALERTS: Mapping[Gap, Alert] = complete(
    Gap,
    {
        Gap.CUTI_BERSAMA: Alert.HOLIDAYS_UNKNOWN,
        Gap.RAMADAN: Alert.RAMADAN_UNKNOWN,
        Gap.ESTIMATE: Alert.SEASON_ESTIMATED,
    },
)


class DailyRound(Base):
    """A day whose round has been made. The key allows one round a day, on the office's calendar."""

    __tablename__ = "daily_rounds"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    made_at: Mapped[datetime]


def daily_round(records: Records) -> bool:
    """Owe the watchers their digest of late tasks, once per working day, from the office's digest time on.

    What a reminder said to a watcher since midnight is not said again. Returns whether there was anything late. A
    round that was missed is made up for while the office is open that day.
    """
    calendar = records.calendar
    local = records.at.astimezone(calendar.zone)
    if not calendar.is_open(records.at) or local.time() < records.rules.office.digest_time:
        return False
    if records.session.get(DailyRound, local.date()) is not None:
        return False
    records.session.add(DailyRound(day=local.date(), made_at=records.at))
    asked = separately(records.session, partial(_ask_for_unknown_days, records, local.date()))
    if isinstance(asked, Undone):
        logger.error("the admins cannot be asked for unknown days", exc_info=asked.fault)
    past_due = records.session.execute(
        select(Task.id, Task.due_at)
        .where(Task.closed_at.is_(None), Task.paused_at.is_(None), Task.due_at < records.at)
        .order_by(Task.due_at)
    )
    late = [task_id for task_id, due in past_due if calendar.late(due, records.at)]
    if not late:
        return False
    for person in reachable(records.lock_office().watchers()):
        given = separately(records.session, partial(_give, records, person, late, local))
        if isinstance(given, Undone):
            logger.error("a watcher cannot be given the digest", exc_info=given.fault, extra={"person": person.id})
    records.log_office("digest", capacity=SYSTEM, day=local.date().isoformat(), late=len(late))
    return True


def _give(records: Records, person: Person, late: Sequence[int], local: datetime) -> None:
    """Owe a watcher the digest of those of the `late` tasks of which no reminder told them since midnight."""
    said = said_since(records, [person], datetime.combine(local.date(), time(), local.tzinfo)).get(person.id, ())
    items = [{"task": task_id, "kind": NoticeKind.LATE.value} for task_id in late if task_id not in said]
    if not items:
        return
    records.owe(
        correspondence.notice(
            NoticeKind.DIGEST,
            person,
            at=records.at,
            priority=Priority.INFORMATION,
            card=list_card(NoticeKind.DIGEST, person, at=records.at),
            body={"items": items},
            once=f"digest:{local.date().isoformat()}:{person.id}",
        )
    )


def _ask_for_unknown_days(records: Records, day: date) -> None:
    """Ask the admins for what the calendar does not know of the time ahead: each of them once at each stage."""
    for unknown in unknown_days(records.calendar, day):
        once = f"{unknown.first}:{unknown.asked_at(day)}"
        data = {
            "name": unknown.name,
            "days": max(0, (unknown.first - day).days),
            "first_day": unknown.first.isoformat(),
            "last_day": unknown.last.isoformat(),
        }
        admins = records.lock_office().admins
        for owed in correspondence.alert(_ALERTS[unknown.gap], admins, at=records.at, data=data, once=once):
            records.owe_once(owed)
