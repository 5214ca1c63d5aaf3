"""What was asked and decided about more time for a task, for its card."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from models.case.extension import ExtensionRequest
from models.office.person import Person
from models.repository.reader import Reader

_OF_TASK = (
    select(ExtensionRequest, func.coalesce(Person.name, ""))
    .outerjoin(Person, Person.id == ExtensionRequest.decided_by_id)
    .where(ExtensionRequest.case_id == bindparam("case"), ExtensionRequest.task_id == bindparam("task"))
    .order_by(ExtensionRequest.id)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for more time, and the name of the person who decided it, "" while nobody has."""

    request: ExtensionRequest
    decided_by: str


def of_task(reader: Reader, case_id: int, task_id: int) -> list[Asked]:
    """Return the requests for more time of one task, in their order."""
    return [Asked(*row) for row in reader.session.execute(_OF_TASK, {"case": case_id, "task": task_id})]


def extension(reader: Reader, extension_id: int | None) -> ExtensionRequest | None:
    """Return one request for more time."""
    return reader.session.get(ExtensionRequest, extension_id) if extension_id is not None else None
