"""Whether what a person writes belongs to a confidential case, as far as the record can tell."""

from sqlalchemy import select

from models.case.case import Case, CaseState
from models.case.question import Question
from models.case.task import Task
from models.mail.card import Card
from models.mail.conversation import Conversation
from models.office.person import Person
from models.queries import lists
from models.repository.reader import Reader


def is_confidential(reader: Reader, case_id: int | None) -> bool:
    """Return whether the case with this number is confidential; False for None."""
    if case_id is None:
        return False
    return bool(reader.session.scalar(select(Case.confidential).where(Case.id == case_id)))


def writes_in_confidence(reader: Reader, person: Person, *, message_id: int | None, reply_to: int | None) -> bool:
    """Return whether a message in the private chat of `person` may hold words of a confidential case.

    That is so where their draft is confidential, where they have an open confidential report or such a task waits for
    them, of which any words may become a note, and where what they write is expected for a confidential case, replies
    to a card of one or corrects a message that one was made of.
    """
    draft = reader.report_draft(person)
    if draft is not None and draft.confidential:
        return True
    own = select(Case.id).where(Case.reporter_id == person.id, Case.state == CaseState.OPEN, Case.confidential).limit(1)
    if reader.session.scalar(own) is not None or lists.at_hand(reader, person, limit=1, only_confidential=True):
        return True
    found = {*_reported(reader, person, message_id), *_awaited(reader, person), *_replied_to(reader, person, reply_to)}
    return any(is_confidential(reader, case_id) for case_id in found)


def _reported(reader: Reader, person: Person, message_id: int | None) -> set[int | None]:
    """Return the case that was made of a message of the person's chat."""
    number = lists.report_of_message(reader, person, message_id) if message_id is not None else None
    return {reader.session.scalar(select(Case.id).where(Case.number == number))} if number is not None else set()


def _awaited(reader: Reader, person: Person) -> set[int | None]:
    """Return the cases for which the next message of the person's chat is expected."""
    conversation = reader.session.get(Conversation, person.account_id) if person.account_id is not None else None
    if conversation is None:
        return set()
    of_question = select(Question.case_id).where(Question.id == conversation.question_id)
    asked = reader.session.scalar(of_question) if conversation.question_id is not None else None
    return {asked, _case_of_task(reader, conversation.task_id), _case_of_card(reader, conversation.card_id)}


def _replied_to(reader: Reader, person: Person, message_id: int | None) -> set[int | None]:
    """Return the cases of the cards that a message of the person's chat shows, also as a copy of one."""
    if message_id is None:
        return set()
    in_chat = select(Card.id).where(Card.chat_id == person.account_id)
    shown = in_chat.where(Card.message_id == message_id)
    copied = in_chat.where(Card.twin_id == message_id, Card.twin_id.is_not(None))
    cards = [*reader.session.scalars(shown), *reader.session.scalars(copied)]
    return {_case_of_card(reader, card_id) for card_id in cards}


def _case_of_task(reader: Reader, task_id: int | None) -> int | None:
    return reader.session.scalar(select(Task.case_id).where(Task.id == task_id)) if task_id is not None else None


def _case_of_card(reader: Reader, card_id: int | None) -> int | None:
    card = reader.card_by_id(card_id)
    if card is None:
        return None
    return card.case_id if card.case_id is not None else _case_of_task(reader, card.task_id)
