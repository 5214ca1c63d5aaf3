"""What is kept of updates: each once, so many of a chat, for so long."""

import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from bot.clock import MovableClock
from bot.updates.inbox import BACKLOG, FLOOD, KEPT_DONE, KEPT_SET_ASIDE
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeKind
from tests.bot.updates.reception import Reception, message


async def test_a_number_that_comes_twice_in_one_batch_is_handled_once(reception: Reception) -> None:
    await reception.intake.store([message(5), message(5), message(5, chat=1002)])
    await reception.activity.still()
    assert reception.told == ["Halo"]


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


async def test_what_comes_again_after_a_failure_makes_no_flood_of_a_few(reception: Reception) -> None:
    reception.gates["0"] = asyncio.Event()
    batch = [message(1 + number, str(number)) for number in range(BACKLOG - 40)]
    await reception.intake.store(batch)
    await reception.intake.store([*batch, *(message(500 + number, f"baru {number}") for number in range(20))])
    reception.gates["0"].set()
    await reception.activity.still()
    assert len(reception.told) == BACKLOG - 20


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


def test_updates_are_kept_longer_than_telegram_repeats_them_and_shorter_than_it_keeps_numbers() -> None:
    assert timedelta(hours=24) < KEPT_DONE < KEPT_SET_ASIDE < timedelta(days=7)
