"""The sweep: it climbs the ladder of every task that is due, and owes each person at most one message.

After downtime many rungs of many tasks fall due together. Every rung is climbed and entered in the journal. A person
who would get several messages gets one summary instead.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from models.case.case import Case
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.faults import is_collision, is_outage
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import Alert
from models.mail.notice import Notice, NoticeKind, Priority
from models.mail.reminder import REMINDERS
from models.office.person import Person, bound, includes, unique
from models.repository.records import Records
from models.rules.ladder import Rung

logger = logging.getLogger(__name__)

BATCH = 200
"""Tasks chased in one transaction, so that a tap never waits long behind a sweep."""

_TRIED_AGAIN_AFTER = timedelta(minutes=15)
"""How long the sweep leaves a task alone that it could not chase."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One message about one task that is due to one person."""

    person: Person
    kind: NoticeKind
    proceeding: Proceeding
    task: Task


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep did: how many rungs were climbed, and whether more tasks wait.

    `rush` names the sweeps that belong together, to be handed to the next one while there is more.
    """

    rungs: int
    more: bool
    rush: datetime


@dataclass(slots=True)
class _Climbed:
    """The result of climbing: how many rungs, and the nudges that follow from them."""

    rungs: int = 0
    nudges: list[Nudge] = field(default_factory=list)

    def add(self, records: Records, proceeding: Proceeding, task: Task) -> None:
        """Climb the rungs of a task that are due."""
        rungs = proceeding.chase(task)
        self.nudges += _nudges(records, proceeding, task, rungs)
        self.rungs += len(rungs)


def earliest_timer(session: Session) -> datetime | None:
    """Return the earliest instant (UTC) at which a task is to be chased; None when no timer runs."""
    # min() ignores NULL anyway, but only with the condition can the index of the timers be used.
    return session.scalar(select(func.min(Task.chase_at)).where(Task.chase_at.is_not(None)))


def next_wake(records: Records) -> datetime | None:
    """Return the instant (UTC) at which the next rung falls due, within office time; None when no timer runs."""
    earliest = earliest_timer(records.session)
    if earliest is None:
        return None
    return records.calendar.opening(max(earliest, records.at))


def chase_due(records: Records, *, batch: int = BATCH, rush: datetime | None = None) -> Sweep:
    """Chase the tasks that are due, the longest overdue first. Outside office time nothing is chased.

    `rush` is the `Sweep.rush` of the sweep before, if that one left tasks: a person whom both concern gets one summary.
    """
    began = rush or records.at
    if not records.calendar.is_open(records.at):
        return Sweep(0, more=False, rush=began)
    records.lock_office()
    # A case that another process has locked is skipped, so that the two never wait for each other. It stays due.
    due = (
        select(Task.id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.chase_at <= records.at)
        .order_by(Task.chase_at, Task.id)
        .limit(batch)
        .with_for_update(of=Case, key_share=True, skip_locked=True)
    )
    found = list(records.session.scalars(due))
    climbed = _climb_together(records, found)
    if climbed is None:
        climbed = _climb_one_by_one(records, found)
    more = len(found) == batch
    _tell(records, climbed.nudges, rush=began if more or rush is not None else None)
    return Sweep(climbed.rungs, more=more, rush=began)


def _climb_together(records: Records, task_ids: Sequence[int]) -> _Climbed | None:
    """Climb the rungs of many tasks with few statements. Returns None, with nothing changed, if one of them fails."""
    climbed = _Climbed()
    try:
        with records.session.begin_nested():
            for proceeding, task in records.tasks(task_ids):
                climbed.add(records, proceeding, task)
            records.session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        logger.warning("%s tasks are chased one by one", len(task_ids), exc_info=error)
        return None
    return climbed


def _climb_one_by_one(records: Records, task_ids: Sequence[int]) -> _Climbed:
    """Climb the rungs of tasks of which at least one fails. A failure undoes that task's climbing only."""
    climbed = _Climbed()
    for task_id in task_ids:
        own = _Climbed()
        try:
            with records.session.begin_nested():
                own.add(records, *records.task(task_id))
                records.session.flush()
        except Exception as error:
            if is_outage(error) or is_collision(error):
                raise
            logger.exception("a task cannot be chased", extra={"task": task_id})
            _set_back(records, task_id)
        else:
            climbed.rungs += own.rungs
            climbed.nudges += own.nudges
    return climbed


