"""What belongs to a case beside its tasks: files, notes, questions, prepared words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, select

from models.case.attachment import Attachment
from models.case.draft import DispositionDraft
from models.case.question import Question, Remark
from models.case.task import Task
from models.mail.card import Card
from models.office.person import Person
from models.repository.reader import Reader

_ASKED = select(
    select(func.count()).select_from(Attachment).where(Attachment.case_id == bindparam("case")).scalar_subquery(),
    exists().where(Remark.case_id == bindparam("case")),
    exists().where(Question.case_id == bindparam("case")),
    exists().where(DispositionDraft.person_id == bindparam("person"), DispositionDraft.task_id == bindparam("task")),
)
"""What `Belongings` holds. Built once: it is asked whenever a card is drawn."""

_SHOWN = 5
"""Notes, and questions, that a card shows; the timeline has them all."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """How many files a case has, and whether there is anything else to look up: most cases have nothing."""

    files: int
    remarked: bool
    asked: bool
    drafted: bool


def belongings(reader: Reader, card: Card, task: Task) -> Belongings:
    """Return what belongs to the case of `task`, as the person of `card` would find it: in one statement."""
    wanted = {"case": task.case_id, "task": task.id, "person": card.person_id}
    return Belongings(*reader.session.execute(_ASKED, wanted).one())


def remarks(reader: Reader, case_id: int) -> list[tuple[str, str, str]]:
    """Return the latest notes of a case, the oldest first: the writer's name, the capacity (`ActingAs`), the words."""
    found = (
        select(Person.name, Remark.capacity, Remark.text)
        .join(Person, Person.id == Remark.by_id)
        .where(Remark.case_id == case_id)
        .order_by(Remark.id.desc())
        .limit(_SHOWN)
    )
    return [(name, capacity, text) for name, capacity, text in reader.session.execute(found)][::-1]


def exchanges(reader: Reader, case_id: int) -> list[tuple[str, str | None]]:
    """Return the latest questions of a case with their answers, None while one is awaited; the oldest of them first."""
    found = select(Question.text, Question.answer).where(Question.case_id == case_id).order_by(Question.id.desc())
    return [(question, answer) for question, answer in reader.session.execute(found.limit(_SHOWN))][::-1]


def attachments(reader: Reader, case_id: int, *, added_by: int | None = None) -> Sequence[Attachment]:
    """Return the files of a case in the order they were added; only those of one person where `added_by` is given."""
    statement = select(Attachment).where(Attachment.case_id == case_id).order_by(Attachment.id)
    if added_by is not None:
        statement = statement.where(Attachment.added_by_id == added_by)
    return reader.session.scalars(statement).all()


def evaluation_files(reader: Reader, case_id: int, revision: int | None = None) -> int:
    """Return how many files belong to the Laporan Evaluasi, or to one revision of it."""
    wanted = Attachment.revision.is_not(None) if revision is None else Attachment.revision == revision
    statement = select(func.count()).select_from(Attachment).where(Attachment.case_id == case_id, wanted)
    return reader.session.scalar(statement) or 0


def of_album(reader: Reader, person_id: int, album: str) -> Attachment | None:
    """Return the newest file of an album that a person gave before; of a case that was moved, that of the new one."""
    newest = select(Attachment).where(Attachment.added_by_id == person_id, Attachment.album == album)
    return reader.session.scalar(newest.order_by(Attachment.id.desc()).limit(1))


def noted_in_album(reader: Reader, person_id: int, album: str) -> DispositionDraft | None:
    """Return the disposition that a person prepares for an open task, with a file of the album in its note."""
    drafts = (
        select(DispositionDraft)
        .join(Task, Task.id == DispositionDraft.task_id)
        .where(DispositionDraft.person_id == person_id, Task.closed_at.is_(None))
        .order_by(DispositionDraft.id.desc())
    )
    found = reader.session.scalars(drafts)
    return next((draft for draft in found if any(file.get("album") == album for file in draft.files)), None)
