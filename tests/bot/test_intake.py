"""Updates on their way in: stored first, handled in the order of their chat, and never in each other's way."""

import asyncio
import sqlite3
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, MessageHandler, filters

from bot.activity import Activity
from bot.clock import MovableClock
from bot.line import LONG_POLL, Line
from bot.pauses import Pauses
from bot.replicas.leases import Sole
from bot.sandbox import Address, Fault, Limits, Sandbox, Trouble
from bot.stopped import TokenRejected
from bot.storage.database import Database
from bot.updates.inbox import BACKLOG, FLOOD, KEPT_DONE, KEPT_SET_ASIDE, Inbox, lane_of
from bot.updates.intake import Intake
from bot.updates.polling import Polling
from handlers.context import Desk
from handlers.texts.catalogue import Texts
from models.mailbox import InboxState, InboxUpdate, Notice, NoticeKind
from models.office import Rules
from models.records import Records

TOKEN = "123456:a-token-of-thirty-characters-or-more"

pytestmark = pytest.mark.usefixtures("office")


class Reception:
    """An intake with a handler that keeps what it was told and fails where a test wants it to."""

    def __init__(self, database: Database, rules: Rules, clock: MovableClock, address: Address) -> None:
        self.database, self.clock = database, clock
        self.activity = Activity()
        self.told: list[str] = []
        self.slept: list[float] = []
        self.failing: Callable[[str], Exception | None] = lambda _: None
        self.failing_after: Callable[[str], Exception | None] = lambda _: None
        self.gates: dict[str, asyncio.Event] = {}
        self.heard: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.line = Line(TOKEN, base_url=address.url)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self.line).updater(None).job_queue(None).build()
        )
        self.desk = Desk(
            rules=rules,
            transact=database.transact,
            clock=clock.now,
            texts=Texts.load(rules.office.calendar.zone),
            username="disposisi_demo_bot",
        )
        self.application.add_handler(MessageHandler(filters.TEXT, self._receive))
        self.application.add_error_handler(self._fail)
        self.inbox = Inbox(rules=rules, now=clock.now, leases=Sole())
        self.intake = self.opened()
        self.tasks: list[asyncio.Task[None]] = []

    def begin(self, patience: timedelta = LONG_POLL) -> None:
        """Let the intake handle what waits, and fetch more."""
        polling = Polling(line=self.line, store=self.intake.store, patience=patience, pauses=Pauses(self._sleep))
        self.intake.nudge()
        self.tasks = [asyncio.create_task(self.intake.run()), asyncio.create_task(polling.run())]

    async def stop(self) -> None:
        """Fetch nothing more, and begin with nothing more."""
        for task in self.tasks:
            task.cancel()
        await asyncio.wait(self.tasks)

    def opened(self) -> Intake:
        """Return an intake as a new process would make it."""
        return Intake(
            line=self.line,
            database=self.database,
            inbox=self.inbox,
            application=self.application,
            desk=self.desk,
            activity=self.activity,
            pauses=Pauses(self._sleep),
        )

    async def restart(self) -> None:
        """End in the middle of work, and begin again as a new process would."""
        await self.stop()
        self.intake.abandon()
        await self.intake.close()
        for gate in self.gates.values():
            gate.set()
        self.intake = self.opened()
        self.begin()
        await self.activity.still()

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def _receive(self, update: Update, _: object) -> None:
        assert update.message is not None
        text = update.message.text or ""

        def work(records: Records) -> None:
            records.say(update.message.chat_id if update.message else 0, "heard", text=text)
            failure = self.failing(text)
            if failure is not None:
                raise failure

        if text in self.gates:
            await self.gates[text].wait()
        await self.desk.serve(update.update_id, work, lambda _records, _refusal: None)
        self.told.append(text)
        self.heard[text].set()
        failure = self.failing_after(text)
        if failure is not None:
            raise failure

    async def _fail(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if isinstance(update, Update):
            self.desk.errands[update.update_id].failure = context.error

    async def states(self) -> list[tuple[InboxState, int]]:
        statement = select(InboxUpdate.state, InboxUpdate.attempts).order_by(InboxUpdate.update_id)
        return await self.database.read(
            lambda session: [(one.state, one.attempts) for one in session.execute(statement)]
        )

    async def answers(self) -> int:
        """Return how many answers the handler has committed."""
        owed = select(func.count()).select_from(Notice).where(Notice.kind == NoticeKind.SAY)
        return await self.database.read(lambda session: session.scalar(owed)) or 0


@pytest.fixture
def sandbox(clock: MovableClock) -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())


@pytest.fixture
async def reception(
    sandbox: Sandbox, database: Database, rules: Rules, clock: MovableClock
) -> AsyncIterator[Reception]:
    async with sandbox.serve() as address:
        reception = Reception(database, rules, clock, address)
        async with reception.application:
            reception.begin()
            yield reception
            await reception.stop()
            for gate in reception.gates.values():
                gate.set()
            await reception.intake.close()


