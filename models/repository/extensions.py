"""Finding and locking requests for more time, and deciding them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from models.case.attachment import FileRecord
from models.case.extension import ExtensionRequest
from models.case.proceeding import Proceeding
from models.case.task import Chase, Task
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.records import Records
from models.rules.standard import Standard

_UNDECIDED = select(ExtensionRequest).where(
    ExtensionRequest.task_id == bindparam("task"), ExtensionRequest.decided_at.is_(None)
)


def waiting(records: Records, task: Task) -> ExtensionRequest | None:
    """Return the request for more time for `task` that nobody has decided; there is one at most."""
    return records.session.scalar(_UNDECIDED, {"task": task.id})


def follow(records: Records, proceeding: Proceeding, task: Task) -> None:
    """Let those have the card of the request that waits who may grant it now that `task` has moved."""
    request = waiting(records, task)
    if request is not None:
        proceeding.owe_request(task, request)


def ask(
    records: Records,
    proceeding: Proceeding,
    task: Task,
    *,
    by: Tenure,
    span: Standard,
    note: str,
    files: Sequence[FileRecord] = (),
) -> ExtensionRequest:
    """Ask for more time for `task`, and let those who may grant it have a card. Raises what the door raises."""
    asked = waiting(records, task)
    request = proceeding.ask_extension(task, by=by, span=span, note=note, asked=asked, files=files)
    chosen = records.prepared(by.person_id, task)
    if chosen is not None:
        chosen.span = None
    records.flush()
    proceeding.owe_request(task, request)
    return request


def grant(records: Records, proceeding: Proceeding, request: ExtensionRequest, *, by: Person) -> Task:
    """Grant more time; rungs that are not due any more may be climbed again. Raises what the door raises."""
    task = proceeding.grant(request, by=by)
    records.session.execute(delete(Chase).where(Chase.task_id == task.id, Chase.ordinal >= task.rung))
    if proceeding.is_misplaced(task):
        # It went up because its time was over.
        proceeding.bring_in_step(task)
    return task
