"""The questions that wait for the answer of their reporter, as the reporter reads them."""

from dataclasses import dataclass
from datetime import datetime

from models.case.case import Case
from models.case.question import Question
from models.case.task import Task
from models.office.person import Person
from models.repository import awaiting
from models.repository.reader import Reader


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its answer, and the role and the name of the official who asked."""

    question_id: int
    number: str
    role: str
    name: str
    text: str
    at: datetime


def awaited(reader: Reader, person_id: int | None) -> list[Asked]:
    """Return the questions that wait for the answer of a person, the oldest first."""
    asked = awaiting.waiting(person_id).join(Person, Person.id == Question.asked_by_id)
    rows = reader.session.execute(asked.add_columns(Case.id, Task.step, Person.name)).all()
    return [_asked(reader, *row) for row in rows]


def count(reader: Reader, person_id: int) -> int:
    """Return how many questions wait for the answer of a person."""
    return len(reader.session.scalars(awaiting.waiting(person_id).with_only_columns(Question.id)).all())


def _asked(reader: Reader, question: Question, case_id: int, step: int, name: str) -> Asked:
    standing = reader.case(case_id)
    role = standing.sop.role(standing.sop.step(step).role).title
    return Asked(question.id, standing.case.number, role, name, question.text, question.asked_at)
