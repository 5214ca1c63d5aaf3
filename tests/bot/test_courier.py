"""Notices on their way out: each chat in order, within the rates, and what becomes of those that cannot be sent."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.activity import Activity
from bot.clock import MovableClock
from bot.line import Line
from bot.notices.courier import SIDE_BY_SIDE, Courier
from bot.notices.outbox import Delivered, Job, Outbox
from bot.notices.pace import OwnPace, Rate, Rates
from bot.notices.shared_pace import ALL, SharedPace
from bot.pauses import Pauses
from bot.replicas.leases import Sole
from bot.replicas.presence import Alone
from bot.sandbox import Address, Fault, Limits, Message, Person, Sandbox, Trouble
from bot.storage.database import Changed, Database
from handlers.plan import Delete, Edit, Key, Nothing, Plan, Send, SendFiles
from handlers.screens.screen import Style
from handlers.texts.catalogue import Texts
from models import correspondence
from models.journal import Entry
from models.lease import Allowance
from models.mailbox import Card, CardKind, Notice, NoticeKind, NoticeState, Priority
from models.office import Person as Employee
from models.office import Rules
from models.records import Records
from models.task import Task

T = TypeVar("T")

TOKEN = "123456:a-token-of-thirty-characters-or-more"
AT = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
GROUP = -100500


class Office(Protocol):
    """What these tests need of the office in `conftest.py`."""

    account: dict[str, int]

    async def report(self, text: str = "") -> int: ...
    async def work(self, work: Callable[[Records], T]) -> T: ...


def drawn(records: Records, notice: Notice, _: Texts) -> Plan:
    """Draw a notice as its body says; what screens look like is not the courier's business."""
    body = notice.body
    card = records.session.get(Card, notice.card_id) if notice.card_id is not None else None
    if "breaks" in body:
        raise LookupError("a screen with a fault")
    if "pointless" in body:
        return Nothing()
    if "files" in body:
        return SendFiles(notice.chat_id, files=body["files"], caption="Lampiran")
    text = body.get("text", f"{notice.kind.value}, {records.at:%H.%M}")
    if card is not None and notice.kind == NoticeKind.REFRESH:
        if card.message_id is None:
            return Nothing()
        ids = [one for one in (card.message_id, card.twin_id) if one is not None]
        return Edit(notice.chat_id, ids, text, card_id=card.id, digest=text)
    if card is not None and notice.kind == NoticeKind.WITHDRAW:
        return Delete(notice.chat_id, [card.message_id] if card.message_id else [])
    keyboard = ((Key("Buka", token="token", style=Style.GREEN), Key("Panduan", url="https://example.org")),)
    return Send(
        notice.chat_id,
        text,
        keyboard=keyboard if card is not None else (),
        silent=bool(body.get("silent")),
        reply_to=body.get("reply_to"),
        card_id=card.id if card is not None else None,
        digest=text if card is not None else None,
    )


class Post:
    """A courier with the stand-in behind it, and a way to owe and to look."""

    def __init__(self, database: Database, rules: Rules, clock: MovableClock, address: Address) -> None:
        self.database, self.clock = database, clock
        self.activity, self.slept = Activity(), list[float]()
        self.line = Line(TOKEN, base_url=address.url)
        self.pace = OwnPace(Rates.unbounded(), monotonic=lambda: sum(self.slept), sleep=self._sleep)
        self.outbox = Outbox(rules=rules, texts=Texts.load(rules.office.calendar.zone), now=clock.now, leases=Sole())
        self.courier = self.opened()
        if not database.shared:
            database.before_commit(self.courier.prepare)
        database.on_commit(self.courier.committed)

    def opened(self) -> Courier:
        """Return a courier as a new process would make it."""
        return Courier(
            bot=self.line,
            database=self.database,
            outbox=self.outbox,
            pace=self.pace,
            presence=Alone(),
            activity=self.activity,
            pauses=Pauses(self._sleep),
        )

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def owe(self, *notices: Notice) -> None:
        """Commit `notices` together, and wait until everything owed was carried out."""
        await self.database.transact(lambda session: session.add_all(notices))
        await self.activity.still()

    async def outcome(self, *, kind: NoticeKind | None = None) -> list[NoticeState]:
        return [NoticeState(one.state) for one in await self.notices(kind=kind)]

    async def notices(self, *, kind: NoticeKind | None = None) -> Sequence[Notice]:
        statement = select(Notice).order_by(Notice.id)
        if kind is not None:
            statement = statement.where(Notice.kind == kind)
        return await self.database.read(lambda session: session.scalars(statement).all())

    async def card(self) -> Card:
        return await self.database.read(lambda session: session.scalars(select(Card)).one())


