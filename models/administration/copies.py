"""Copies of decisions (tembusan) that wait to be read: they follow their reader into a new chat, and out of a post."""

from sqlalchemy import select

from models.case.copy import Copy
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.office.person import Person, reachable
from models.repository.records import Records

_SHOWN = 10
"""How many copies are shown again in a new chat, the newest ones."""


def redraw_unread(records: Records, *people: Person) -> None:
    """Draw the copies again that these people have not read: who leaves a post may read no case by it any more.

    Who comes back to it reads the copy again. What was read has no button left, and stays as it was, like a card of a
    task that is decided.
    """
    chats = [person.account_id for person in reachable(people)]
    shown = select(Card).where(Card.chat_id.in_(chats), Card.kind == CardKind.COPY, Card.live).order_by(Card.id)
    for card in records.session.scalars(shown) if chats else ():
        records.owe(correspondence.refresh(card, at=records.at))


def give_again(records: Records, person: Person) -> None:
    """Give `person`, who has an account again, the newest copies that they have not read, of posts that they hold."""
    posts = records.lock_office().posts_of(person)
    unread = select(Copy.task_id).where(Copy.person_id == person.id, Copy.read_at.is_(None), Copy.post.in_(posts))
    newest = records.session.scalars(unread.order_by(Copy.id.desc()).limit(_SHOWN)).all()
    for proceeding, task in records.tasks(sorted(newest)):
        proceeding.owe_copy(task, person)
