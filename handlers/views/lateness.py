"""What a card needs to know of a task that is late in the record."""

from handlers.screens.lateness import LatenessView
from handlers.screens.span import overdue
from models.case.case import CaseState
from models.case.explaining import explainable_until, explaining, lateness
from models.case.standing import Standing
from models.case.task import Task
from models.office.person import includes
from models.office.tenure import ActingAs, Capacity
from models.rules.actions import Action, Verb


def lateness_view(standing: Standing, task: Task, person_id: int | None) -> LatenessView | None:
    """Return by how much a task is late and why, for this reader; None where it is in time."""
    late = lateness(standing, task)
    if late <= 0:
        return None
    calendar = standing.office.file.calendar
    acting = ActingAs.parse(task.late_reason_as or "") or ActingAs(Capacity.DEFINITIVE, task.post)
    return LatenessView(
        step=task.step,
        late=overdue(calendar, task.standard_deadline(calendar), late),
        standard=task.time_standard,
        reason=reason_read_by(person_id, standing, task, whole=True),
        name=task.late_reason_by.name if task.late_reason_by is not None else "",
        capacity=acting.capacity,
        post=standing.office.file.short_of(acting.post),
        may=_may(standing, task, person_id),
    )


def reason_read_by(person_id: int | None, standing: Standing, task: Task, *, whole: bool) -> str:
    """Return why a task was late, as a person may read it; "" where there is nothing that they may read.

    The words are between officials: they are for those who read the `whole` case, and for the person who wrote them.
    That person alone reads them where they asked that their words be not shown, once the case is over.
    """
    if person_id is not None and task.late_reason_by_id == person_id:
        return task.late_reason
    by, over = task.late_reason_by, standing.case.state is not CaseState.OPEN
    hidden = over and by is not None and by.restricted_in is not None
    return task.late_reason if whole and not hidden else ""


def _may(standing: Standing, task: Task, person_id: int | None) -> bool:
    until = explainable_until(task)
    if until is not None and standing.at > until:
        return False
    allowed = Action.EXPLAIN in standing.allows(task) if task.is_open else standing.sop.permits(Verb.EXPLAIN)
    return allowed and includes(explaining(standing, task), person_id)
