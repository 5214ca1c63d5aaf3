"""Finding and locking what others are asked about a case."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.consultation import Consultation
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.records import Records


def consult(
    records: Records,
    proceeding: Proceeding,
    task: Task,
    *,
    by: Tenure,
    post: str,
    to: Person | None,
    text: str,
    files: Sequence[FileRecord] = (),
) -> Consultation:
    """Ask for an opinion, and let those whose it is have a card. Raises what the door raises."""
    asked = proceeding.consult(task, by=by, post=post, to=to, text=text, files=files)
    records.flush()
    proceeding.owe_consultation(task, asked)
    return asked
