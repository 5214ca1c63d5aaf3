"""What the next message of a chat is for. A card asks for the message, and shows so until it comes or is dropped."""

from collections.abc import Mapping

from handlers.chat.incoming import Incoming
from models.mail.card import Card, Face
from models.mail.conversation import Expects
from models.repository.presses import card_shown
from models.repository.records import Records

_UNASKED = {Expects.NOTHING, Expects.NIP, Expects.NAME}
_ASKING: Mapping[Expects, Face] = {what: Face(f"expects-{what.value}") for what in Expects if what not in _UNASKED}
"""The face of a card that asks for a message; a registration asks without a card."""


def expect(
    records: Records,
    card: Card,
    what: Expects,
    *,
    task_id: int | None = None,
    question_id: int | None = None,
    part: str = "",
) -> None:
    """Take the next message of the card's chat for `what`. The card asks for it; a card that asked before stops."""
    drop(records, card.chat_id)
    records.conversation(card.chat_id).expect(
        what, card_id=card.id, task_id=task_id, question_id=question_id, part=part
    )
    records.turn(card, _ASKING[what])


def drop(records: Records, chat_id: int) -> Expects:
    """Stop expecting a message, and turn the card that asked to its main face. Return what was expected."""
    conversation = records.conversation(chat_id)
    awaited = Expects(conversation.expects)
    card = records.card_by_id(conversation.card_id)
    conversation.settle()
    if card is not None and card.face.asks:
        card.answering = True
        records.turn(card, card.home)
    return awaited


def release(records: Records, chat_id: int, *, task_id: int) -> None:
    """Stop expecting a message for this task: it was decided, or has a new card. Other expectations stay."""
    if records.conversation(chat_id).task_id == task_id:
        drop(records, chat_id)


def card_replied_to(records: Records, message: Incoming) -> Card | None:
    """Return our card to which a message replies, also where it replies to a copy of the card."""
    if message.reply_to is None:
        return None
    return card_shown(records, message.chat_id, message.reply_to, message.reply_token)
