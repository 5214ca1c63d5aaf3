"""Dealing: the people who may decide an open task now have its card, and nobody else does."""

from sqlalchemy import select, union

from models.case.climbing import is_due
from models.case.consultation import Consultation
from models.case.extension import ExtensionRequest
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.office.person import Person, includes
from models.repository.records import Records


def tasks_to_decide(records: Records, person: Person) -> list[tuple[Proceeding, Task]]:
    """Return the open tasks that `person` may decide now, each with its case, the oldest first."""
    posts = records.lock_office().desks_of(person)
    found = records.tasks(open_tasks(records, posts))
    return [(proceeding, task) for proceeding, task in found if includes(proceeding.holders(task), person.id)]


_OPEN = select(Task.id).where(Task.closed_at.is_(None))
"""What nobody has answered or decided stays when its task is decided. The open tasks lead to the few that wait."""


def deal(records: Records, post: str) -> None:
    """Deal the open tasks of `post` to the persons who may act for it now, and what waits for those above a task.

    A person who may act and has no card gets one. The cards of a person who may not act any more lose their force.
    """
    reseat(records, post)


def _deal_requests(records: Records) -> None:
    """Let those have the cards who may grant more time now, or whose opinion is wanted, and nobody else."""
    _deal_extensions(records)
    asked = (
        select(Consultation)
        .where(Consultation.task_id.in_(_OPEN), Consultation.answered_at.is_(None))
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
        .where(ExtensionRequest.task_id.in_(_OPEN), ExtensionRequest.decided_at.is_(None))
        .order_by(ExtensionRequest.id)
    )
    requests = records.session.scalars(waiting).all()
    if not requests:
        return
    for request, (proceeding, task) in zip(requests, records.tasks([one.task_id for one in requests]), strict=True):
        proceeding.owe_request(task, request)


def reseat(records: Records, *posts: str) -> None:
    """Deal the open tasks of `posts`, and all that may be elsewhere now than it belongs.

    That is what went up because nobody could decide it at its own post, what waits at a vacant post, or is late where
    nobody can be reached, or its holder cannot while a colleague can, and what no Plh. may do, where all who hold the
    post are away. Requests for more time and for opinions follow, too, and reminders that others may hear by now.
    """
    office = records.lock_office()
    chairs = [office.chair(post.code) for post in office.file.posts]
    vacant = [chair.post for chair in chairs if not chair.own]
    unreachable = [chair.post for chair in chairs if chair.own and not chair.able]
    unattended = [chair.post for chair in chairs if chair.own and not chair.there]
    partly_able = [chair.post for chair in chairs if chair.able and chair.acting - chair.able]
    waiting = select(Task.id).where(Task.closed_at.is_(None))
    found = union(
        waiting.where(Task.post.in_([*posts, *vacant])),
        waiting.where(Task.raised_from.is_not(None)),
        waiting.where(Task.post.in_(unreachable), Task.due_at < records.at),
        waiting.where(Task.post.in_(partly_able), Task.assignee_id.is_not(None), Task.due_at < records.at),
        waiting.where(Task.post.in_(unattended), ~Task.mandate),
    )
    for proceeding, task in records.tasks(sorted(records.session.scalars(found))):
        proceeding.bring_in_step(task)
    _deal_requests(records)
    _look_again(records)


def _look_again(records: Records) -> None:
    """Let the sweep look now at each rung that was put off until somebody could hear of it: others may hear by now."""
    office, at = records.lock_office().file, records.at
    put_off = select(Task).where(Task.id.in_(_OPEN), Task.chase_at > at, Task.due_at < at).order_by(Task.id)
    found = [task.id for task in records.session.scalars(put_off) if is_due(task, task.rung, office, at=at)]
    for _, task in records.tasks(found):
        if task.is_open and task.chase_at is not None:
            task.chase_at = at


def open_tasks(records: Records, posts: list[str]) -> list[int]:
    """Return the numbers of the open tasks of `posts`, the oldest first."""
    statement = select(Task.id).where(Task.post.in_(posts), Task.closed_at.is_(None)).order_by(Task.id)
    return list(records.session.scalars(statement))


def reconsider(records: Records) -> None:
    """Read the office again when it is asked for next: this piece of work has changed its tenures."""
    records.session.flush()
    records.forget_office()
