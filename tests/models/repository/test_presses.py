"""Whose tap counts, on which message, and what it does to a card that stands in a chat twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.mail.card import Button, Card, CardKind
from models.mail.notice import Notice, NoticeState
from models.office.person import Person
from models.refusals.registration import NotRegistered
from models.refusals.work import NotYourTask, UnknownButton
from models.repository.presses import card_shown, find_press, pressed_task

if TYPE_CHECKING:
    from models.repository.presses import Press
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SHOWN, TWIN, COPY = 50, 51, 52


@dataclass(frozen=True)
class Tapped:
    """A card in somebody's chat with one button, as it is after a tap."""

    bureau: Bureau
    card_id: int
    token: str
    chat_id: int

    def press(self, message_id: int = SHOWN, *, token: str | None = None, account_id: int | None = None) -> Press:
        return self.bureau.work(
            lambda records: find_press(
                records,
                self.token if token is None else token,
                account_id=self.chat_id if account_id is None else account_id,
                message_id=message_id,
            )
        )

    def messages(self) -> tuple[int | None, int | None]:
        card = self.bureau.work(lambda records: records.session.get_one(Card, self.card_id))
        return card.message_id, card.twin_id

    def owed(self) -> list[str]:
        drawn = select(Notice.kind).where(Notice.card_id == self.card_id).order_by(Notice.id)
        return self.bureau.work(lambda records: [kind.value for kind in records.session.scalars(drawn)])[1:]


def card_of(bureau: Bureau, name: str, *, twin: int | None = None) -> Tapped:
    """Show a card to a person, with a button that asks to see case 7."""

    def show(records: Records) -> Tapped:
        person = records.session.get_one(Person, bureau[name].id)
        assert person.account_id is not None
        card = records.show(CardKind.STATUS, person.account_id, person=person)
        records.session.flush()
        card.message_id, card.twin_id = SHOWN, twin
        sent = records.session.scalars(select(Notice).where(Notice.card_id == card.id)).one()
        sent.state, sent.attempts, sent.doubtful = NoticeState.SENT, 2, 1
        button = Button.mint(card, action="status", argument="7", version=3)
        records.session.add(button)
        return Tapped(bureau, card.id, button.token, person.account_id)

    return bureau.work(show)


def loses_account(bureau: Bureau, name: str) -> None:
    bureau[name].loses_account()


