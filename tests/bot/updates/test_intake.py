"""Updates are handled once, each chat in order, whatever an update or the database does."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from bot.updates import pieces
from bot.updates.inbox import Incomplete, Whole
from bot.updates.intake import SIDE_BY_SIDE
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeKind
from tests.bot.updates.reception import Reception, message


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
    assert reception.told == ["pertama", "kedua"]
    # A stranger is answered once a minute.
    assert await reception.answers() == 1


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


@pytest.mark.usefixtures("office")
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
    oldest = select(InboxUpdate.failure).order_by(InboxUpdate.update_id).limit(1)
    failure = await reception.database.read(lambda session: session.scalars(oldest).one())
    assert failure is not None
    assert failure.startswith("ValueError at work:")
    alerts = await reception.database.read(
        lambda session: session.scalars(select(Notice).where(Notice.kind == NoticeKind.ALERT)).all()
    )
    assert [(one.chat_id, one.body["code"]) for one in alerts] == [(1002, "alert-set-aside")]
    said = await reception.database.read(
        lambda session: session.scalars(
            select(Notice.body).where(Notice.kind == NoticeKind.SAY).order_by(Notice.id)
        ).all()
    )
    assert [one["code"] for one in said] == ["message-set-aside", "heard"], "whoever wrote it is told"


async def test_one_that_nobody_can_read_is_set_aside(reception: Reception) -> None:
    await reception.intake.store([{"update_id": 5, "message": {"chat": {"id": 1001}, "date": "yesterday"}}])
    await reception.activity.still()
    assert await reception.states() == [(InboxState.SET_ASIDE, 3)]


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


async def test_only_what_nothing_waits_before_is_handled_without_a_look_at_the_inbox(reception: Reception) -> None:
    def stored(*batch: dict[str, Any]) -> Callable[[Session], list[tuple[int, int | None]]]:
        def store(session: Session) -> list[tuple[int, int | None]]:
            lanes = reception.inbox.store(session, batch).lanes
            return [(lane, first.update_id if first else None) for lane, first in lanes.items()]

        return store

    at_once = await reception.database.transact(stored(message(1, chat=7), message(2, chat=7), message(3, chat=8)))
    assert at_once == [(7, 1), (8, 3)]
    assert await reception.database.transact(stored(message(4, chat=7), message(5, chat=9))) == [(7, None), (9, 5)]


@pytest.mark.databases("sqlite")
async def test_the_inbox_is_looked_at_behind_an_update_only_where_something_else_came(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    await reception.activity.still()
    looked_at: list[int] = []
    find = reception.inbox.next

    def noted(session: Session, lane: int, *, patient: bool = True) -> Whole | Incomplete | None:
        looked_at.append(lane)
        return find(session, lane, patient=patient)

    monkeypatch.setattr(reception.inbox, "next", noted)
    await reception.intake.store([message(1, chat=7, text="satu")])
    await reception.activity.still()
    assert looked_at == []

    await reception.intake.store([message(2, chat=7, text="dua"), message(3, chat=8, text="lain"), message(4, chat=7)])
    await reception.activity.still()
    assert set(looked_at) == {7}

    gate = reception.gates["lama"] = asyncio.Event()
    await reception.intake.store([message(5, chat=9, text="lama")])
    await reception.intake.store([message(6, chat=9, text="baru")])
    gate.set()
    await reception.activity.still()
    assert await reception.states() == [(InboxState.DONE, 0)] * 6


async def test_a_clock_that_stands_still_does_not_stop_a_chat(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PATIENCE", timedelta(milliseconds=5))
    budi = sandbox.person(1001, "Budi", started=True)
    text = "p" * 4096
    budi.says(text)
    await sandbox.drained()
    await reception.heard[text].wait()
    await reception.activity.still()
    assert reception.told == [text]
    assert not reception.intake.patient


async def test_chats_that_are_waited_for_keep_no_place(
    sandbox: Sandbox, reception: Reception, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So long that a slow machine does not end the wait before the clock does.
    monkeypatch.setattr(pieces, "PATIENCE", timedelta(hours=1))
    for number in range(3 * SIDE_BY_SIDE):
        sandbox.person(2000 + number, "Orang", started=True).says("p" * 4096)
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    await reception.activity.still()
    assert reception.told == ["Halo"]
    assert reception.intake.patient

    clock.advance(pieces.PATIENCE)
    reception.intake.clock_moved()
    await reception.activity.still()
    assert len(reception.told) == 1 + 3 * SIDE_BY_SIDE
    assert not reception.intake.patient


async def test_others_are_told_as_soon_as_a_chat_finds_no_place(sandbox: Sandbox, reception: Reception) -> None:
    told = list[int]()
    reception.intake.when_full(lambda: told.append(len(reception.intake._lanes)))
    reception.gates["lambat"] = asyncio.Event()
    for number in range(SIDE_BY_SIDE):
        sandbox.person(2000 + number, "Orang", started=True).says("lambat")
    await sandbox.drained()
    assert told == []
    sandbox.person(1001, "Budi", started=True).says("Halo")
    await sandbox.drained()
    assert told == [SIDE_BY_SIDE]
    reception.gates["lambat"].set()
    await reception.activity.still()
    assert "Halo" in reception.told


async def test_a_new_process_waits_for_the_pieces_too(
    sandbox: Sandbox, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PATIENCE", timedelta(hours=1))
    budi = sandbox.person(1001, "Budi", started=True)
    budi.says("p" * 4096)
    await sandbox.drained()
    await reception.activity.still()
    await reception.restart()
    assert reception.told == []
    budi.says("sisa")
    await sandbox.drained()
    await reception.activity.still()
    assert await reception.states() == [(InboxState.DONE, 0)] * 2
    assert len(reception.told) == 1, "the handler is given both at once"
