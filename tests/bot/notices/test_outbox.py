"""The outbox by itself, one transaction after the other: which notice is next, and what is kept of its outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload

from bot.notices.outbox import Delivered, Drawn, Job, Outbox, OutOfDate, Progress, Undrawable, lost_file
from bot.replicas.leases import Sole
from handlers.delivery.plan import Delete, Drawing, Edit, Send, SendFiles
from handlers.screens.screen import TellsCode
from handlers.texts.catalogue import Texts
from models.case.task import Task
from models.journal.chain import Entry, Payload
from models.mail.card import Button, Card, CardKind
from models.mail.lease import LeaseKind
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.invitation import Invite, InviteKind, issue
from models.office.person import Person
from models.repository.reader import Reader
from models.repository.records import Records
from tests.bot.conftest import SOP
from tests.bot.notices.post import AT, carded, fresh_card, note
from tests.reports import a_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import InstrumentedAttribute

    from bot.clock import MovableClock
    from bot.replicas.leases import Claim
    from models.rules.rules import Rules

REPORTER, ADMIN, KADIV, GROUP = 1001, 1002, 2002, -100500
SAME_SEQUENCE = Payload.sequence == Entry.sequence
OWED, SENT, NOT_NEEDED, UNDELIVERABLE = (
    NoticeState.OWED,
    NoticeState.SENT,
    NoticeState.NOT_NEEDED,
    NoticeState.UNDELIVERABLE,
)


class Ledger(Sole):
    """Leases of which another process has some, or has had some meanwhile."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.overtaken = False
        self.released: list[int] = []

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        assert isinstance(session, Session)
        assert kind is LeaseKind.OUTBOX
        return None if lane in self.taken else super().claim(session, kind, lane)

    def still_owned(self, session: Session, claim: Claim) -> bool:
        assert isinstance(session, Session)
        assert claim.kind is LeaseKind.OUTBOX
        return not self.overtaken

    def release(self, session: Session, claim: Claim) -> None:
        assert isinstance(session, Session)
        self.released.append(claim.lane)

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        assert kind is LeaseKind.OUTBOX
        return lane.not_in(self.taken)


@pytest.fixture
def leases() -> Ledger:
    return Ledger()


@pytest.fixture
def outbox(rules: Rules, clock: MovableClock, leases: Ledger) -> Outbox:
    return Outbox(rules=rules, texts=Texts.load(rules.office.calendar.zone), now=clock.now, leases=leases)


def owes(session: Session, *notices: Notice) -> list[int]:
    session.add_all(notices)
    session.flush()
    return [one.id for one in notices]


def state(session: Session, number: int) -> NoticeState:
    return NoticeState(session.get_one(Notice, number).state)


def begun(outbox: Outbox, session: Session, chat: int = REPORTER, **more: Any) -> Job:
    """Draw the next notice of a chat, and make a job of it."""
    job = outbox.begin(session, outbox.next_drawing(session, chat), **more)
    assert job is not None
    return job


def shown_card(session: Session, kind: CardKind = CardKind.STATUS, *, message: int | None = 50, **more: Any) -> Card:
    card = fresh_card(kind)
    card.message_id = message
    for name, value in more.items():
        setattr(card, name, value)
    session.add(card)
    session.flush()
    return card


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