def message(update_id: int, text: str = "Halo", *, chat: int = 1001) -> dict[str, Any]:
    """A message in a private chat, as Telegram writes it."""
    sent = {"message_id": update_id, "date": 1774830600, "text": text}
    account = {"id": chat, "first_name": "Budi", "is_bot": False}
    return {"update_id": update_id, "message": sent | {"chat": {"id": chat, "type": "private"}, "from": account}}


async def test_the_updates_of_one_chat_are_handled_in_order(sandbox: Sandbox, reception: Reception) -> None:
    budi = sandbox.person(1001, "Budi", started=True)
    for number in range(25):
        budi.says(str(number))
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == [str(number) for number in range(25)]
    assert await reception.states() == [(InboxState.DONE, 0)] * 25


async def test_different_chats_do_not_wait_for_each_other(sandbox: Sandbox, reception: Reception) -> None:
    budi, siti = (sandbox.person(number, "Orang", started=True) for number in (1001, 1002))
    reception.gates["lambat"] = asyncio.Event()
    budi.says("lambat")
    budi.says("sesudahnya")
    siti.says("cepat")
    await sandbox.drained()
    await reception.heard["cepat"].wait()
    assert reception.told == ["cepat"]
    reception.gates["lambat"].set()
    await reception.activity.still()
    assert reception.told == ["cepat", "lambat", "sesudahnya"]


async def test_an_update_is_on_disk_before_telegram_is_told(sandbox: Sandbox, reception: Reception) -> None:
    budi = sandbox.person(1001, "Budi", started=True)
    reception.gates["Halo"] = asyncio.Event()
    budi.says("Halo")
    await sandbox.drained()
    assert await reception.states() == [(InboxState.WAITING, 0)]


async def test_an_update_that_cannot_be_stored_is_not_confirmed(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    transact, refused = reception.database.transact, list[bool]()

    async def full(work: Callable[[Session], object]) -> object:
        if not refused:
            refused.append(True)
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))
        return await transact(work)

    monkeypatch.setattr(reception.database, "transact", full)
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert refused
    assert reception.told == ["Halo"], "Telegram handed it out again"


async def test_an_update_handed_out_twice_is_handled_once(sandbox: Sandbox, reception: Reception) -> None:
    budi = sandbox.person(1001, "Budi", started=True)
    budi.says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    body = await reception.database.read(lambda session: session.scalars(select(InboxUpdate.body)).one())
    await reception.intake.store([body, body])
    await reception.activity.still()
    assert reception.told == ["Halo"]


async def test_what_waits_at_the_start_is_handled_first(sandbox: Sandbox, reception: Reception) -> None:
    budi = sandbox.person(1001, "Budi", started=True)
    reception.gates["pertama"] = asyncio.Event()
    budi.says("pertama")
    budi.says("kedua")
    await sandbox.drained()
    assert await reception.states() == [(InboxState.WAITING, 0)] * 2

    await reception.restart()
    assert reception.told == ["pertama", "kedua"]
    await reception.restart()
    assert await reception.answers() == 2


async def test_numbers_that_start_anew_after_a_silent_week_do_not_upset_the_order(
    reception: Reception, clock: MovableClock
) -> None:
    reception.gates["lama"] = asyncio.Event()
    await reception.intake.store([message(900_000, "lama")])
    clock.advance(timedelta(days=8))
    await reception.intake.store([message(17, "baru")])
    await reception.restart()
    assert reception.told == ["lama", "baru"]


async def test_a_clock_that_is_set_back_does_not_upset_the_order(reception: Reception, clock: MovableClock) -> None:
    reception.gates["sebelum"] = asyncio.Event()
    await reception.intake.store([message(20, "sebelum")])
    an_hour_ago = clock.now() - timedelta(hours=1)
    reception.inbox._now = lambda: an_hour_ago
    await reception.intake.store([message(21, "sesudah")])
    await reception.restart()
    assert reception.told == ["sebelum", "sesudah"]


