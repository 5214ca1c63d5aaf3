"""One rate budget for several processes, counted in the database they share."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Update, func, select, update
from sqlalchemy.orm import Session

from bot.notices.pace import LONGEST_CLOSURE, PROBED_FOR, Rate, Rates
from bot.notices.shared_pace import ALL, FORGOTTEN_AFTER, SharedPace
from bot.storage.database import Database
from models.mail.lease import Allowance
from tests.parts import database_at

pytestmark = pytest.mark.databases("postgresql")

BUDI, SITI, GROUP = 1001, 1002, -100
FREE = Rate(1e9, 1e9)


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with database_at(migrated_url) as database:
        yield database


async def test_two_processes_together_keep_the_rate_of_one(database: Database) -> None:
    rates = Rates(private=FREE, group=FREE, overall=Rate(100, 5))
    processes = [SharedPace(rates, database=database) for _ in range(2)]
    began = time.monotonic()
    await asyncio.gather(*(processes[number % 2].turn(2000 + number) for number in range(45)))
    assert time.monotonic() - began >= 40 / 100


async def test_a_chat_that_changes_hands_keeps_its_rest(database: Database) -> None:
    rates = Rates(private=Rate(20, 1), group=FREE, overall=FREE)
    first, second = (SharedPace(rates, database=database) for _ in range(2))
    began = time.monotonic()
    for process in (first, second, first, second, first):
        await process.turn(BUDI)
    assert time.monotonic() - began >= 4 / 20
    assert first.rest(BUDI) > 0


async def test_an_album_counts_as_many_messages(database: Database) -> None:
    rates = Rates(private=Rate(100, 3), group=FREE, overall=FREE)
    pace = SharedPace(rates, database=database)
    began = time.monotonic()
    await pace.turn(BUDI, 10)
    await pace.turn(BUDI)
    assert time.monotonic() - began >= 8 / 100


async def test_many_who_wait_for_all_chats_do_not_each_ask_again_and_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace = SharedPace(Rates(private=FREE, group=FREE, overall=Rate(25, 1)), database=database)
    take, asked = pace._take, list[int]()

    def count(session: Session, *, chat_id: int, cost: int) -> object:
        asked.append(chat_id)
        return take(session, chat_id=chat_id, cost=cost)

    monkeypatch.setattr(pace, "_take", count)
    chats = range(2000, 2020)
    await asyncio.gather(*(pace.turn(chat) for chat in chats))
    assert set(asked) == set(chats)
    assert len(asked) < 4 * len(chats)


async def test_who_must_rest_keeps_no_other_waiting(database: Database) -> None:
    pace = SharedPace(Rates(), database=database)
    for chat in (BUDI, SITI):
        await pace.turn(chat)
        await pace.limited(chat, 60)
    resting = [asyncio.create_task(pace.turn(chat)) for chat in (BUDI, SITI)]
    async with asyncio.timeout(20):
        await pace.turn(GROUP)
    assert not any(one.done() for one in resting)
    for one in resting:
        one.cancel()
    await asyncio.wait(resting)


async def test_what_telegram_forbids_one_process_the_others_keep_to(database: Database) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        raise TimeoutError

    limited, other = SharedPace(Rates(), database=database), SharedPace(Rates(), database=database, sleep=sleep)
    await limited.turn(BUDI)
    await limited.limited(BUDI, 30)
    assert limited.rest(BUDI) == pytest.approx(30, abs=1)
    assert limited.rest(SITI) == 0
    await other.turn(SITI)
    with pytest.raises(TimeoutError):
        await other.turn(BUDI)
    assert slept == [pytest.approx(30, abs=5)]

    for group in (GROUP, GROUP - 1, GROUP - 2):
        assert not await limited.limited(group, 3600)
    assert limited.rest(SITI) == 0, "a group's 429 shuts no private chat"
    await other.turn(SITI)
    for chat in (SITI, 1003):
        await limited.turn(chat)
    assert [await limited.limited(chat, 3600) for chat in (SITI, 1003)] == [False, True]
    assert limited.rest(1009) == pytest.approx(LONGEST_CLOSURE, abs=1), "three private chats limited: all rest"
    with pytest.raises(TimeoutError):
        await other.turn(1009)
    assert slept[1:] == [pytest.approx(LONGEST_CLOSURE, abs=5)]


async def test_after_a_closure_one_message_goes_ahead(database: Database) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        raise TimeoutError

    pace = SharedPace(Rates(), database=database, sleep=sleep)
    for chat in (BUDI, SITI, 1003):
        await pace.turn(chat)
        await pace.limited(chat, 3600)
    await database.transact(lambda session: session.execute(_shut_until(timedelta())))
    await pace.turn(1009)
    with pytest.raises(TimeoutError):
        await pace.turn(1010)
    assert slept == [pytest.approx(PROBED_FOR, abs=PROBED_FOR)]


async def test_a_closure_from_before_is_cut_short(database: Database) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        raise TimeoutError

    pace = SharedPace(Rates(), database=database, sleep=sleep)
    await pace.turn(BUDI)
    await database.transact(lambda session: session.execute(_shut_until(timedelta(hours=1))))
    with pytest.raises(TimeoutError):
        await pace.turn(SITI)
    assert slept == [pytest.approx(LONGEST_CLOSURE, abs=1)]
    kept = await database.read(lambda session: session.get_one(Allowance, ALL).shut_until)
    now = await database.read(lambda session: session.scalars(select(func.clock_timestamp())).one())
    assert kept is not None
    assert (kept - now).total_seconds() <= LONGEST_CLOSURE


def _shut_until(span: timedelta) -> Update:
    """Let all chats be closed for so long from now on."""
    return update(Allowance).where(Allowance.chat_id == ALL).values(shut_until=func.clock_timestamp() + span)


async def test_a_clock_that_was_ahead_and_is_set_right_keeps_nobody_waiting(database: Database) -> None:
    pace = SharedPace(Rates(), database=database)
    for chat in (BUDI, GROUP):
        await pace.turn(chat)

    def sent_a_year_ahead(session: Session) -> None:
        at = session.scalars(select(func.clock_timestamp())).one() + timedelta(days=365)
        session.execute(update(Allowance).values(at=at, tokens=0, recent=[at.timestamp()] * 19))

    await database.transact(sent_a_year_ahead)
    again = SharedPace(Rates(), database=database)
    async with asyncio.timeout(20):
        for chat in (BUDI, GROUP):
            await again.turn(chat)


async def test_chats_long_at_rest_are_forgotten(database: Database) -> None:
    pace = SharedPace(Rates(), database=database)
    for chat in (BUDI, SITI, GROUP):
        await pace.turn(chat)
    await pace.limited(SITI, (FORGOTTEN_AFTER * 2).total_seconds())
    long_ago = func.clock_timestamp() - FORGOTTEN_AFTER - timedelta(minutes=1)
    with database.transaction() as session:
        session.execute(update(Allowance).where(Allowance.chat_id.in_([BUDI, SITI])).values(at=long_ago))
    while await database.transact(pace.prune):
        pass
    with database.transaction() as session:
        assert set(session.scalars(select(Allowance.chat_id))) == {ALL, SITI, GROUP}
