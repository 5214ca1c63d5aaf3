"""The record served by another account of the bot than before, as after a new bot was made at @BotFather.

Another account has other chats: nobody has one with it who has not pressed Start there. It knows none of the messages
that the former account sent, and their numbers may be those of its own; it cannot send a file that was sent to the
former one, but out of the archive. So every card loses its message, and what somebody still needs is sent again.
"""

from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from models.case.attachment import Attachment, Keeping
from models.case.case import Case, CaseState
from models.case.draft import ReportDraft
from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.bot_account import BotAccount
from models.mail.card import Card, CardKind
from models.mail.correspondence import Alert
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.first_words import FirstWords
from models.office.person import Person
from models.repository.records import Records

_PASSING = frozenset({CardKind.NUDGE, CardKind.QUEUE, CardKind.ADMINISTRATION, CardKind.CALENDAR})
"""Kinds of card that nobody misses: a reminder comes again, and a list is asked for."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What the other account means. `before` is the former one's name without the @.

    `cards` counts the cards that are sent again, `files` the attachments that cannot be sent any more, because the
    archive does not keep them.
    """

    before: str
    cards: int
    files: int


def serve_as(records: Records, *, account_id: int, username: str) -> Moved | None:
    """Note which account of the bot serves the record. Returns None where it is the one that did before.

    Where it is another one, the admins are told and the office's journal says so. To be called at each start, before
    anything is sent.
    """
    records.lock_office_to_change()
    newest = select(BotAccount).order_by(BotAccount.id.desc()).limit(1)
    before = records.session.scalar(newest)
    if before is not None and before.account_id == account_id:
        before.username = username
        return None
    records.session.add(BotAccount(account_id=account_id, username=username, since=records.at))
    if before is None:
        return None
    moved = Moved(before.username, cards=_send_again(records), files=_files(records))
    # Numbers of updates belong to an account, too: one of the new account must not pass for one that was handled.
    records.session.execute(delete(InboxUpdate).where(InboxUpdate.state != InboxState.WAITING))
    _forget_numbers_of_messages(records)
    records.log_office("serve-as", capacity=SYSTEM, account=account_id, cards=moved.cards)
    data = {"name": username, "files": moved.files}
    records.owe(*correspondence.alert(Alert.ACCOUNT_CHANGED, records.lock_office().admins, at=records.at, data=data))
    return moved


def username_of(session: Session) -> str | None:
    """Return the name, without the @, of the account that serves the record; None where none ever did."""
    return session.scalar(select(BotAccount.username).order_by(BotAccount.id.desc()).limit(1))


def _send_again(records: Records) -> int:
    """Take its message from every card, and owe the living ones to the people who need them. Returns how many."""
    session = records.session
    session.execute(update(Card).where(Card.message_id.is_not(None)).values(message_id=None, twin_id=None, digest=None))
    session.execute(update(Card).where(Card.live, Card.kind.in_(_PASSING)).values(live=False))
    session.expire_all()
    going_on = or_(Card.case_id.is_(None), Case.state == CaseState.OPEN)
    owed = select(Notice.card_id).where(Notice.state == NoticeState.OWED, Notice.kind == NoticeKind.CARD)
    living = (
        select(Card, Person)
        .join(Person, (Person.id == Card.person_id) & (Person.account_id == Card.chat_id))
        .outerjoin(Case, Case.id == Card.case_id)
        .where(Card.live, going_on, Card.id.not_in(owed.where(Notice.card_id.is_not(None))))
    )
    found = session.execute(living.order_by(Card.id)).all()
    for card, person in found:
        records.owe(correspondence.notice(NoticeKind.CARD, person, at=records.at, priority=Priority.CARD, card=card))
    return len(found)


def _forget_numbers_of_messages(records: Records) -> None:
    """Let no message of a new chat pass for one of those that a draft was made of, or that was kept of a stranger."""
    # A new account has the chats of those alone who start it, and can send no file of the former one.
    records.session.execute(delete(FirstWords))
    for draft in records.session.scalars(select(ReportDraft)):
        draft.messages = [{**one, "message_id": -abs(one["message_id"])} for one in draft.messages]


def _files(records: Records) -> int:
    dead = select(func.count()).where(Attachment.keeping != Keeping.KEPT)
    return records.session.scalar(dead) or 0
