"""The holder of a task asks a colleague or another post for an opinion; those who are asked answer in words."""

from collections.abc import Callable

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.screens import consulting as screens
from handlers.screens.screen import Screen, Touch
from handlers.steps.reasons import words_of
from handlers.texts.catalogue import Say
from handlers.views.consulting import PERSON, consultation_view
from models.case.consultation import Consultation
from models.case.proceeding import Proceeding
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository import consultations
from models.repository.presses import Press, pressed_task, registered
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action


def choose(records: Records, press: Press) -> Toast:
    """Show whom the holder of the task may ask."""
    return _show(records, press, page=0)


def turn_page(records: Records, press: Press) -> Toast:
    """Show others whom the holder of the task may ask."""
    if not press.argument.isdecimal():
        raise UnknownButton
    return _show(records, press, page=int(press.argument))


def _show(records: Records, press: Press, *, page: int) -> Toast:
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check(task, by=tenure, action=Action.CONSULT)
    press.card.page = page
    records.turn(press.card, Face.CONSULTING)
    return Toast("turned-consulting")


def choose_whom(records: Records, press: Press) -> Toast:
    """Keep who is asked, and take the next message for the question."""
    proceeding, task, tenure = pressed_task(records, press)
    kind, _, named = press.argument.partition(":")
    to = records.person_by_id(int(named)) if kind == PERSON and named.isdecimal() else None
    post = task.post if kind == PERSON else named
    known = {one.code for one in records.office_file.posts}
    if post not in known or (kind == PERSON and to is None):
        raise UnknownButton
    proceeding.check_consultation(task, by=tenure, post=post, to=to)
    draft = records.disposition_draft(tenure.person, task)
    draft.consult_post, draft.consult_id = post, to.id if to is not None else None
    conversing.expect(records, press.card, Expects.CONSULTATION, task_id=task.id)
    return Toast("turned-expects")


def ask(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Ask what the message says of whom was chosen. Raises `CardOutOfDate` where nobody is chosen any more."""
    words = words_of(message, files_speak=False)
    proceeding, task = records.task(conversation.task_id or 0)
    tenure = records.tenure(person, task)
    proceeding.check(task, by=tenure, action=Action.CONSULT)
    draft = records.prepared(person.id, task)
    if draft is None or draft.consult_post is None:
        raise CardOutOfDate
    post, to = draft.consult_post, records.person_by_id(draft.consult_id)
    conversing.drop(records, message.chat_id)
    consultations.consult(records, proceeding, task, by=tenure, post=post, to=to, text=words, files=message.files)
    draft.consult_post = draft.consult_id = None
    whom = to.name if to is not None else proceeding.office.file.short_of(post)
    records.say(message.chat_id, "done-consulted", person=person, silent=True, number=proceeding.case.number, to=whom)


def begin(records: Records, press: Press) -> Toast:
    """Take the next message for the opinion."""
    proceeding, asked, person = _asked(records, press.card, press.person)
    proceeding.check_advice(asked, by=person)
    conversing.expect(records, press.card, Expects.OPINION, task_id=asked.task_id)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take a message for the opinion, with its files."""
    advise(records, message, person, records.card_by_id(conversation.card_id))


def advise(records: Records, message: Incoming, person: Person, card: Card | None) -> None:
    """Take a message for the opinion that a card wants, with its files."""
    words = words_of(message, files_speak=True)
    proceeding, asked, person = _asked(records, card, person)
    if card is not None and records.conversation(message.chat_id).card_id == card.id:
        conversing.drop(records, message.chat_id)
    proceeding.advise(asked, by=person, text=words, files=message.files)
    number, count = proceeding.case.number, len(message.files)
    records.say(message.chat_id, "done-advised", person=person, silent=True, number=number, files=count)


def _asked(records: Records, card: Card | None, person: Person | None) -> tuple[Proceeding, Consultation, Person]:
    """Return the consultation that a card shows, and the person who answers it."""
    registered(person)
    if card is None or card.consultation_id is None:
        raise UnknownButton
    proceeding, asked = records.with_case(Consultation, card.consultation_id)
    return proceeding, asked, registered(person)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card of a consultation, as it stands."""
    return screens.consultation_card(consultation_view(reader, card), say)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.CONSULT: choose,
    Touch.CONSULT_PAGE: turn_page,
    Touch.CONSULT_WHOM: choose_whom,
    Touch.ADVISE: begin,
}
"""What the buttons do by which somebody is asked for an opinion, and gives it."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {CardKind.CONSULTATION: draw}
"""How the card of a consultation is drawn."""
