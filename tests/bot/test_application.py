"""The whole program against the stand-in: it starts, serves, ends, and refuses to start where it must."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, select

from bot.application import Program
from bot.clock import MovableClock
from bot.notices.pace import Rates
from bot.pruning import Pruning
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.flood import Limits
from bot.sandbox.server import Address, Sandbox
from bot.settings import Settings
from bot.stopped import AlreadyRunning, DatabaseUnusable, OfficeUnfit, SchemaOutdated, TokenRejected
from bot.storage import migration
from bot.storage.migration import Schema
from bot.storage.process_lock import ProcessLock
from bot.web import AGAIN_AFTER
from handlers import composed, routes
from handlers.texts.catalogue import MissingText
from models.case.sop_version import SopVersion
from models.mail.inbox import InboxState, InboxUpdate
from models.office.tenure import Post
from models.rules.actions import Outcome
from models.rules.errors import InvalidOffice
from tests.parts import database_at

TOKEN = "123456:a-token-of-thirty-characters-or-more"


@pytest.fixture
def sandbox(clock: MovableClock) -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[Address]:
    async with sandbox.serve() as address:
        yield address


@pytest.fixture
def settings(address: Address, url: str) -> Settings:
    return Settings.load(None, telegram_bot_token=TOKEN, telegram_base_url=address.url, database_url=url)


def program(settings: Settings, clock: MovableClock, *, upgrade: bool = True) -> Program:
    return Program(settings, clock=clock, rates=Rates.unbounded(), upgrade=upgrade)


async def test_a_message_is_stored_handled_and_answered(
    sandbox: Sandbox, settings: Settings, clock: MovableClock
) -> None:
    stranger = sandbox.person(1001, "Budi Santoso", started=True)
    async with program(settings, clock) as bot:
        stranger.says("Halo")
        await sandbox.drained()
        await bot.quiet()
        row = await bot.database.read(lambda session: session.scalars(select(InboxUpdate)).one())
        assert row.state == InboxState.DONE
        assert stranger.last.from_bot
        assert sandbox.complaints == []


async def test_what_came_in_while_the_program_did_not_run_is_answered_once(
    sandbox: Sandbox, settings: Settings, clock: MovableClock
) -> None:
    stranger = sandbox.person(1001, "Budi Santoso", started=True)
    async with program(settings, clock) as bot:
        stranger.says("Halo")
        await sandbox.drained()
        await bot.quiet()
    assert len(stranger.received) == 1
    latecomer = sandbox.person(1002, "Siti Rahma", started=True)
    latecomer.says("Halo")
    async with program(settings, clock, upgrade=False) as bot:
        await sandbox.drained()
        await bot.quiet()
        states = await bot.database.read(lambda session: session.scalars(select(InboxUpdate.state)).all())
        assert states == [InboxState.DONE] * 2
        assert len(latecomer.received) == len(stranger.received) == 1


async def test_the_posts_and_the_sops_are_kept_at_the_start(settings: Settings, clock: MovableClock) -> None:
    async with program(settings, clock) as bot:
        kept = await bot.database.read(lambda session: set(session.scalars(select(Post.code))))
        assert kept == {post.code for post in bot.rules.office.posts}
        versions = await bot.database.read(lambda session: session.scalars(select(SopVersion.code)).all())
        assert set(versions) == set(bot.rules.sops)


async def test_the_commands_stand_in_telegrams_menu(sandbox: Sandbox, settings: Settings, clock: MovableClock) -> None:
    async with program(settings, clock):
        await sandbox.until(lambda: any(call.method == "setMyCommands" for call in sandbox.calls))


async def test_without_its_menu_the_bot_serves_all_the_same(
    sandbox: Sandbox, settings: Settings, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = asyncio.Event()

    async def fail(*_: object) -> None:
        tried.set()
        raise RuntimeError("no menu today")

    monkeypatch.setattr(routes, "introduce", fail)
    stranger = sandbox.person(1001, "Budi Santoso", started=True)
    async with program(settings, clock) as bot:
        await tried.wait()
        stranger.says("Halo")
        await sandbox.drained()
        await bot.quiet()
        assert stranger.last.from_bot


@pytest.mark.parametrize(
    "trouble", [Trouble.BAD_GATEWAY, Trouble.RESET, Trouble.GARBAGE, Trouble.TOO_MANY_REQUESTS, Trouble.ODD_ANSWER]
)
async def test_a_telegram_in_trouble_is_waited_for(
    sandbox: Sandbox, settings: Settings, clock: MovableClock, trouble: Trouble
) -> None:
    sandbox.faults.next("getMe", Fault(trouble))
    async with program(settings, clock) as bot:
        assert bot.line.account.username == "disposisi_demo_bot"


@pytest.mark.databases("sqlite")
async def test_a_second_process_on_the_same_database_is_refused(settings: Settings, clock: MovableClock) -> None:
    async with program(settings, clock):
        second = program(settings, clock)
        with pytest.raises(AlreadyRunning, match=f"already served by process {os.getpid()}") as caught:
            await second.start()
        assert caught.value.pid == os.getpid()
    async with program(settings, clock):
        pass


async def test_a_rejected_token_ends_the_start_without_being_told(
    address: Address, database_url: str, clock: MovableClock
) -> None:
    wrong = "999999:another-token-of-thirty-characters"
    settings = Settings.load(None, telegram_bot_token=wrong, telegram_base_url=address.url, database_url=database_url)
    with pytest.raises(TokenRejected) as caught:
        await program(settings, clock).start()
    assert wrong not in str(caught.value)
    with database_at(database_url) as database:
        assert migration.state(database.engine).is_current, "the database was let go of"


async def test_a_database_without_tables_is_not_touched_unless_told(
    settings: Settings, clock: MovableClock, database_url: str
) -> None:
    settings = settings.model_copy(update={"database_url": database_url})
    with pytest.raises(SchemaOutdated, match="disposisi migrate"):
        await program(settings, clock, upgrade=False).start()
    with database_at(database_url) as database:
        assert migration.state(database.engine).found is None


def test_an_office_that_cannot_run_the_sop_is_named(tmp_path: Path, url: str, clock: MovableClock) -> None:
    office = Settings.load(None).office_file.read_text()
    changed = tmp_path / "office.toml"
    changed.write_text(office.replace('"kadiv"', '"kepala-seksi"'))
    settings = Settings.load(None, telegram_bot_token=TOKEN, database_url=url, office_file=changed)
    with pytest.raises((OfficeUnfit, InvalidOffice), match=r"office\.toml"):
        Program(settings, clock=clock, rates=Rates())


def test_a_text_that_a_card_lacks_is_named_before_anything_starts(
    url: str, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.load(None, telegram_bot_token=TOKEN, database_url=url)
    monkeypatch.setattr(composed, "COMPOSED", {"no-such-word": Outcome})
    with pytest.raises(MissingText, match="id/no-such-word-forwarded"):
        Program(settings, clock=clock, rates=Rates())


async def test_it_serves_until_it_is_asked_to_end(sandbox: Sandbox, settings: Settings, clock: MovableClock) -> None:
    stranger = sandbox.person(1001, "Budi Santoso", started=True)
    running = asyncio.create_task(program(settings, clock).run())
    stranger.says("Halo")
    await sandbox.until(lambda: len(stranger.received) > 0)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 10)


async def test_it_can_be_asked_to_end_while_it_waits_for_the_network(url: str, clock: MovableClock) -> None:
    settings = Settings.load(None, telegram_bot_token=TOKEN, telegram_base_url="http://127.0.0.1:9", database_url=url)
    running = asyncio.create_task(program(settings, clock).run())
    await asyncio.sleep(0)
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.wait_for(running, 10)


async def test_a_token_withdrawn_later_ends_the_program_with_a_sentence(
    sandbox: Sandbox, settings: Settings, clock: MovableClock
) -> None:
    bot = Program(settings, clock=clock, rates=Rates.unbounded(), upgrade=True, patience=timedelta(seconds=1))
    running = asyncio.create_task(bot.run())
    stranger = sandbox.person(1001, "Budi Santoso", started=True)
    stranger.says("Halo")
    await sandbox.until(lambda: len(stranger.received) > 0)
    sandbox._api._token = "123456:another-token-of-thirty-characters"
    with pytest.raises(TokenRejected, match="@BotFather"):
        await asyncio.wait_for(running, 10)


async def test_a_part_that_fails_ends_the_program_with_its_failure(
    settings: Settings, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Pruning) -> None:
        raise ArithmeticError("pruning has broken down")

    monkeypatch.setattr(Pruning, "run", fail)
    bot = program(settings, clock)
    with pytest.raises(ArithmeticError, match="pruning has broken down"):
        await bot.run()
    if bot.database.path is not None:
        lock = ProcessLock(bot.database.path)
        lock.acquire()
        lock.release()


async def test_whoever_watches_sees_that_it_lives_while_telegram_is_waited_for(
    sandbox: Sandbox, settings: Settings, clock: MovableClock
) -> None:
    secret = "a-secret_of-16-or-more"
    settings = settings.model_copy(
        update={
            "web_listen": "127.0.0.1:0",
            "webhook_url": "http://127.0.0.1:9/telegram",
            "webhook_secret": SecretStr(secret),
        }
    )
    sandbox.faults.next("getMe", *[Fault(Trouble.BAD_GATEWAY)] * 50)
    bot = program(settings, clock)
    starting = asyncio.create_task(bot.start())
    try:
        await sandbox.until(lambda: any(call.method == "getMe" for call in sandbox.calls))
        assert bot.web is not None
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{bot.web.address.port}", trust_env=False) as client:
            assert (await client.get("/healthz")).status_code == 200
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()["checks"]["start"]["ok"]) == (503, False)
            shown = {"X-Telegram-Bot-Api-Secret-Token": secret}
            update = await client.post("/telegram", json={"update_id": 1, "message": {}}, headers=shown)
            assert (update.status_code, update.headers["retry-after"]) == (503, str(AGAIN_AFTER))
            sandbox.faults.clear()
            await starting
            assert (await client.get("/readyz")).status_code == 200
    finally:
        starting.cancel()
        await asyncio.wait({starting})
        await bot.stop()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(*bot.web.address)


async def test_whoever_watches_sees_that_it_lives_while_the_tables_are_brought_forward(
    settings: Settings, clock: MovableClock, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings.model_copy(update={"database_url": database_url, "web_listen": "127.0.0.1:0"})
    begun, over, upgrade = threading.Event(), threading.Event(), migration.upgrade

    def take_long(engine: Engine) -> Schema:
        begun.set()
        over.wait(30)
        return upgrade(engine)

    monkeypatch.setattr(migration, "upgrade", take_long)
    async with AsyncExitStack() as opened:
        opened.callback(over.set)
        bot = program(settings, clock)
        starting = asyncio.create_task(opened.enter_async_context(bot))
        await asyncio.to_thread(begun.wait, 30)
        assert bot.web is not None
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{bot.web.address.port}", trust_env=False) as client:
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/readyz")).status_code == 503
            over.set()
            await starting
            assert (await client.get("/readyz")).status_code == 200


@pytest.mark.databases("postgresql")
@pytest.mark.parametrize("upgrade", [True, False])
async def test_a_copy_that_is_being_put_back_is_waited_for(
    settings: Settings, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, *, upgrade: bool
) -> None:
    settings = settings.model_copy(update={"web_listen": "127.0.0.1:0"})
    begun, settled = threading.Event(), migration.settled

    def wait(engine: Engine) -> Schema:
        begun.set()
        return settled(engine)

    monkeypatch.setattr(migration, "settled", wait)
    engine = create_engine(settings.database_url)
    async with AsyncExitStack() as opened:
        with engine.connect() as restoring:
            restoring.detach()
            assert migration.turn_taken(restoring)
            bot = program(settings, clock, upgrade=upgrade)
            starting = asyncio.create_task(opened.enter_async_context(bot))
            await asyncio.to_thread(begun.wait, 30)
            assert bot.web is not None
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{bot.web.address.port}", trust_env=False
            ) as client:
                assert (await client.get("/healthz")).status_code == 200
                assert (await client.get("/readyz")).status_code == 503
            assert not starting.done()
        await starting
    engine.dispose()


@pytest.mark.databases("postgresql")
async def test_a_database_that_refuses_to_be_written_is_named(settings: Settings, clock: MovableClock) -> None:
    url = f"{settings.database_url}&options=-c%20default_transaction_read_only%3Don"
    with pytest.raises(DatabaseUnusable, match="a standby that only reads"):
        await program(settings.model_copy(update={"database_url": url}), clock).start()
