"""The bot of `tests/foreign`, in aiogram: BASE_URL TOKEN, or BASE_URL TOKEN webhook to answer in a webhook's answer."""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web


def said(error: TelegramAPIError) -> str:
    return str(error.message).partition(": ")[2].lower()


async def on_message(message: Message, bot: Bot) -> None:
    match message.text or message.content_type.value:
        case "kartu":
            await card(message, bot)
        case "photo":
            await pictures(message, bot)
        case "hapus" if message.reply_to_message is not None:
            await bot.delete_message(message.chat.id, message.reply_to_message.message_id)
            await message.answer("terhapus")
        case "asing":
            try:
                await bot.send_message(7, "Halo")
            except TelegramAPIError as error:
                await message.answer(f"galat: {said(error)}")
        case "cepat":
            try:
                await message.answer("terlalu cepat")
            except TelegramRetryAfter as error:
                await message.answer(f"tunggu {error.retry_after}")
        case "pindah":
            try:
                await bot.send_message(-100500, "Halo")
            except TelegramMigrateToChat as error:
                await bot.send_message(error.migrate_to_chat_id, f"pindah ke {error.migrate_to_chat_id}")


async def card(message: Message, bot: Bot) -> None:
    keys = [[InlineKeyboardButton(text="Buka", callback_data="buka", style="success")]]
    await bot.send_message(
        message.chat.id,
        "<b>Kartu</b> <a href='https://example.org'>tautan</a>",
        parse_mode="HTML",
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message_id=message.message_id),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=keys),
    )


async def pictures(message: Message, bot: Bot) -> None:
    photo = (message.photo or [])[-1].file_id
    content = await bot.download(photo)
    size = len(content.read()) if content is not None else 0
    await bot.send_photo(message.chat.id, photo, caption=f"{size} bita")
    await bot.send_media_group(
        message.chat.id, [InputMediaPhoto(media=photo, caption="album"), InputMediaPhoto(media=photo)]
    )


async def on_press(press: CallbackQuery, bot: Bot) -> None:
    await press.answer("Dibuka")
    if press.message is None:
        return
    edit: dict[str, Any] = {"chat_id": press.message.chat.id, "message_id": press.message.message_id}
    await bot.edit_message_text("<i>Terbuka</i>", parse_mode="HTML", **edit)
    try:
        await bot.edit_message_text("<i>Terbuka</i>", parse_mode="HTML", **edit)
    except TelegramAPIError as error:
        await bot.send_message(press.from_user.id, f"galat: {said(error)}")


async def serve_webhook(bot: Bot, dispatcher: Dispatcher) -> None:
    async def in_answer(message: Message) -> object:
        return message.answer(f"<b>Dijawab</b>: {message.text}", parse_mode="HTML")

    dispatcher.message.register(in_answer)
    application = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="rahasia").register(
        application, "/hook"
    )
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="rahasia")
    await asyncio.Event().wait()


async def main(base_url: str, token: str, *way: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base_url)))
    dispatcher = Dispatcher()
    if way:
        await serve_webhook(bot, dispatcher)
    dispatcher.message.register(on_message)
    dispatcher.callback_query.register(on_press)
    commands = [BotCommand(command="start", description="Mulai")]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code="id")
    await dispatcher.start_polling(bot, handle_signals=False, polling_timeout=20)


asyncio.run(main(*sys.argv[1:]))
