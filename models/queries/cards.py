"""Cards in a chat: which of them live, what their buttons are, which of them are on their way."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select

from models.case.task import Task
from models.mail.card import Button, Card, CardKind, Face
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.invitation import Invite
from models.office.person import Person
from models.repository.kept_lists import kept, perhaps_since
from models.repository.lookup import Lookup
from models.repository.reader import Reader

_BUTTONS = Lookup(select(Button).where(Button.card_id == bindparam("card"), Button.version == bindparam("version")))

_NAMING = Lookup(
    select(Card)
    .where(
        Card.chat_id.in_(bindparam("chats", expanding=True)),
        Card.live,
        or_(
            and_(
                Card.kind == CardKind.QUEUE,
                Card.face.in_((Face.TASKS, Face.SELECTING, Face.SUMMARY)),
                Card.made_at > bindparam("since"),
            ),
            and_(Card.kind == CardKind.DRAFT, Card.face == Face.MAIN),
        ),
    )
    .order_by(Card.id)
)

_NEWEST_OF_TASK = Lookup(
    select(Card)
    .where(
        Card.task_id == bindparam("task"),
        Card.person_id == bindparam("person"),
        Card.kind == CardKind.TASK,
        Card.live,
    )
    .order_by(Card.id.desc())
    .limit(1)
)

_SOUNDED = Lookup(
    select(func.max(Card.sounded_at))
    .join(Task, Task.id == Card.task_id)
    # The card of a disposition that was forwarded lives on, to be recalled.
    .where(
        Task.closed_at.is_(None),
        Card.chat_id == bindparam("chat"),
        Card.kind == CardKind.TASK,
        Card.live,
        Card.id != bindparam("card"),
    )
)


def shown_cards(
    reader: Reader, chat_id: int, kind: CardKind, *, face: Face | None = None, case_id: int | None = None
) -> list[Card]:
    """Return the living cards of one kind in a chat, of one face and about one case where these are given."""
    statement = select(Card).where(Card.chat_id == chat_id, Card.kind == kind, Card.live)
    if face is not None:
        statement = statement.where(Card.face == face)
    if case_id is not None:
        statement = statement.where(Card.case_id == case_id)
    return list(reader.session.scalars(statement.order_by(Card.id)))


def naming_tasks(reader: Reader, chat_ids: Collection[int]) -> list[Card]:
    """Return the living cards in these chats that name what waits for a person, beside the cards of the tasks.

    These are lists that are kept true, asked for or of a reminder, and drafts, which offer to become a note of a task.
    """
    with reader.session.no_autoflush:
        found = _NAMING.all(reader.session, {"chats": list(chat_ids), "since": perhaps_since(reader.at)})
    lists = kept((card for card in found if card.kind is CardKind.QUEUE), reader.calendar, reader.at)
    return [*lists, *(card for card in found if card.kind is CardKind.DRAFT)]


def candidate_cards(reader: Reader, chat_id: int, account_id: int) -> list[Card]:
    """Return the living cards in an admin's chat that show the candidate with this account."""
    about = Card.chat_id == chat_id, Card.kind == CardKind.CANDIDATE, Card.account_id == account_id, Card.live
    return list(reader.session.scalars(select(Card).where(*about)))


def registration_cards(reader: Reader, chat_id: int) -> list[Card]:
    """Return every card of a registration in a chat, the oldest first."""
    shown = select(Card).where(Card.chat_id == chat_id, Card.kind == CardKind.REGISTRATION).order_by(Card.id)
    return list(reader.session.scalars(shown))


def newest_task_card(reader: Reader, task: Task, person: Person) -> Card | None:
    """Return the newest living card of `task` in the chat of `person`."""
    return _NEWEST_OF_TASK.first(reader.session, {"task": task.id, "person": person.id})


def last_sounded(reader: Reader, card: Card) -> datetime | None:
    """Return when another card of an undecided task last arrived with a sound in the chat of `card`."""
    return _SOUNDED.first(reader.session, {"chat": card.chat_id, "card": card.id})


def message_of_task(reader: Reader, nudge: Card) -> int | None:
    """Return the message that a nudge replies to: that of the living card of the same task in the same chat."""
    shown = select(Card.message_id).where(
        Card.task_id == nudge.task_id, Card.live, Card.kind == CardKind.TASK, Card.chat_id == nudge.chat_id
    )
    return reader.session.scalar(shown.order_by(Card.id.desc()).limit(1))


def buttons(reader: Reader, card_id: int, version: int) -> list[Button]:
    """Return the buttons that a card was given for this version of what it shows."""
    return _BUTTONS.all(reader.session, {"card": card_id, "version": version})


def is_on_its_way(reader: Reader, card: Card) -> bool:
    """Return whether `card` is still to be sent, and so will show the newest state anyhow."""
    owed = select(Notice.id).where(Notice.card_id == card.id, Notice.kind == NoticeKind.CARD)
    return reader.session.scalar(owed.where(Notice.state == NoticeState.OWED).limit(1)) is not None


def invitation_is_on_its_way(reader: Reader, chat_id: int, post: str | None) -> bool:
    """Return whether an invite for `post`, or the office's own, was just issued in a chat and is not there yet."""
    undelivered = Card.kind == CardKind.INVITATION, Card.live, Card.message_id.is_(None), Card.chat_id == chat_id
    found = select(Card.id).join(Invite, Invite.id == Card.invite_id).where(*undelivered)
    found = found.where(Invite.post.is_(None) if post is None else Invite.post == post)
    return reader.session.scalar(found.limit(1)) is not None