class TestWhatIsKept:
    def test_a_notice_is_sent_and_the_chat_is_left_when_nothing_more_is_owed(
        self, outbox: Outbox, session: Session, leases: Ledger, clock: MovableClock
    ) -> None:
        first, _ = owes(session, note("Satu"), note("Dua"))
        assert outbox.keep(session, Delivered(begun(outbox, session), message_id=50))
        kept = session.get_one(Notice, first)
        assert (kept.state, kept.settled_at, kept.failure) == (SENT, clock.now(), None)
        assert leases.released == []
        session.flush()
        assert not outbox.keep(session, Delivered(begun(outbox, session), message_id=51))
        assert leases.released == [REPORTER]

    def test_a_card_learns_its_message_and_what_it_shows(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session, message=None)
        owes(session, carded(NoticeKind.CARD, card, "isi"))
        outbox.keep(session, Delivered(begun(outbox, session), message_id=50))
        assert (card.message_id, card.twin_id, card.digest) == (50, None, "isi")

    def test_a_second_copy_makes_the_first_its_twin(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session)
        owes(session, carded(NoticeKind.CARD, card, "isi"))
        job = begun(outbox, session)
        outbox.keep(session, Delivered(job, message_id=51))
        assert (card.message_id, card.twin_id) == (51, 50)
        outbox.keep(session, Delivered(job, message_id=51))
        assert (card.message_id, card.twin_id) == (51, 50), "the answer to the first commit was lost"

    def test_an_edit_leaves_the_messages_as_they_are(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session, twin_id=49, digest="lama")
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        job = begun(outbox, session)
        assert isinstance(job.plan, Edit)
        outbox.keep(session, Delivered(job))
        assert (card.message_id, card.twin_id, card.digest) == (50, 49, "baru")

    @pytest.mark.parametrize(
        ("gone", "left"), [({50}, (49, None)), ({49}, (50, None)), ({49, 50}, (None, None)), ({7}, (50, 49))]
    )
    def test_a_message_that_was_removed_is_forgotten(
        self, outbox: Outbox, session: Session, gone: set[int], left: tuple[int | None, int | None]
    ) -> None:
        card = shown_card(session, twin_id=49, digest="lama")
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        outbox.keep(session, Delivered(begun(outbox, session), gone=frozenset(gone)))
        assert (card.message_id, card.twin_id) == left
        assert card.digest == ("baru" if left[0] is not None else None)
        assert len(session.scalars(select(Notice)).all()) == 1, "a status is not sent again"

    @pytest.mark.parametrize(
        ("kind", "live", "again"), [(CardKind.TASK, True, 1), (CardKind.TASK, False, 0), (CardKind.STATUS, True, 0)]
    )
    def test_a_living_task_whose_message_was_removed_is_sent_again_once(
        self, outbox: Outbox, session: Session, clock: MovableClock, kind: CardKind, again: int, *, live: bool
    ) -> None:
        reporter = session.scalars(select(Person).where(Person.account_id == REPORTER)).one()
        card = shown_card(session, kind, live=live, person_id=reporter.id)
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        job = begun(outbox, session)
        for _ in range(2):
            outbox.keep(session, Delivered(job, gone=frozenset({50})))
            session.flush()
        owed = session.scalars(select(Notice).where(Notice.kind == NoticeKind.CARD)).all()
        assert len(owed) == again
        for one in owed:
            assert (one.chat_id, one.person_id, one.card_id) == (REPORTER, reporter.id, card.id)
            assert (one.priority, one.owed_at, one.state) == (Priority.CARD, clock.now(), OWED)

    def test_a_card_that_was_withdrawn_has_no_message(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session, twin_id=49)
        owes(session, carded(NoticeKind.WITHDRAW, card, ""))
        job = begun(outbox, session)
        assert isinstance(job.plan, Delete)
        outbox.keep(session, Delivered(job))
        assert (card.message_id, card.twin_id) == (None, None)

    def test_where_another_process_served_the_chat_meanwhile_the_card_is_drawn_anew(
        self, outbox: Outbox, session: Session, leases: Ledger, clock: MovableClock
    ) -> None:
        card = shown_card(session)
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        job = begun(outbox, session)
        leases.overtaken = True
        assert outbox.keep(session, Delivered(job)), "the chat is owed more now"
        session.flush()
        assert card.digest is None
        again = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert again is not None
        assert (again.kind, again.card_id, again.owed_at) == (NoticeKind.REFRESH, card.id, clock.now())

    def test_a_card_without_a_message_is_not_drawn_anew(self, outbox: Outbox, session: Session, leases: Ledger) -> None:
        card = shown_card(session)
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        job = begun(outbox, session)
        leases.overtaken = True
        assert not outbox.keep(session, Delivered(job, gone=frozenset({50})))

    def test_progress_only_grows(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note(files=["a", "b", "c"]))
        lost = lost_file({"kind": "photo"}, position=2, why="wrong file identifier")
        assert lost == {"position": 2, "kind": "photo", "name": "", "why": "wrong file identifier"}
        for progress in (Progress(1), Progress(2, (lost,)), Progress(1), Progress(2)):
            outbox.keep_progress(session, number, progress)
        assert session.get_one(Notice, number).body["files"] == ["a", "b", "c"]
        job = begun(outbox, session)
        assert isinstance(job.plan, SendFiles)
        assert job.progress == Progress(2, (lost,))
        assert [Progress(1, (lost,)).arrived, Progress(2, (lost,)).arrived] == [False, True]

    def test_the_reader_and_the_admins_are_told_which_files_telegram_refuses(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        reporter = session.scalars(select(Person).where(Person.account_id == REPORTER)).one()
        mine = note(files=["a"], data={"number": "SW-2026-0007"})
        mine.person_id = reporter.id
        lost = lost_file({"kind": "photo", "name": "foto.jpg"}, position=1, why="wrong file identifier")
        owes(session, mine, note(chat=GROUP, files=["a"]))
        outbox.keep(session, Delivered(begun(outbox, session), lost=(lost,)))
        outbox.keep(session, Delivered(begun(outbox, session, GROUP), lost=(lost,)))
        session.flush()
        said, alert, in_group, second = session.scalars(select(Notice).order_by(Notice.id)).all()[2:]
        assert (said.kind, said.chat_id, said.person_id) == (NoticeKind.SAY, REPORTER, reporter.id)
        assert (said.body["code"], said.body["data"]) == ("files-lost", {"number": "SW-2026-0007", "lost": [lost]})
        assert (alert.kind, alert.chat_id, alert.owed_at) == (NoticeKind.ALERT, ADMIN, clock.now())
        assert alert.body["data"] == {"number": "SW-2026-0007", "lost": [lost], "name": reporter.name}
        assert (in_group.chat_id, in_group.body["data"]["number"]) == (GROUP, "–")
        assert second.body["data"]["name"] == "–"

    def test_the_admins_are_told_once_an_hour_that_telegram_refuses_the_office(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        told = []
        for _ in range(3):
            outbox.alert_throttled(session)
            told.append([one.chat_id for one in session.scalars(select(Notice))])
            clock.advance(timedelta(minutes=20))
        assert told == [[ADMIN], [ADMIN], [ADMIN, ADMIN]]
        alert = session.scalars(select(Notice).order_by(Notice.id)).first()
        assert alert is not None
        assert (alert.kind, alert.body["code"], alert.body["data"]) == (NoticeKind.ALERT, "alert-throttled", {})
        assert alert.owed_at == AT

    def test_each_send_of_unknown_fate_is_counted(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note())
        outbox.keep_doubt(session, number)
        outbox.keep_doubt(session, number)
        assert session.get_one(Notice, number).doubtful == 2

    def test_a_group_that_moves_takes_what_is_owed_along_and_forgets_its_messages(
        self, outbox: Outbox, session: Session
    ) -> None:
        mine, settled, other = owes(session, note(chat=GROUP), note(chat=GROUP), note(chat=7))
        session.get_one(Notice, settled).state = SENT
        card, elsewhere = shown_card(session, chat_id=GROUP, twin_id=49), shown_card(session, chat_id=7)
        outbox.keep_migrated(session, GROUP, to=-100900)
        session.expire_all()
        assert [session.get_one(Notice, one).chat_id for one in (mine, settled, other)] == [-100900, GROUP, 7]
        assert (card.chat_id, card.message_id, card.twin_id) == (-100900, None, None)
        assert (elsewhere.chat_id, elsewhere.message_id) == (7, 50)


class TestWhoCannotBeReached:
    def person(self, session: Session, account: int) -> Person:
        return session.scalars(select(Person).where(Person.account_id == account)).one()

    def test_what_arrives_shows_that_a_person_can_be_reached_again(self, outbox: Outbox, session: Session) -> None:
        reporter = self.person(session, REPORTER)
        reporter.unreachable_since = AT
        mine = note()
        mine.person_id = reporter.id
        owes(session, mine)
        outbox.keep(session, Delivered(begun(outbox, session), message_id=50))
        assert reporter.unreachable_since is None

    @pytest.mark.parametrize("elsewhere", [True, False])
    def test_an_edit_shows_nothing_nor_does_what_arrives_in_a_chat_of_somebody_else(
        self, outbox: Outbox, session: Session, *, elsewhere: bool
    ) -> None:
        reporter = self.person(session, REPORTER)
        reporter.unreachable_since = AT
        card = shown_card(session, person_id=reporter.id)
        owed = note() if elsewhere else carded(NoticeKind.REFRESH, card, "baru")
        owed.person_id = reporter.id
        owes(session, owed)
        if elsewhere:
            reporter.account_id = 9009
            session.flush()
        outbox.keep(session, Delivered(begun(outbox, session), message_id=50 if elsewhere else None))
        assert reporter.unreachable_since == AT

    def test_who_blocks_the_bot_is_noted_and_the_admins_are_told_once(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        reporter = self.person(session, REPORTER)
        mine, later = note(), note()
        mine.person_id = later.person_id = reporter.id
        first, second = owes(session, mine, later)
        outbox.keep_undeliverable(session, first, "bot was blocked")
        assert (mine.state, mine.failure, mine.settled_at) == (UNDELIVERABLE, "bot was blocked", clock.now())
        assert reporter.unreachable_since == clock.now()
        outbox.keep_undeliverable(session, second, "bot was blocked")
        alerts = session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT)).all()
        assert [(one.chat_id, one.body["code"]) for one in alerts] == [(ADMIN, "person-unreachable")]

    def test_what_was_settled_meanwhile_says_nothing(self, outbox: Outbox, session: Session) -> None:
        reporter = self.person(session, REPORTER)
        mine = note()
        mine.person_id, mine.state = reporter.id, SENT
        (number,) = owes(session, mine)
        outbox.keep_undeliverable(session, number, "bot was blocked")
        assert (mine.state, reporter.unreachable_since) == (SENT, None)

    def test_a_chat_of_nobody_is_settled_and_says_nothing_of_anybody(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note(chat=GROUP))
        outbox.keep_undeliverable(session, number, "chat not found")
        assert state(session, number) is UNDELIVERABLE
        assert session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT)).all() == []


