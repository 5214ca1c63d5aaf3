"""Notices on their way out: each chat in order, each card in one message, nothing twice after a restart."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.loop.pauses import Pauses
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.storage.database import Changed, Database
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState
from tests.bot.notices.post import GROUP, Post, carded, fresh_card, note


async def test_what_is_owed_to_a_chat_leaves_in_order(post: Post, budi: Person) -> None:
    await post.owe(*(note(str(number)) for number in range(20)))
    assert [message.words for message in budi.received] == [str(number) for number in range(20)]
    assert await post.outcome() == [NoticeState.SENT] * 20


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
    silent, orphan, card = budi.received
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


@pytest.mark.parametrize("also", [(), ("antara",)])
async def test_refreshes_of_different_cards_in_one_chat_are_each_drawn(
    post: Post, budi: Person, database: Database, also: tuple[str, ...]
) -> None:
    """Whether a transaction draws them as it owes them, or a round finds them behind something else."""
    await post.owe(*(carded(NoticeKind.CARD, fresh_card(), f"kartu {number}") for number in (1, 2)))

    def both(session: Session) -> None:
        session.add_all(note(text) for text in also)
        cards = session.scalars(select(Card).order_by(Card.id)).all()
        session.add_all(carded(NoticeKind.REFRESH, card, f"baru {place}") for place, card in enumerate(cards, start=1))

    await database.transact(both)
    await post.activity.still()
    assert [message.words for message in budi.received] == ["baru 1", "baru 2", *also]
    assert await post.outcome(kind=NoticeKind.REFRESH) == [NoticeState.SENT] * 2


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


async def test_a_twin_that_was_tapped_first_stays_known(post: Post, budi: Person, database: Database) -> None:
    def with_adopted_twin(session: Session) -> None:
        card = fresh_card()
        card.message_id = 77
        session.add(carded(NoticeKind.CARD, card, "kartu"))

    await database.transact(with_adopted_twin)
    await post.activity.still()
    card = await post.card()
    assert (card.message_id, card.twin_id) == (budi.last.message_id, 77)


async def test_a_group_that_moves_is_followed(post: Post, sandbox: Sandbox, budi: Person) -> None:
    group = sandbox.group(GROUP, "Humas", [budi])
    group.moves(-100600)
    await post.owe(note("Halo grup", chat=GROUP))
    (owed,) = await post.notices()
    assert (owed.chat_id, owed.state) == (-100600, NoticeState.SENT)


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


async def test_a_round_that_is_broken_off_before_its_first_step_does_not_keep_the_end_waiting(post: Post) -> None:
    late = note("terlambat")
    late.state = NoticeState.OWED
    post.courier.committed(Changed(frozenset({Notice}), new=(late,)))
    post.courier.abandon()
    async with asyncio.timeout(5):
        await post.courier.close()
        await post.activity.still()
