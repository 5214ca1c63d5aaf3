"""Erasing what a person wrote and sent from one case: from its rows, from its journal, and from the archive.

What was decided stays: which post decided what, when, by whom as a number, and how late. The act is told by an entry of
the case's journal, in the transaction that erases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute

from models.base import Base
from models.case.attachment import Attachment, Keeping
from models.case.case import Case, CaseState
from models.case.consultation import Consultation
from models.case.content import Content, ContentCopy
from models.case.copy import Copy
from models.case.evaluation import Evaluation, Part
from models.case.extension import ExtensionRequest
from models.case.joined_report import JoinedReport
from models.case.journey import SYSTEM
from models.case.proceeding import Proceeding
from models.case.question import Question, Remark
from models.case.task import Task
from models.journal import erasing, personal
from models.journal.chain import Entry
from models.mail.card import Card
from models.mail.notice import Notice, NoticeState
from models.office.person import Person
from models.repository.indexing import rewrite
from models.repository.records import Records

_Number = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass(frozen=True, slots=True)
class _Written:
    """Where words of a person stand in the rows of a case: the column that names the person, and those of the words."""

    entity: type[Base]
    case_id: _Number
    by: _Number
    empty: dict[str, Any]


_WRITTEN = (
    _Written(Task, Task.case_id, Task.decided_by_id, {"note": "", "instructions": []}),
    _Written(Question, Question.case_id, Question.asked_by_id, {"text": ""}),
    _Written(Remark, Remark.case_id, Remark.by_id, {"text": ""}),
    _Written(ExtensionRequest, ExtensionRequest.case_id, ExtensionRequest.by_id, {"text": ""}),
    _Written(ExtensionRequest, ExtensionRequest.case_id, ExtensionRequest.decided_by_id, {"note": ""}),
    _Written(Consultation, Consultation.case_id, Consultation.by_id, {"text": ""}),
    _Written(Consultation, Consultation.case_id, Consultation.answered_by_id, {"answer": ""}),
    _Written(Evaluation, Evaluation.case_id, Evaluation.author_id, {part.value: "" for part in Part}),
    _Written(Attachment, Attachment.case_id, Attachment.added_by_id, {}),
)

_NAMED: tuple[tuple[_Number, _Number], ...] = (
    (Consultation.case_id, Consultation.to_id),
    (Remark.case_id, Remark.to_id),
    (Copy.case_id, Copy.person_id),
    (JoinedReport.case_id, JoinedReport.person_id),
)
"""Where a person is named as the one to whom something went, or whose report is a part of the case.