class TestAGenuineTap:
    def test_it_says_who_tapped_and_what_the_button_stands_for(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")
        press = tapped.press()
        assert press.person is not None
        assert (bureau.named(press.person.id), press.card.id) == ("budi", tapped.card_id)
        assert (press.action, press.argument, press.version) == ("status", "7", 3)

    @pytest.mark.parametrize("message_id", [SHOWN, TWIN])
    def test_either_known_copy_will_do_and_nothing_is_drawn_for_it(self, bureau: Bureau, message_id: int) -> None:
        tapped = card_of(bureau, "budi", twin=TWIN)
        tapped.press(message_id)
        assert tapped.messages() == (SHOWN, TWIN)
        assert tapped.owed() == []

    def test_a_chat_of_nobody_known_may_tap_what_was_shown_to_nobody_known(self, bureau: Bureau) -> None:
        def show(records: Records) -> Tapped:
            card = records.show(CardKind.REGISTRATION, 9001)
            records.session.flush()
            card.message_id = SHOWN
            button = Button.mint(card, action="confirm", argument="", version=0)
            records.session.add(button)
            return Tapped(bureau, card.id, button.token, 9001)

        assert bureau.work(show).press().person is None

    def test_an_unknown_copy_becomes_the_card_and_is_drawn_anew(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi", twin=TWIN)
        tapped.press(COPY)
        assert tapped.messages() == (COPY, SHOWN)
        assert tapped.owed() == ["refresh"]

    @pytest.mark.parametrize(
        ("kind", "live", "drawn"),
        [
            (CardKind.NUDGE, False, "withdraw"),
            (CardKind.NUDGE, True, "refresh"),
            (CardKind.STATUS, False, "refresh"),
        ],
    )
    def test_an_unknown_copy_of_a_reminder_that_is_over_leaves_the_chat(
        self, bureau: Bureau, kind: CardKind, drawn: str, *, live: bool
    ) -> None:
        tapped = card_of(bureau, "budi")

        def settle(records: Records) -> None:
            card = records.session.get_one(Card, tapped.card_id)
            card.kind, card.live = kind, live

        bureau.work(settle)
        tapped.press(COPY)
        assert tapped.owed() == [drawn]
        (notice,) = [one for one in bureau.notices() if one.kind == drawn]
        assert notice.owed_at == bureau.at


class TestATapThatIsNot:
    @pytest.mark.parametrize("token", ["A" * 20, "", "x" * 33, "' OR 1=1 --", "a b"])
    def test_a_forged_token_opens_nothing(self, bureau: Bureau, token: str) -> None:
        with pytest.raises(UnknownButton):
            card_of(bureau, "budi").press(token=token)

    def test_a_token_is_no_use_in_another_chat(self, bureau: Bureau) -> None:
        other = card_of(bureau, "siti").chat_id
        with pytest.raises(UnknownButton):
            card_of(bureau, "budi").press(account_id=other)

    def test_whoever_has_no_account_any_more_is_not_known(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")
        loses_account(bureau, "budi")
        with pytest.raises(NotRegistered):
            tapped.press()

    def test_whoever_has_the_account_by_now_does_not_inherit_the_cards(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")

        def changes_hands(records: Records) -> None:
            budi, siti = (records.session.get_one(Person, bureau[name].id) for name in ("budi", "siti"))
            budi.account_id = siti.account_id = None
            records.session.flush()
            siti.account_id = tapped.chat_id

        bureau.work(changes_hands)
        with pytest.raises(UnknownButton):
            tapped.press()
        assert replied(tapped, COPY) is None

    def test_a_refused_tap_adopts_no_copy(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")
        loses_account(bureau, "budi")
        with pytest.raises(NotRegistered):
            tapped.press(COPY)
        assert tapped.messages() == (SHOWN, None)


def replied(tapped: Tapped, message_id: int, *, chat_id: int | None = None, token: str | None = None) -> int | None:
    """Reply to a message that bears the token of the card, or another; returns the number of the card found."""
    asked = tapped.chat_id if chat_id is None else chat_id
    found = tapped.bureau.work(
        lambda records: card_shown(records, asked, message_id, tapped.token if token is None else token)
    )
    return found.id if found else None


class TestAReply:
    @pytest.mark.parametrize("message_id", [SHOWN, TWIN])
    def test_it_leads_to_the_card_that_the_message_shows(self, bureau: Bureau, message_id: int) -> None:
        tapped = card_of(bureau, "budi", twin=TWIN)
        assert replied(tapped, message_id, token="") == tapped.card_id
        assert tapped.bureau.work(lambda records: card_shown(records, tapped.chat_id, message_id)) is not None

    def test_of_cards_that_had_the_message_the_newest_counts(self, bureau: Bureau) -> None:
        """Telegram numbers the messages of a chat anew when it is deleted and begun again."""
        card_of(bureau, "budi")
        newest = card_of(bureau, "budi")
        assert replied(newest, SHOWN, token="") == newest.card_id

    def test_a_message_of_another_chat_leads_nowhere(self, bureau: Bureau) -> None:
        tapped, other = card_of(bureau, "budi", twin=TWIN), card_of(bureau, "siti")
        assert replied(other, SHOWN, token="") == other.card_id
        assert replied(other, TWIN, token="") is None
        assert replied(tapped, COPY, token="") is None
        for message_id in (SHOWN, TWIN):
            assert replied(tapped, message_id, chat_id=9009, token="") is None
        assert bureau.work(lambda records: card_shown(records, tapped.chat_id, COPY)) is None

    def test_an_unknown_copy_is_known_by_its_token_and_adopted(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")
        assert replied(tapped, COPY) == tapped.card_id
        assert tapped.messages() == (COPY, SHOWN)

    def test_nobody_is_refused_by_replying(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")
        loses_account(bureau, "budi")
        assert replied(tapped, COPY) is None


class TestTheTaskOfATap:
    def task_card(self, bureau: Bureau, name: str) -> Tapped:
        """Return the card of the open task in the chat of a person."""

        def find(records: Records) -> Tapped:
            person = records.session.get_one(Person, bureau[name].id)
            shown = select(Card).where(Card.person_id == person.id, Card.kind == CardKind.TASK)
            card = records.session.scalars(shown).one()
            card.message_id = SHOWN
            button = Button.mint(card, action="forward", argument="", version=0)
            records.session.add(button)
            return Tapped(bureau, card.id, button.token, card.chat_id)

        return bureau.work(find)

    def test_it_comes_with_its_case_and_the_tenure_by_which_to_act(self, bureau: Bureau) -> None:
        case_id = bureau.begins("budi")
        tapped = self.task_card(bureau, "bambang")

        def find(records: Records) -> tuple[int, bool, str]:
            press = find_press(records, tapped.token, account_id=tapped.chat_id, message_id=SHOWN)
            proceeding, task, tenure = pressed_task(records, press)
            return proceeding.case.id, task.is_open, tenure.post

        assert bureau.work(find) == (case_id, True, "kakanwil")

    def test_a_card_without_a_task_has_none(self, bureau: Bureau) -> None:
        tapped = card_of(bureau, "budi")

        def find(records: Records) -> None:
            pressed_task(records, find_press(records, tapped.token, account_id=tapped.chat_id, message_id=SHOWN))

        with pytest.raises(UnknownButton):
            bureau.work(find)

    def test_whoever_holds_the_post_no_more_may_not_act(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        tapped = self.task_card(bureau, "bambang")
        bureau["bambang"].leaves("kakanwil")

        def find(records: Records) -> None:
            pressed_task(records, find_press(records, tapped.token, account_id=tapped.chat_id, message_id=SHOWN))

        with pytest.raises(NotYourTask):
            bureau.work(find)

    def test_an_account_that_is_taken_away_meanwhile_may_not_act_either(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        tapped = self.task_card(bureau, "bambang")

        def find(records: Records) -> None:
            press = find_press(records, tapped.token, account_id=tapped.chat_id, message_id=SHOWN)
            assert press.person is not None
            press.person.account_id = None
            records.session.flush()
            pressed_task(records, press)

        with pytest.raises(NotRegistered):
            bureau.work(find)

    def test_nobody_known_has_no_task(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        tapped = self.task_card(bureau, "bambang")

        def find(records: Records) -> None:
            press = find_press(records, tapped.token, account_id=tapped.chat_id, message_id=SHOWN)
            pressed_task(records, type(press)(None, press.card, press.action, press.argument, press.version))

        with pytest.raises(NotRegistered):
            bureau.work(find)
