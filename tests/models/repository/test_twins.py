"""Copies of a card, left behind by sends whose fate was unknown: whoever taps one makes it known, and it converges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from models.mail.card import UNNUMBERED, Button, Card, CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.person import Person
from models.repository.presses import card_shown, find_press

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SHOWN, COPY = 50, 51


def _button(bureau: Bureau, kind: CardKind, *, doubtful: int = 1) -> tuple[str, int]:
    """Return a token on the newest card of `kind`, which is shown as message `SHOWN`, and the chat of the card."""

    def work(records: Records) -> tuple[str, int]:
        card = records.session.scalars(select(Card).where(Card.kind == kind).order_by(Card.id.desc())).first()
        assert card is not None
        card.message_id = SHOWN
        notices = records.session.scalars(select(Notice).where(Notice.card_id == card.id)).all()
        for notice in notices:
            notice.state, notice.attempts, notice.doubtful = NoticeState.SENT, doubtful + 1, doubtful
        button = Button.mint(card, action="status", argument="1", version=0)
        records.session.add(button)
        return button.token, card.chat_id

    return bureau.work(work)


def _taps_copy(bureau: Bureau, token: str, chat_id: int) -> list[NoticeKind]:
    """Tap the copy; returns the kinds of notice that are owed for it."""

    def work(records: Records) -> list[NoticeKind]:
        before = set(records.session.scalars(select(Notice.id)))
        card = find_press(records, token, account_id=chat_id, message_id=COPY).card
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


@pytest.mark.parametrize("kind", [CardKind.TASK, CardKind.RESULT])
def test_a_copy_of_a_living_card_shows_how_things_stand(bureau: Bureau, kind: CardKind) -> None:
    """Of three copies one was drawn anew by nobody: whoever taps it must not see the old buttons for ever."""
    case_id = bureau.begins("budi")
    if kind is CardKind.RESULT:
        bureau.finishes(case_id)
    token, chat_id = _button(bureau, kind)
    assert _taps_copy(bureau, token, chat_id) == [NoticeKind.REFRESH]
    assert _taps_copy(bureau, token, chat_id) == [], "it is known by now"


def _replies_to_copy(bureau: Bureau, token: str, chat_id: int) -> tuple[bool, int | None]:
    """Reply to the copy; returns whether that leads to a card, and the message of the newest task's card then."""

    def work(records: Records) -> tuple[bool, int | None]:
        found = card_shown(records, chat_id, COPY, token)
        newest = select(Card.message_id).where(Card.kind == CardKind.TASK).order_by(Card.id.desc()).limit(1)
        return found is not None, records.session.scalar(newest)

    return bureau.work(work)


def test_whoever_replies_to_a_copy_makes_it_known(bureau: Bureau) -> None:
    bureau.begins("budi")
    token, chat_id = _button(bureau, CardKind.TASK)
    assert _replies_to_copy(bureau, token, chat_id) == (True, COPY)


@pytest.mark.parametrize("forged", ["A" * 20, "", "x" * 64, "' OR 1=1 --"])
def test_a_reply_with_a_forged_token_leads_nowhere(bureau: Bureau, forged: str) -> None:
    bureau.begins("budi")
    _, chat_id = _button(bureau, CardKind.TASK)
    assert _replies_to_copy(bureau, forged, chat_id) == (False, SHOWN)


def test_whoever_has_the_account_of_another_by_now_replies_to_none_of_their_cards(bureau: Bureau) -> None:
    bureau.begins("budi")
    token, chat_id = _button(bureau, CardKind.TASK)

    def account_changes_hands(records: Records) -> None:
        holder = records.known(chat_id)
        heir = records.session.scalars(select(Person).where(Person.id != holder.id)).first()
        assert heir is not None
        holder.account_id = heir.account_id = None
        records.session.flush()
        heir.account_id = chat_id

    bureau.work(account_changes_hands)
    assert _replies_to_copy(bureau, token, chat_id) == (False, SHOWN)


def _taps_elsewhere(bureau: Bureau, token: str, chat_id: int) -> tuple[str, int | None, int | None, int]:
    """Tap a button on another message; returns its action, where its card is shown, and how many notices are new."""

    def work(records: Records) -> tuple[str, int | None, int | None, int]:
        count = select(func.count()).select_from(Notice)
        before = records.session.scalar(count) or 0
        press = find_press(records, token, account_id=chat_id, message_id=COPY)
        records.session.flush()
        return press.action, press.card.message_id, press.card.twin_id, (records.session.scalar(count) or 0) - before

    return bureau.work(work)


def test_a_tap_on_another_message_counts_and_paints_nothing_over(bureau: Bureau) -> None:
    """Each send of the card arrived and was answered: no copy of it can be in the chat."""
    bureau.begins("budi")
    token, chat_id = _button(bureau, CardKind.TASK, doubtful=0)
    assert _taps_elsewhere(bureau, token, chat_id) == ("status", SHOWN, None, 0)
    assert _replies_to_copy(bureau, token, chat_id) == (True, SHOWN)


def test_another_card_is_not_adopted_whatever_was_sent_in_doubt(bureau: Bureau) -> None:
    first, second = bureau.begins("budi"), bureau.begins("budi")
    assert first != second
    token, chat_id = _button(bureau, CardKind.TASK)

    def shows_another(records: Records) -> None:
        of_chat = select(Card).where(Card.kind == CardKind.TASK, Card.chat_id == chat_id).order_by(Card.id)
        other = records.session.scalars(of_chat).first()
        assert other is not None
        assert other.message_id != SHOWN
        other.message_id = COPY

    bureau.work(shows_another)
    assert _taps_elsewhere(bureau, token, chat_id) == ("status", SHOWN, None, 0)


def test_a_tap_tells_the_number_of_a_card_that_has_none(bureau: Bureau) -> None:
    bureau.begins("budi")
    token, chat_id = _button(bureau, CardKind.TASK, doubtful=0)

    def unnumbered(records: Records) -> None:
        records.session.scalars(select(Card).where(Card.message_id == SHOWN)).one().message_id = UNNUMBERED

    bureau.work(unnumbered)
    assert _taps_copy(bureau, token, chat_id) == [NoticeKind.REFRESH]


def test_a_tap_that_is_faster_than_the_news_of_the_arrival_counts(bureau: Bureau) -> None:
    bureau.begins("budi")
    token, chat_id = _button(bureau, CardKind.TASK, doubtful=0)

    def not_kept_yet(records: Records) -> None:
        card = records.session.scalars(select(Card).where(Card.message_id == SHOWN)).one()
        card.message_id = None
        notice = records.session.scalars(select(Notice).where(Notice.card_id == card.id)).one()
        notice.state = NoticeState.OWED

    bureau.work(not_kept_yet)
    assert _taps_copy(bureau, token, chat_id) == [NoticeKind.REFRESH]