An open case needs them: who reports it too is told how it ended, also where their own words lie in a merged case.
"""


def cases_with(records: Records, person: Person, looked: Sequence[int]) -> list[int]:
    """Return which of the cases with these numbers have words, files or the name of `person`."""
    places: list[tuple[_Number, _Number]] = [(one.case_id, one.by) for one in _WRITTEN]
    found = set(records.session.scalars(select(Case.id).where(Case.id.in_(looked), Case.reporter_id == person.id)))
    for case_id, by in (*places, *_NAMED):
        found.update(records.session.scalars(select(case_id).where(case_id.in_(looked), by == person.id).distinct()))
    return sorted(found)


def erase_words(
    records: Records, case_id: int, person_id: int, *, because: str, by: Person | None = None, always: bool = False
) -> int | None:
    """Erase what the person with this number wrote and sent in a case that is over, and say why in its journal.

    Returns the number of the entry that tells; None where there was nothing to erase, unless that is `always` told.
    Raises `ValueError` for a case that is open: what was said there is needed.
    """
    leaving = _lock_contents(records, case_id, person_id)
    proceeding = records.case(case_id)
    case = proceeding.case
    if case.state is CaseState.OPEN:
        raise ValueError(f"{case.number} is open")
    entries = erasing.entries_of(records.session, case.chain)
    wanted = {entry.sequence: keys for entry in entries if (keys := _keys(entry, person_id))}
    files = _files(records, case_id, person_id)
    if not wanted and not files and not always:
        return None
    gone = [content for content in leaving if not _needed(records, content, {file.id for file in files})]
    told = erasing.erase(
        records.session,
        case.chain,
        wanted,
        entries=entries,
        actor_id=by.id if by is not None else None,
        capacity="admin" if by is not None else SYSTEM,
        at=records.at,
        because=because,
        person=person_id,
        files=[_told(file, gone) for file in files],
    )
    _empty_rows(records, proceeding, person_id, told)
    _let_files_go(records, files, gone)
    _let_notices_go(records, case_id)
    rewrite(records.session, case_id, records.calendar.zone)
    return told


def _keys(entry: Entry, person_id: int) -> set[str]:
    """Return the keys of an entry's payload that hold words of a person, or the person's name."""
    body = erasing.body_of(entry)
    if entry.action == erasing.ERASE:
        return set()
    found = personal.WORDS & body.keys() if entry.actor_id == person_id else frozenset[str]()
    copied = any(isinstance(one, dict) and one.get("person") == person_id for one in body.get("copies", ()))
    named = copied or person_id in (body.get("person"), body.get("assignee"))
    return set(found) | (personal.NAMES & body.keys() if named else set())


def _files(records: Records, case_id: int, person_id: int) -> Sequence[Attachment]:
    """Return the files that a person sent, without those that were erased with their names already."""
    theirs = select(Attachment).where(Attachment.case_id == case_id, Attachment.added_by_id == person_id)
    return records.session.scalars(theirs.where(Attachment.file_id != "").order_by(Attachment.id)).all()


def _lock_contents(records: Records, case_id: int, person_id: int) -> list[Content]:
    """Lock the contents of a person's files, before the case, as the work that erases or keeps one does."""
    theirs = select(Attachment.content).where(Attachment.case_id == case_id, Attachment.added_by_id == person_id)
    wanted = select(Content).where(Content.digest.in_(theirs), Content.erased_at.is_(None)).order_by(Content.digest)
    return list(records.session.scalars(wanted.with_for_update()))


def _needed(records: Records, content: Content, but_for: set[int]) -> bool:
    """Whether a content is kept for another file too."""
    others = Attachment.content == content.digest, Attachment.keeping == Keeping.KEPT, Attachment.id.not_in(but_for)
    return bool(records.session.scalar(select(exists().where(*others))))


def _told(file: Attachment, gone: Sequence[Content]) -> dict[str, Any]:
    said = {"file": file.file_unique_id, "added": file.added_at.isoformat()}
    return said | ({"content": file.content} if file.content in {one.digest for one in gone} else {})


def _empty_rows(records: Records, proceeding: Proceeding, person_id: int, told: int) -> None:
    case = proceeding.case
    for one in _WRITTEN:
        if one.empty:
            theirs = update(one.entity).where(one.case_id == case.id, one.by == person_id)
            records.session.execute(theirs.values(one.empty))
    if case.reporter_id == person_id:
        case.text, case.origin, case.erased_in = "", {}, told
        answers = update(Question).where(Question.case_id == case.id, Question.answer.is_not(None))
        records.session.execute(answers.values(answer=""))


def _let_files_go(records: Records, files: Sequence[Attachment], gone: Sequence[Content]) -> None:
    for file in files:
        file.name = file.caption = file.file_id = ""
        file.keeping, file.fetch_at = Keeping.ERASED, None
    for content in gone:
        content.erased_at = records.at
    digests = [content.digest for content in gone]
    records.session.execute(delete(ContentCopy).where(ContentCopy.digest.in_(digests)))


def _let_notices_go(records: Records, case_id: int) -> None:
    """Empty what was said of the case in messages that are settled; a card that lives may be drawn from its notice."""
    living = exists().where(Card.id == Notice.card_id, Card.live)
    settled = Notice.case_id == case_id, Notice.state != NoticeState.OWED, ~living
    emptied = update(Notice).where(*settled).values(body={})
    records.session.execute(emptied, execution_options={"synchronize_session": False})
