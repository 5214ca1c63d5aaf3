"""What waits for an answer in open tasks follows another calendar: the reminders of questions and consultations.

They follow with their task: in its portion, or when it is wanted before its turn. So the work that brings a calendar
into force plans no more of them than one portion has.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from models.case.consultation import Consultation
from models.case.question import Question
from models.repository.owing import Owing
from models.rules.asking import first_reminder, next_reminder, opinion_reminder
from models.rules.work_calendar import WorkCalendar

logger = logging.getLogger(__name__)


def plan_again(records: Owing, by: Mapping[int, WorkCalendar]) -> None:
    """Plan by the calendar in force what was planned for tasks, each with the calendar by which it was, by number."""
    _questions(records, by)
    _consultations(records, by)
    records.session.flush()


def _questions(records: Owing, by: Mapping[int, WorkCalendar]) -> None:
    """Plan the first reminder of each question by its calendar. A later one comes a working day from now at the latest.

    When the last one came is not kept with the question.
    """
    calendar = records.lock_office().file.calendar
    latest = next_reminder(records.at, calendar)
    waiting = select(Question).where(Question.task_id.in_(by), Question.remind_at.is_not(None))
    for question in records.session.scalars(waiting.order_by(Question.id)).all():
        if question.remind_at is None:
            continue
        try:
            question.remind_at = _reminder(question, question.remind_at, by[question.task_id], calendar, latest)
        except Exception:
            logger.exception("a question cannot follow the calendar", extra={"case": question.case_id})


def _consultations(records: Owing, by: Mapping[int, WorkCalendar]) -> None:
    """Plan the reminder of each consultation: its deadline is another one by another calendar.

    A reminder that waits until a person may hear it waits for its new time.
    """
    calendar, percent = records.lock_office().file.calendar, records.rules.office.ladder.warn_percent
    waiting = select(Consultation).where(Consultation.task_id.in_(by), Consultation.remind_at.is_not(None))
    for asked in records.session.scalars(waiting.order_by(Consultation.id)).all():
        try:
            asked.remind_at = opinion_reminder(asked.asked_at, asked.due(calendar), calendar, percent=percent)
        except Exception:
            logger.exception("a consultation cannot follow the calendar", extra={"case": asked.case_id})


def _reminder(
    question: Question, planned: datetime, was: WorkCalendar, calendar: WorkCalendar, latest: datetime
) -> datetime:
    if planned == first_reminder(question.asked_at, was):
        return first_reminder(question.asked_at, calendar)
    return min(planned, latest)
