"""Owing messages: what a piece of work wants said or shown is sent once its transaction is committed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from models.case.case import Case
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import NOTHING_MORE, About, made, owed
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.person import Person
from models.repository.office_lock import OfficeLock


class Owing(OfficeLock):
    """The way from a transaction to the outbox."""

    def owe(self, *notices: Notice) -> None:
        """Let `notices` be sent once this transaction is committed."""
        self.session.add_all(notices)

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
        self, chat_id: int, body: dict[str, Any], *, person: Person | None = None, once: str | None = None
    ) -> None:
        """Owe an answer with this `body` to a chat: at the highest priority, and at most once where `once` is given."""
        person_id = person.id if person else None
        said = owed(
            NoticeKind.SAY, chat_id, at=self.at, priority=Priority.ANSWER, person_id=person_id, body=body, once=once
        )
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
        self.owe(owed(NoticeKind.CARD, chat_id, at=self.at, priority=Priority.ANSWER, person_id=person_id, card=card))
        return card
