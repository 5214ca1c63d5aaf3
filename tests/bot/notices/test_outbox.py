"""The outbox by itself, one transaction after the other: which notice is next, and what is drawn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.notices.job import Drawn, OutOfDate, Undrawable
from bot.notices.outbox import Outbox
from handlers.delivery.plan import Drawing, Edit, Send
from handlers.screens.screen import TellsCode
from handlers.texts.catalogue import Texts
from models.mail.card import Button, Card
from models.mail.lease import LeaseKind
from models.mail.notice import Notice, NoticeKind, Priority
from models.office.invitation import Invite, InviteKind, issue
from models.repository.reader import Reader
from tests.bot.notices.owed import NOT_NEEDED, OWED, REPORTER, SENT, Ledger, begun, owes, shown_card, state
from tests.bot.notices.post import AT, carded, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.clock import MovableClock


class TestWhoIsOwed:
    def test_chats_come_by_their_most_urgent_notice_and_then_by_the_oldest(
        self, outbox: Outbox, session: Session
    ) -> None:
        news, more = note(chat=7), note(chat=9)
        news.priority = more.priority = Priority.INFORMATION
        owes(session, news, note(chat=10), more, note(chat=8), note(chat=9))
        assert outbox.owing(session) == [
            (10, Priority.ANSWER),
            (9, Priority.ANSWER),
            (8, Priority.ANSWER),
            (7, Priority.INFORMATION),
        ]

    def test_what_is_settled_is_owed_to_nobody(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note(chat=7))
        session.get_one(Notice, number).state = SENT
        assert outbox.owing(session) == []

    def test_a_chat_that_another_process_serves_is_left_to_it(
        self, outbox: Outbox, session: Session, leases: Ledger
    ) -> None:
        owes(session, note(chat=7), note(chat=8))
        leases.taken = {7}
        assert outbox.owing(session) == [(8, Priority.ANSWER)]
        assert outbox.begin(session, outbox.next_drawing(session, 7)) is None
        assert leases.released == []


class TestTheNext:
    def test_the_oldest_of_the_chat_is_next(self, outbox: Outbox, session: Session) -> None:
        other, first, _ = owes(session, note("Lain", chat=7), note("Satu"), note("Dua"))
        drawn = outbox.next_drawing(session, REPORTER)
        assert (drawn.chat_id, drawn.notice_id, drawn.passed) == (REPORTER, first, ())
        assert drawn.drawing is not None
        assert isinstance(drawn.drawing.plan, Send)
        assert drawn.drawing.plan.text == "Satu"
        assert state(session, other) is OWED

    def test_it_is_drawn_as_things_stand_now_and_in_the_offices_texts(
        self, outbox: Outbox, session: Session, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given: list[object] = []

        def draws(reader: Reader, notice: Notice, texts: Texts) -> Drawing:
            given.extend([reader.at, notice.id, type(texts)])
            return Drawing(Send(notice.chat_id, Markup("Halo")))

        (number,) = owes(session, note("Satu"))
        monkeypatch.setattr("bot.notices.outbox.draw", draws)
        outbox.next_drawing(session, REPORTER)
        assert given == [clock.now(), number, Texts]

    def test_a_job_counts_its_attempts(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note("Satu"))
        job = begun(outbox, session)
        assert (job.chat_id, job.notice_id, job.attempt, job.progress.sent) == (REPORTER, number, 1, 0)
        assert (job.claim.kind, job.claim.lane) == (LeaseKind.OUTBOX, REPORTER)
        assert isinstance(job.plan, Send)
        assert begun(outbox, session, tried={number}).attempt == 2
        assert session.get_one(Notice, number).doubtful == 0

    def test_one_that_an_earlier_process_began_may_have_left(self, outbox: Outbox, session: Session) -> None:
        first, second = owes(session, note("Satu"), note(pointless=True))
        for number in (first, second):
            session.get_one(Notice, number).attempts = 1
        begun(outbox, session)
        assert session.get_one(Notice, first).doubtful == 1
        begun(outbox, session)
        assert session.get_one(Notice, first).doubtful == 2
        session.get_one(Notice, first).state = SENT
        session.flush()
        assert outbox.begin(session, outbox.next_drawing(session, REPORTER)) is None
        assert (session.get_one(Notice, second).doubtful, state(session, second)) == (1, NOT_NEEDED)

    def test_what_has_lost_its_point_is_passed_over_and_settled(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        numbers = owes(session, *(note(pointless=True) for _ in range(6)), note("Satu"))
        drawn = outbox.next_drawing(session, REPORTER)
        assert (drawn.notice_id, drawn.passed) == (numbers[6], tuple(numbers[:6]))
        outbox.begin(session, drawn)
        passed = session.get_one(Notice, numbers[0])
        assert (passed.state, passed.settled_at, passed.failure) == (NOT_NEEDED, clock.now(), None)
        assert [state(session, one) for one in numbers[1:]] == [NOT_NEEDED] * 5 + [OWED]

    def test_of_refreshes_of_one_card_that_follow_each_other_the_last_is_drawn(
        self, outbox: Outbox, session: Session
    ) -> None:
        card, other = shown_card(session), shown_card(session, message=60)
        numbers = owes(
            session,
            carded(NoticeKind.REFRESH, card, "satu"),
            carded(NoticeKind.REFRESH, card, "dua"),
            carded(NoticeKind.REFRESH, other, "tiga"),
            carded(NoticeKind.REFRESH, card, "empat"),
        )
        drawn = outbox.next_drawing(session, REPORTER)
        assert (drawn.notice_id, drawn.passed) == (numbers[1], (numbers[0],))
        session.get_one(Notice, numbers[1]).state = SENT
        session.get_one(Notice, numbers[0]).state = SENT
        session.flush()
        assert outbox.next_drawing(session, REPORTER).notice_id == numbers[2]

    def test_a_refresh_does_not_stand_for_anything_else_of_its_card(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session)
        first, *_ = owes(session, carded(NoticeKind.REFRESH, card, "satu"), carded(NoticeKind.WITHDRAW, card, "dua"))
        assert outbox.next_drawing(session, REPORTER).notice_id == first

    def test_when_nothing_is_owed_the_chat_is_left_to_others(
        self, outbox: Outbox, session: Session, leases: Ledger
    ) -> None:
        drawn = outbox.next_drawing(session, REPORTER)
        assert drawn == Drawn(REPORTER, None, None, ())
        assert outbox.begin(session, drawn) is None
        assert leases.released == [REPORTER]

    def test_what_was_drawn_before_it_was_settled_is_out_of_date(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note("Satu"))
        drawn = outbox.next_drawing(session, REPORTER)
        session.get_one(Notice, number).state = SENT
        session.flush()
        with pytest.raises(OutOfDate):
            outbox.begin(session, drawn)

    def test_what_is_owed_since_is_not_forgotten(self, outbox: Outbox, session: Session, leases: Ledger) -> None:
        drawn = outbox.next_drawing(session, REPORTER)
        owes(session, note("Satu"))
        with pytest.raises(OutOfDate):
            outbox.begin(session, drawn)
        assert leases.released == []

    def test_one_that_cannot_be_drawn_is_named(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note(breaks=True))
        with pytest.raises(Undrawable) as undrawable:
            outbox.next_drawing(session, REPORTER)
        assert (undrawable.value.notice_id, undrawable.value.args) == (number, (number,))
        assert isinstance(undrawable.value.__cause__, LookupError)

    def test_a_database_in_trouble_is_no_fault_of_the_notice(
        self, outbox: Outbox, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_: object) -> Drawing:
            raise OperationalError("SELECT", {}, Exception("database is locked"))

        owes(session, note("Satu"))
        monkeypatch.setattr("bot.notices.outbox.draw", fails)
        with pytest.raises(OperationalError):
            outbox.next_drawing(session, REPORTER)


class TestButtons:
    def button(self, card: Card, action: str = "status", *, version: int = 3) -> Button:
        return Button.mint(card, action=action, argument="7", version=version)

    def draws(self, monkeypatch: pytest.MonkeyPatch, *buttons: Button) -> None:
        drawing = Drawing(Send(REPORTER, Markup("Halo")), buttons=buttons)
        monkeypatch.setattr("bot.notices.outbox.draw", lambda *_: drawing)

    def test_those_that_are_shown_for_the_first_time_are_stored(
        self, outbox: Outbox, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        card = shown_card(session)
        owes(session, note("Satu"))
        button = self.button(card)
        self.draws(monkeypatch, button, self.button(card, "archive"))
        begun(outbox, session)
        session.flush()
        assert session.get_one(Button, button.token).action == "status"
        assert len(session.scalars(select(Button)).all()) == 2

    def test_another_drawing_that_stored_the_same_was_first(
        self, outbox: Outbox, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        card, other = shown_card(session), shown_card(session, message=60)
        session.add_all([self.button(card, "archive"), self.button(card, version=2), self.button(other)])
        owes(session, note("Satu"))
        self.draws(monkeypatch, self.button(card))
        begun(outbox, session)
        session.flush()
        self.draws(monkeypatch, self.button(card, "note"), self.button(card))
        drawn = outbox.next_drawing(session, REPORTER)
        with pytest.raises(OutOfDate):
            outbox.begin(session, drawn)

    def test_the_code_that_a_message_tells_is_the_one_that_opens_the_invite(
        self, outbox: Outbox, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        invite, _ = issue(InviteKind.OFFICE, at=AT)
        session.add(invite)
        owes(session, note("Satu"))
        told = Drawing(Send(REPORTER, Markup("Halo")), tells=TellsCode(invite.id, b"d" * 32))
        monkeypatch.setattr("bot.notices.outbox.draw", lambda *_: told)
        begun(outbox, session)
        assert session.get_one(Invite, invite.id).digest == b"d" * 32

    def test_what_leaves_with_a_commit_stores_its_buttons_too(
        self, outbox: Outbox, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        button = self.button(shown_card(session))
        self.draws(monkeypatch, button)
        owed = note("Satu")
        owes(session, owed)
        (job,) = outbox.first_jobs(session, [owed], ())
        session.flush()
        assert job.notice_id == owed.id
        assert session.get_one(Button, button.token).argument == "7"


class TestWhatLeavesWithTheCommit:
    def first(self, outbox: Outbox, session: Session, *notices: Notice, busy: Sequence[int] = ()) -> list[int]:
        """Return the chats to which something leaves of what a transaction has just owed."""
        owes(session, *notices)
        jobs = outbox.first_jobs(session, list(reversed(notices)), set(busy))
        assert all(job.attempt == 1 and isinstance(job.plan, Send | Edit) for job in jobs)
        assert [(job.claim.kind, job.claim.lane) for job in jobs] == [(LeaseKind.OUTBOX, job.chat_id) for job in jobs]
        return [job.chat_id for job in jobs]

    def test_the_first_of_each_chat_does(self, outbox: Outbox, session: Session) -> None:
        notices = [note("Satu", chat=7), note("Dua", chat=8), note("Tiga", chat=7)]
        assert self.first(outbox, session, *notices) == [7, 8]
        assert [one.attempts for one in notices] == [1, 1, 0]

    def test_what_goes_to_a_busy_chat_waits(self, outbox: Outbox, session: Session) -> None:
        assert self.first(outbox, session, note(chat=7), note(chat=8), busy=[7]) == [8]
        assert self.first(outbox, session, note(chat=9), busy=[9]) == []

    @pytest.mark.parametrize(("chats", "leave"), [(6, 6), (7, 0)])
    def test_what_goes_to_many_waits(self, outbox: Outbox, session: Session, chats: int, leave: int) -> None:
        assert len(self.first(outbox, session, *(note(chat=100 + one) for one in range(chats)))) == leave

    def test_what_comes_after_something_else_waits(self, outbox: Outbox, session: Session) -> None:
        owes(session, note("Dulu", chat=7))
        settled = note("Selesai", chat=8)
        settled.state = SENT
        owes(session, settled)
        assert self.first(outbox, session, note(chat=7), note(chat=8)) == [8]

    def test_a_chat_that_another_process_serves_is_left_to_it(
        self, outbox: Outbox, session: Session, leases: Ledger
    ) -> None:
        leases.taken = {7}
        assert self.first(outbox, session, note(chat=7), note(chat=8)) == [8]

    def test_what_has_lost_its_point_is_settled(self, outbox: Outbox, session: Session) -> None:
        pointless = note(chat=7, pointless=True)
        assert self.first(outbox, session, pointless, note(chat=8)) == [8]
        assert pointless.state == NOT_NEEDED

    def test_of_refreshes_of_one_card_only_the_last_leaves(self, outbox: Outbox, session: Session) -> None:
        card, other = shown_card(session), note("Lain")
        other.priority = Priority.CARD
        notices = [
            carded(NoticeKind.REFRESH, card, "satu"),
            carded(NoticeKind.REFRESH, card, "dua"),
            other,
            carded(NoticeKind.REFRESH, card, "tiga"),
        ]
        assert self.first(outbox, session, *notices) == [REPORTER]
        assert [one.state for one in notices] == [NOT_NEEDED, OWED, OWED, OWED]
        assert [one.attempts for one in notices] == [0, 1, 0, 0]

    def test_one_that_cannot_be_drawn_is_named(self, outbox: Outbox, session: Session) -> None:
        broken = note(breaks=True)
        with pytest.raises(Undrawable) as undrawable:
            self.first(outbox, session, broken)
        assert undrawable.value.notice_id == broken.id