async def test_numbers_that_start_anew_between_two_polls_are_not_passed_over(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw_updates, empty = Line.raw_updates, list[Any]()

    async def counted(line: Line, **asked: Any) -> list[dict[str, Any]]:
        found = await raw_updates(line, **asked)
        if not found:
            empty.append(asked)
        return found

    monkeypatch.setattr(Line, "raw_updates", counted)
    await reception.stop()
    reception.begin(patience=timedelta())
    budi = sandbox.person(1001, "Budi", started=True)
    budi.says("sebelum liburan")
    await reception.heard["sebelum liburan"].wait()
    empty.clear()
    await sandbox.until(lambda: len(empty) > 1, within=5, why="Nobody polls any more")

    sandbox.world.updates.restart_ids(17)
    budi.says("sesudah liburan")
    async with asyncio.timeout(5):
        await reception.heard["sesudah liburan"].wait()


async def test_a_failing_update_is_tried_again_and_leaves_nothing_of_its_failures(
    sandbox: Sandbox, reception: Reception
) -> None:
    failures = [LookupError("first"), LookupError("second")]
    reception.failing = lambda _: failures.pop() if failures else None
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert await reception.states() == [(InboxState.DONE, 2)]
    assert await reception.answers() == 1
    assert len(reception.slept) == 2


async def test_one_that_fails_for_good_is_set_aside_and_those_behind_it_go_on(
    sandbox: Sandbox, reception: Reception
) -> None:
    reception.failing = lambda text: ValueError(f"NIP 197001011995032001 in {text}") if text == "rusak" else None
    budi = sandbox.person(1001, "Budi", started=True)
    budi.says("rusak")
    budi.says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert await reception.states() == [(InboxState.SET_ASIDE, 3), (InboxState.DONE, 0)]
    rows = await reception.database.read(lambda session: session.scalars(select(InboxUpdate)).all())
    assert rows[0].failure is not None
    assert rows[0].failure.startswith("ValueError at work:")
    alerts = await reception.database.read(
        lambda session: session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT)).all()
    )
    assert [(one.chat_id, one.body["code"]) for one in alerts] == [(1002, "alert-set-aside")]
    said = await reception.database.read(
        lambda session: session.scalars(select(Notice.body).where(Notice.kind == NoticeKind.SAY)).all()
    )
    assert [one["code"] for one in said] == ["message-set-aside", "heard"], "whoever wrote it is told"


async def test_one_that_nobody_can_read_is_set_aside(reception: Reception) -> None:
    await reception.intake.store([{"update_id": 5, "message": {"chat": {"id": 1001}, "date": "yesterday"}}])
    await reception.activity.still()
    assert await reception.states() == [(InboxState.SET_ASIDE, 3)]


async def test_one_without_a_number_does_not_stop_the_others(sandbox: Sandbox, reception: Reception) -> None:
    await reception.intake.store([{"message": {}}, {"update_id": "7"}])
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]


async def test_a_failure_after_the_commit_does_not_undo_or_repeat_it(sandbox: Sandbox, reception: Reception) -> None:
    reception.failing_after = lambda _: LookupError("the toast could not be shown")
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert await reception.states() == [(InboxState.DONE, 0)]


async def test_what_no_handler_wants_is_done(sandbox: Sandbox, reception: Reception) -> None:
    sandbox.person(1001, "Budi", started=True).sends_photo()
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == []
    assert await reception.states() == [(InboxState.DONE, 0)]


async def test_a_database_in_trouble_costs_no_attempt(sandbox: Sandbox, reception: Reception) -> None:
    troubles = [OperationalError("COMMIT", {}, Exception("database is locked")) for _ in range(7)]
    reception.failing = lambda _: troubles.pop() if troubles else None
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert await reception.states() == [(InboxState.DONE, 0)]


async def test_a_statement_that_never_works_does_not_hold_up_its_chat_for_ever(
    sandbox: Sandbox, reception: Reception
) -> None:
    broken = sqlite3.OperationalError("too many SQL variables")
    broken.sqlite_errorcode = sqlite3.SQLITE_ERROR
    reception.failing = lambda text: OperationalError("SELECT", {}, broken) if text == "rusak" else None
    budi = sandbox.person(1001, "Budi", started=True)
    budi.says("rusak")
    budi.says("Halo")
    await sandbox.drained()
    async with asyncio.timeout(5):
        await reception.heard["Halo"].wait()
    await reception.activity.still()
    assert await reception.states() == [(InboxState.SET_ASIDE, 3), (InboxState.DONE, 0)]


async def test_the_end_does_not_wait_for_another_attempt(sandbox: Sandbox, reception: Reception) -> None:
    reception.failing = lambda _: OperationalError("COMMIT", {}, Exception("database is locked"))
    reception.gates["Halo"] = asyncio.Event()
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    closing = asyncio.create_task(reception.intake.close())
    await asyncio.sleep(0)
    reception.gates["Halo"].set()
    await asyncio.wait_for(closing, 5)
    assert reception.slept == []
    assert await reception.states() == [(InboxState.WAITING, 0)]


async def test_the_pause_that_telegram_names_is_kept_before_the_next_poll(
    sandbox: Sandbox, reception: Reception
) -> None:
    await reception.stop()
    sandbox.faults.next("getUpdates", Fault(Trouble.TOO_MANY_REQUESTS, seconds=170))
    reception.begin()
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    assert len(reception.slept) == 1
    assert reception.slept[0] >= 170