@pytest.fixture(autouse=True)
def _drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.notices.outbox.draw", drawn)


@pytest.fixture
def sandbox(clock: MovableClock) -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())


@pytest.fixture
def budi(sandbox: Sandbox) -> Person:
    return sandbox.person(1001, "Budi", started=True)


@pytest.fixture
async def post(
    sandbox: Sandbox, database: Database, rules: Rules, clock: MovableClock, office: Office
) -> AsyncIterator[Post]:
    for account in office.account.values():
        sandbox.person(account, f"Orang {account}", started=True)
    async with sandbox.serve() as address:
        post = Post(database, rules, clock, address)
        async with post.line:
            running = asyncio.create_task(post.courier.run())
            yield post
            running.cancel()
            await asyncio.wait({running})
            await post.courier.close()


def note(text: str = "Halo", *, chat: int = 1001, **body: Any) -> Notice:
    """A plain message owed to a chat."""
    return Notice(kind=NoticeKind.SAY, priority=Priority.ANSWER, chat_id=chat, body={"text": text, **body}, owed_at=AT)


def carded(kind: NoticeKind, card: Card, text: str) -> Notice:
    return Notice(kind=kind, priority=Priority.CARD, chat_id=card.chat_id, card=card, body={"text": text}, owed_at=AT)


def fresh_card(kind: CardKind = CardKind.STATUS, *, chat: int = 1001) -> Card:
    return Card(kind=kind, chat_id=chat, live=True, mode="main", made_at=AT)


async def test_what_is_owed_to_a_chat_leaves_in_order(post: Post, budi: Person) -> None:
    await post.owe(*(note(str(number)) for number in range(20)))
    assert [message.words for message in budi.received] == [str(number) for number in range(20)]
    assert await post.outcome() == [NoticeState.SENT] * 20


