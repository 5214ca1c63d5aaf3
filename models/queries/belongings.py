"""What belongs to a case beside its tasks: files, notes, questions, prepared words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased

from models.case.attachment import Attachment
from models.case.consultation import Consultation
from models.case.draft import DispositionDraft
from models.case.extension import ExtensionRequest
from models.case.question import Question, Remark
from models.case.task import Task
from models.mail.card import Card
from models.office.person import Person
from models.repository.lookup import Lookup, Rows
from models.repository.reader import Reader

_ASKED = Rows(
    select(
        select(func.count()).select_from(Attachment).where(Attachment.case_id == bindparam("case")).scalar_subquery(),
        exists().where(Remark.case_id == bindparam("case")),
        exists().where(Question.case_id == bindparam("case")),
        exists().where(ExtensionRequest.case_id == bindparam("case")),
        exists().where(Consultation.case_id == bindparam("case")),
        exists().where(
            DispositionDraft.person_id == bindparam("person"), DispositionDraft.task_id == bindparam("task")
        ),
    )
)
"""What `Belongings` holds. Built once: it is asked whenever a card is drawn."""

_EVALUATION_FILES = Lookup(
    select(func.count())
    .select_from(Attachment)
    .where(Attachment.case_id == bindparam("case"), Attachment.revision.is_not(None))
)

_EXCHANGES = Rows(
    select(Question.text, Question.answer, Question.answered_at)
    .where(Question.case_id == bindparam("case"))
    .order_by(Question.id.desc())
    .limit(bindparam("most"))
)

_RECEIVER = aliased(Person)
_RECEIVED_BY = func.coalesce(_RECEIVER.name, "")

_BROUGHT = (
    select(Attachment.added_by_id, Attachment.added_at, Attachment.revision, func.count())
    .where(Attachment.case_id == bindparam("case"))
    .group_by(Attachment.added_by_id, Attachment.added_at, Attachment.revision)
)

_NOTES, _QUESTIONS = 20, 5
"""Notes, and questions, that a card shows at most; the timeline has them all."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """How many files a case has, and whether there is anything else to look up: most cases have nothing."""

    files: int
    remarked: bool
    asked: bool
    extended: bool
    consulted: bool
    drafted: bool


def belongings(reader: Reader, card: Card, task: Task) -> Belongings:
    """Return what belongs to the case of `task`, as the person of `card` would find it: in one statement."""
    wanted = {"case": task.case_id, "task": task.id, "person": card.person_id}
    ((files, *others),) = _ASKED.all(reader.session, wanted)
    return Belongings(files, *others)


@dataclass(frozen=True, slots=True)
class Brought:
    """How many files came with what was said in a case.

    What a person says and the files that they bring with it are of one instant. The files of a Laporan Evaluasi count
    for its `revisions`.
    """

    said: Mapping[tuple[int | None, datetime | None], int]
    revisions: Mapping[int, int]

    def by(self, person_id: int | None, at: datetime | None) -> int:
        """Return how many files a person brought with what they said at this instant."""
        return self.said.get((person_id, at), 0)


NOTHING_BROUGHT = Brought({}, {})


def brought(reader: Reader, case_id: int) -> Brought:
    """Return how many files came with what, in one statement."""
    said, revisions = Counter[tuple[int | None, datetime | None]](), Counter[int]()
    for person_id, at, revision, count in reader.session.execute(_BROUGHT, {"case": case_id}):
        if revision is None:
            said[person_id, at] += count
        else:
            revisions[revision] += count
    return Brought(said, revisions)


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of a case. `by_id` is the person who wrote it, in a `capacity` as `ActingAs` has it, or as its reporter.

    `to` is the name of the colleague to whom a task was handed with these words, "" for any other note. `step` is that
    of the task beside which it stands.
    """

    name: str
    capacity: str
    text: str
    by_id: int
    at: datetime
    to: str
    step: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the reporter. `answer` and `answered_at` are None while the answer is awaited."""

    question: str
    answer: str | None
    answered_at: datetime | None


def remarks(reader: Reader, case_id: int) -> list[Noted]:
    """Return the latest notes of a case, each with the name of its writer, the oldest of them first."""
    found = (
        select(Person.name, Remark.capacity, Remark.text, Remark.by_id, Remark.at, _RECEIVED_BY, Task.step)
        .join(Person, Person.id == Remark.by_id)
        .join(Task, Task.id == Remark.task_id)
        .outerjoin(_RECEIVER, _RECEIVER.id == Remark.to_id)
        .where(Remark.case_id == case_id)
        .order_by(Remark.id.desc())
        .limit(_NOTES)
    )
    return [Noted(*one) for one in reader.session.execute(found)][::-1]


def exchanges(reader: Reader, case_id: int) -> list[Asked]:
    """Return the latest questions of a case with their answers, the oldest of them first."""
    found = _EXCHANGES.all(reader.session, {"case": case_id, "most": _QUESTIONS})
    return [Asked(*one) for one in found][::-1]


def attachments(reader: Reader, case_id: int, *, added_by: int | None = None) -> Sequence[Attachment]:
    """Return the files of a case in the order they were added; only those of one person where `added_by` is given."""
    statement = select(Attachment).where(Attachment.case_id == case_id).order_by(Attachment.id)
    if added_by is not None:
        statement = statement.where(Attachment.added_by_id == added_by)
    return reader.session.scalars(statement).all()


def files_of(reader: Reader, case_id: int) -> int:
    """Return how many files a case has."""
    return reader.session.scalar(select(func.count()).select_from(Attachment).where(Attachment.case_id == case_id)) or 0


def files_given(reader: Reader, case_id: int, person: Person) -> int:
    """Return how many files a person has given to a case."""
    theirs = Attachment.case_id == case_id, Attachment.added_by_id == person.id
    return reader.session.scalar(select(func.count()).select_from(Attachment).where(*theirs)) or 0


def evaluation_files(reader: Reader, case_id: int, revision: int | None = None) -> int:
    """Return how many files belong to the Laporan Evaluasi, or to one revision of it."""
    if revision is None:
        return _EVALUATION_FILES.first(reader.session, {"case": case_id}) or 0
    of_revision = Attachment.case_id == case_id, Attachment.revision == revision
    return reader.session.scalar(select(func.count()).select_from(Attachment).where(*of_revision)) or 0


def of_revision(reader: Reader, case_id: int, revision: int) -> Sequence[Attachment]:
    """Return the files of one revision of the Laporan Evaluasi, in the order in which they were added."""
    statement = select(Attachment).where(Attachment.case_id == case_id, Attachment.revision == revision)
    return reader.session.scalars(statement.order_by(Attachment.id)).all()


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
