"""The rungs of an open task: when each of them is due in the office that the task belongs to."""

from datetime import datetime

from models.case.task import Task
from models.rules.ladder import Rung, rung
from models.rules.office_file import OfficeFile


def rung_of(task: Task, ordinal: int, office: OfficeFile) -> Rung:
    """Return the rung of `task` with this ordinal, by the deadline that it has now.

    Raises what an unreadable standard raises, and ValueError for a negative ordinal.
    """
    return rung(
        ordinal,
        opened=task.chased_from(office.calendar),
        due=task.due_at,
        standard=task.time_standard,
        calendar=office.calendar,
        settings=office.ladder,
    )


def is_due(task: Task, ordinal: int, office: OfficeFile, *, at: datetime) -> bool:
    """Whether a rung of a task is due at the instant `at` (UTC).

    One that cannot be told comes by its timer, and is reported then.
    """
    try:
        return rung_of(task, ordinal, office).at <= at
    except Exception:  # noqa: BLE001 - as the docstring says
        return False
