"""What the status of a case needs to know, found in one transaction and then frozen."""

from sqlalchemy import select

from handlers.screens.report import CaseView, Position
from models.case.case import Case, CaseState
from models.case.evaluation import Part
from models.case.proceeding import Proceeding
from models.case.sight import Sight, sight_of
from models.case.task import Task
from models.office.person import Person
from models.repository.records import Records
from models.rules.actions import Outcome


def case_view(records: Records, proceeding: Proceeding, *, reader: Person) -> CaseView:
    """Return what `reader` may see of a case at this instant."""
    case, task = proceeding.case, proceeding.case.open_task
    sight = sight_of(proceeding, reader)
    readable = sight in {Sight.OWN, Sight.WHOLE}
    last = case.tasks[-1]
    submitted = case.submitted
    return CaseView(
        now=records.at,
        case_id=case.id,
        number=case.number,
        state=CaseState(case.state),
        sight=sight,
        own=reader.id == case.reporter_id,
        subject=case.subject if readable else "",
        done=len(proceeding.sop.steps) if case.state is CaseState.CLOSED else last.step - 1,
        steps=len(proceeding.sop.steps),
        round=case.round,
        position=_position(records, proceeding, task) if task else None,
        closed_at=case.closed_at,
        ended_at=proceeding.sop.role(proceeding.sop.step(last.step).role).title,
        reason=last.note if readable and last.outcome is Outcome.DECLINED else "",
        moved_to=_continued(records, case) if case.state is CaseState.MOVED else "",
        result=submitted.text(Part.RESULT) if submitted and readable else "",
        helped=case.helped,
        previous=number_of(records, case.previous_case_id),
    )


def _position(records: Records, proceeding: Proceeding, task: Task) -> Position:
    calendar = records.rules.office.calendar
    opening = calendar.opening(records.at)
    named = task.assignee if task.assignee in proceeding.holders(task) else None
    return Position(
        role=proceeding.sop.role(proceeding.sop.step(task.step).role).title,
        holder=named.name if named else "",
        standard=task.time_standard,
        due=task.due_at,
        late=calendar.late(task.due_at, records.at),
        counts_from=opening if calendar.opening(task.opened_at) > records.at else None,
    )


def number_of(records: Records, case_id: int | None) -> str:
    """Return the number of a case, "" where there is none; asked for none, SQLite would look through all of them."""
    if case_id is None:
        return ""
    return records.session.scalar(select(Case.number).where(Case.id == case_id)) or ""


def _continued(records: Records, case: Case) -> str:
    """Return the number under which a case that was moved goes on."""
    following = select(Case.number).where(Case.previous_case_id == case.id).order_by(Case.id).limit(1)
    return records.session.scalar(following) or ""