def _set_back(records: Records, task_id: int) -> None:
    """Put off a task that cannot be chased, so that it keeps no other one waiting, and alert the admins."""
    later = update(Task).where(Task.id == task_id).values(chase_at=records.at + _TRIED_AGAIN_AFTER)
    records.session.execute(later.execution_options(synchronize_session="fetch"))
    number = records.session.scalar(select(Case.number).join(Task, Task.case_id == Case.id).where(Task.id == task_id))
    report_stuck(records, [number] if number is not None else [])


def report_stuck(records: Records, numbers: Iterable[str]) -> None:
    """Alert the admins, once for each case, that the cases with these numbers cannot go on by themselves."""
    for number in numbers:
        data = {"number": number}
        for owed in correspondence.alert(
            Alert.STUCK, records.lock_office().admins, at=records.at, data=data, once=number
        ):
            records.owe_once(owed)


def _nudges(records: Records, proceeding: Proceeding, task: Task, rungs: list[Rung]) -> list[Nudge]:
    """Return the nudges for the newest of the rungs, and for an escalation even if a later rung has been climbed."""
    if not rungs:
        return []
    newest = rungs[-1].kind
    holders = proceeding.holders(task)
    nudges = [Nudge(person, REMINDERS[newest].holders, proceeding, task) for person in holders]
    reminders = (REMINDERS[rung.kind].overseers for rung in reversed(rungs))
    kind = next((kind for kind in reminders if kind is not None), None)
    if kind is not None:
        office = records.lock_office()
        overseers = unique([*office.superiors(task.post), *office.watchers()])
        nudges += [Nudge(person, kind, proceeding, task) for person in overseers if not includes(holders, person.id)]
    return nudges


def _tell(records: Records, nudges: list[Nudge], *, rush: datetime | None) -> None:
    """Owe each person one message. In a rush it is always a summary, because the next sweep can add to a summary."""
    by_person: dict[int, list[Nudge]] = defaultdict(list)
    for nudge in nudges:
        if nudge.person.account_id is not None:
            by_person[nudge.person.id].append(nudge)
    for own in by_person.values():
        for nudge in own:
            _withdraw_older(nudge, at=records.at)
        if rush is None and len(own) == 1:
            _nudge(own[0], at=records.at)
        else:
            _summarise(records, own, rush=rush)


def _summarise(records: Records, own: list[Nudge], *, rush: datetime | None) -> None:
    """Owe one person a summary, or add to the summary that an earlier sweep of the same rush owed them."""
    person = own[0].person
    items = [{"task": nudge.task.id, "kind": nudge.kind.value} for nudge in own]
    once = f"summary:{rush.isoformat()}:{person.id}" if rush is not None else None
    owed = records.session.scalar(
        select(Notice).where(Notice.once == once, Notice.once.is_not(None)).options(joinedload(Notice.card))
    )
    if owed is None or owed.card is None or owed.chat_id != person.account_id:
        records.owe(
            correspondence.notice(
                NoticeKind.SUMMARY,
                person,
                at=records.at,
                priority=Priority.CARD,
                card=list_card(NoticeKind.SUMMARY, person, at=records.at),
                body={"items": items},
                once=once if owed is None else None,
            )
        )
        return
    owed.body = {**owed.body, "items": [*owed.body["items"], *items]}
    # It may already be on its way without the new items. If it is not, the redrawing changes nothing and costs no call.
    records.owe(correspondence.refresh(owed.card, at=records.at))


def _withdraw_older(nudge: Nudge, *, at: datetime) -> None:
    for shown in nudge.task.live_cards:
        if shown.kind == CardKind.NUDGE and shown.person_id == nudge.person.id and shown.live:
            owed = correspondence.withdraw(shown, at=at)
            nudge.task.notices.add(owed)
            nudge.proceeding.case.notices.add(owed)


def _nudge(nudge: Nudge, *, at: datetime) -> None:
    card = correspondence.made(
        CardKind.NUDGE, bound(nudge.person), at=at, person_id=nudge.person.id, face=Face(nudge.kind.value)
    )
    owed = correspondence.notice(nudge.kind, nudge.person, at=at, priority=Priority.CARD, card=card)
    nudge.task.cards.add(card)
    nudge.proceeding.case.cards.add(card)
    nudge.task.notices.add(owed)
    nudge.proceeding.case.notices.add(owed)


def list_card(kind: NoticeKind, person: Person, *, at: datetime) -> Card:
    """Return the card of a list; what it lists is in the body of its notice."""
    return correspondence.made(CardKind.QUEUE, bound(person), at=at, person_id=person.id, face=Face(kind.value))
