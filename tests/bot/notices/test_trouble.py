"""The network, Telegram or the database in trouble: what is owed is sent when they are back, once."""

import asyncio
import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.loop.pauses import Pauses
from bot.notices.courier import SIDE_BY_SIDE
from bot.notices.job import Delivered
from bot.notices.pace import LONGEST_REST, Rates
from bot.notices.shared_pace import SharedPace
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from handlers.delivery.plan import Drawing
from handlers.texts.catalogue import Texts
from models.mail.card import CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.repository.reader import Reader
from tests.bot.notices.post import GROUP, Office, Post, T, carded, drawn, fresh_card, note


async def test_a_database_in_trouble_sets_no_notice_aside(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles = [OperationalError("SELECT", {}, Exception("disk I/O error")) for _ in range(3)]

    def reluctant(reader: Reader, notice: Notice, texts: Texts) -> Drawing:
        if troubles:
            raise troubles.pop()
        return drawn(reader, notice, texts)

    monkeypatch.setattr("bot.notices.outbox.draw", reluctant)
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.SENT]


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


async def test_telegrams_pause_is_obeyed_by_the_chat_and_no_other(
    post: Post, budi: Person, sandbox: Sandbox, office: Office
) -> None:
    sandbox.faults.next("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, seconds=17))
    await post.owe(note("pertama"), note("kedua"))
    assert post.slept == [17]
    assert [message.words for message in budi.received] == ["pertama", "kedua"]
    assert post.pace.wait(office.account["admin"]) == 0


async def test_what_a_stranger_would_have_to_wait_for_is_not_said(post: Post, budi: Person, sandbox: Sandbox) -> None:
    group = sandbox.group(GROUP, "Asing", [budi])
    sandbox.faults.next("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, seconds=3600))
    answer = note("Halo", chat=group.chat_id)
    answer.priority = Priority.STRANGER
    await post.owe(answer)
    assert await post.outcome() == [NoticeState.NOT_NEEDED], "the few answers to strangers are not kept by one group"
    assert not group.sees("Halo")


async def test_an_admin_is_told_when_telegram_refuses_the_office_for_longer_than_a_minute(
    post: Post, budi: Person, sandbox: Sandbox, office: Office
) -> None:
    for somebody in (2001, 2002):
        await post.pace.limited(somebody, 3600)
    sandbox.faults.next("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, seconds=3600))
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    alerts = await post.notices(kind=NoticeKind.ALERT)
    assert {(one.chat_id, one.body["code"]) for one in alerts} == {(office.account["admin"], "alert-throttled")}
    assert max(post.slept) <= LONGEST_REST


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
    monkeypatch.setattr(post.courier, "_pace", own)
    monkeypatch.setattr(post.courier, "_pauses", Pauses(never))
    await post.database.transact(lambda session: session.add_all([note(chat=group.chat_id) for group in groups]))
    async with asyncio.timeout(5):
        await all_wait.wait()
    await post.database.transact(lambda session: session.add(note("Halo")))
    await budi.awaits("Halo")


async def test_what_was_sent_is_kept_even_if_the_database_takes_its_time(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, troubles = (
        post.outbox.outcomes.keep_outcome,
        [OperationalError("COMMIT", {}, Exception("locked")) for _ in range(3)],
    )

    def reluctant(session: Session, delivered: Delivered) -> None:
        if troubles:
            raise troubles.pop()
        keep(session, delivered)

    monkeypatch.setattr(post.outbox.outcomes, "keep_outcome", reluctant)
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.SENT]


async def test_what_cannot_be_kept_at_all_is_not_sent_again_and_again(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: Session, _delivered: Delivered) -> None:
        raise LookupError("on purpose")

    monkeypatch.setattr(post.outbox.outcomes, "keep_outcome", broken)
    await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    (owed,) = await post.notices()
    assert (owed.state, owed.failure) == (NoticeState.UNDELIVERABLE, "cannot be kept: LookupError")
    assert owed.doubtful == 1, "the message may be in the chat"


async def test_an_outcome_that_no_statement_can_keep_is_not_tried_for_ever(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = sqlite3.OperationalError("no such column")
    broken.sqlite_errorcode = sqlite3.SQLITE_ERROR

    def never(_session: Session, _delivered: Delivered) -> None:
        raise OperationalError("UPDATE", {}, broken)

    monkeypatch.setattr(post.outbox.outcomes, "keep_outcome", never)
    async with asyncio.timeout(10):
        await post.owe(note("Halo"))
    assert [message.words for message in budi.received] == ["Halo"]
    assert await post.outcome() == [NoticeState.UNDELIVERABLE]


async def test_a_notice_that_somebody_deletes_while_it_is_sent_keeps_no_other_waiting(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = post.outbox.outcomes.keep_outcome

    def too_late(session: Session, delivered: Delivered) -> None:
        session.execute(delete(Notice))
        session.expunge_all()
        keep(session, delivered)

    with monkeypatch.context() as patch:
        patch.setattr(post.outbox.outcomes, "keep_outcome", too_late)
        async with asyncio.timeout(10):
            await post.owe(note("Halo"))
    await post.owe(note("Masih di sini?"))
    assert budi.last.words == "Masih di sini?"


async def test_a_removed_card_is_sent_anew_once_although_the_answer_to_the_commit_was_lost(
    post: Post, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post.owe(carded(NoticeKind.CARD, fresh_card(CardKind.TASK), "tugas"))
    budi.deletes(budi.last)
    kept, transact = post.outbox.outcomes.keep_outcome, post.database.transact
    lost: list[Delivered] = []

    def keep(session: Session, delivered: Delivered) -> None:
        lost.append(delivered)
        kept(session, delivered)

    async def unanswered(work: Callable[[Session], T]) -> T:
        result = await transact(work)
        if len(lost) == 1:
            lost.append(lost[0])
            raise OperationalError("COMMIT", {}, Exception("server closed the connection unexpectedly"))
        return result

    monkeypatch.setattr(post.outbox.outcomes, "keep_outcome", keep)
    monkeypatch.setattr(post.database, "transact", unanswered)
    card = await post.card()
    await transact(lambda session: session.add(carded(NoticeKind.REFRESH, card, "tugas, diperbarui")))
    await post.activity.still()
    assert len(lost) > 2, "the commit was tried again"
    assert len(budi.received) == 1
