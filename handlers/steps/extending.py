"""More time for a task: its holder chooses how much and says why, the one above grants or refuses with a tap."""

from collections.abc import Callable

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.chat.turning import turn
from handlers.screens import extending as screens
from handlers.screens.screen import Screen, Touch
from handlers.steps.reasons import words_of
from handlers.texts.catalogue import Say
from handlers.views.extending import request_view
from models.case.attachment import FileRecord
from models.case.extension import ExtensionRequest
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.office.tenure import Tenure
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository import extensions
from models.repository.presses import Press, pressed_task, registered
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.extending import SPANS


def choose(records: Records, press: Press) -> Toast:
    """Show the times that may be asked for."""
    _checked(records, press)
    return turn(records, press.card, Face.SPANS)


def choose_span(records: Records, press: Press) -> Toast:
    """Keep how much time is asked for, and ask why."""
    _, task, tenure = _checked(records, press)
    if press.argument not in map(str, SPANS):
        raise UnknownButton
    records.disposition_draft(tenure.person, task).span = press.argument
    return turn(records, press.card, Face.REASONS_EXTEND)


def ask(records: Records, press: Press) -> Toast:
    """Ask for the time that was chosen, for the reason on the button."""
    proceeding, task, tenure = pressed_task(records, press)
    if task.is_open and press.version != task.version:
        raise CardOutOfDate
    return _ask(records, press.card, proceeding, task, tenure, press.argument)


def write_reason(records: Records, press: Press) -> Toast:
    """Take the next message for the reason."""
    _, task, _ = _checked(records, press)
    conversing.expect(records, press.card, Expects.EXTEND_REASON, task_id=task.id)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the reason, with its files."""
    words = words_of(message, files_speak=True)
    proceeding, task = records.task(conversation.task_id or 0)
    tenure = records.tenure(person, task)
    card = records.card_by_id(conversation.card_id)
    conversation.settle()
    toast = _ask(records, card, proceeding, task, tenure, words, message.files)
    records.say(message.chat_id, toast.code, person=person, silent=True, **toast.data)


def grant(records: Records, press: Press) -> Toast:
    """Grant the time that was asked for."""
    proceeding, request, person = _request(records, press.card, press.person)
    extensions.grant(records, proceeding, request, by=person)
    return Toast("done-extended", {"number": proceeding.case.number, "span": request.span})


def deny(records: Records, press: Press) -> Toast:
    """Refuse the time that was asked for, without a reason."""
    proceeding, request, person = _request(records, press.card, press.person)
    proceeding.deny(request, by=person)
    return Toast("done-not-extended", {"number": proceeding.case.number})


def deny_because(records: Records, press: Press) -> Toast:
    """Take the next message for the reason of the refusal."""
    proceeding, request, person = _request(records, press.card, press.person)
    proceeding.check_grant(request, by=person)
    conversing.expect(records, press.card, Expects.DENIAL_REASON, task_id=request.task_id)
    return Toast("turned-expects")


def denied_in_words(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Refuse for the reason that the message gives."""
    words = words_of(message, files_speak=False)
    card = records.card_by_id(conversation.card_id)
    proceeding, request, person = _request(records, card, person)
    conversation.settle()
    proceeding.deny(request, by=person, note=words)
    if card is not None:
        card.turn(Face.MAIN)
    records.say(message.chat_id, "done-not-extended", person=person, silent=True, number=proceeding.case.number)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card of a request for more time, as it stands."""
    return screens.request_card(request_view(reader, card), say)


def _checked(records: Records, press: Press) -> tuple[Proceeding, Task, Tenure]:
    """Return the task whose card was tapped, and the tenure of the person who tapped, if they may ask now."""
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check_extension(task, by=tenure, asked=extensions.waiting(records, task))
    return proceeding, task, tenure


def _ask(
    records: Records,
    card: Card | None,
    proceeding: Proceeding,
    task: Task,
    tenure: Tenure,
    words: str,
    files: tuple[FileRecord, ...] = (),
) -> Toast:
    """Ask for the time chosen. Raises `CardOutOfDate` where none is chosen, beside what the door raises."""
    proceeding.check_extension(task, by=tenure, asked=extensions.waiting(records, task))
    prepared = records.prepared(tenure.person_id, task)
    span = next((one for one in SPANS if prepared is not None and str(one) == prepared.span), None)
    if span is None:
        raise CardOutOfDate
    extensions.ask(records, proceeding, task, by=tenure, span=span, note=words, files=files)
    if card is not None:
        conversing.release(records, card.chat_id, task_id=task.id)
        if card.face is not Face.MAIN:
            turn(records, card, Face.MAIN)
    granters = proceeding.granters(task, tenure.person_id)
    return Toast("done-extension-asked", {"number": proceeding.case.number, "span": str(span), "to": granters[0].name})


def _request(records: Records, card: Card | None, person: Person | None) -> tuple[Proceeding, ExtensionRequest, Person]:
    """Return the request that a card shows, and the person who decides it."""
    registered(person)
    if card is None or card.extension_id is None:
        raise UnknownButton
    proceeding, request = records.with_case(ExtensionRequest, card.extension_id)
    return proceeding, request, registered(person)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.EXTEND: choose,
    Touch.EXTEND_BY: choose_span,
    Touch.GRANT_EXTENSION: grant,
    Touch.DENY_EXTENSION: deny,
    Touch.DENY_BECAUSE: deny_because,
}
"""What the buttons do by which more time is asked for and decided; those for a reason are in `disposition.TAPS`."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {CardKind.EXTENSION: draw}
"""How the card of a request for more time is drawn."""
