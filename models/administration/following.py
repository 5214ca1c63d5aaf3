"""What follows another calendar beside the open tasks and what waits in them: reminders of people, and absences."""

import logging
from functools import partial

from sqlalchemy import update

from models.administration import absence as absences
from models.office.person import Person
from models.repository.absences import open_absences
from models.repository.records import Records
from models.repository.separately import Undone, separately

logger = logging.getLogger(__name__)


def follow(records: Records) -> None:
    """Plan by the calendar in force what was planned by the one before. To be called with the office locked."""
    _people(records)
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
