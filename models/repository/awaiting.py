"""The questions that wait for the answer of their reporter, and the messages that remind of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from models.case.case import Case, CaseState
from models.case.question import Question
from models.case.task import Task
from models.mail.card import Card, CardKind
from models.office.person import Person

AWAITED: tuple[ColumnElement[bool], ...] = (
    Question.remind_at.is_not(None),
    Question.answered_at.is_(None),
    Case.state == CaseState.OPEN,
    Task.closed_at.is_(None),
)
"""What holds for a question that waits, beside its case and its task: the one who asked still needs the answer."""


def waiting(person_id: int | None) -> Select[Question]:
    """Select the questions that wait for the answer of a person, the oldest first, with their case and task joined."""
    joined = select(Question).join(Case, Case.id == Question.case_id).join(Task, Task.id == Question.task_id)
    return joined.where(*AWAITED, Case.reporter_id == person_id).order_by(Question.id)


def reminders(session: Session, person: Person) -> Sequence[Card]:
    """Return the living reminders in the chat of a person; there is one at most, unless something went wrong."""
    if person.account_id is None:
        return ()
    shown = select(Card).where(Card.chat_id == person.account_id, Card.kind == CardKind.REMINDER, Card.live)
    return session.scalars(shown.order_by(Card.id)).all()
