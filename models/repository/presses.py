"""Finding what a tap on one of our buttons stands for, and refusing a tap that is not genuine."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import UNNUMBERED, Button, Card, CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.person import Person
from models.office.tenure import Tenure
from models.refusals.registration import NotRegistered
from models.refusals.work import UnknownButton
from models.repository.lookup import Rows
from models.repository.records import Records

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,32}")
_BUTTON = Rows(select(Button, Card).join(Card, Card.id == Button.card_id).where(Button.token == bindparam("token")))

_EDITING = (NoticeKind.REFRESH, NoticeKind.WITHDRAW)
"""The notices that change a message and send none, so that they leave no copy."""


@dataclass(frozen=True, slots=True)
class Press:
    """A tap that was found genuine: who tapped, on which card, and what the button stands for."""

    person: Person | None
    card: Card
    action: str
    argument: str
    version: int


def find_press(records: Records, token: str, *, account_id: int, message_id: int) -> Press:
    """Return what a tapped button stands for, if the tap comes from the chat that the button was made for.

    A send whose fate was unknown may have left a copy of the card in the chat; a tap on the copy adopts it as the
    card's twin. A tap on any other message counts as well, and nothing is drawn there: the card has left that message,
    or somebody made the tap by hand. Raises `UnknownButton`, also where the account belongs to another person by now,
    and `NotRegistered` where it belongs to nobody any more.
    """
    found = _BUTTON.first(records.session, {"token": token}) if _TOKEN.fullmatch(token) else None
    if found is None or found[1].chat_id != account_id:
        raise UnknownButton
    (button, card), person = found, records.person(account_id)
    if card.person_id is not None and (person is None or card.person_id != person.id):
        raise UnknownButton if person else NotRegistered
    if message_id not in {card.message_id, card.twin_id}:
        # A decision locks the case before it changes the case's cards; this tap may become one.
        records.lock_case_of(card)
        records.lock_card(card)
    if message_id not in {card.message_id, card.twin_id} and _may_be_a_copy(records, card, message_id):
        _adopt(records, card, message_id)
    card.answering = True
    return Press(person, card, button.action, button.argument, button.version)


def card_shown(records: Records, chat_id: int, message_id: int, token: str | None = None) -> Card | None:
    """Return the card that a message of this chat shows, as when somebody replies to it.

    A copy that a send of unknown fate left behind is recognised by the `token` on one of its buttons, under the same
    conditions as a tap, and adopted.
    """
    # Each half names the chat: an index leads to it, however many cards the chat has had.
    shown = or_(
        and_(Card.chat_id == chat_id, Card.message_id == message_id),
        and_(Card.chat_id == chat_id, Card.twin_id == message_id, Card.twin_id.is_not(None)),
    )
    card = records.session.scalar(select(Card).where(shown).order_by(Card.id.desc()).limit(1))
    if card is not None or token is None:
        return card
    try:
        return find_press(records, token, account_id=chat_id, message_id=message_id).card
    except (UnknownButton, NotRegistered):
        return None


def pressed_task(records: Records, press: Press) -> tuple[Proceeding, Task, Tenure]:
    """Return the case and the task whose card was tapped, and the tenure by which the person may act on the task.

    Raises `NotRegistered`, `NotYourTask`, and `UnknownButton` for a card that shows no task.
    """
    registered(press.person)
    if press.card.task_id is None:
        raise UnknownButton
    proceeding, task = records.task(press.card.task_id)
    return proceeding, task, records.tenure(registered(press.person), task)


def registered(person: Person | None) -> Person:
    """Return the person who tapped. Raises `NotRegistered` for a stranger.

    Ask again once the case is locked: the account may have been taken away while the tap waited for it.
    """
    if person is None or person.account_id is None:
        raise NotRegistered
    return person


def _may_be_a_copy(records: Records, card: Card, message_id: int) -> bool:
    """Whether a message may be a copy of `card`: a send may have left one, and the message is that of no other card."""
    in_chat = select(Card.id).where(Card.chat_id == card.chat_id, Card.id != card.id).limit(1)
    others = (in_chat.where(Card.message_id == message_id), in_chat.where(Card.twin_id == message_id))
    if any(records.session.scalar(other) is not None for other in others):
        return False
    return card.message_id == UNNUMBERED or bool(records.session.scalar(select(_left_a_copy(card))))


def _left_a_copy(card: Card) -> ColumnElement[bool]:
    """Whether the fate of a send of `card` was unknown, or a send was begun and its outcome is not kept yet."""
    begun = and_(Notice.state == NoticeState.OWED, Notice.attempts > 0)
    return exists().where(Notice.card_id == card.id, Notice.kind.not_in(_EDITING), or_(Notice.doubtful > 0, begun))


def _adopt(records: Records, card: Card, message_id: int) -> None:
    """Let a copy of `card` belong to it, and owe a drawing: the copy was left out of every drawing so far."""
    if card.message_id is None:
        # The last drawing was that of a message that has left the chat.
        card.digest = None
    card.message_id, card.twin_id = message_id, card.message_id
    over = card.kind is CardKind.NUDGE and not card.live
    records.owe((correspondence.withdraw if over else correspondence.refresh)(card, at=records.at))
