"""The cases as lines, made of the rows that the program works with; the journal is what they are held against."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from models.case.attachment import Attachment
from models.case.case import Case
from models.case.evaluation import Evaluation, Part
from models.case.joined_report import JoinedReport
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.export.chosen import PAGE, Chosen
from models.export.journal import Line, instant

_OTHER = aliased(Case)
"""The case that one was merged into."""

_CASES = (
    select(
        Case.id,
        Case.number,
        Case.chain_id,
        SopVersion.code,
        SopVersion.version,
        SopVersion.digest,
        Case.reporter_id,
        Case.text,
        Case.urgency,
        Case.confidential,
        Case.previous_case_id,
        Case.state,
        Case.round,
        Case.opened_at,
        Case.closed_at,
        Case.helped,
        _OTHER.number.label("merged_into"),
    )
    .join(SopVersion, SopVersion.id == Case.sop_version_id)
    .outerjoin(_OTHER, _OTHER.id == Case.joined_to_id)
)
_FELLOWS = (
    select(JoinedReport.case_id, JoinedReport.person_id)
    .where(JoinedReport.parted_at.is_(None))
    .order_by(JoinedReport.case_id, JoinedReport.person_id)
)
_TASKS = select(
    Task.case_id,
    Task.step,
    Task.round,
    Task.standard,
    Task.opened_at,
    Task.started_at,
    Task.due_at,
    Task.closed_at,
    Task.outcome,
    Task.decided_by_id,
    Task.decided_as,
    Task.note,
    Task.instructions,
    Task.late_by,
).order_by(Task.case_id, Task.id)
_EVALUATIONS = (
    select(
        Evaluation.case_id,
        Evaluation.revision,
        *(getattr(Evaluation, part.value) for part in Part),
        Evaluation.author_id,
        Evaluation.submitted_at,
        Evaluation.submitted_as,
    )
    .where(Evaluation.submitted_at.is_not(None))
    .order_by(Evaluation.case_id, Evaluation.revision)
)
_FILES = select(
    Attachment.case_id,
    Attachment.file_unique_id,
    Attachment.file_id,
    Attachment.kind,
    Attachment.name,
    Attachment.size,
    Attachment.caption,
    Attachment.seconds,
    Attachment.added_by_id,
    Attachment.added_at,
    Attachment.keeping,
    Attachment.content,
).order_by(Attachment.case_id, Attachment.id)


def case_lines(session: Session, chosen: Chosen) -> Iterator[Line]:
    """Yield the chosen cases, in the order in which their chains were begun."""
    last = 0
    wanted = _CASES.where(chosen.cases).order_by(Case.chain_id)
    while page := session.execute(wanted.where(Case.chain_id > last).limit(PAGE)).all():
        ids = [row.id for row in page]
        tasks = _by_case(session, _TASKS.where(Task.case_id.in_(ids)))
        evaluations = _by_case(session, _EVALUATIONS.where(Evaluation.case_id.in_(ids)))
        files = _by_case(session, _FILES.where(Attachment.case_id.in_(ids)))
        fellows = _by_case(session, _FELLOWS.where(JoinedReport.case_id.in_(ids)))
        for row in page:
            yield {
                **_case(row),
                "fellows": [one.person_id for one in fellows.get(row.id, ())],
                "tasks": [_task(one) for one in tasks.get(row.id, ())],
                "evaluations": [_evaluation(one) for one in evaluations.get(row.id, ())],
                "files": [_file(one) for one in files.get(row.id, ())],
            }
        last = page[-1].chain_id


def people_named(line: Mapping[str, Any]) -> Iterator[int]:
    """Yield the numbers of the people whom a line of a case or of an entry names, and None where there is nobody."""
    for name in ("reporter", "actor", "decided_by", "author", "added_by"):
        if isinstance(line.get(name), int):
            yield line[name]
    yield from line.get("fellows", ())
    for rows in ("tasks", "evaluations", "files"):
        for row in line.get(rows, ()):
            yield from people_named(row)


def _by_case(session: Session, rows: Select[*tuple[Any, ...]]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    found: Iterable[Row[*tuple[Any, ...]]] = session.execute(rows)
    return {case_id: list(group) for case_id, group in groupby(found, key=itemgetter(0))}


def _case(row: Row[*tuple[Any, ...]]) -> Line:
    return {
        "case": row.number,
        "id": row.id,
        "sop": {"code": row.code, "version": row.version, "digest": row.digest},
        "reporter": row.reporter_id,
        "text": row.text,
        "urgency": str(row.urgency),
        "confidential": row.confidential,
        "previous": row.previous_case_id,
        "state": str(row.state),
        "merged_into": row.merged_into,
        "round": row.round,
        "opened_at": instant(row.opened_at),
        "closed_at": instant(row.closed_at),
        "helped": row.helped,
    }


def _task(row: Row[*tuple[Any, ...]]) -> Line:
    return {
        "step": row.step,
        "round": row.round,
        "standard": row.standard,
        "opened_at": instant(row.opened_at),
        "started_at": instant(row.started_at),
        "due_at": instant(row.due_at),
        "closed_at": instant(row.closed_at),
        "outcome": None if row.outcome is None else str(row.outcome),
        "decided_by": row.decided_by_id,
        "decided_as": row.decided_as,
        "note": row.note,
        "instructions": row.instructions,
        "late_by": row.late_by,
    }


def _evaluation(row: Row[*tuple[Any, ...]]) -> Line:
    return {
        "revision": row.revision,
        **{part.value: getattr(row, part.value) for part in Part},
        "author": row.author_id,
        "submitted_at": instant(row.submitted_at),
        "submitted_as": row.submitted_as,
    }


def _file(row: Row[*tuple[Any, ...]]) -> Line:
    return {
        "file": row.file_unique_id,
        "file_id": row.file_id,
        "kind": str(row.kind),
        "name": row.name,
        "size": row.size,
        "caption": row.caption,
        "seconds": row.seconds,
        "added_by": row.added_by_id,
        "added_at": instant(row.added_at),
        "keeping": str(row.keeping),
        "sha256": row.content,
    }
