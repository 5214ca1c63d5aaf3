"""Looking for cases that stand still without anybody knowing, mending what can be mended, reporting the rest.

The ladder and the courier should leave nothing to find here; this is the second pair of eyes.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from models import correspondence
from models.base import is_outage
from models.case import Case, CaseState
from models.chasing import report_stuck
from models.mailbox import Card, CardKind, Notice, NoticeState
from models.office import Person
from models.records import Records
from models.task import Task

logger = logging.getLogger(__name__)

BATCH = 100
"""Tasks audited in one transaction."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What one part of the audit did.

    `timed` tasks had no timer and got one, `reissued` cards had not reached their holder, `stuck` are the numbers of
    open cases without an open task, which only a person can mend. `last` is the last task looked at, None at the end.
    """

    timed: int
    reissued: int
    stuck: Sequence[str]
    last: int | None


def audit(records: Records, *, after: int = 0, batch: int = BATCH) -> Audit:
    """Look at up to `batch` open tasks with an id above `after`, and at the end at cases without any."""
    open_tasks = (
        select(Task)
        .where(Task.closed_at.is_(None), Task.id > after)
        .options(joinedload(Task.assignee), selectinload(Task.live_cards))
        .order_by(Task.id)
        .limit(batch)
    )
    found = list(records.session.scalars(open_tasks))
    timed = reissued = 0
    last = found[-1].id if found else None
    for task in found:
        task_id = task.id
        try:
            with records.session.begin_nested():
                set_anew, dealt = _mend(records, task)
        except Exception as error:
            if is_outage(error):
                raise
            logger.exception("task %s cannot be audited", task_id)
        else:
            timed, reissued = timed + set_anew, reissued + dealt
    ended = len(found) < batch
    stuck = _stuck(records) if ended else []
    report_stuck(records, stuck)
    return Audit(timed, reissued, stuck, None if ended else last)


def _mend(records: Records, task: Task) -> tuple[int, int]:
    """Give an open task the timer and the cards it lacks; returns how many of each."""
    timed = dealt = 0
    if task.chase_at is None:
        proceeding, _ = records.task(task.id)
        task.chase_at = proceeding.next_rung(task).at
        timed = 1
    if lacking := _without_card(records, task):
        proceeding, _ = records.task(task.id)
        lacking = [person for person in lacking if person in proceeding.holders(task)]
        proceeding.reissue(task, lacking)
        dealt = len(lacking)
    records.session.flush()
    return timed, dealt


def _without_card(records: Records, task: Task) -> list[Person]:
    """Return the reachable holders of the task's post to whom no card of it was delivered or is on its way."""
    holders = correspondence.reachable(records.office.holders(task.post, records.at))
    served = {card.person_id for card in task.live_cards if card.kind == CardKind.TASK and _arrives(records, card)}
    return [person for person in holders if person.id not in served and person.unreachable_since is None]


def _arrives(records: Records, card: Card) -> bool:
    if card.message_id is not None:
        return True
    owed = select(Notice.id).where(Notice.card_id == card.id, Notice.state == NoticeState.OWED).limit(1)
    return records.session.scalar(owed) is not None


def _stuck(records: Records) -> list[str]:
    waiting = exists().where(Task.case_id == Case.id, Task.closed_at.is_(None))
    return list(records.session.scalars(select(Case.number).where(Case.state == CaseState.OPEN, ~waiting)))
