"""The outbox by itself, one transaction after the other: what it keeps of the outcome of a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.notices.job import Delivered, Progress, lost_file
from bot.notices.outbox import Outbox
from handlers.delivery.plan import Delete, Edit, Send, SendFiles
from models.case.task import Task
from models.chase.reminders import GATHERED
from models.journal.chain import Entry, Payload
from models.mail.card import CardKind
from models.mail.notice import Notice, NoticeKind, Priority
from models.office.person import Person
from models.repository.records import Records
from tests.bot.conftest import SOP
from tests.bot.notices.owed import (
    ADMIN,
    GROUP,
    KADIV,
    NOT_NEEDED,
    OWED,
    REPORTER,
    SAME_SEQUENCE,
    SENT,
    UNDELIVERABLE,
    Ledger,
    begun,
    owes,
    shown_card,
    state,
)
from tests.bot.notices.post import AT, carded, note
from tests.reports import a_report

if TYPE_CHECKING:
    from bot.clock import MovableClock
    from models.rules.rules import Rules


class TestWhatIsKept:
    def test_a_notice_is_sent_and_the_chat_is_left_when_nothing_more_is_owed(
        self, outbox: Outbox, session: Session, leases: Ledger, clock: MovableClock
    ) -> None:
        first, _ = owes(session, note("Satu"), note("Dua"))
        assert outbox.outcomes.keep(session, Delivered(begun(outbox, session), message_id=50))
        kept = session.get_one(Notice, first)
        assert (kept.state, kept.settled_at, kept.failure) == (SENT, clock.now(), None)
        assert leases.released == []
        session.flush()
        assert not outbox.outcomes.keep(session, Delivered(begun(outbox, session), message_id=51))
        assert leases.released == [REPORTER]

    def test_a_card_learns_its_message_and_what_it_shows(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session, message=None)
        owes(session, carded(NoticeKind.CARD, card, "isi"))
        outbox.outcomes.keep(session, Delivered(begun(outbox, session), message_id=50))
        assert (card.message_id, card.twin_id, card.digest) == (50, None, "isi")

    def test_a_second_copy_makes_the_first_its_twin(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session)
        owes(session, carded(NoticeKind.CARD, card, "isi"))
        job = begun(outbox, session)
        outbox.outcomes.keep(session, Delivered(job, message_id=51))
        assert (card.message_id, card.twin_id) == (51, 50)
        outbox.outcomes.keep(session, Delivered(job, message_id=51))
        assert (card.message_id, card.twin_id) == (51, 50), "the answer to the first commit was lost"

    def test_an_edit_leaves_the_messages_as_they_are(self, outbox: Outbox, session: Session) -> None:
        card = shown_card(session, twin_id=49, digest="lama")
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        job = begun(outbox, session)
        assert isinstance(job.plan, Edit)
        outbox.outcomes.keep(session, Delivered(job))
        assert (card.message_id, card.twin_id, card.digest) == (50, 49, "baru")

    @pytest.mark.parametrize(
        ("gone", "left"), [({50}, (49, None)), ({49}, (50, None)), ({49, 50}, (None, None)), ({7}, (50, 49))]
    )
    def test_a_message_that_was_removed_is_forgotten(
        self, outbox: Outbox, session: Session, gone: set[int], left: tuple[int | None, int | None]
    ) -> None:
        card = shown_card(session, twin_id=49, digest="lama")
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        outbox.outcomes.keep(session, Delivered(begun(outbox, session), gone=frozenset(gone)))
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
            outbox.outcomes.keep(session, Delivered(job, gone=frozenset({50})))
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
        outbox.outcomes.keep(session, Delivered(job))
        assert (card.message_id, card.twin_id) == (None, None)

    def test_where_another_process_served_the_chat_meanwhile_the_card_is_drawn_anew(
        self, outbox: Outbox, session: Session, leases: Ledger, clock: MovableClock
    ) -> None:
        card = shown_card(session)
        owes(session, carded(NoticeKind.REFRESH, card, "baru"))
        job = begun(outbox, session)
        leases.overtaken = True
        assert outbox.outcomes.keep(session, Delivered(job)), "the chat is owed more now"
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
        assert not outbox.outcomes.keep(session, Delivered(job, gone=frozenset({50})))

    def test_progress_only_grows(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note(files=["a", "b", "c"]))
        lost = lost_file({"kind": "photo"}, position=2, why="wrong file identifier")
        assert lost == {"position": 2, "kind": "photo", "name": "", "why": "wrong file identifier"}
        for progress in (Progress(1), Progress(2, (lost,)), Progress(1), Progress(2)):
            outbox.outcomes.keep_progress(session, number, progress)
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
        outbox.outcomes.keep(session, Delivered(begun(outbox, session), lost=(lost,)))
        outbox.outcomes.keep(session, Delivered(begun(outbox, session, GROUP), lost=(lost,)))
        session.flush()
        said, alert, in_group, second = session.scalars(select(Notice).order_by(Notice.id)).all()[2:]
        assert (said.kind, said.chat_id, said.person_id) == (NoticeKind.SAY, REPORTER, reporter.id)
        assert (said.body["code"], said.body["data"]) == ("files-lost", {"number": "SW-2026-0007", "lost": [lost]})
        assert (alert.kind, alert.chat_id, alert.owed_at) == (NoticeKind.ALERT, ADMIN, clock.now())
        assert alert.body["data"] == {"number": "SW-2026-0007", "lost": [lost], "name": reporter.name}
        assert (in_group.chat_id, in_group.body["data"]["number"]) == (GROUP, "–")
        assert second.body["data"]["name"] == "–"

    def test_the_admins_learn_no_name_of_a_file_of_a_confidential_case(
        self, outbox: Outbox, session: Session, rules: Rules, clock: MovableClock
    ) -> None:
        records = Records(session, rules=rules, at=clock.now())
        reporter = records.known(REPORTER)
        opened = records.begin(a_report("Atasan", confidential=True), reporter=reporter, sop=SOP)
        session.flush()
        for earlier in session.scalars(select(Notice)):
            earlier.state = NOT_NEEDED
        mine = note(files=["a"], data={"number": opened.case.number})
        mine.case_id = opened.case.id
        owes(session, mine)
        lost = lost_file({"kind": "document", "name": "suap-kepala.pdf"}, position=1, why="wrong file identifier")
        outbox.outcomes.keep(session, Delivered(begun(outbox, session), lost=(lost,)))
        session.flush()
        said, alert = session.scalars(select(Notice).order_by(Notice.id)).all()[-2:]
        assert said.body["data"]["lost"] == [lost]
        assert (alert.chat_id, alert.body["data"]["lost"]) == (ADMIN, [{**lost, "name": ""}])

    def test_the_admins_are_told_once_an_hour_that_telegram_refuses_the_office(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        told = []
        for _ in range(3):
            outbox.outcomes.alert_throttled(session)
            told.append([one.chat_id for one in session.scalars(select(Notice))])
            clock.advance(timedelta(minutes=20))
        assert told == [[ADMIN], [ADMIN], [ADMIN, ADMIN]]
        alert = session.scalars(select(Notice).order_by(Notice.id)).first()
        assert alert is not None
        assert (alert.kind, alert.body["code"], alert.body["data"]) == (NoticeKind.ALERT, "alert-throttled", {})
        assert alert.owed_at == AT

    def test_each_send_of_unknown_fate_is_counted(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note())
        outbox.outcomes.keep_doubt(session, number)
        outbox.outcomes.keep_doubt(session, number)
        assert session.get_one(Notice, number).doubtful == 2

    def test_a_group_that_moves_takes_what_is_owed_along_and_forgets_its_messages(
        self, outbox: Outbox, session: Session
    ) -> None:
        mine, settled, other = owes(session, note(chat=GROUP), note(chat=GROUP), note(chat=7))
        session.get_one(Notice, settled).state = SENT
        card, elsewhere = shown_card(session, chat_id=GROUP, twin_id=49), shown_card(session, chat_id=7)
        outbox.outcomes.keep_migrated(session, GROUP, to=-100900)
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
        outbox.outcomes.keep(session, Delivered(begun(outbox, session), message_id=50))
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
        outbox.outcomes.keep(session, Delivered(begun(outbox, session), message_id=50 if elsewhere else None))
        assert reporter.unreachable_since == AT

    def test_who_blocks_the_bot_is_noted_and_the_admins_are_told_once(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        reporter = self.person(session, REPORTER)
        mine, later = note(), note()
        mine.person_id = later.person_id = reporter.id
        first, second = owes(session, mine, later)
        outbox.outcomes.keep_undeliverable(session, first, "bot was blocked")
        assert (mine.state, mine.failure, mine.settled_at) == (UNDELIVERABLE, "bot was blocked", clock.now())
        assert reporter.unreachable_since == clock.now()
        outbox.outcomes.keep_undeliverable(session, second, "bot was blocked")
        alerts = session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT).order_by(Notice.id)).all()
        assert [(one.chat_id, one.body["code"]) for one in alerts] == [(ADMIN, "person-unreachable")]

    def test_what_was_settled_meanwhile_says_nothing(self, outbox: Outbox, session: Session) -> None:
        reporter = self.person(session, REPORTER)
        mine = note()
        mine.person_id, mine.state = reporter.id, SENT
        (number,) = owes(session, mine)
        outbox.outcomes.keep_undeliverable(session, number, "bot was blocked")
        assert (mine.state, reporter.unreachable_since) == (SENT, None)

    def test_a_chat_of_nobody_is_settled_and_says_nothing_of_anybody(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note(chat=GROUP))
        outbox.outcomes.keep_undeliverable(session, number, "chat not found")
        assert state(session, number) is UNDELIVERABLE
        assert session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT).order_by(Notice.id)).all() == []


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

    def test_with_a_card_that_came_silently_closed_tasks_are_not_to_be_named_any_more(
        self, outbox: Outbox, session: Session
    ) -> None:
        notice = self.task_notice(session)
        person = session.get_one(Person, notice.person_id)
        person.pending = [[1000 + number, 1] for number in range(GATHERED - 1)]
        session.flush()
        job = begun(outbox, session, notice.chat_id)
        assert isinstance(job.plan, Send)
        quiet = replace(job, plan=replace(job.plan, silent=True))
        outbox.outcomes.keep(session, Delivered(quiet, message_id=50))
        session.commit()
        assert person.pending == [[notice.task_id, 1]]

    def test_an_undelivered_task_is_journaled_and_told_of(self, outbox: Outbox, session: Session) -> None:
        notice = self.task_notice(session)
        session.expunge_all()
        outbox.outcomes.keep_undeliverable(session, notice.id, "bot was blocked")
        session.flush()
        assert self.journal(session) == [{"notice": "card", "to": notice.person_id, "reason": "bot was blocked"}]
        assert set(self.alerts(session)) == {"person-unreachable"}, "the news of the outage names the task"

    def test_a_further_task_in_an_outage_is_told_of(self, outbox: Outbox, session: Session) -> None:
        notice = self.task_notice(session)
        session.get_one(Person, notice.person_id).unreachable_since = AT
        session.flush()
        outbox.outcomes.keep_undeliverable(session, notice.id, "bot was blocked")
        session.flush()
        assert set(self.alerts(session)) == {"alert-unreachable"}

    def test_it_is_told_to_the_superiors_of_the_task_too(self, outbox: Outbox, session: Session) -> None:
        notice = self.task_notice(session)
        session.get_one(Person, notice.person_id).unreachable_since = AT
        assert notice.task_id is not None
        session.get_one(Task, notice.task_id).post = "kabag-p2l"
        session.flush()
        outbox.outcomes.keep_undeliverable(session, notice.id, "bot was blocked")
        session.flush()
        assert KADIV in session.scalars(select(Notice.chat_id).where(Notice.kind == NoticeKind.ALERT)).all()

    @pytest.mark.parametrize("kind", [NoticeKind.REFRESH, NoticeKind.WITHDRAW])
    def test_what_only_draws_is_not_journaled(self, outbox: Outbox, session: Session, kind: NoticeKind) -> None:
        notice = self.task_notice(session)
        notice.kind = kind
        session.flush()
        outbox.outcomes.keep_undeliverable(session, notice.id, "bot was blocked")
        assert self.journal(session) == []
        assert set(self.alerts(session)) == {"person-unreachable"}

    def test_news_of_a_case_without_a_task_is_journaled_too(
        self, outbox: Outbox, session: Session, case_id: int
    ) -> None:
        news = note()
        news.case_id, news.person_id = case_id, self.reporter(session).id
        (number,) = owes(session, news)
        outbox.outcomes.keep_undeliverable(session, number, "bot was blocked")
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
        outbox.outcomes.keep(session, Delivered(begun(outbox, session, notice.chat_id), message_id=50))
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
            outbox.outcomes.set_aside(session, one.id, "a screen with a fault")
        assert self.alerts(session) == ["alert-undeliverable"]

    def test_a_question_is_told_of_even_when_the_outage_is_news(
        self, outbox: Outbox, session: Session, case_id: int
    ) -> None:
        card = shown_card(session, CardKind.QUESTION, message=None, case_id=case_id)
        asked = carded(NoticeKind.CARD, card, "tanya")
        asked.case_id, asked.person_id = case_id, self.reporter(session).id
        (number,) = owes(session, asked)
        outbox.outcomes.keep_undeliverable(session, number, "bot was blocked")
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
        outbox.outcomes.set_aside(session, number, "message is too long")
        assert (mine.state, mine.failure, mine.settled_at) == (UNDELIVERABLE, "message is too long", clock.now())
        (alert,) = session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT).order_by(Notice.id)).all()
        assert (alert.chat_id, alert.owed_at) == (ADMIN, clock.now())
        assert (alert.body["code"], alert.body["data"]) == (
            "alert-undeliverable",
            {"notice": str(number), "name": reporter.name, "number": "–", "reason": "message is too long"},
        )

    def test_to_a_chat_of_nobody_the_alert_names_nobody(self, outbox: Outbox, session: Session) -> None:
        numbers = owes(session, note(chat=GROUP), note(chat=GROUP))
        for number in numbers:
            outbox.outcomes.set_aside(session, number, "chat not found")
        alerts = session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT).order_by(Notice.id)).all()
        assert [(one.body["data"]["notice"], one.body["data"]["name"]) for one in alerts] == [
            (str(one), "–") for one in numbers
        ]

    def test_an_alert_that_is_given_up_raises_no_other(self, outbox: Outbox, session: Session) -> None:
        alert = note()
        alert.kind = NoticeKind.ALERT
        (number,) = owes(session, alert)
        outbox.outcomes.set_aside(session, number, "message is too long")
        assert len(session.scalars(select(Notice)).all()) == 1
        assert state(session, number) is UNDELIVERABLE

    def test_what_is_settled_or_gone_is_nothing_to_tell_of(self, outbox: Outbox, session: Session) -> None:
        (number,) = owes(session, note())
        session.get_one(Notice, number).state = SENT
        outbox.outcomes.set_aside(session, number, "message is too long")
        outbox.outcomes.set_aside(session, 999, "message is too long")
        assert state(session, number) is SENT
        assert len(session.scalars(select(Notice)).all()) == 1

    def test_one_whose_outcome_cannot_be_kept_is_settled(
        self, outbox: Outbox, session: Session, clock: MovableClock
    ) -> None:
        (number,) = owes(session, note())
        outbox.outcomes.keep_fault(session, number, "KeyError")
        kept = session.get_one(Notice, number)
        assert (kept.state, kept.failure, kept.settled_at) == (UNDELIVERABLE, "KeyError", clock.now())
        outbox.outcomes.keep_fault(session, 999, "KeyError")
