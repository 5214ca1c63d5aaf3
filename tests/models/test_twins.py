"""Copies of a card, left behind by sends whose fate was unknown: whoever taps one makes it known, and it converges."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.mailbox import Button, Card, CardKind, Notice, NoticeKind

if TYPE_CHECKING:
    from models.records import Records
    from tests.models.bureau import Bureau

SHOWN, COPY = 50, 51


def _button(bureau: Bureau, kind: CardKind) -> tuple[str, int]:
    """Return a token on the newest card of `kind`, which is shown as message `SHOWN`, and the chat of the card."""

    def work(records: Records) -> tuple[str, int]:
        card = records.session.scalars(select(Card).where(Card.kind == kind).order_by(Card.id.desc())).first()
        assert card is not None
        card.message_id = SHOWN
        button = Button.mint(card, action="status", argument="1", version=0)
        records.session.add(button)
        return button.token, card.chat_id

    return bureau.work(work)


def _taps_copy(bureau: Bureau, token: str, chat_id: int) -> list[NoticeKind]:
    """Tap the copy; returns the kinds of notice that are owed for it."""

    def work(records: Records) -> list[NoticeKind]:
        before = set(records.session.scalars(select(Notice.id)))
        card = records.press(token, telegram_id=chat_id, message_id=COPY).card
        records.session.flush()
        assert COPY in {card.message_id, card.twin_id}
        owed = records.session.scalars(select(Notice).where(Notice.card_id == card.id))
        return [NoticeKind(one.kind) for one in owed if one.id not in before]

    return bureau.work(work)


@pytest.mark.parametrize(
    ("kind", "converges"), [(CardKind.NUDGE, NoticeKind.WITHDRAW), (CardKind.TASK, NoticeKind.REFRESH)]
)
def test_a_copy_of_what_lost_its_force_loses_it_too(bureau: Bureau, kind: CardKind, converges: NoticeKind) -> None:
    case_id = bureau.begins("budi")
    bureau.works(minutes=25)
    bureau.sweeps()
    token, chat_id = _button(bureau, kind)
    bureau["bambang"].declines(case_id)

    assert _taps_copy(bureau, token, chat_id) == [converges]
    assert _taps_copy(bureau, token, chat_id) == [], "it is known by now"


def test_a_copy_of_a_living_card_only_becomes_known(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.passes(timedelta(minutes=1))
    token, chat_id = _button(bureau, CardKind.TASK)
    assert _taps_copy(bureau, token, chat_id) == []
