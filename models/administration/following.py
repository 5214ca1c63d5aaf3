"""What follows another calendar beside the deadlines: reminders that were planned by the one before, and absences."""

import logging
from datetime import datetime
from functools import partial

from sqlalchemy import select, update

from models.administration import absence as absences
from models.case.consultation import Consultation
from models.case.question import Question
from models.office.person import Person
from models.repository.absences import open_absences
from models.repository.records import Records
from models.repository.separately import Undone, separately
from models.rules.asking import first_reminder, next_reminder, opinion_reminder
from models.rules.work_calendar import WorkCalendar

logger = logging.getLogger(__name__)


def follow(records: Records, was: WorkCalendar) -> None:
    """Plan by the calendar in force what was planned by the calendar `was`. To be called with the office locked."""
    _people(records)
    _questions(records, was)
    _consultations(records)
    for absence in open_absences(records):
        followed = separately(records.session, partial(absences.follow_calendar, records, absence))
        if isinstance(followed, Undone):
            logger.error(
                "an absence cannot follow the calendar", exc_info=followed.fault, extra={"absence": absence.id}
            )


def _people(records: Records) -> None:
    """Let the sweep look now at those reminders that wait for a later opening: it knows when each may come.

    What waits for less than the spacing waits within office time, and stays.
    """
    calendar, settings = records.calendar, records.rules.office.reminders
    soon = calendar.opening(calendar.add(records.at, settings.spacing[0]))
    waiting = update(Person).where(Person.remind_at > soon).values(remind_at=records.at)
    records.session.execute(waiting.execution_options(synchronize_session="fetch"))


def _questions(records: Records, was: WorkCalendar) -> None:
    """Plan the first reminder of each question by its calendar. A later one comes a working day from now at the latest.

    When the last one came is not kept with the question.
    """
    latest = next_reminder(records.at, records.calendar)
    for question in records.session.scalars(select(Question).where(Question.remind_at > records.at)).all():
        try:
            question.remind_at = _reminder(question, question.remind_at or latest, was, records.calendar, latest)
        except Exception:
            logger.exception("a question cannot follow the calendar", extra={"case": question.case_id})


def _consultations(records: Records) -> None:
    """Plan the reminder of each consultation anew: its deadline is another one by another calendar.

    One that waits for a person to hear it waits for its time anew, too.
    """
    calendar, percent = records.calendar, records.rules.office.ladder.warn_percent
    for asked in records.session.scalars(select(Consultation).where(Consultation.remind_at.is_not(None))):
        asked.remind_at = opinion_reminder(asked.asked_at, asked.due(calendar), calendar, percent=percent)


def _reminder(
    question: Question, planned: datetime, was: WorkCalendar, calendar: WorkCalendar, latest: datetime
) -> datetime:
    if planned == first_reminder(question.asked_at, was):
        return first_reminder(question.asked_at, calendar)
    return min(planned, latest)
