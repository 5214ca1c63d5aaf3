"""Files of an album that come after the others were taken: they go where the others went."""

from handlers.chat.incoming import Incoming
from handlers.reporting import drafting
from handlers.steps import disposition, evaluation
from models.case.attachment import Attachment
from models.case.journey import FELLOW, REPORTER
from models.case.proceeding import Proceeding
from models.office.person import Person
from models.queries import alike, belongings
from models.repository.records import Records


def follow(records: Records, message: Incoming, person: Person) -> bool:
    """Take a message of an album whose other files are kept; False where none are.

    Raises what the doors raise where nothing can be added any more.
    """
    if message.album is None:
        return False
    draft = records.report_draft(person)
    if draft is not None and any(one["album"] == message.album for one in draft.messages):
        drafting.take(records, message, person)
        return True
    noted = belongings.noted_in_album(records.reader, person.id, message.album)
    if noted is not None:
        disposition.add_to_note(records, noted, message)
        return True
    earlier = belongings.of_album(records.reader, person.id, message.album)
    if earlier is None or _has_left(records, person, earlier):
        return False
    in_evaluation = earlier.revision is not None and earlier.task_id is not None
    if in_evaluation and earlier.task_id is not None:
        number = evaluation.attach_late(records, message, person, earlier.task_id)
    else:
        number = _enclose(records, message, person, earlier)
    if in_evaluation and not message.text:
        # The card counts the files that are being gathered.
        return True
    said = "late-file-kept-without-words" if message.text else "late-file-kept"
    once = f"{said}:{message.chat_id}:{message.album}"
    records.say(message.chat_id, said, person=person, silent=True, once=once, number=number)
    return True


def _has_left(records: Records, person: Person, earlier: Attachment) -> bool:
    """Whether a person joined the case of `earlier` with it, and has taken their report out of the case since."""
    if not alike.had_part(records.reader, earlier.case_id, person.id):
        return False
    proceeding = records.case(earlier.case_id)
    return not proceeding.reported_by(person.id) and _capacity(proceeding, person, earlier) == "person"


def _enclose(records: Records, message: Incoming, person: Person, earlier: Attachment) -> str:
    """Attach the files to the case of `earlier`, the file that came before. Returns the number of the case."""
    proceeding = records.case(earlier.case_id)
    if message.files:
        proceeding.enclose(message.files, by=person, capacity=_capacity(proceeding, person, earlier))
    return proceeding.case.number


def _capacity(proceeding: Proceeding, person: Person, earlier: Attachment) -> str:
    """Return in which capacity a person gave files to a case: as a reporter, or as they decided or may decide."""
    case = proceeding.case
    with_it = (task for task in case.tasks if (task.decided_by_id, task.closed_at) == (person.id, earlier.added_at))
    if (task := next(with_it, None)) is not None and task.decided_as:
        return task.decided_as
    if case.reporter_id == person.id:
        return REPORTER
    if proceeding.fellow(person) is not None:
        return FELLOW
    decided = (task.decided_as for task in reversed(case.tasks) if task.decided_by_id == person.id)
    acted = next((capacity for capacity in decided if capacity), None)
    tenure = (
        proceeding.office.tenure(person, case.open_task.post, given_to=case.open_task.assignee_id)
        if case.open_task is not None
        else None
    )
    return acted or (tenure.acts_as if tenure is not None else "person")
