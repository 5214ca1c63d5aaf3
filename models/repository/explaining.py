"""Keeping why a task was late, so that the case is found by the newest reason alone."""

from models.case.proceeding import Proceeding
from models.case.task import Task
from models.office.tenure import Tenure
from models.repository.indexing import write_without
from models.repository.records import Records


def explain(records: Records, proceeding: Proceeding, task: Task, *, by: Tenure, text: str) -> None:
    """Keep why a task is late. Raises what the door of the same name raises."""
    before = task.late_reason
    proceeding.explain(task, by=by, text=text)
    if before not in {"", task.late_reason}:
        write_without(records.session, task.case_id, records.calendar.zone)
