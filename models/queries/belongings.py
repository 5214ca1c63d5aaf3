"""What belongs to a case beside its tasks: files, notes, questions, prepared words."""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, select

from models.case.attachment import Attachment
from models.case.draft import DispositionDraft
from models.case.question import Question, Remark
from models.case.task import Task
from models.mail.card import Card
from models.office.person import Person
from models.repository.records import Records

_ASKED = select(
    select(func.count()).select_from(Attachment).where(Attachment.case_id == bindparam("case")).scalar_subquery(),
    exists().where(Remark.case_id == bindparam("case")),
    exists().where(Question.case_id == bindparam("case")),
    exists().where(DispositionDraft.person_id == bindparam("person"), DispositionDraft.task_id == bindparam("task")),
)
"""What `Belongings` holds. Built once: it is asked whenever a card is drawn."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """How many files a case has, and whether there is anything else to look up: most cases have nothing."""

    files: int
    remarked: bool
    asked: bool
    drafted: bool


def belongings(records: Records, card: Card, task: Task) -> Belongings:
    """Return what belongs to the case of `task`, as the person of `card` would find it: in one statement."""
    wanted = {"case": task.case_id, "task": task.id, "person": card.person_id}
    return Belongings(*records.session.execute(_ASKED, wanted).one())


def remarks(records: Records, case_id: int) -> list[tuple[str, str]]:
    """Return the latest notes of a case, each with the name of its writer, the oldest of them first."""
    found = (
        select(Person.name, Remark.text)
        .join(Person, Person.id == Remark.by_id)
        .where(Remark.case_id == case_id)
        .order_by(Remark.id.desc())
        .limit(5)
    )
    return [(name, text) for name, text in records.session.execute(found)][::-1]