class TestOfACase:
    """What cannot be delivered of a case stands in its journal, and a further task or question is told of."""

    @pytest.fixture(autouse=True)
    def case_id(self, session: Session, rules: Rules) -> int:
        """The number of a case that the reporter has just begun."""
        records = Records(session, rules=rules, at=AT)
        begun = records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=records.known(REPORTER), sop=SOP)
        session.flush()
        return begun.case.id

    def journal(self, session: Session) -> list[dict[str, Any] | None]:
        """Return what the journal says of notices that could not be delivered."""
        said = select(Payload.body).join(Entry, (Payload.chain_id == Entry.chain_id) & SAME_SEQUENCE)
        return list(session.scalars(said.where(Entry.action == "undelivered")))

    def alerts(self, session: Session) -> list[str]:
        found = select(Notice).where(Notice.kind == NoticeKind.ALERT).order_by(Notice.id)
        return [one.body["code"] for one in session.scalars(found)]

    def task_notice(self, session: Session) -> Notice:
        found = select(Notice).where(Notice.kind == NoticeKind.CARD, Notice.task_id.is_not(None))
        return session.scalars(found.options(joinedload(Notice.card))).one()

    def test_an_undelivered_task_is_journaled_and_told_of(self, outbox: Outbox, session: Session) -> None:
        notice = self.task_notice(session)
        session.expunge_all()
        outbox.keep_undeliverable(session, notice.id, "bot was blocked")
        session.flush()
        assert self.journal(session) == [{"notice": "card", "to": notice.person_id, "reason": "bot was blocked"}]
        assert set(self.alerts(session)) == {"person-unreachable"}, "the news of the outage names the task"

    def test_a_further_task_in_an_outage_is_told_of(self, outbox: Outbox, session: Session) -> None:
        notice = self.task_notice(session)
        session.get_one(Person, notice.person_id).unreachable_since = AT
        session.flush()
        outbox.keep_undeliverable(session, notice.id, "bot was blocked")
        session.flush()
        assert set(self.alerts(session)) == {"alert-unreachable"}

    def test_it_is_told_to_the_superiors_of_the_task_too(self, outbox: Outbox, session: Session) -> None:
        notice = self.task_notice(session)
        session.get_one(Person, notice.person_id).unreachable_since = AT
        assert notice.task_id is not None
        session.get_one(Task, notice.task_id).post = "kabag-p2l"
        session.flush()
        outbox.keep_undeliverable(session, notice.id, "bot was blocked")
        session.flush()
        assert KADIV in session.scalars(select(Notice.chat_id).where(Notice.kind == NoticeKind.ALERT)).all()

    @pytest.mark.parametrize("kind", [NoticeKind.REFRESH, NoticeKind.WITHDRAW])
    def test_what_only_draws_is_not_journaled(self, outbox: Outbox, session: Session, kind: NoticeKind) -> None:
        notice = self.task_notice(session)
        notice.kind = kind
        session.flush()
        outbox.keep_undeliverable(session, notice.id, "bot was blocked")
        assert self.journal(session) == []
        assert set(self.alerts(session)) == {"person-unreachable"}

    def test_news_of_a_case_without_a_task_is_journaled_too(
        self, outbox: Outbox, session: Session, case_id: int
    ) -> None:
        news = note()
        news.case_id, news.person_id = case_id, self.reporter(session).id
        (number,) = owes(session, news)
        outbox.keep_undeliverable(session, number, "bot was blocked")
        session.flush()
        assert [body and body["notice"] for body in self.journal(session)] == ["say"]
        assert self.alerts(session) == ["person-unreachable"]

    def reporter(self, session: Session) -> Person:
        return session.scalars(select(Person).where(Person.account_id == REPORTER)).one()

    def test_the_card_that_shows_somebody_can_be_reached_is_not_sent_again(
        self, outbox: Outbox, session: Session
    ) -> None:
        notice = self.task_notice(session)
        session.get_one(Person, notice.person_id).unreachable_since = AT
        session.flush()
        outbox.keep(session, Delivered(begun(outbox, session, notice.chat_id), message_id=50))
        session.flush()
        assert session.get_one(Person, notice.person_id).unreachable_since is None
        assert self.task_notice(session).state == SENT, "it is the only card of the task"

    def test_a_task_that_is_dealt_again_and_again_and_never_drawn_raises_one_alert(
        self, outbox: Outbox, session: Session
    ) -> None:
        first = self.task_notice(session)
        again = note()
        again.task_id, again.person_id = first.task_id, first.person_id
        owes(session, again)
        for one in (first, again):
            outbox.set_aside(session, one.id, "a screen with a fault")
        assert self.alerts(session) == ["alert-undeliverable"]

    def test_a_question_is_told_of_even_when_the_outage_is_news(
        self, outbox: Outbox, session: Session, case_id: int
    ) -> None:
        card = shown_card(session, CardKind.QUESTION, message=None, case_id=case_id)
        asked = carded(NoticeKind.CARD, card, "tanya")
        asked.case_id, asked.person_id = case_id, self.reporter(session).id
        (number,) = owes(session, asked)
        outbox.keep_undeliverable(session, number, "bot was blocked")
        session.flush()
        assert set(self.alerts(session)) == {"person-unreachable", "alert-unreachable"}


