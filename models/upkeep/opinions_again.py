"""The timers of consultations that were lost behind the program's back: the audit sets them again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, select

from models.case.case import Case
from models.case.consultation import Consultation
from models.case.task import Task
from models.journal.chain import Entry, Payload
from models.office.person import reachable
from models.repository.records import Records
from models.rules.asking import opinion_reminder
from models.rules.reminding import longest_wait

_AHEAD = timedelta(days=1)
"""How far after the latest instant a timer may lie; only a clock that was far ahead plans a later one."""


def want_again(records: Records, tasks: Sequence[Task]) -> int:
    """Set the timer of each consultation of open `tasks` of which nobody was reminded and that has none, or a late one.

    Returns how many were set.
    """
    calendar, office = records.calendar, records.office_file
    waits = longest_wait(records.at, calendar=calendar, settings=office.reminders)
    unanswered = select(Consultation).where(
        Consultation.task_id.in_([task.id for task in tasks]), Consultation.answered_at.is_(None)
    )
    lost = []
    for asked in records.session.scalars(unanswered):
        planned = opinion_reminder(asked.asked_at, asked.due(calendar), calendar, percent=office.ladder.warn_percent)
        if asked.remind_at is None or asked.remind_at > max(planned, waits) + _AHEAD:
            lost.append((asked, max(planned, records.at)))
    return sum(_want(records, asked, when) for asked, when in lost)


def _want(records: Records, asked: Consultation, when: datetime) -> bool:
    """Plan the reminder of one consultation, unless it was owed already or nobody could read it."""
    if asked.remind_at is None and _was_owed(records, asked):
        return False
    # It was read without a lock, and may have been answered since.
    proceeding, asked = records.with_case(Consultation, asked.id)
    task = next(one for one in proceeding.case.tasks if one.id == asked.task_id)
    if asked.answered_at is not None or not task.is_open or not reachable(proceeding.consulted(asked)):
        return False
    asked.remind_at = when
    return True


def _was_owed(records: Records, asked: Consultation) -> bool:
    """Whether the journal of the case tells that somebody was reminded of this consultation."""
    reminded = (
        select(Payload.body)
        .join(Entry, and_(Entry.chain_id == Payload.chain_id, Entry.sequence == Payload.sequence))
        .join(Case, Case.chain_id == Entry.chain_id)
        .where(Case.id == asked.case_id, Entry.action == "remind")
    )
    return any((body or {}).get("consultation") == asked.id for body in records.session.scalars(reminded))
