"""The inbox by itself, one transaction after the other: what it keeps of an update, whose turn it is, how it ends."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.clock import MovableClock
from bot.replicas.leases import Claim, Sole
from bot.updates.inbox import BACKLOG, FLOOD, KEPT_DONE, KEPT_SET_ASIDE, PRESSES, Inbox, Incomplete, Whole, lane_of
from handlers.chat.desk import Overtaken
from handlers.texts.catalogue import Texts
from handlers.texts.spoken import spoken
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.lease import LeaseKind
from models.mail.notice import Notice, NoticeKind, Priority
from models.repository.records import Records
from models.rules.rules import Rules
from tests.bot.conftest import SOP
from tests.bot.updates.reception import message
from tests.reports import a_report

GROUP = -100200300
REPORTER, ADMIN, STRANGER = 1001, 1002, 8100
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Ledger(Sole):
    """Leases that another process has some of, and that keep what was done with them."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.released: list[Claim] = []
        self.relaxed = 0

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        assert isinstance(session, Session)
        assert kind is LeaseKind.INBOX
        return None if lane in self.taken else super().claim(session, kind, lane)

    def relax(self, session: Session) -> None:
        assert isinstance(session, Session)
        self.relaxed += 1

    def release(self, session: Session, claim: Claim) -> None:
        assert isinstance(session, Session)
        self.released.append(claim)

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        assert kind is LeaseKind.INBOX
        return lane.not_in(self.taken)


@pytest.fixture
def leases() -> Ledger:
    return Ledger()


@pytest.fixture
def inbox(rules: Rules, clock: MovableClock, leases: Ledger) -> Inbox:
    return Inbox(rules=Rules(rules.office, rules.sops, "disposisi_demo_bot"), now=clock.now, leases=leases)


def in_group(number: int, *, account: int = STRANGER, group: int = GROUP) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": group}, "from": {"id": account}, "text": "/lapor"}}


def press(number: int, *, chat: int = REPORTER) -> dict[str, Any]:
    return {"update_id": number, "callback_query": {"from": {"id": REPORTER}, "message": {"chat": {"id": chat}}}}


def states(session: Session) -> dict[int, InboxState]:
    found = select(InboxUpdate.update_id, InboxUpdate.state).order_by(InboxUpdate.update_id)
    return {number: InboxState(state) for number, state in session.execute(found)}


def owed(session: Session) -> list[Notice]:
    return list(session.scalars(select(Notice).order_by(Notice.id)))


def kept(number: int, *, lane: int = REPORTER, **more: Any) -> InboxUpdate:
    return InboxUpdate(update_id=number, lane=lane, body={"update_id": number}, **more)


