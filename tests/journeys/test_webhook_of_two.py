"""Two processes on one PostgreSQL behind a load balancer: Telegram's webhook reaches now one, now the other."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.application import Program
from bot.clock import MovableClock
from bot.notices.pace import Rates
from bot.sandbox.postman import Postman
from bot.sandbox.updates import WaitingUpdate
from bot.sandbox.webhook import Webhook
from bot.updates.inbox import Inbox
from models.case.case import Case
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, demo_office

pytestmark = pytest.mark.databases("postgresql")

FAST = timedelta(seconds=30)
"""By how much the clock of one machine is ahead of the other's; no order may hang on it."""

WORDS = [f"kalimat {number}" for number in range(12)]
PATIENCE = 30
_GLANCE = 0.05


@dataclass
class Pair:
    """An office that two processes serve. `handled` are the numbers of the updates in the order of their effects."""

    office: DemoOffice
    programs: tuple[Program, Program]
    handled: list[int] = field(default_factory=list)

    async def settles(self) -> None:
        """Wait until nothing is left to do, as far as the stand-in and the database show."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if not self.office.sandbox.world.updates.ids() and not await self.office.asks(_left):
                    return
                await asyncio.sleep(_GLANCE)

    async def lanes(self) -> dict[int, list[int]]:
        """Return what was handled in each chat, in the order of the effects."""

        def work(records: Records) -> dict[int, int]:
            return dict(records.session.execute(select(InboxUpdate.update_id, InboxUpdate.lane)).all())

        lane_of = await self.office.asks(work)
        lanes = defaultdict[int, list[int]](list)
        for update_id in self.handled:
            lanes[lane_of[update_id]].append(update_id)
        return lanes


def _left(records: Records) -> int:
    waiting = select(func.count()).where(InboxUpdate.state == InboxState.WAITING)
    owed = select(func.count()).where(Notice.state == NoticeState.OWED)
    return (records.session.scalar(waiting) or 0) + (records.session.scalar(owed) or 0)


@pytest.fixture
async def pair(tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pair]:
    monkeypatch.setenv("WEB_LISTEN", "127.0.0.1:0")
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:9/telegram")
    monkeypatch.setenv("WEBHOOK_SECRET", "a-secret_of-the-two")
    async with (
        demo_office(tmp_path, database_url=migrated_url) as office,
        Program(
            office._settings, clock=MovableClock(office.clock.now() + FAST, frozen=True), rates=Rates.unbounded()
        ) as other,
    ):
        pair = Pair(office, (office.program, other))
        turns, attempt, finish = cycle(pair.programs), Postman._attempt, Inbox.finish

        async def balance(
            postman: Postman, client: httpx.AsyncClient, webhook: Webhook, update: WaitingUpdate, failures: int
        ) -> float | None:
            web = next(turns).web
            assert web is not None
            webhook.url = f"http://127.0.0.1:{web.address.port}/telegram"
            return await attempt(postman, client, webhook, update, failures)

        def note(inbox: Inbox, session: Session, update_id: int) -> None:
            finish(inbox, session, update_id)
            if update_id not in pair.handled:
                pair.handled.append(update_id)

        with monkeypatch.context() as between:
            between.setattr(Postman, "_attempt", balance)
            between.setattr(Inbox, "finish", note)
            yield pair
            await pair.settles()


async def test_both_take_updates_in_and_what_a_chat_says_stays_in_its_order(pair: Pair) -> None:
    tellers = [pair.office[name].person for name in ("Budi", "Wati")]
    for word in WORDS:
        for teller in tellers:
            teller.says(word)
    await pair.settles()
    for teller in tellers:
        teller.taps("Kirim")
    await pair.settles()

    received = [program.metrics.value("disposisi_updates_taken_in_total", way="webhook") for program in pair.programs]
    assert sum(received) == 2 * len(WORDS) + 2
    assert min(received) > len(WORDS) / 2, "each takes its share"
    lanes = await pair.lanes()
    assert {lane: len(handled) for lane, handled in lanes.items()} == {
        teller.user_id: len(WORDS) + 1 for teller in tellers
    }
    assert all(handled == sorted(handled) for handled in lanes.values())
    texts = await pair.office.asks(lambda records: list(records.session.scalars(select(Case.text))))
    assert texts == ["\n".join(WORDS)] * 2
    assert await pair.office.verified()


async def test_one_that_is_stopped_costs_no_update(pair: Pair) -> None:
    teller = pair.office["Budi"].person
    for word in WORDS[:6]:
        teller.says(word)
    await pair.programs[1].stop()
    for word in WORDS[6:]:
        teller.says(word)
    await pair.settles()
    teller.taps("Kirim")
    await pair.settles()
    assert {delivery.status for delivery in pair.office.sandbox.postman.deliveries} >= {0, 200}
    texts = await pair.office.asks(lambda records: list(records.session.scalars(select(Case.text))))
    assert texts == ["\n".join(WORDS)]
