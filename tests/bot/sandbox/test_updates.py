from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Protocol

import pytest
from telegram import Bot, Update
from telegram.error import Conflict
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox


class Time(Protocol):
    def passes(self, span: timedelta) -> None: ...

    def is_moved(self, span: timedelta) -> None: ...


async def test_an_update_stays_until_a_higher_offset_confirms_it(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    budi.says("satu")
    budi.says("dua")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.message.text for update in first if update.message] == ["satu", "dua"]
    assert [update.update_id for update in again] == [update.update_id for update in first]

    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.update_id for update in rest] == [first[1].update_id]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()
    await sandbox.drained()


async def test_a_batch_is_no_larger_than_the_limit(bot: Bot, budi: Person) -> None:
    for number in range(5):
        budi.says(str(number))
    assert len(await bot.get_updates(limit=2)) == 2


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, budi: Person) -> None:
    for word in ("satu", "dua", "tiga"):
        budi.says(word)
    newest = await bot.get_updates(offset=-1)
    assert [update.message.text for update in newest if update.message] == ["tiga"]
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_answers_the_moment_something_happens(bot: Bot, budi: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await bot.get_me()
    assert not polling.done()
    budi.says("halo")
    updates = await asyncio.wait_for(polling, 2)
    assert updates[0].effective_message is not None
    assert updates[0].effective_message.text == "halo"


async def test_a_second_poller_throws_the_first_one_out(bot: Bot, budi: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await bot.get_me()
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    budi.says("halo")
    assert len(await second) == 1


async def test_a_killed_poller_takes_nothing_with_it(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await bot.get_me()
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    budi.says("halo")
    assert len(await bot.get_updates()) == 1
    assert len(sandbox.world.updates) == 1


async def test_only_the_kinds_asked_for_arrive(bot: Bot, budi: Person) -> None:
    message = budi.says("halo")
    budi.edits(message, "halo semua")
    updates = await bot.get_updates(allowed_updates=["edited_message"])
    assert [update.edited_message.text for update in updates if update.edited_message] == ["halo semua"]
    assert len(updates) == 1


async def test_presses_are_forgotten_after_150_seconds_and_messages_after_a_day(
    bot: Bot, budi: Person, time: Time
) -> None:
    budi.says("halo")
    await bot.send_message(budi.user_id, "?")
    budi.forges("token")
    time.passes(timedelta(seconds=151))
    updates = await bot.get_updates()
    assert [update.message is not None for update in updates] == [True]
    time.passes(timedelta(hours=24))
    assert await bot.get_updates() == ()


async def test_moving_the_shown_clock_loses_nothing(bot: Bot, budi: Person, time: Time) -> None:
    budi.says("halo")
    await bot.send_message(budi.user_id, "?")
    budi.forges("token")
    time.is_moved(timedelta(days=3))
    assert len(await bot.get_updates()) == 2


async def test_drained_waits_for_the_confirmation_and_names_what_is_missing(
    bot: Bot, sandbox: Sandbox, budi: Person
) -> None:
    budi.says("halo")
    updates = await bot.get_updates()
    with pytest.raises(AssertionError, match="has not fetched all updates"):
        await sandbox.drained(within=0.01)
    waiting = asyncio.create_task(sandbox.drained())
    await bot.get_updates(offset=updates[-1].update_id + 1)
    await waiting


async def test_a_webhook_forbids_polling_until_it_is_deleted(bot: Bot, budi: Person) -> None:
    budi.says("halo")
    await bot.set_webhook("http://127.0.0.1:9/hook")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_update_ids_may_start_anew_lower_than_before(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    budi.says("lama")
    old = (await bot.get_updates())[0].update_id
    await bot.get_updates(offset=old + 1)
    sandbox.world.updates.restart_ids(17)
    budi.says("baru")
    assert [update.update_id for update in await bot.get_updates()] == [17]


async def test_the_library_s_own_application_runs_against_it_unchanged(
    address: Address, sandbox: Sandbox, budi: Person
) -> None:
    async def greet(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Selamat datang", do_quote=True)

    builder = ApplicationBuilder().token(sandbox.token).base_url(address.base_url)
    application = builder.base_file_url(address.base_file_url).build()
    application.add_handler(CommandHandler("start", greet))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=1)
        budi.follows("https://t.me/disposisi_demo_bot")
        welcome = await budi.awaits("Selamat datang")
        await sandbox.drained()
        await application.updater.stop()
        await application.stop()
    assert welcome.reply_to is not None
    assert welcome.reply_to.text == "/start"
    assert sandbox.complaints == []
