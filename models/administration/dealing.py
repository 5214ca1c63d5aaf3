"""Dealing: the people who may decide an open task now have its card, and nobody else does."""

from sqlalchemy import select

from models.case.consultation import Consultation
from models.case.extension import ExtensionRequest
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.reminder import FOR_OVERSEERS
from models.office.person import Person, includes
from models.repository.records import Records


def tasks_to_decide(records: Records, person: Person) -> list[tuple[Proceeding, Task]]:
    """Return the open tasks that `person` may decide now, each with its case, the oldest first."""
    posts = records.lock_office().posts_of(person)
    found = records.tasks(open_tasks(records, posts))
    return [(proceeding, task) for proceeding, task in found if includes(proceeding.holders(task), person.id)]


def deal(records: Records, post: str) -> None:
    """Deal the open tasks of `post` to the persons who may act for it now, and what waits for those above a task.

    A person who may act and has no card gets one. The cards of a person who may not act any more lose their force.
    """
    for proceeding, task in records.tasks(open_tasks(records, [post])):
        bring_in_step(records, proceeding, task)
    deal_requests(records)


def deal_requests(records: Records) -> None:
    """Let those have the cards who may grant more time now, or whose opinion is wanted, and nobody else."""
    _deal_extensions(records)
    asked = (
        select(Consultation)
        .join(Task, Task.id == Consultation.task_id)
        .where(Consultation.answered_at.is_(None), Task.closed_at.is_(None))
        .order_by(Consultation.id)
    )
    found = records.session.scalars(asked).all()
    if found:
        for one, (proceeding, task) in zip(found, records.tasks([one.task_id for one in found]), strict=True):
            proceeding.owe_consultation(task, one)


def _deal_extensions(records: Records) -> None:
    """Let those who may grant more time now have the cards of the requests that wait, and nobody else."""
    waiting = (
        select(ExtensionRequest)
        .join(Task, Task.id == ExtensionRequest.task_id)
        .where(ExtensionRequest.decided_at.is_(None), Task.closed_at.is_(None))
        .order_by(ExtensionRequest.id)
    )
    requests = records.session.scalars(waiting).all()
    if not requests:
        return
    for request, (proceeding, task) in zip(requests, records.tasks([one.task_id for one in requests]), strict=True):
        proceeding.owe_request(task, request)


def bring_in_step(records: Records, proceeding: Proceeding, task: Task) -> None:
    """Let those who may decide an open task now have its card, and nobody else."""
    proceeding.rehome(task)
    entitled = {person.id: person for person in proceeding.holders(task)}
    served = set()
    for shown in [card for card in task.live_cards if card.live]:
        holder = entitled.get(shown.person_id or 0)
        if shown.kind is CardKind.TASK and holder is not None and holder.account_id == shown.chat_id:
            served.add(holder.id)
        elif shown.kind is CardKind.TASK and shown.person_id is not None:
            proceeding.revoke(task, records.session.get_one(Person, shown.person_id))
        elif shown.kind is CardKind.NUDGE and shown.face.value not in FOR_OVERSEERS and holder is None:
            owed = correspondence.withdraw(shown, at=records.at)
            task.notices.add(owed)
            proceeding.case.notices.add(owed)
    proceeding.reissue(task, [person for person in entitled.values() if person.id not in served])


def open_tasks(records: Records, posts: list[str]) -> list[int]:
    """Return the numbers of the open tasks of `posts`, the oldest first."""
    statement = select(Task.id).where(Task.post.in_(posts), Task.closed_at.is_(None)).order_by(Task.id)
    return list(records.session.scalars(statement))


def reconsider(records: Records) -> None:
    """Read the office again when it is asked for next: this piece of work has changed its tenures."""
    records.session.flush()
    records.forget_office()
