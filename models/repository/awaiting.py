"""The questions that wait for the answer of their reporter, and the messages that remind of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from models.case.case import Case, CaseState
from models.case.question import Question
from models.case.task import Task
from models.mail.card import FACES, Card, CardKind, Face
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


def awaited_from(session: Session, person_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return those of the people from whom an answer is awaited, each with the cases in which it is."""
    joined = select(Case.reporter_id, Case.id).join(Question, Question.case_id == Case.id)
    asked = joined.join(Task, Task.id == Question.task_id).where(Case.reporter_id.in_(sorted(person_ids)), *AWAITED)
    found: dict[int, set[int]] = {}
    for person_id, case_id in session.execute(asked.distinct()):
        found.setdefault(person_id, set()).add(case_id)
    return found


def reminders(session: Session, person: Person) -> Sequence[Card]:
    """Return the living reminders in the chat of a person; there is one at most, unless something went wrong."""
    return [card for card in naming_questions(session, person) if card.kind is CardKind.REMINDER]


def naming_questions(session: Session, person: Person) -> Sequence[Card]:
    """Return the living messages that tell a person what they are asked: reminders of it, and lists of tasks."""
    if person.account_id is None:
        return ()
    shown = select(Card).where(Card.chat_id == person.account_id, Card.live)
    kinds = Card.kind.in_((CardKind.REMINDER, CardKind.QUEUE)), Card.face.in_((*FACES[CardKind.REMINDER], Face.SUMMARY))
    return session.scalars(shown.where(*kinds).order_by(Card.id)).all()
