"""Whose feedback the work on a case gets: that of the direct superior of the person who handled it."""

from models.case.standing import Standing
from models.case.task import Task
from models.office.person import Person, unique
from models.office.tenure import Tenure


def handled(standing: Standing) -> tuple[Task, int] | None:
    """Return the task whose Laporan Evaluasi was submitted last, and the number of its author; None before any was."""
    submitted = standing.case.submitted
    if submitted is None:
        return None
    task = next(task for task in standing.case.tasks if task.id == submitted.task_id)
    return task, submitted.author_id


def appraising(standing: Standing) -> list[Tenure]:
    """Return the tenures by which it may be said how the work on a case was done.

    They are of the nearest post above the one in which it was handled last that anybody else holds: nobody appraises
    their own work, or the work on a report that is theirs too.
    """
    found = handled(standing)
    if found is None:
        return []
    task, author_id = found
    reporters = {person.id for person in standing.reporters}
    for post in _above(standing, task):
        acting = {person.id for person in standing.office.holders(post)} - {author_id, *reporters}
        if acting:
            return [one for one in standing.office.tenures_of(post) if one.person_id in acting]
    return []


def appraisers(standing: Standing) -> list[Person]:
    """Return the persons who may say how the work on a case was done."""
    return unique(tenure.person for tenure in appraising(standing))


def _above(standing: Standing, task: Task) -> list[str]:
    """Return the posts above that of a task; none where the office has no such post any more."""
    known = any(post.code == task.post for post in standing.office.file.posts)
    return standing.office.above(task.post) if known else []
