"""Updates are fetched from Telegram, and confirmed once they are on disk."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from telegram.error import Conflict, NetworkError

from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.server import Sandbox
from bot.stopped import TokenRejected
from bot.telegram.fate import LONGEST_SILENCE
from bot.telegram.line import Line
from models.mail.inbox import InboxState
from tests.bot.updates.reception import Reception
from tests.parts import line_to


async def test_an_update_is_on_disk_before_telegram_is_told(sandbox: Sandbox, reception: Reception) -> None:
    budi = sandbox.person(1001, "Budi", started=True)
    reception.gates["Halo"] = asyncio.Event()
    budi.says("Halo")
    await sandbox.drained()
    assert await reception.states() == [(InboxState.WAITING, 0)]


@pytest.mark.databases("sqlite")
async def test_an_update_is_begun_before_telegram_is_asked_for_the_next(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    raw_updates, process = Line.raw_updates, reception.application.process_update

    async def asks(line: Line, **parameters: Any) -> list[dict[str, Any]]:
        steps.append("asks")
        return await raw_updates(line, **parameters)

    async def begins(update: object) -> None:
        steps.append("begins")
        await process(update)

    monkeypatch.setattr(Line, "raw_updates", asks)
    monkeypatch.setattr(reception.application, "process_update", begins)
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert steps[:3] == ["asks", "begins", "asks"]


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


@pytest.mark.databases("sqlite")
async def test_a_full_disk_is_told_when_it_begins_and_when_it_is_over(
    sandbox: Sandbox, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    left = [1, 2, 3]

    def full(_: Connection) -> None:
        if left:
            left.pop()
            reason = sqlite3.OperationalError("database or disk is full")
            reason.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError("INSERT", {}, reason)

    event.listen(reception.database.engine, "begin", full)
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    begins, ends = (one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING)
    assert begins.startswith("the database cannot be used: The disk that holds /")
    assert begins.endswith("record.db is full. Free some space and try again.")
    assert ends.startswith("the database can be used again")


async def test_another_process_that_fetches_is_named_once(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    raw_updates, left = Line.raw_updates, [1, 2, 3]

    async def contested(line: Line, **asked: Any) -> list[dict[str, Any]]:
        if left:
            left.pop()
            raise Conflict("terminated by other getUpdates request")
        return await raw_updates(line, **asked)

    await reception.stop()
    monkeypatch.setattr(Line, "raw_updates", contested)
    reception.begin()
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    begins, ends = (one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING)
    assert begins.startswith("Telegram hands out no updates: another process fetches this bot's updates")
    assert ends.startswith("Telegram hands out updates again")
    assert len(reception.hindered) == 3


async def test_a_webhook_that_cannot_be_taken_away_at_once_is_taken_away_later(
    sandbox: Sandbox, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.next("deleteWebhook", Fault(Trouble.BAD_GATEWAY), Fault(Trouble.RESET))
    await reception.line.set_webhook("http://127.0.0.1:9/somewhere")
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert caplog.text.count("a webhook at 127.0.0.1, which is not this bot's, was taken away") == 1
    assert reception.hindered == []


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


async def test_numbers_that_start_anew_during_an_outage_are_not_passed_over(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw_updates, failed = Line.raw_updates, asyncio.Event()

    async def interrupted(line: Line, **asked: Any) -> list[dict[str, Any]]:
        if asked["offset"] is not None and not failed.is_set():
            sandbox.world.updates.restart_ids(17)
            budi.says("sesudah pekan yang sunyi")
            failed.set()
            raise NetworkError("a week without a line to Telegram")
        return await raw_updates(line, **asked)

    monkeypatch.setattr(Line, "raw_updates", interrupted)
    await reception.stop()
    reception.begin(patience=timedelta())
    budi = sandbox.person(1001, "Budi", started=True)
    budi.says("sebelum pekan yang sunyi")
    async with asyncio.timeout(5):
        await reception.heard["sesudah pekan yang sunyi"].wait()
    assert failed.is_set()


async def test_one_without_a_number_does_not_stop_the_others(sandbox: Sandbox, reception: Reception) -> None:
    await reception.intake.store([{"message": {}}, {"update_id": "7"}])
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]


@pytest.mark.parametrize(("named", "kept"), [(17, 17), (3600, LONGEST_SILENCE)])
async def test_the_pause_that_telegram_names_is_kept_before_the_next_poll_but_not_for_an_hour(
    sandbox: Sandbox, reception: Reception, named: int, kept: float
) -> None:
    await reception.stop()
    sandbox.faults.next("getUpdates", Fault(Trouble.TOO_MANY_REQUESTS, seconds=named))
    reception.begin()
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    assert len(reception.slept) == 1
    assert reception.slept[0] == kept


async def test_numbers_that_no_database_holds_stop_nobody(sandbox: Sandbox, reception: Reception) -> None:
    huge = 2**70
    await reception.intake.store([{"update_id": huge}, {"update_id": 5, "message": {"chat": {"id": huge}}}])
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]


async def test_a_network_in_trouble_is_waited_for(sandbox: Sandbox, reception: Reception) -> None:
    troubles = (Trouble.BAD_GATEWAY, Trouble.GARBAGE, Trouble.RESET, Trouble.TOO_MANY_REQUESTS)
    sandbox.faults.next("getUpdates", *map(Fault, troubles))
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]


@pytest.mark.parametrize(
    ("result", "offset"), [([], None), ([{"update_id": 7}], 8), ([{"message": {}}], None), ([5], None)]
)
@pytest.mark.databases("sqlite")
async def test_a_server_that_does_not_wait_is_asked_once_a_second(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch, result: list[Any], offset: int | None
) -> None:
    """One that ignores `timeout` answers at once with nothing, one that ignores `offset` with the same again."""
    raw_updates, asked, enough = Line.raw_updates, list[Any](), asyncio.Event()

    async def counted(line: Line, **how: Any) -> list[dict[str, Any]]:
        asked.append(how["offset"])
        if len(asked) == 5:
            enough.set()
        return await raw_updates(line, **how)

    await reception.stop()
    sandbox.faults.sometimes("getUpdates", Fault(Trouble.ODD_ANSWER, alter=lambda _: result), rate=1)
    sandbox.person(1001, "Budi", started=True).says("Halo")
    monkeypatch.setattr(Line, "raw_updates", counted)
    polling = reception.polling(reception.line)
    monkeypatch.setattr(polling, "_monotonic", lambda: 0.0)
    reception.slept.clear()
    reception.tasks = [asyncio.create_task(polling.run())]
    await asyncio.wait_for(enough.wait(), 10)
    assert asked[:5] == [None, *[offset] * 4]
    unhurried = 4 if offset is None else 3
    assert reception.slept[:unhurried] == [1.0] * unhurried


@pytest.mark.parametrize("result", [None, {}, True])
async def test_updates_that_are_no_list_are_a_trouble_that_passes(
    sandbox: Sandbox, reception: Reception, caplog: pytest.LogCaptureFixture, result: object
) -> None:
    await reception.stop()
    sandbox.faults.next("getUpdates", Fault(Trouble.ODD_ANSWER, alter=lambda _: result))
    sandbox.person(1001, "Budi", started=True).says("Halo")
    reception.begin()
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert "answers with “updates that are no list”, which is not Telegram's answer" in caplog.text


async def test_a_rejected_token_ends_the_polling(reception: Reception) -> None:
    stranger = line_to(reception.line.base_url.rpartition("/bot")[0], token="999999:another-token-of-thirty-characters")
    async with stranger._request[0], stranger._request[1]:
        with pytest.raises(TokenRejected, match="@BotFather"):
            await reception.polling(stranger).run()
