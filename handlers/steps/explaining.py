"""Why a task is late: the person who decides or decided it taps a button on its card, and says so in words."""

from collections.abc import Callable

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.screens.lateness import LIMIT
from handlers.screens.screen import Touch
from handlers.steps.reasons import words_of
from handlers.texts.shorten import length
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, CardKind
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.office.tenure import Tenure
from models.queries.cards import newest_task_card
from models.refusals.reports import TextTooLong
from models.refusals.work import CardOutOfDate
from models.repository.explaining import explain
from models.repository.presses import Press, pressed_task
from models.repository.records import Records


def begin(records: Records, press: Press) -> Toast:
    """Take the next message for the reason. The card may be that of a task that is decided.

    From a reminder the card of its task comes to the bottom of the chat, and asks: the reminder may leave the chat.
    """
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check_explanation(task, by=tenure)
    card = press.card if press.card.kind is CardKind.TASK else _card_below(records, proceeding, task, tenure)
    conversing.expect(records, card, Expects.LATE_REASON, task_id=task.id)
    return Toast("turned-expects")


def _card_below(records: Records, proceeding: Proceeding, task: Task, tenure: Tenure) -> Card:
    """Bring the card of an open task to the bottom of the chat, and return it; of a decided one, return what there is.

    Raises `CardOutOfDate` where the person has no card of it.
    """
    if task.is_open:
        proceeding.reissue(task, [tenure.person])
        records.flush()
    card = newest_task_card(records.reader, task, tenure.person)
    if card is None:
        raise CardOutOfDate
    return card


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the reason: its words alone. Raises `TextTooLong` beside what the door raises."""
    words = words_of(message, files_speak=False)
    if length(words) > LIMIT:
        raise TextTooLong(length(words), LIMIT)
    proceeding, task = records.task(conversation.task_id or 0)
    tenure = records.tenure(person, task)
    conversing.drop(records, message.chat_id)
    explain(records, proceeding, task, by=tenure, text=words)
    number, count = proceeding.case.number, len(message.files)
    records.say(message.chat_id, "done-explained", person=person, silent=True, number=number, files=count)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.EXPLAIN: begin}
"""What the button does that asks why a task is late."""