@pytest.fixture
def taken_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The chats whose next notice was drawn in a transaction of its own."""
    chats: list[int] = []
    next_job = post.outbox.next_job

    def noted(session: Session, chat_id: int, **known: Any) -> Job | None:
        chats.append(chat_id)
        return next_job(session, chat_id, **known)

    monkeypatch.setattr(post.outbox, "next_job", noted)
    return chats


@pytest.mark.databases("sqlite")
class TestDrawnBeforeTheCommit:
    """What a transaction owes is drawn in it where nothing stands in the way; else when its turn comes."""

    async def test_it_leaves_without_another_transaction(self, post: Post, budi: Person, taken_up: list[int]) -> None:
        await post.owe(note("dibaca segera"))
        assert [message.words for message in budi.received] == ["dibaca segera"]
        assert [(one.attempts, one.doubtful) for one in await post.notices()] == [(1, 0)]
        assert taken_up == []

    async def test_what_follows_in_the_chat_waits_for_its_turn(
        self, post: Post, budi: Person, taken_up: list[int]
    ) -> None:
        await post.owe(note("satu"), note("dua"))
        assert [message.words for message in budi.received] == ["satu", "dua"]
        assert set(taken_up) == {1001}

    async def test_nothing_is_drawn_before_what_is_owed_already(
        self, post: Post, budi: Person, database: Database, taken_up: list[int]
    ) -> None:
        with database.transaction() as session:
            session.add(note("lebih dulu"))
        await post.owe(note("kemudian"))
        assert [message.words for message in budi.received] == ["lebih dulu", "kemudian"]
        assert taken_up[:2] == [1001, 1001]

    async def test_to_a_chat_being_served_nothing_is_sent_twice(
        self, post: Post, sandbox: Sandbox, budi: Person
    ) -> None:
        sandbox.latency.round_trip = timedelta(milliseconds=20)
        await asyncio.gather(*(post.owe(note(str(number))) for number in range(10)))
        assert [message.words for message in budi.received] == [str(number) for number in range(10)]
        assert [(one.attempts, one.doubtful) for one in await post.notices()] == [(1, 0)] * 10

    async def test_where_a_round_began_before_the_news_of_the_commit_it_is_drawn_anew(
        self, post: Post, budi: Person, taken_up: list[int]
    ) -> None:
        post.database.before_commit(lambda _, __: ())
        prepared: list[Job] = []

        def owes(session: Session) -> None:
            session.add(owed := note("sekali saja"))
            session.flush()
            prepared.extend(post.outbox.first_jobs(session, [owed], busy=set()))

        await post.database.transact(owes)
        post.courier.committed(Changed(frozenset({Notice}), prepared=tuple(prepared)))
        await post.activity.still()
        assert [message.words for message in budi.received] == ["sekali saja"]
        assert taken_up == [1001]

    async def test_a_chat_that_must_rest_is_left_to_its_turn(
        self, post: Post, budi: Person, taken_up: list[int]
    ) -> None:
        await post.pace.limited(1001, 5.0)
        await post.owe(note("setelah jeda"))
        assert sum(post.slept) >= 5.0
        assert [message.words for message in budi.received] == ["setelah jeda"]
        assert taken_up == [1001]

    async def test_what_a_sweep_owes_to_many_is_not_drawn_in_it(
        self, post: Post, sandbox: Sandbox, taken_up: list[int]
    ) -> None:
        chats = range(3001, 3009)
        people = [sandbox.person(chat, f"Orang {chat}", started=True) for chat in chats]
        await post.owe(*(note("sapuan", chat=chat) for chat in chats))
        assert [person.received[0].words for person in people] == ["sapuan"] * 8
        assert set(taken_up) == set(chats)

    async def test_what_cannot_be_drawn_keeps_nothing_from_being_decided(self, post: Post, budi: Person) -> None:
        await post.owe(note("tidak dapat digambar", breaks=True), note("utuh"))
        assert [message.words for message in budi.received] == ["utuh"]
        assert (await post.outcome(kind=NoticeKind.SAY))[0] == NoticeState.UNDELIVERABLE

    async def test_of_refreshes_of_one_card_the_last_will_do(self, post: Post, budi: Person) -> None:
        await post.owe(carded(NoticeKind.CARD, fresh_card(), "awal"))
        shown = await post.card()
        owed = [
            Notice(
                kind=NoticeKind.REFRESH,
                priority=Priority.CARD,
                chat_id=1001,
                card_id=shown.id,
                body={"text": text},
                owed_at=AT,
            )
            for text in ("lama", "baru")
        ]
        await post.owe(*owed)
        assert [message.words for message in budi.received] == ["baru"]
        assert (await post.outcome())[1:] == [NoticeState.NOT_NEEDED, NoticeState.SENT]


async def test_what_was_owed_before_the_start_is_sent(post: Post, budi: Person, database: Database) -> None:
    with database.transaction() as session:
        session.add(note("dari sebelumnya"))
        session.add(begun := note("mungkin sudah terkirim"))
        begun.attempts = 1
    await post.courier.close()
    restarted = post.opened()
    running = asyncio.create_task(restarted.run())
    await budi.awaits("mungkin sudah terkirim")
    await post.activity.still()
    assert [owed.doubtful for owed in await post.notices()] == [0, 1]
    running.cancel()
    await asyncio.wait({running})
    await restarted.close()


async def test_what_may_have_left_counts_also_where_it_is_not_needed_any_more(
    post: Post, budi: Person, database: Database
) -> None:
    await post.courier.close()
    with database.transaction() as session:
        session.add(begun := note(pointless=True))
        begun.attempts = 1
    restarted = post.opened()
    running = asyncio.create_task(restarted.run())
    await asyncio.sleep(0)
    await post.activity.still()
    (notice,) = await post.notices()
    assert (notice.state, notice.doubtful) == (NoticeState.NOT_NEEDED, 1)
    assert budi.received == []
    running.cancel()
    await asyncio.wait({running})
    await restarted.close()


async def test_a_message_arrives_as_it_was_drawn(post: Post, budi: Person, sandbox: Sandbox) -> None:
    said = budi.says("Laporan")
    await post.owe(
        carded(NoticeKind.CARD, fresh_card(), "<b>Kartu</b> https://example.org"),
        note("diam", silent=True, reply_to=said.message_id),
        note("membalas yang hilang", reply_to=4711),
    )
    card, silent, orphan = budi.received
    assert card.words == "Kartu https://example.org"
    assert [(key.text, key.style) for row in card.buttons for key in row] == [("Buka", "success"), ("Panduan", None)]
    assert not card.silent
    assert silent.silent
    assert silent.reply_to is not None
    assert orphan.reply_to is None
    assert sandbox.complaints == []


async def test_a_card_knows_its_message_and_is_edited_in_place(post: Post, budi: Person) -> None:
    card = fresh_card()
    await post.owe(carded(NoticeKind.CARD, card, "langkah 1"))
    shown = await post.card()
    assert (shown.message_id, shown.digest) == (budi.last.message_id, "langkah 1")

    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "langkah 2"))
    assert [message.words for message in budi.received] == ["langkah 2"]
    assert (await post.card()).digest == "langkah 2"

    await post.owe(carded(NoticeKind.WITHDRAW, await post.card(), ""))
    assert budi.received == []
    assert (await post.card()).message_id is None


async def test_refreshes_of_one_card_that_follow_each_other_become_one(
    post: Post, budi: Person, sandbox: Sandbox, database: Database
) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(), "langkah 1"))

    def several(session: Session) -> None:
        card = session.scalars(select(Card)).one()
        session.add_all(carded(NoticeKind.REFRESH, card, f"langkah {number}") for number in range(2, 6))

    await database.transact(several)
    await post.activity.still()
    assert budi.last.words == "langkah 5"
    assert await post.outcome(kind=NoticeKind.REFRESH) == [NoticeState.NOT_NEEDED] * 3 + [NoticeState.SENT]
    assert [call.method for call in sandbox.calls].count("editMessageText") == 1


async def test_a_card_that_already_shows_it_is_done(post: Post, budi: Person) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(), "sama"))
    # Telegram compares the words and the buttons; those of the card are drawn off here.
    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "sama"))
    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "sama"))
    assert await post.outcome() == [NoticeState.SENT] * 3
    assert budi.last.words == "sama"


async def test_a_notice_without_a_point_is_passed_over(post: Post, budi: Person) -> None:
    await post.owe(note(pointless=True), note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.NOT_NEEDED, NoticeState.SENT]


async def test_a_living_task_card_whose_message_is_gone_is_sent_anew(post: Post, budi: Person) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(CardKind.TASK), "tugas"))
    budi.last.deleted = True
    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "tugas, diperbarui"))
    assert budi.last.words.startswith("card")
    assert (await post.card()).message_id == budi.last.message_id
    assert NoticeState.UNDELIVERABLE not in await post.outcome()


async def test_a_notice_that_cannot_be_drawn_is_set_aside_with_an_alert(
    post: Post, budi: Person, office: Office
) -> None:
    await post.owe(note(breaks=True), note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    failed, sent, alert = await post.notices()
    assert (failed.state, failed.failure) == (NoticeState.UNDELIVERABLE, "cannot be drawn: LookupError")
    assert sent.state == NoticeState.SENT
    assert (alert.chat_id, alert.state) == (office.account["admin"], NoticeState.SENT)
    assert alert.body["code"] == "alert-undeliverable"


async def test_a_message_telegram_refuses_does_not_hold_up_the_next(post: Post, budi: Person, office: Office) -> None:
    await post.owe(note("<b>tanpa akhir"), note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    refused, _, alert = await post.notices()
    assert refused.state == NoticeState.UNDELIVERABLE
    assert "parse entities" in (refused.failure or "")
    assert alert.chat_id == office.account["admin"]


async def test_a_card_that_is_dealt_again_and_again_in_vain_alerts_once(post: Post, office: Office) -> None:
    await office.report()
    await post.activity.still()
    task = await post.database.read(lambda session: session.scalars(select(Task)).one())
    for _ in range(3):
        in_vain = note(breaks=True)
        in_vain.task_id = task.id
        await post.owe(in_vain)
    assert len(await post.notices(kind=NoticeKind.ALERT)) == 1


async def test_a_database_in_trouble_sets_no_notice_aside(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles = [OperationalError("SELECT", {}, Exception("disk I/O error")) for _ in range(3)]

    def reluctant(records: Records, notice: Notice, texts: Texts) -> Plan:
        if troubles:
            raise troubles.pop()
        return drawn(records, notice, texts)

    monkeypatch.setattr("bot.notices.outbox.draw", reluctant)
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.SENT]


async def test_an_alert_that_is_refused_alerts_nobody(post: Post, office: Office) -> None:
    alert = note("<b>tanpa akhir", chat=office.account["admin"])
    alert.kind = NoticeKind.ALERT
    await post.owe(alert)
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.BAD_GATEWAY])
async def test_what_never_left_is_sent_once_the_network_is_back(
    post: Post, budi: Person, sandbox: Sandbox, trouble: Trouble
) -> None:
    sandbox.faults.next("sendMessage", *[Fault(trouble)] * 5)
    await post.owe(note("pertama"), note("kedua"))
    assert [message.words for message in budi.received] == ["pertama", "kedua"]
    first, _ = await post.notices()
    assert (first.attempts, first.doubtful) == (6, 0)
    assert post.slept[:3] == [1, 2, 4], "each wait is longer than the one before"


@pytest.mark.parametrize("trouble", [Trouble.RESET_AFTER_ACTING, Trouble.GARBAGE_AFTER_ACTING])
async def test_what_may_have_left_is_sent_again_and_counted(
    post: Post, budi: Person, sandbox: Sandbox, trouble: Trouble
) -> None:
    sandbox.faults.next("sendMessage", Fault(trouble))
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo", "Halo"]
    (owed,) = await post.notices()
    assert (owed.state, owed.doubtful) == (NoticeState.SENT, 1)


async def test_a_twin_that_was_tapped_first_stays_known(post: Post, budi: Person, database: Database) -> None:
    def with_adopted_twin(session: Session) -> None:
        card = fresh_card()
        card.message_id = 77
        session.add(carded(NoticeKind.CARD, card, "kartu"))

    await database.transact(with_adopted_twin)
    await post.activity.still()
    card = await post.card()
    assert (card.message_id, card.twin_id) == (budi.last.message_id, 77)


async def test_telegrams_pause_is_obeyed_by_the_chat_and_no_other(
    post: Post, budi: Person, sandbox: Sandbox, office: Office
) -> None:
    sandbox.faults.next("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, seconds=17))
    await post.owe(note("pertama"), note("kedua"))
    assert post.slept == [17]
    assert [message.words for message in budi.received] == ["pertama", "kedua"]
    assert post.pace.wait(office.account["admin"]) == 0


async def test_files_travel_in_albums_of_their_kind(post: Post, budi: Person, sandbox: Sandbox) -> None:
    photo = media(budi.sends_photo())
    document = media(budi.sends_document("surat.pdf", "application/pdf", 1000))
    voice, video = media(budi.sends_voice()), media(budi.sends_video())
    kinds = [("photo", photo), ("video", video), *[("photo", photo)] * 11, ("document", document)]
    kinds += [("document", document), ("voice", voice), ("photo", photo)]
    await post.owe(note(files=[{"kind": kind, "file_id": file_id} for kind, file_id in kinds]))
    sent = [call.method for call in sandbox.calls if call.method.startswith("send")]
    assert sent == ["sendMediaGroup", "sendMediaGroup", "sendMediaGroup", "sendVoice", "sendPhoto"]
    assert len(budi.received) == len(kinds)
    assert [message.words for message in budi.received if message.words] == ["Lampiran"]
    assert all(message.silent for message in budi.received)


async def test_files_that_were_sent_are_not_sent_again(post: Post, budi: Person, sandbox: Sandbox) -> None:
    photo = media(budi.sends_photo())
    sandbox.faults.next("sendVoice", Fault(Trouble.BAD_GATEWAY), Fault(Trouble.BAD_GATEWAY))
    voice = media(budi.sends_voice())
    files = [{"kind": kind, "file_id": file_id} for kind, file_id in [*[("photo", photo)] * 12, ("voice", voice)]]
    await post.owe(note(files=files))
    assert len(budi.received) == 13
    assert [call.method for call in sandbox.calls].count("sendMediaGroup") == 2
    assert await post.outcome() == [NoticeState.SENT]


async def test_long_lists_of_files_do_not_keep_everybody_else_waiting(
    post: Post, budi: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = media(budi.sends_photo())

    async def never(_: float) -> None:
        await asyncio.Event().wait()

    groups = [sandbox.group(GROUP - number, "Bagian", [budi]) for number in range(SIDE_BY_SIDE)]
    limited = OwnPace(Rates(private=Rate(1e9, 1e9), group=Rate(1e-3, 1), overall=Rate(1e9, 1e9)), sleep=never)
    monkeypatch.setattr(post.courier, "_pace", limited)
    monkeypatch.setattr(post.courier, "_pauses", Pauses(never))
    files = [{"kind": "photo", "file_id": photo}] * 11
    lists = [note(chat=group.chat_id, files=files) for group in groups]
    await post.database.transact(lambda session: session.add_all(lists))
    await sandbox.until(lambda: len(sandbox.calls) >= SIDE_BY_SIDE, within=5, why="No list was begun")
    await post.database.transact(lambda session: session.add(note("Halo")))
    await budi.awaits("Halo")


@pytest.mark.databases("postgresql")
async def test_chats_that_telegram_closed_to_another_process_keep_nobody_else_waiting(
    post: Post, budi: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, all_wait = list[float](), asyncio.Event()

    async def never(seconds: float) -> None:
        waiting.append(seconds)
        if len(waiting) == SIDE_BY_SIDE:
            all_wait.set()
        await asyncio.Event().wait()

    groups = [sandbox.group(GROUP - number, "Bagian", [budi]) for number in range(SIDE_BY_SIDE)]
    elsewhere, own = (SharedPace(Rates.unbounded(), database=post.database, sleep=never) for _ in range(2))
    for group in groups:
        await elsewhere.limited(group.chat_id, 60)
    # Two chats that are limited close all of them.
    everything = update(Allowance).where(Allowance.chat_id == ALL).values(shut_until=None)
    await post.database.transact(lambda session: session.execute(everything))
    monkeypatch.setattr(post.courier, "_pace", own)
    monkeypatch.setattr(post.courier, "_pauses", Pauses(never))
    await post.database.transact(lambda session: session.add_all([note(chat=group.chat_id) for group in groups]))
    async with asyncio.timeout(5):
        await all_wait.wait()
    await post.database.transact(lambda session: session.add(note("Halo")))
    await budi.awaits("Halo")


def media(message: Message) -> str:
    assert message.media is not None
    return message.media.file_id


async def test_a_holder_who_blocked_the_bot_is_reported_once_and_written_down(
    post: Post, sandbox: Sandbox, office: Office, rules: Rules
) -> None:
    first = rules.office.post_for_role(next(iter(rules.sops.values())).first.role).code
    account = office.account[first]
    sandbox.people[account].blocks_bot()
    await office.report()
    await post.activity.still()

    alerts = await post.notices(kind=NoticeKind.ALERT)
    told = {office.account["admin"], *(office.account[code] for code in rules.office.watchers)}
    assert {alert.chat_id for alert in alerts} == told
    assert len(alerts) == len(told)
    holder = await post.database.read(
        lambda session: session.scalars(select(Employee).where(Employee.telegram_id == account)).one()
    )
    assert holder.unreachable_since == post.clock.now()
    entries = await post.database.read(lambda session: session.scalars(select(Entry.action)).all())
    assert entries.count("undelivered") == 1

    await post.owe(correspondence.notice(NoticeKind.SAY, holder, at=AT, priority=Priority.ANSWER))
    assert len(await post.notices(kind=NoticeKind.ALERT)) == len(told), "once per outage"

    await office.report()
    await post.activity.still()
    assert len(await post.notices(kind=NoticeKind.ALERT)) == 2 * len(told), "but each new task that waits is told"


async def test_a_later_delivery_ends_the_outage(post: Post, sandbox: Sandbox, office: Office) -> None:
    account = office.account["admin"]
    sandbox.people[account].blocks_bot()
    admin = await post.database.read(lambda session: session.scalars(select(Employee).where(Employee.is_admin)).one())
    await post.owe(correspondence.notice(NoticeKind.SAY, admin, at=AT, priority=Priority.ANSWER))
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]
    sandbox.people[account].unblocks()
    await post.owe(correspondence.notice(NoticeKind.SAY, admin, at=AT, priority=Priority.ANSWER))
    again = await post.database.read(lambda session: session.scalars(select(Employee).where(Employee.is_admin)).one())
    assert again.unreachable_since is None


async def test_whoever_is_reached_again_gets_what_waits_and_nothing_twice(
    post: Post, sandbox: Sandbox, office: Office, rules: Rules
) -> None:
    account = office.account[rules.office.post_for_role(next(iter(rules.sops.values())).first.role).code]
    kakanwil = sandbox.people[account]
    kakanwil.blocks_bot()
    await office.report("satu")
    await office.report("dua")
    await post.activity.still()
    assert kakanwil.received == []

    kakanwil.unblocks()
    await office.report("tiga")
    await post.activity.still()
    cards = await post.database.read(
        lambda session: session.scalars(
            select(Card).where(Card.chat_id == account, Card.kind == CardKind.TASK, Card.message_id.is_not(None))
        ).all()
    )
    assert sorted(card.task_id or 0 for card in cards) == [1, 2, 3], "each task has one card, and each arrived"
    assert len(kakanwil.received) == 3
    actions = await post.database.read(lambda session: session.scalars(select(Entry.action)).all())
    assert (actions.count("unreachable"), actions.count("reachable")) == (1, 1)


async def test_a_question_that_cannot_reach_the_reporter_is_told_to_those_who_wait_for_the_answer(
    post: Post, budi: Person, office: Office, rules: Rules
) -> None:
    await office.report()
    await post.activity.still()
    budi.blocks_bot()

    def ask(records: Records) -> None:
        person = records.known(1001)
        asked = correspondence.card(CardKind.QUESTION, person, at=AT, subject_id=1)
        asked.case_id = 1
        records.owe(asked)

    await office.work(ask)
    await post.activity.still()
    told = {office.account["admin"], *(office.account[code] for code in rules.office.watchers)}
    alerts = await post.notices(kind=NoticeKind.ALERT)
    assert {one.chat_id for one in alerts if one.body["code"] == "alert-unreachable"} == told


async def test_a_message_to_an_account_that_was_given_up_says_nothing_of_the_new_one(
    post: Post, sandbox: Sandbox, budi: Person, office: Office
) -> None:
    sandbox.person(1777, "Budi, telepon baru", started=True)
    budi.blocks_bot()

    def move(records: Records) -> None:
        person = records.known(1001)
        records.owe(correspondence.notice(NoticeKind.SAY, person, at=AT, priority=Priority.ANSWER))
        records.session.flush()
        person.telegram_id = 1777

    await office.work(move)
    await post.activity.still()
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]
    moved = await office.work(lambda records: records.known(1777))
    assert moved.unreachable_since is None


async def test_everybody_unreachable_ends_in_silence_not_in_a_storm(
    post: Post, sandbox: Sandbox, office: Office
) -> None:
    for person in sandbox.people.values():
        person.blocks_bot()
    await office.report()
    await post.activity.still()
    states = await post.outcome()
    assert set(states) <= {NoticeState.UNDELIVERABLE, NoticeState.NOT_NEEDED}
    assert len(states) < 20
    tasks = await post.database.read(lambda session: session.scalars(select(Task)).all())
    assert [task.is_open for task in tasks] == [True]


async def test_a_group_that_moves_is_followed(post: Post, sandbox: Sandbox, budi: Person) -> None:
    group = sandbox.group(GROUP, "Humas", [budi])
    group.moves(-100600)
    await post.owe(note("Halo grup", chat=GROUP))
    (owed,) = await post.notices()
    assert (owed.chat_id, owed.state) == (-100600, NoticeState.SENT)


async def test_what_was_sent_is_kept_even_if_the_database_takes_its_time(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, troubles = post.outbox.keep, [OperationalError("COMMIT", {}, Exception("locked")) for _ in range(3)]

    def reluctant(session: Session, delivered: Delivered) -> None:
        if troubles:
            raise troubles.pop()
        keep(session, delivered)

    monkeypatch.setattr(post.outbox, "keep", reluctant)
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.SENT]


async def test_what_cannot_be_kept_at_all_is_not_sent_again_and_again(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: Session, _delivered: Delivered) -> None:
        raise LookupError("on purpose")

    monkeypatch.setattr(post.outbox, "keep", broken)
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    (owed,) = await post.notices()
    assert (owed.state, owed.failure) == (NoticeState.UNDELIVERABLE, "cannot be kept: LookupError")


async def test_an_outcome_that_no_statement_can_keep_is_not_tried_for_ever(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = sqlite3.OperationalError("no such column")
    broken.sqlite_errorcode = sqlite3.SQLITE_ERROR

    def never(_session: Session, _delivered: Delivered) -> None:
        raise OperationalError("UPDATE", {}, broken)

    monkeypatch.setattr(post.outbox, "keep", never)
    async with asyncio.timeout(10):
        await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]


async def test_a_notice_that_somebody_deletes_while_it_is_sent_keeps_no_other_waiting(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = post.outbox.keep

    def too_late(session: Session, delivered: Delivered) -> None:
        session.execute(delete(Notice))
        session.expunge_all()
        keep(session, delivered)

    with monkeypatch.context() as patch:
        patch.setattr(post.outbox, "keep", too_late)
        async with asyncio.timeout(10):
            await post.owe(note("Halo"))
    await post.owe(note("Masih di sini?"))
    assert budi.last.words == "Masih di sini?"


async def test_closing_breaks_off_a_long_wait_and_loses_nothing(post: Post, sandbox: Sandbox, budi: Person) -> None:
    waits = asyncio.Event()

    async def forever(_: float) -> None:
        waits.set()
        await asyncio.Event().wait()

    post.courier._pauses = Pauses(forever)
    sandbox.faults.next("sendMessage", Fault(Trouble.BAD_GATEWAY))
    await post.database.transact(lambda session: session.add(note("Halo")))
    await waits.wait()
    await asyncio.wait_for(post.courier.close(), 5)
    assert budi.received == []
    assert await post.outcome() == [NoticeState.OWED]


async def test_words_that_cannot_be_written_do_not_hold_up_the_next(post: Post, budi: Person, office: Office) -> None:
    await post.database.transact(lambda session: session.add_all([note("Rahasia \ud800"), note("Halo")]))
    async with asyncio.timeout(5):
        await post.activity.still()
    assert [message.words for message in budi.received] == ["Halo"]
    refused, _, alert = await post.notices()
    assert refused.state == NoticeState.UNDELIVERABLE
    assert "Rahasia" not in (refused.failure or "Rahasia")
    assert alert.chat_id == office.account["admin"]
