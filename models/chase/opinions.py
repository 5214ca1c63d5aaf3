"""Reminding those whose opinion is wanted: once for each consultation, within what a person may hear."""

import logging
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from models.case.case import Case, CaseState
from models.case.consultation import Consultation
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.faults import is_collision, is_outage
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.notice import NoticeKind, Priority
from models.office.attention import note_heard, quiet_until
from models.office.person import Person, reachable
from models.repository.records import Records
from models.repository.stuck import report_stuck

logger = logging.getLogger(__name__)

BATCH = 100
"""Consultations looked at in one transaction, so that a tap never waits long behind it."""

_TRIED_AGAIN_AFTER = timedelta(minutes=15)
"""How long those asked are left alone who could not be reminded."""


def next_wake(records: Records) -> datetime | None:
    """Return the instant (UTC), within office time, at which somebody is to be reminded; None where nobody is."""
    found = select(func.min(Consultation.remind_at)).where(Consultation.remind_at.is_not(None))
    earliest = records.session.scalar(found)
    return records.calendar.opening(max(earliest, records.at)) if earliest is not None else None


def remind_due(records: Records, *, batch: int = BATCH) -> bool:
    """Remind those whose opinion is still wanted, in office time only. Returns whether more may wait."""
    if not records.calendar.is_open(records.at):
        return False
    due = select(Consultation.id).where(Consultation.remind_at <= records.at)
    found = list(records.session.scalars(due.order_by(Consultation.remind_at, Consultation.id).limit(batch)))
    if not found:
        return False
    records.lock_office()
    wanted = (
        select(Consultation.id, Consultation.case_id)
        .join(Task, Task.id == Consultation.task_id)
        .join(Case, Case.id == Consultation.case_id)
        .where(Consultation.id.in_(found), Consultation.answered_at.is_(None))
        .where(Task.closed_at.is_(None), Case.state == CaseState.OPEN)
    )
    cases = dict(records.session.execute(wanted).all())
    records.lock_cases(set(cases.values()))
    told: set[int] = set()
    for consultation_id in sorted(cases):
        told |= _separately(records, consultation_id, told)
    # What is left was answered, or its task was decided without.
    over = update(Consultation).where(Consultation.id.in_(found), Consultation.remind_at <= records.at)
    records.session.execute(over.values(remind_at=None).execution_options(synchronize_session="fetch"))
    records.lock_people(told)
    for person_id in sorted(told):
        note_heard(records.session.get_one(Person, person_id), records.office_file, at=records.at)
    return len(found) == batch


def _separately(records: Records, consultation_id: int, told: AbstractSet[int]) -> set[int]:
    """Remind of one consultation. If that fails, it is undone without the rest, and tried again later.

    Returns the numbers of those who are reminded; `told` are those of whom that is known already.
    """
    try:
        with records.session.begin_nested():
            found = _remind(records, *records.with_case(Consultation, consultation_id), told)
            records.session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        logger.exception("nobody can be reminded of a consultation")
        asked = records.session.get_one(Consultation, consultation_id, populate_existing=True)
        asked.remind_at = records.at + _TRIED_AGAIN_AFTER
        report_stuck(records, records.session.scalars(select(Case.number).where(Case.id == asked.case_id)).all())
        records.flush()
        return set()
    return found


def _remind(records: Records, proceeding: Proceeding, asked: Consultation, told: AbstractSet[int]) -> set[int]:
    """Owe the reminder to those who may hear one now; where nobody may, it waits until somebody does."""
    if asked.answered_at is not None or (asked.remind_at is not None and asked.remind_at > records.at):
        # It was answered meanwhile, or its time is another one by the calendar in force.
        return set()
    office, people = records.lock_office().file, reachable(proceeding.consulted(asked))
    soon = office.calendar.opening(office.calendar.add(records.at, office.reminders.spacing[0]))
    when = {one.id: soon if one.id in told else quiet_until(one, office, at=records.at) for one in people}
    now = [person for person in people if when[person.id] <= records.at]
    if not now:
        asked.remind_at = min(when.values(), default=None)
        return set()
    asked.remind_at = None
    for person in now:
        _owe(records, proceeding, asked, person)
    proceeding.opinion_reminded(asked, now)
    return {person.id for person in now}


def _owe(records: Records, proceeding: Proceeding, asked: Consultation, person: Person) -> None:
    """Owe one person the reminder, as a reply to the card of the consultation."""
    task = next(one for one in proceeding.case.tasks if one.id == asked.task_id)
    shown = [
        card.message_id
        for card in task.live_cards
        if card.kind is CardKind.CONSULTATION and (card.consultation_id, card.person_id) == (asked.id, person.id)
    ]
    asker = records.session.get_one(Person, asked.by_id)
    data = {"number": proceeding.case.number, "name": asker.name, "due": asked.due(records.calendar).isoformat()}
    body = {"code": "opinion-awaited", "data": data, "reply_to": next(iter(shown), None)}
    owed = correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.CARD, body=body)
    for keeps in (task, proceeding.case):
        keeps.notices.add(owed)