async def test_numbers_that_no_database_holds_stop_nobody(sandbox: Sandbox, reception: Reception) -> None:
    huge = 2**70
    await reception.intake.store([{"update_id": huge}, {"update_id": 5, "message": {"chat": {"id": huge}}}])
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]


async def test_only_what_nothing_waits_before_is_handled_without_a_look_at_the_inbox(reception: Reception) -> None:
    def stored(*batch: dict[str, Any]) -> Callable[[Session], list[tuple[int, int | None]]]:
        def store(session: Session) -> list[tuple[int, int | None]]:
            lanes = reception.inbox.store(session, batch)
            return [(lane, first.update_id if first else None) for lane, first in lanes.items()]

        return store

    at_once = await reception.database.transact(stored(message(1, chat=7), message(2, chat=7), message(3, chat=8)))
    assert at_once == [(7, 1), (8, 3)]
    assert await reception.database.transact(stored(message(4, chat=7), message(5, chat=9))) == [(7, None), (9, 5)]


async def test_a_number_that_comes_twice_in_one_batch_is_handled_once(reception: Reception) -> None:
    await reception.intake.store([message(5), message(5), message(5, chat=1002)])
    await reception.activity.still()
    assert reception.told == ["Halo"]


async def test_a_network_in_trouble_is_waited_for(sandbox: Sandbox, reception: Reception) -> None:
    troubles = (Trouble.BAD_GATEWAY, Trouble.GARBAGE, Trouble.RESET, Trouble.TOO_MANY_REQUESTS)
    sandbox.faults.next("getUpdates", *map(Fault, troubles))
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]


async def test_a_rejected_token_ends_the_polling(reception: Reception) -> None:
    stranger = Line("999999:another-token-of-thirty-characters", base_url=reception.line.base_url.rpartition("/bot")[0])
    async with stranger._request[0], stranger._request[1]:
        with pytest.raises(TokenRejected, match="@BotFather"):
            await Polling(line=stranger, store=reception.intake.store).run()


async def test_of_a_flood_only_so_many_messages_wait_and_no_press_is_dropped(reception: Reception) -> None:
    reception.gates["0"] = asyncio.Event()
    for start in range(0, BACKLOG + 60, 80):
        await reception.intake.store([message(1 + number, str(number)) for number in range(start, start + 80)])
    account = {"id": 1001, "first_name": "Budi", "is_bot": False}
    press = {"id": "1", "from": account, "data": "x", "chat_instance": "1"}
    await reception.intake.store([{"update_id": 900, "callback_query": press}, message(901, "tamu", chat=1002)])

    await reception.heard["tamu"].wait()
    assert reception.told == ["tamu"], "the others are not kept waiting"
    reception.gates["0"].set()
    await reception.activity.still()
    assert reception.told[1:] == [str(number) for number in range(BACKLOG)]
    states = Counter(state for state, _ in await reception.states())
    assert states == {InboxState.DONE: BACKLOG + 2, InboxState.SET_ASIDE: 60}
    dropped = select(InboxUpdate.failure).where(InboxUpdate.state == InboxState.SET_ASIDE).distinct()
    assert await reception.database.read(lambda session: session.scalars(dropped).all()) == [FLOOD]
    said = await reception.database.read(
        lambda session: session.scalars(select(Notice.body).where(Notice.kind == NoticeKind.SAY)).all()
    )
    assert [one["code"] for one in said].count("message-flood") == 1


async def test_old_updates_go_and_those_that_wait_stay(reception: Reception, clock: MovableClock) -> None:
    def row(number: int, state: InboxState, age: timedelta) -> InboxUpdate:
        at = clock.now() - age
        return InboxUpdate(update_id=number, lane=1, body={}, received_at=at, state=state)

    hour = timedelta(hours=1)
    rows = [row(number, InboxState.DONE, KEPT_DONE + hour) for number in range(1, 701)]
    rows += [
        row(801, InboxState.DONE, KEPT_DONE - hour),
        row(802, InboxState.SET_ASIDE, KEPT_DONE + hour),
        row(803, InboxState.SET_ASIDE, KEPT_SET_ASIDE + hour),
        row(804, InboxState.WAITING, KEPT_SET_ASIDE + hour),
    ]
    await reception.database.transact(lambda session: session.add_all(rows))
    while await reception.database.transact(reception.inbox.prune):
        pass
    left = await reception.database.read(lambda session: session.scalars(select(InboxUpdate.update_id)).all())
    assert left == [801, 802, 804]


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


def test_updates_are_kept_longer_than_telegram_repeats_them_and_shorter_than_it_keeps_numbers() -> None:
    assert timedelta(hours=24) < KEPT_DONE < KEPT_SET_ASIDE < timedelta(days=7)