@pytest.mark.parametrize(
    ("body", "lane"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -100}, "from": {"id": 7}}}, -100),
        ({"update_id": 1, "edited_message": {"chat": {"id": 7}}}, 7),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -100}}}}, -100),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, 7),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 7}, "from": {"id": 7}}}, 7),
        ({"update_id": 1, "something_new": {"user": {"id": 7}}}, 7),
        ({"update_id": 1, "something_new": {"chat": "?"}}, 0),
        ({"update_id": 1, "something_new": 5}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_a_lane_is_the_chat_an_update_belongs_to(body: dict[str, Any], lane: int) -> None:
    assert lane_of(body) == lane


class TestWhatComesIn:
    def test_an_update_is_kept_as_it_came(self, inbox: Inbox, session: Session, clock: MovableClock) -> None:
        came = message(5)
        first = inbox.store(session, [came]).lanes[REPORTER]
        row = session.get_one(InboxUpdate, 5)
        for one in (row, first):
            assert one is not None
            assert (one.update_id, one.lane, one.body, one.received_at) == (5, REPORTER, came, clock.now())
            assert (one.state, one.failure) == (InboxState.WAITING, None)
        assert row.attempts == 0

    def test_what_comes_first_in_a_chat_is_handled_first(self, inbox: Inbox, session: Session) -> None:
        stored = inbox.store(session, [message(9), message(3), message(7, chat=1002)])
        assert [(lane, one and one.update_id) for lane, one in stored.lanes.items()] == [(REPORTER, 9), (ADMIN, 7)]

    def test_of_one_that_comes_twice_the_first_is_kept(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(5, "satu"), message(5, "dua")])
        inbox.store(session, [message(5, "tiga")])
        assert session.get_one(InboxUpdate, 5).body == message(5, "satu")

    def test_what_was_stored_before_is_nobodys_turn(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(5)])
        assert inbox.store(session, [message(5)]).lanes == {}
        assert inbox.store(session, [message(5), message(6)]).lanes == {REPORTER: None}

    def test_what_was_handled_before_is_nobodys_turn_either(self, inbox: Inbox, session: Session) -> None:
        session.add(kept(5, received_at=inbox._now(), state=InboxState.DONE))
        session.flush()
        stored = inbox.store(session, [message(5), message(6, chat=ADMIN)])
        assert [(lane, one and one.update_id) for lane, one in stored.lanes.items()] == [(ADMIN, 6)]
        assert states(session) == {5: InboxState.DONE, 6: InboxState.WAITING}

    def test_nothing_comes_of_nothing(self, inbox: Inbox, session: Session) -> None:
        assert inbox.store(session, []) == inbox.store(session, [{"update_id": "5"}])
        assert owed(session) == []

    def test_what_bears_no_usable_number_is_passed_over_and_logged(
        self, inbox: Inbox, session: Session, caplog: pytest.LogCaptureFixture
    ) -> None:
        largest = 2**63 - 1
        strange: list[dict[str, Any]] = [
            {"message": {}},
            {"update_id": "5"},
            {"update_id": largest + 1},
            {"update_id": None},
        ]
        inbox.store(session, [*strange, message(largest), message(5)])
        assert states(session) == {5: InboxState.WAITING, largest: InboxState.WAITING}
        assert [one.getMessage() for one in caplog.records] == ["4 updates without a usable number were passed over"]

    def test_a_clock_that_is_set_back_puts_nothing_before_what_waits(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        ahead = clock.now() + timedelta(hours=1)
        session.add(kept(1, received_at=ahead))
        session.add(kept(2, received_at=ahead + timedelta(hours=1), state=InboxState.DONE))
        session.flush()
        inbox.store(session, [message(5)])
        assert session.get_one(InboxUpdate, 5).received_at == ahead


class TestAFlood:
    def test_of_one_chat_so_many_messages_wait_and_the_next_is_set_aside(
        self, inbox: Inbox, session: Session, clock: MovableClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert inbox.store(session, [message(1 + number) for number in range(BACKLOG)]).set_aside == 0
        assert owed(session) == []
        stored = inbox.store(session, [message(500), message(501), message(502, chat=ADMIN)])
        assert stored.set_aside == 2
        assert [(lane, one and one.update_id) for lane, one in stored.lanes.items()] == [(ADMIN, 502)]
        assert [session.get_one(InboxUpdate, number).failure for number in (BACKLOG, 500, 501)] == [None, FLOOD, FLOOD]
        assert session.get_one(InboxUpdate, 500).state == InboxState.SET_ASIDE
        (told,) = owed(session)
        assert (told.kind, told.priority, told.chat_id) == (NoticeKind.SAY, Priority.ANSWER, REPORTER)
        assert (told.body["code"], told.body["data"], told.owed_at) == ("message-flood", {}, clock.now())
        assert [one.levelno for one in caplog.records] == [logging.WARNING], "once for each chat"
        assert caplog.records[0].getMessage().startswith("a chat has too many updates waiting; ")

    def test_what_was_set_aside_is_not_told_of_again_when_it_comes_again(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        batch = [message(1 + number) for number in range(BACKLOG + 1)]
        assert inbox.store(session, batch).set_aside == 1
        clock.advance(2 * MINUTE)
        assert inbox.store(session, batch).set_aside == 0
        assert len(owed(session)) == 1

    def test_what_comes_again_makes_no_flood_of_a_few(self, inbox: Inbox, session: Session) -> None:
        batch = [message(1 + number) for number in range(BACKLOG - 40)]
        inbox.store(session, batch)
        assert inbox.store(session, [*batch, *(message(500 + number) for number in range(40))]).set_aside == 0
        assert inbox.store(session, [message(600)]).set_aside == 1

    def test_each_writer_is_told_once_a_minute(self, inbox: Inbox, session: Session, clock: MovableClock) -> None:
        for chat in (REPORTER, ADMIN):
            inbox.store(session, [message(1000 * chat + number, chat=chat) for number in range(BACKLOG + 1)])
        inbox.store(session, [message(1)])
        assert [one.chat_id for one in owed(session)] == [REPORTER, ADMIN]
        clock.advance(MINUTE - SECOND)
        inbox.store(session, [message(2)])
        assert len(owed(session)) == 2
        clock.advance(SECOND)
        inbox.store(session, [message(3)])
        assert [one.chat_id for one in owed(session)] == [REPORTER, ADMIN, REPORTER]

    def test_presses_have_a_larger_bound(self, inbox: Inbox, session: Session) -> None:
        assert inbox.store(session, [press(1 + number) for number in range(PRESSES)]).set_aside == 0
        assert inbox.store(session, [press(5000)]).set_aside == 1

    def test_what_belongs_to_no_chat_has_none(self, inbox: Inbox, session: Session) -> None:
        stored = inbox.store(session, [{"update_id": 1 + number, "poll": {}} for number in range(BACKLOG + 1)])
        assert stored.set_aside == 0
        assert set(states(session).values()) == {InboxState.WAITING}


class TestAGroup:
    @pytest.mark.parametrize(
        ("update", "state"),
        [
            ({"message": {"text": "/lapor printer"}}, InboxState.WAITING),
            ({"message": {"caption": "/lapor printer"}}, InboxState.WAITING),
            ({"message": {"text": "/lapor@disposisi_demo_bot printer"}}, InboxState.WAITING),
            ({"message": {"text": "/lapor@bot_lain printer"}}, InboxState.DONE),
            ({"message": {"text": "halo"}}, InboxState.DONE),
            ({"message": {"text": ["/lapor"]}}, InboxState.DONE),
            ({"message": {"photo": []}}, InboxState.DONE),
            ({"edited_message": {"text": "/lapor printer"}}, InboxState.WAITING),
            ({"edited_message": {"text": "printer"}}, InboxState.DONE),
            ({"my_chat_member": {}}, InboxState.DONE),
        ],
    )
    def test_only_what_calls_us_waits(
        self, inbox: Inbox, session: Session, update: dict[str, dict[str, Any]], state: InboxState
    ) -> None:
        ((kind, part),) = update.items()
        stored = inbox.store(session, [{"update_id": 5, kind: part | {"chat": {"id": GROUP}}}])
        assert states(session) == {5: state}
        assert (GROUP in stored.lanes) == (state is InboxState.WAITING)

    def test_a_press_waits(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [press(5, chat=GROUP)])
        assert states(session) == {5: InboxState.WAITING}

    def test_its_many_share_a_bound_and_whoever_reported_is_told_in_private(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        many = [in_group(1 + number, account=ADMIN) for number in range(PRESSES)]
        assert inbox.store(session, many).set_aside == 0
        late = [in_group(5000), in_group(5001, account=REPORTER), in_group(5002, account=REPORTER)]
        nobody = {"update_id": 5003, "message": {"chat": {"id": GROUP}, "text": "/lapor"}}
        unusable = {"update_id": 5004, "message": {"chat": {"id": GROUP}, "from": {"id": str(ADMIN)}, "text": "/lapor"}}
        assert inbox.store(session, [*late, nobody, unusable, press(5005, chat=GROUP)]).set_aside == 6
        (told,) = owed(session)
        assert (told.kind, told.priority, told.chat_id) == (NoticeKind.SAY, Priority.ANSWER, REPORTER)
        assert (told.body["code"], told.body["data"], told.owed_at) == ("report-flood", {}, clock.now())

        inbox.store(session, [in_group(5010, account=REPORTER), in_group(5011, account=ADMIN)])
        assert [one.chat_id for one in owed(session)] == [REPORTER, ADMIN]
        clock.advance(MINUTE)
        inbox.store(session, [in_group(5020, account=REPORTER)])
        assert [one.chat_id for one in owed(session)] == [REPORTER, ADMIN, REPORTER]

    def test_strangers_leave_room_for_people(self, inbox: Inbox, session: Session) -> None:
        assert inbox.store(session, [in_group(1 + number) for number in range(BACKLOG)]).set_aside == 0
        assert inbox.store(session, [in_group(1000), press(1001, chat=GROUP), in_group(1002)]).set_aside == 2
        assert states(session)[1001] == InboxState.WAITING
        assert inbox.store(session, [in_group(1003, account=REPORTER)]).set_aside == 0

    @pytest.mark.parametrize("kind", ["message", "edited_message"])
    @pytest.mark.parametrize(("number", "kept"), [(7, 7), (2**70, None), (True, None), (None, None), ("8", None)])
    def test_the_number_of_a_message_is_kept_where_it_is_one(
        self, inbox: Inbox, session: Session, kind: str, number: object, kept: int | None
    ) -> None:
        inbox.store(session, [{"update_id": 5, kind: {"chat": {"id": REPORTER}, "message_id": number}}])
        assert session.scalars(select(InboxUpdate.message_id)).all() == [kept]

    def test_a_person_is_told_of_each_group_in_which_they_wrote(self, inbox: Inbox, session: Session) -> None:
        for group in (GROUP, GROUP - 1):
            first = abs(group) * 2000
            inbox.store(session, [in_group(first + one, account=ADMIN, group=group) for one in range(PRESSES)])
            inbox.store(session, [in_group(first + PRESSES, account=REPORTER, group=group)])
        assert [one.chat_id for one in owed(session)] == [REPORTER, REPORTER]


class TestWhoseTurnItIs:
    def test_chats_with_little_go_first_and_among_equals_the_longest_waiting(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        at = clock.now()
        session.add_all([kept(1, lane=7, received_at=at), kept(2, lane=7, received_at=at)])
        session.add(kept(3, lane=8, received_at=at + 2 * SECOND))
        session.add(kept(4, lane=9, received_at=at + SECOND))
        session.add(kept(5, lane=10, received_at=at, state=InboxState.DONE))
        session.flush()
        assert inbox.waiting(session) == [9, 8, 7]

    def test_chats_that_another_process_serves_are_left_to_it(
        self, inbox: Inbox, session: Session, leases: Ledger
    ) -> None:
        inbox.store(session, [message(1), message(2, chat=ADMIN)])
        leases.taken = {ADMIN}
        assert inbox.waiting(session) == [REPORTER]
        assert inbox.next(session, ADMIN) is None
        assert leases.released == []

    def test_so_many_chats_are_looked_at_in_one_go(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(1 + number, chat=1 + number) for number in range(201)])
        assert len(inbox.waiting(session)) == 200

    def test_the_next_is_the_one_that_came_first_whatever_its_number(
        self, inbox: Inbox, session: Session, leases: Ledger, clock: MovableClock
    ) -> None:
        at = clock.now()
        session.add(kept(1, received_at=at - SECOND, state=InboxState.DONE))
        session.add(kept(2, lane=ADMIN, received_at=at - SECOND))
        session.add_all([kept(9, received_at=at), kept(8, received_at=at), kept(3, received_at=at + SECOND)])
        session.flush()
        for number in (8, 9, 3):
            found = inbox.next(session, REPORTER)
            assert isinstance(found, Whole)
            assert found.update_ids == [number]
            inbox.finish(session, number)
        assert inbox.next(session, REPORTER) is None
        assert leases.relaxed == 4
        assert [one.lane for one in leases.released] == [REPORTER], "once nothing waits"


class TestPieces:
    def test_what_may_go_on_waits_for_a_moment_and_is_then_handled(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        assert inbox.store(session, [message(5, "p" * 4096)]).lanes == {REPORTER: None}, "it is looked up"
        assert inbox.next(session, REPORTER) == Incomplete(1.5)
        clock.advance(SECOND)
        assert inbox.next(session, REPORTER) == Incomplete(0.5)
        inbox.store(session, [message(6, "q" * 4096)])
        assert inbox.next(session, REPORTER) == Incomplete(1.5)
        clock.advance(1.5 * SECOND)
        found = inbox.next(session, REPORTER)
        assert isinstance(found, Whole)
        assert found.update_ids == [5, 6]

    def test_whoever_has_waited_enough_gets_what_there_is(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(5, "p" * 4096)])
        found = inbox.next(session, REPORTER, patient=False)
        assert isinstance(found, Whole)
        assert found.update_ids == [5]

    def test_a_clock_that_was_set_back_keeps_nobody_waiting(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        body = message(5, "p" * 4096)
        ahead = InboxUpdate(update_id=5, lane=REPORTER, body=body, received_at=clock.now() + timedelta(hours=1))
        session.add(ahead)
        session.flush()
        assert isinstance(inbox.next(session, REPORTER), Whole)

    def test_the_pieces_are_done_together_or_not_at_all(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(5, "p" * 4096), message(6, "sisa"), message(7, "lain")])
        inbox.finish(session, 5, 6)
        assert states(session) == {5: InboxState.DONE, 6: InboxState.DONE, 7: InboxState.WAITING}
        with pytest.raises(Overtaken):
            inbox.finish(session, 7, 6)

    def test_the_pieces_are_set_aside_together_and_told_of_once(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(5, "p" * 4096), message(6, "sisa"), message(7, "lain")])
        session.get_one(InboxUpdate, 5).attempts = 2
        assert inbox.set_back(session, 5, ValueError(), [6])
        session.expire_all()
        assert states(session) == {5: InboxState.SET_ASIDE, 6: InboxState.SET_ASIDE, 7: InboxState.WAITING}
        assert [one.kind for one in owed(session)] == [NoticeKind.ALERT, NoticeKind.SAY]

    def test_a_chat_that_is_waited_for_is_not_taken_up(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(1), message(2, chat=ADMIN)])
        assert inbox.waiting(session, besides=[REPORTER]) == [ADMIN]

    def test_of_a_group_the_pieces_wait_that_belong_to_a_report(self, inbox: Inbox, session: Session) -> None:
        def posted(number: int, account: int = REPORTER, **what: Any) -> dict[str, Any]:
            said = {"message_id": number, "date": 5, "chat": {"id": GROUP}, "from": {"id": account}, **what}
            return {"update_id": number, "message": said}

        album = [posted(number, media_group_id="7", caption="/lapor" if number == 2 else "") for number in (1, 2, 3)]
        inbox.store(session, [*album, posted(4, media_group_id="8"), posted(5, text="/lapor " + "p" * 4000)])
        inbox.store(session, [posted(6, text="lain", account=STRANGER), posted(7, text="sisa"), posted(8, text="lain")])
        inbox.finish(session, 2, 3)
        inbox.store(session, [posted(9, media_group_id="7"), posted(10, media_group_id="8")])
        session.expire_all()
        waiting = [number for number, state in states(session).items() if state is InboxState.WAITING]
        assert waiting == [5, 7, 9], "of the album what comes after the command, also when that was handled"


class TestHowItEnds:
    def test_what_is_handled_is_done_once(self, inbox: Inbox, session: Session) -> None:
        inbox.store(session, [message(5), message(6)])
        inbox.set_back(session, 5, ValueError())
        inbox.finish(session, 5)
        session.expire_all()
        row = session.get_one(InboxUpdate, 5)
        assert (row.state, row.failure) == (InboxState.DONE, None)
        assert session.get_one(InboxUpdate, 6).state == InboxState.WAITING
        for number in (5, 7):
            with pytest.raises(Overtaken) as overtaken:
                inbox.finish(session, number)
            assert overtaken.value.args == (number,)

    def test_what_fails_is_tried_three_times_and_then_set_aside_and_told_of(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        inbox.store(session, [message(5)])
        row = session.get_one(InboxUpdate, 5)
        for attempt in (1, 2):
            assert not inbox.set_back(session, 5, ValueError("rahasia"))
            assert (row.state, row.attempts, row.failure) == (InboxState.WAITING, attempt, "ValueError")
        assert owed(session) == []
        assert inbox.set_back(session, 5, ValueError("rahasia"))
        assert (row.state, row.attempts) == (InboxState.SET_ASIDE, 3)
        alert, said = owed(session)
        assert (alert.kind, alert.chat_id, alert.owed_at) == (NoticeKind.ALERT, ADMIN, clock.now())
        told = {
            "what": "message",
            "name": "Orang 1001",
            "place": "private",
            "title": "–",
            "held": "Halo",
            "update": "5",
        }
        assert alert.body == {"code": "alert-set-aside", "data": told}
        assert (said.kind, said.chat_id, said.body["code"]) == (NoticeKind.SAY, REPORTER, "message-set-aside")

    @pytest.mark.parametrize("kind", ["message", "edited_message"])
    def test_what_may_belong_to_a_confidential_report_is_not_told_to_the_admins(
        self, inbox: Inbox, session: Session, rules: Rules, clock: MovableClock, kind: str
    ) -> None:
        records = Records(session, rules=rules, at=clock.now())
        report = a_report("Atasan saya", confidential=True)
        records.begin(report, reporter=records.known(REPORTER), sop=SOP)
        before = len(owed(session))
        body = message(5, "Namanya tertulis di sini")
        inbox.store(session, [{"update_id": 5, kind: body["message"]}])
        for _ in range(3):
            inbox.set_back(session, 5, ValueError())
        alert, said = owed(session)[before:]
        assert (alert.chat_id, alert.body["data"]["place"], alert.body["data"]["held"]) == (ADMIN, "secret", "")
        assert said.body["data"]["held"] == "Namanya tertulis di sini", "the sender reads what was not processed"
        shown = str(
            spoken(
                Texts.load(rules.office.calendar.zone).say("id"),
                alert.body["code"],
                alert.body["data"],
                now=clock.now(),
            )
        )
        assert "isinya termasuk laporan rahasia. Log menyebutnya 5." in shown

    @pytest.mark.parametrize("lane", [GROUP, 0])
    def test_where_nobody_wrote_in_private_only_the_admins_are_told(
        self, inbox: Inbox, session: Session, clock: MovableClock, lane: int
    ) -> None:
        session.add(kept(5, lane=lane, received_at=clock.now(), attempts=2))
        session.flush()
        assert inbox.set_back(session, 5, ValueError())
        assert [one.kind for one in owed(session)] == [NoticeKind.ALERT]

    @pytest.mark.parametrize("state", [InboxState.DONE, InboxState.SET_ASIDE])
    def test_a_failure_of_what_came_to_an_end_counts_for_nothing(
        self, inbox: Inbox, session: Session, clock: MovableClock, state: InboxState
    ) -> None:
        session.add(kept(5, received_at=clock.now(), attempts=2, state=state))
        session.flush()
        assert not inbox.set_back(session, 5, ValueError())
        row = session.get_one(InboxUpdate, 5)
        assert (row.state, row.attempts, row.failure) == (state, 2, None)

    def test_of_a_failure_the_place_is_kept_where_it_happened(self, inbox: Inbox, session: Session) -> None:
        def fails() -> None:
            raise LookupError("rahasia")

        def handles() -> None:
            fails()

        inbox.store(session, [message(5)])
        try:
            handles()
        except LookupError as failure:
            inbox.set_back(session, 5, failure)
        line = fails.__code__.co_firstlineno + 1
        assert session.get_one(InboxUpdate, 5).failure == f"LookupError at fails:{line}"

    def test_old_ones_go_to_the_second_and_so_many_at_a_time(
        self, inbox: Inbox, session: Session, clock: MovableClock
    ) -> None:
        at, done, aside = clock.now(), InboxState.DONE, InboxState.SET_ASIDE
        session.add_all([kept(1, received_at=at - KEPT_DONE, state=done)])
        session.add_all([kept(2, received_at=at - KEPT_SET_ASIDE, state=aside)])
        session.add_all(kept(100 + one, received_at=at - KEPT_DONE - SECOND, state=done) for one in range(520))
        session.add_all([kept(3, received_at=at - KEPT_SET_ASIDE - SECOND, state=aside)])
        session.flush()
        assert inbox.prune(session), "there may be more"
        assert len(states(session)) == 2 + 521 - 500
        assert not inbox.prune(session)
        assert states(session) == {1: done, 2: aside}