class TestWhatIsGivenUp:
    def test_one_that_telegram_never_takes_is_settled_and_the_admins_are_told(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        reporter = session.scalars(select(Person).where(Person.account_id == REPORTER)).one()
        mine = note()
        mine.person_id = reporter.id
        (number,) = owes(session, mine)
        outbox.set_aside(session, number, "message is too long")
        assert (mine.state, mine.failure, mine.settled_at) == (UNDELIVERABLE, "message is too long", clock.now())
        (alert,) = session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT)).all()
        assert (alert.chat_id, alert.owed_at) == (ADMIN, clock.now())
        assert (alert.body["code"], alert.body["data"]) == (
            "alert-undeliverable",
            {"notice": str(number), "name": reporter.name, "number": "–", "reason": "message is too long"},
        )

    def test_to_a_chat_of_nobody_the_alert_names_nobody(self, outbox: Outbox, session: Session) -> None:
        numbers = owes(session, note(chat=GROUP), note(chat=GROUP))
        for number in numbers:
            outbox.set_aside(session, number, "chat not found")
        alerts = session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT)).all()
        assert [(one.body["data"]["notice"], one.body["data"]["name"]) for one in alerts] == [
            (str(one), "–") for one in numbers
        ]

    def test_an_alert_that_is_given_up_raises_no_other(self, outbox: Outbox, session: Session) -> None:
        alert = note()
        alert.kind = NoticeKind.ALERT
        (number,) = owes(session, alert)
        outbox.set_aside(session, number, "message is too long")
        assert len(session.scalars(select(Notice)).all()) == 1
        assert state(session, number) is UNDELIVERABLE

    def test_what_is_settled_or_gone_is_nothing_to_tell_of(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note())
        session.get_one(Notice, number).state = SENT
        outbox.set_aside(session, number, "message is too long")
        outbox.set_aside(session, 999, "message is too long")
        assert state(session, number) is SENT
        assert len(session.scalars(select(Notice)).all()) == 1

    def test_one_whose_outcome_cannot_be_kept_is_settled(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        (number,) = owes(session, note())
        outbox.keep_fault(session, number, "KeyError")
        kept = session.get_one(Notice, number)
        assert (kept.state, kept.failure, kept.settled_at) == (UNDELIVERABLE, "KeyError", clock.now())
        outbox.keep_fault(session, 999, "KeyError")
