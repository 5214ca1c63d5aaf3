"""Merging two cases of the same, and parting them again: what is locked and read for it."""

from sqlalchemy import select

from models.case.attachment import Attachment
from models.case.joined_report import JoinedReport
from models.case.journey import FELLOW
from models.case.proceeding import Proceeding
from models.case.question import Remark
from models.case.report import Report
from models.case.task import Task
from models.office.person import Person
from models.office.tenure import Tenure
from models.refusals.reports import NotJoined
from models.refusals.work import CardOutOfDate, NotYourTask
from models.repository.indexing import write_again
from models.repository.records import Records
from models.rules.urgency import Urgency


def merge(
    records: Records, task_id: int, into_id: int, *, by: Person, version: int
) -> tuple[Proceeding, Task, Tenure, Proceeding]:
    """End the case of a task as a part of the case with the number `into_id`; both are locked in one order.

    Returns the case, its task, the tenure by which that was decided, and the other case. Raises what the door raises,
    and `CardOutOfDate` where the task is open in another version than `version`.
    """
    case_id = records.session.scalar(select(Task.case_id).where(Task.id == task_id))
    found = {one.case.id: one for one in records.cases(sorted({case_id or 0, into_id}))}
    merged, into = found.get(case_id or 0), found.get(into_id)
    if merged is None or into is None:
        raise CardOutOfDate
    task = next(one for one in merged.case.tasks if one.id == task_id)
    if task.is_open and task.version != version:
        raise CardOutOfDate
    tenure = records.tenure(by, task)
    merged.merge(task, by=tenure, into=into)
    return merged, task, tenure, into


def part(records: Records, joined_id: int, *, by: Person) -> tuple[Proceeding, Proceeding]:
    """Let a report be no part of its case any more, and go on as a case of its own.

    A case that was merged is open again where it was; what somebody joined with a draft becomes a new case, with the
    words and the files that they gave. Returns the case that it was a part of, and that as which it goes on. Raises
    `NotJoined`, and what the doors raise.
    """
    row = select(JoinedReport.case_id, JoinedReport.from_case_id).where(JoinedReport.id == joined_id)
    numbers = records.session.execute(row).one_or_none()
    if numbers is None:
        raise NotJoined("")
    found = {one.case.id: one for one in records.cases(sorted({one for one in numbers if one is not None}))}
    leading = found[numbers[0]]
    joined = next((one for one in leading.fellows if one.id == joined_id), None)
    if joined is None:
        raise NotJoined(leading.case.number)
    tenure = tenure_at_first(records, leading, by)
    leading.check_parting(by=tenure)
    if joined.from_case_id is not None:
        apart = found[joined.from_case_id]
        leading.part(joined, by=tenure, number=apart.case.number)
        apart.reopen(by=tenure)
        write_again(records.session, apart.case.id, records.calendar.zone)
        return leading, apart
    report, person = _report_of(records, leading, joined), joined.person
    apart = records.begin(report, reporter=person, sop=leading.sop.code)
    leading.part(joined, by=tenure, number=apart.case.number)
    return leading, apart


def tenure_at_first(records: Records, proceeding: Proceeding, person: Person) -> Tenure:
    """Return the tenure by which a person decides the first step of a case. Raises `NotYourTask`."""
    office, first = records.lock_office(), proceeding.sop.first
    post = proceeding.seat_for(first).post
    tenure = office.tenure(person, post)
    if tenure is None:
        names = ", ".join(holder.name for holder in office.holders(post))
        raise NotYourTask(names or office.file.short_of(post))
    return tenure


def _report_of(records: Records, leading: Proceeding, joined: JoinedReport) -> Report:
    """Return what a person joined a case with, as a report of its own: as urgent as that case."""
    case_id, person_id = leading.case.id, joined.person_id
    theirs = Remark.case_id == case_id, Remark.by_id == person_id, Remark.capacity == FELLOW
    said = select(Remark.text).where(*theirs, Remark.at >= joined.joined_at).order_by(Remark.id)
    words = records.session.scalars(said)
    added = Attachment.case_id == case_id, Attachment.added_by_id == person_id
    files = records.session.scalars(select(Attachment).where(*added).order_by(Attachment.id))
    return Report(
        text="\n".join(words),
        urgency=Urgency(leading.case.urgency),
        confidential=False,
        previous_case_id=None,
        files=[file.record for file in files],
        origin={},
    )
