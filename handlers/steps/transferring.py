"""A task changes hands undecided: to a colleague, from its card or from the case's status, and back to its sender."""

from collections.abc import Callable

from handlers.chat import conversing, listing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.chat.turning import turn
from handlers.screens.screen import Touch
from handlers.steps.reasons import words_of
from models.case.attachment import FileRecord
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press, pressed_task, registered
from models.repository.records import Records


def choose(records: Records, press: Press) -> Toast:
    """Show the colleagues to whom the task may go."""
    proceeding, task, person = _found(records, press)
    proceeding.check_transfer(task, by=person)
    return turn(records, press.card, Face.COLLEAGUES)


def choose_one(records: Records, press: Press) -> Toast:
    """Keep who shall get the task, and ask why."""
    proceeding, task, person = _found(records, press)
    proceeding.check_transfer(task, by=person)
    to = records.person_by_id(int(press.argument)) if press.argument.isdecimal() else None
    if to is None:
        raise UnknownButton
    proceeding.check_recipient(task, by=person, to=to)
    records.disposition_draft(person, task).to_id = to.id
    return turn(records, press.card, Face.REASONS_TRANSFER)


def hand_on(records: Records, press: Press) -> Toast:
    """Give the task to the colleague chosen, for the reason on the button."""
    proceeding, task, person = _found(records, press)
    if press.card.kind is CardKind.TASK and task.is_open and press.version != task.version:
        raise CardOutOfDate
    return _hand_on(records, press.card, proceeding, task, person, press.argument)


def write_reason(records: Records, press: Press) -> Toast:
    """Take the next message for the reason."""
    proceeding, task, person = _found(records, press)
    proceeding.check_transfer(task, by=person)
    conversing.expect(records, press.card, Expects.TRANSFER_REASON, task_id=task.id)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the reason, with its files."""
    words = words_of(message, files_speak=True)
    proceeding, task = records.task(conversation.task_id or 0)
    card = records.card_by_id(conversation.card_id)
    conversation.settle()
    toast = _hand_on(records, card, proceeding, task, person, words, message.files)
    records.say(message.chat_id, toast.code, person=person, silent=True, **toast.data)


def _found(records: Records, press: Press) -> tuple[Proceeding, Task, Person]:
    """Return the task of a task's card, or the last one of the case of a status card, and the person who tapped."""
    registered(press.person)
    if press.card.task_id is not None:
        proceeding, task = records.task(press.card.task_id)
    elif press.card.case_id is not None:
        proceeding = records.case(press.card.case_id)
        task = proceeding.case.tasks[-1]
    else:
        raise UnknownButton
    return proceeding, task, registered(press.person)


def _hand_on(
    records: Records,
    card: Card | None,
    proceeding: Proceeding,
    task: Task,
    person: Person,
    words: str,
    files: tuple[FileRecord, ...] = (),
) -> Toast:
    """Hand the task on. Raises `CardOutOfDate` where nobody is chosen for this task, beside what the door raises."""
    proceeding.check_transfer(task, by=person)
    chosen = records.prepared(person.id, task)
    to = records.person_by_id(chosen.to_id) if chosen is not None else None
    if to is None:
        raise CardOutOfDate
    records.transfer(proceeding, task, by=person, to=to, note=words, files=files)
    listing.drop(records, task)
    if card is not None:
        conversing.release(records, card.chat_id, task_id=task.id)
        if card.face is not Face.MAIN:
            turn(records, card, Face.MAIN)
    return Toast("done-transferred", {"number": proceeding.case.number, "to": to.name})


def recall(records: Records, press: Press) -> Toast:
    """Take back what was forwarded."""
    proceeding, task, tenure = pressed_task(records, press)
    following = proceeding.case.tasks[-1]
    records.recall(proceeding, task, by=tenure)
    listing.drop(records, following)
    return Toast("done-recalled", {"number": proceeding.case.number})


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.TRANSFER: choose,
    Touch.HAND_TO: choose_one,
    Touch.RECALL: recall,
}
"""What the buttons do by which a task is handed on, or taken back; those for a reason are in `disposition.TAPS`."""
