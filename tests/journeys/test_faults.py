"""A whole case while the network and Telegram fail at random: all of it arrives, and little of it comes twice."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.loop.pauses import Pauses
from bot.sandbox.faults import Fault, Trouble
from bot.telegram.request import Request
from models.case.case import CaseState
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState
from tests.journeys.demo_office import DemoOffice, demo_office

TROUBLES = {
    Trouble.TOO_MANY_REQUESTS: 0.02,
    Trouble.SERVER_ERROR: 0.08,
    Trouble.BAD_GATEWAY: 0.05,
    Trouble.RESET: 0.08,
    Trouble.RESET_AFTER_ACTING: 0.08,
    Trouble.GARBAGE_AFTER_ACTING: 0.04,
}
"""How often a call meets each trouble: one call in three meets one. The stand-in draws them from its seed."""

METHODS = ("sendMessage", "sendPhoto", "editMessageText", "deleteMessage", "getUpdates")
"""Not the answers to taps: nobody waits for a toast again."""


@pytest.fixture
async def stormy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DemoOffice]:
    """An office whose program does not wait long after a failure, and gives an answer one second to arrive."""
    wait = Pauses.wait

    async def briefly(pauses: Pauses, seconds: float) -> None:
        await wait(pauses, min(seconds, 0.02))

    monkeypatch.setattr(Pauses, "wait", briefly)
    async with demo_office(tmp_path) as place:
        calls = place.program.line._request[1]
        assert isinstance(calls, Request)
        monkeypatch.setattr(calls, "patience", dict.fromkeys(calls.patience, 1.0))
        for method in METHODS:
            for trouble, rate in TROUBLES.items():
                place.sandbox.faults.sometimes(method, Fault(trouble), rate=rate)
        yield place
        place.sandbox.faults.clear()


async def notices(office: DemoOffice) -> Sequence[Notice]:
    return await office.asks(lambda records: records.session.scalars(select(Notice)).all())


@pytest.mark.crash
async def test_a_whole_case_survives_a_stormy_day(stormy: DemoOffice) -> None:
    stormy.sandbox.faults.next("sendMessage", Fault(Trouble.HANG_AFTER_ACTING))
    await stormy.report("Budi", "SIMPEG tidak dapat dibuka")
    await stormy.passes(minutes=25)
    await stormy.walk(until=10)

    case = await stormy.case()
    assert case.state == CaseState.CLOSED
    assert [task.step for task in case.tasks] == list(range(1, 10)), "each step once, in its order"
    assert await stormy.verified()

    handled = await stormy.asks(lambda records: records.session.scalars(select(InboxUpdate.state)).all())
    assert set(handled) == {InboxState.DONE}
    owed = await notices(stormy)
    assert {one.state for one in owed} == {NoticeState.SENT, NoticeState.NOT_NEEDED}
    assert sum(one.doubtful for one in owed) > 0, "the storm was a storm"

    arrived = Counter(
        int(call.params["chat_id"])
        for call in stormy.sandbox.calls
        if call.method == "sendMessage" and call.error is None
    )
    for chat_id, count in arrived.items():
        own = [one for one in owed if one.chat_id == chat_id and one.state == NoticeState.SENT]
        messages = [one for one in own if one.kind.value not in {"refresh", "withdraw"}]
        assert len(messages) <= count <= len(messages) + sum(one.doubtful for one in messages)
