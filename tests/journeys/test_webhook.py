"""A case whose every update comes through the webhook; strangers, a failing disk and lost answers change nothing."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.updates.inbox import Inbox, Stored
from bot.web import AGAIN_AFTER
from models.case.case import CaseState
from models.mail.inbox import InboxState, InboxUpdate
from models.repository.records import Records
from tests.journeys.demo_office import TOKEN, DemoOffice, demo_office

SECRET = "a-secret_of-the-journeys"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DemoOffice]:
    """An office to which Telegram sends updates."""
    port = free_port()
    monkeypatch.setenv("WEB_LISTEN", f"127.0.0.1:{port}")
    monkeypatch.setenv("WEBHOOK_URL", f"http://127.0.0.1:{port}/telegram")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        yield place


@pytest.fixture
def pauses(office: DemoOffice) -> list[float]:
    """The pauses before Telegram sends an update again, noted instead of waited for."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    office.sandbox.postman.sleep = note
    return pauses


def statuses(office: DemoOffice) -> list[int]:
    return [delivery.status for delivery in office.sandbox.postman.deliveries]


async def states(office: DemoOffice) -> dict[InboxState, int]:
    def work(records: Records) -> dict[InboxState, int]:
        counted = select(InboxUpdate.state, func.count()).group_by(InboxUpdate.state)
        return dict(records.session.execute(counted).all())

    return await office.asks(work)


async def page(office: DemoOffice, path: str, **how: Any) -> httpx.Response:
    assert office.program.web is not None
    async with httpx.AsyncClient(trust_env=False) as client:
        method = "POST" if how else "GET"
        return await client.request(method, f"http://127.0.0.1:{office.program.web.address.port}{path}", **how)


async def test_a_whole_case_comes_through_the_webhook(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    assert (await office.case()).state == CaseState.CLOSED
    assert await office.verified()
    assert set(statuses(office)) == {200}
    assert await states(office) == {InboxState.DONE: len(statuses(office))}

    ready = await page(office, "/readyz")
    assert ready.status_code == 200, ready.text
    measured = (await page(office, "/metrics")).text
    assert f'disposisi_updates_taken_in_total{{way="webhook"}} {len(statuses(office))}.0' in measured
    assert f'disposisi_updates_handled_total{{outcome="done"}} {len(statuses(office))}.0' in measured
    for told in (ready.text, measured):
        assert not any(word in told for word in ("Budi", "SIMPEG", "SW-2026", SECRET, TOKEN))


async def test_a_stranger_cannot_play_telegram(office: DemoOffice) -> None:
    budi = office["Budi"].person
    forged = {
        "update_id": 900_000_001,
        "message": {
            "message_id": 5,
            "date": 0,
            "chat": {"id": budi.user_id, "type": "private"},
            "from": {"id": budi.user_id, "is_bot": False, "first_name": "Budi"},
            "text": "Laporan palsu",
        },
    }
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "a-secret_of-somebody-else"}):
        assert (await page(office, "/telegram", json=forged, headers=headers)).status_code == 403
    await office.settle()
    assert await states(office) == {}
    assert budi.received == []


async def test_what_the_disk_refused_is_sent_again_and_becomes_one_case(
    office: DemoOffice, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, left = Inbox.store, [2]

    def fail(inbox: Inbox, session: Session, batch: Sequence[Mapping[str, Any]]) -> Stored:
        stored = store(inbox, session, batch)
        if left[0]:
            left[0] -= 1
            raise OperationalError("INSERT", {}, OSError(28, "No space left on device"))
        return stored

    await office["Budi"].says("SIMPEG tidak dapat dibuka")
    monkeypatch.setattr(Inbox, "store", fail)
    await office["Budi"].taps("Kirim")
    assert statuses(office) == [200, 503, 503, 200]
    assert pauses == [AGAIN_AFTER, AGAIN_AFTER]
    assert await office.cases() == ["SW-2026-0001"]
    assert await office.verified()


async def test_an_update_whose_answer_was_lost_is_handled_once(
    office: DemoOffice, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    await office["Budi"].says("SIMPEG tidak dapat dibuka")
    assert office.program.web is not None
    store = office.program.web._store
    assert store is not None
    lost: list[Sequence[Mapping[str, Any]]] = []

    async def forget(batch: Sequence[Mapping[str, Any]]) -> None:
        await store(batch)
        if not lost:
            lost.append(batch)
            raise ConnectionResetError

    monkeypatch.setattr(office.program.web, "_store", forget)
    await office["Budi"].taps("Kirim")
    assert statuses(office) == [200, 503, 200]
    assert len(pauses) == 1
    assert await office.cases() == ["SW-2026-0001"]
    assert await states(office) == {InboxState.DONE: 2}


async def test_what_is_said_while_the_program_is_away_waits_at_telegram(office: DemoOffice) -> None:
    await office.stops()
    office["Budi"].person.says("SIMPEG tidak dapat dibuka")
    office["Wati"].person.says("Printer tidak dapat mencetak")
    await office.sandbox.until(lambda: len(statuses(office)) > 0)
    assert set(statuses(office)) == {0}
    await office.starts()
    for name in ("Budi", "Wati"):
        await office[name].taps("Kirim")
    assert len(await office.cases()) == 2


async def test_back_to_fetching_nothing_is_lost(office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.stops()
    assert office.sandbox.world.webhook is not None, "Telegram keeps it"
    for name in ("WEB_LISTEN", "WEBHOOK_URL", "WEBHOOK_SECRET"):
        monkeypatch.delenv(name)
    office._settings = office._settings.model_copy(update={"web_listen": None, "webhook_url": None})
    office["Budi"].person.says("SIMPEG tidak dapat dibuka")
    await office.starts()
    await office["Budi"].taps("Kirim")
    assert await office.cases() == ["SW-2026-0001"]
    assert office.sandbox.world.webhook is None
