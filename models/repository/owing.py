"""Owing messages: what a piece of work wants said or shown is sent once its transaction is committed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from models.case.case import Case
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import NOTHING_MORE, About, made, once_a_minute, owed, refresh
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.person import Person
from models.office.registration import Registration
from models.repository.office_lock import OfficeLock

STRANGERS = 30
"""How many answers to all strangers together may be owed within a minute, and how many may wait to be sent.

What is beyond is not said. One answer in two seconds is a sixtieth of what Telegram takes from a bot.
"""

_MINUTE = timedelta(minutes=1)


class Owing(OfficeLock):
    """The way from a transaction to the outbox."""

    def owe(self, *notices: Notice) -> None:
        """Let `notices` be sent once this transaction is committed."""
        self.session.add_all(notices)

    def refresh(self, card: Card) -> None:
        """Let `card` show how things stand, once this transaction is committed."""
        self.owe(refresh(card, at=self.at))

    def turn(self, card: Card, face: Face) -> None:
        """Let `card` show another face. Raises `ValueError` for a face that this kind of card lacks."""
        card.turn(face)
        self.refresh(card)

    def owe_once(self, notice: Notice) -> None:
        """Let `notice` be sent unless one with the same `once` was owed before."""
        if self.session.scalar(select(Notice.id).where(Notice.once == notice.once)) is None:
            self.owe(notice)
            self.session.flush()

    def body_of(self, once: str) -> Mapping[str, Any] | None:
        """Return the body of the notice that was owed with the key `once`; None where there was none."""
        return self.session.scalar(select(Notice.body).where(Notice.once == once))

    def no_longer_refresh(self, card: Card) -> None:
        """Owe no drawing of `card` any more: it is about to leave its chat."""
        owed_still = (Notice.card_id == card.id, Notice.kind == NoticeKind.REFRESH, Notice.state == NoticeState.OWED)
        done = update(Notice).where(*owed_still).values(state=NoticeState.NOT_NEEDED, settled_at=self.at)
        self.session.execute(done)

    def flush(self) -> None:
        """Write what is new, so that new rows have their numbers."""
        self.session.flush()

    def say(
        self,
        chat_id: int,
        code: str,
        *,
        person: Person | None = None,
        silent: bool = False,
        once: str | None = None,
        **data: Any,
    ) -> None:
        """Owe a plain answer to a chat; `code` names the message in the catalogue of texts.

        With `once`, nothing is owed where a notice with this key was owed before.
        """
        body = {"code": code, "data": data, "silent": silent}
        self.answer(chat_id, body, person=person, once=once)

    def answer(
        self,
        chat_id: int,
        body: dict[str, Any],
        *,
        person: Person | None = None,
        to_stranger: bool = False,
        once: str | None = None,
    ) -> None:
        """Owe an answer with this `body` to a chat, at most once where `once` is given.

        A stranger is answered once a minute, whatever is said, and not at all while the budget of all strangers is used
        up. In a group the number of the chat does not tell who is answered: there `to_stranger` does.
        """
        priority = Priority.STRANGER if to_stranger else self._rank(chat_id, person)
        if priority is Priority.STRANGER:
            if self._strangers_have_had_enough():
                return
            once = once_a_minute("stranger", chat_id, at=self.at)
        person_id = person.id if person else None
        said = owed(NoticeKind.SAY, chat_id, at=self.at, priority=priority, person_id=person_id, body=body, once=once)
        if once is None:
            self.owe(said)
        else:
            self.owe_once(said)

    def show(
        self,
        kind: CardKind,
        chat_id: int,
        *,
        person: Person | None = None,
        case: Case | None = None,
        about: About = NOTHING_MORE,
        face: Face = Face.MAIN,
    ) -> Card:
        """Owe a new card in a chat, as the answer to what was just asked; returns the card."""
        person_id, case_id = person.id if person else None, case.id if case else None
        card = made(kind, chat_id, at=self.at, person_id=person_id, case_id=case_id, about=about, face=face)
        priority = self._rank(chat_id, person)
        self.owe(owed(NoticeKind.CARD, chat_id, at=self.at, priority=priority, person_id=person_id, card=card))
        return card

    def _rank(self, chat_id: int, person: Person | None) -> Priority:
        """Return the rank of an answer: a person's first, that of an account that registers later, a stranger's last.

        A group has a rate of its own, and its answers to people are bound to reports.
        """
        if person is not None or chat_id < 0:
            return Priority.ANSWER
        if self.session.scalar(select(Person.id).where(Person.account_id == chat_id)) is not None:
            return Priority.ANSWER
        registers = select(Registration.account_id).where(Registration.account_id == chat_id)
        return Priority.INFORMATION if self.session.scalar(registers) is not None else Priority.STRANGER

    def _strangers_have_had_enough(self) -> bool:
        """Whether as many answers wait for strangers, or were owed to them within the last minute, as may be."""
        to_strangers = Notice.priority == Priority.STRANGER
        owed = select(func.count()).where(to_strangers, Notice.owed_at > self.at - _MINUTE).scalar_subquery()
        waiting = select(func.count()).where(to_strangers, Notice.state == NoticeState.OWED).scalar_subquery()
        lately, still_waiting = self.session.execute(select(owed, waiting)).one()
        return int(max(lately, still_waiting)) >= STRANGERS
