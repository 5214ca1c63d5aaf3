"""The bot of `tests/foreign`, in python-telegram-bot with the Updater that the product does without: BASE_URL TOKEN."""

import asyncio
import os
import sys
from typing import Any

os.environ["PTB_TIMEDELTA"] = "true"

from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, RetryAfter
from telegram.ext import ApplicationBuilder, CallbackContext, CallbackQueryHandler, MessageHandler, filters

Context = CallbackContext[Any, Any, Any, Any]


async def on_message(update: Update, context: Context) -> None:
    message, bot = update.message, context.bot
    if message is None:
        return
    match message.text or "photo":
        case "kartu":
            await card(message)
        case "photo":
            await pictures(message, context)
        case "hapus" if message.reply_to_message is not None:
            await message.reply_to_message.delete()
            await bot.send_message(message.chat_id, "terhapus")
        case "asing":
            try:
                await bot.send_message(7, "Halo")
            except BadRequest as error:
                await bot.send_message(message.chat_id, f"galat: {error.message.lower()}")
        case "cepat":
            try:
                await bot.send_message(message.chat_id, "terlalu cepat")
            except RetryAfter as error:
                wait = error.retry_after
                seconds = wait if isinstance(wait, int) else round(wait.total_seconds())
                await bot.send_message(message.chat_id, f"tunggu {seconds}")
        case "pindah":
            try:
                await bot.send_message(-100500, "Halo")
            except ChatMigrated as error:
                await bot.send_message(error.new_chat_id, f"pindah ke {error.new_chat_id}")


async def card(message: Message) -> None:
    await message.get_bot().send_message(
        message.chat_id,
        "<b>Kartu</b> <a href='https://example.org'>tautan</a>",
        parse_mode="HTML",
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(message.message_id),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Buka", callback_data="buka", style="success")]]),
    )


async def pictures(message: Message, context: Context) -> None:
    photo = message.photo[-1].file_id
    content = await (await context.bot.get_file(photo)).download_as_bytearray()
    await context.bot.send_photo(message.chat_id, photo, caption=f"{len(content)} bita")
    await context.bot.send_media_group(
        message.chat_id, [InputMediaPhoto(photo, caption="album"), InputMediaPhoto(photo)]
    )


async def on_press(update: Update, context: Context) -> None:
    press = update.callback_query
    if press is None:
        return
    await press.answer("Dibuka")
    await press.edit_message_text("<i>Terbuka</i>", parse_mode="HTML")
    try:
        await press.edit_message_text("<i>Terbuka</i>", parse_mode="HTML")
    except BadRequest as error:
        await context.bot.send_message(press.from_user.id, f"galat: {error.message.lower()}")


async def main(base_url: str, token: str) -> None:
    urls = ApplicationBuilder().token(token).base_url(f"{base_url}/bot").base_file_url(f"{base_url}/file/bot")
    application = urls.job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT | filters.PHOTO, on_message))
    application.add_handler(CallbackQueryHandler(on_press))
    async with application:
        commands = [BotCommand("start", "Mulai")]
        scope = BotCommandScopeAllPrivateChats()
        await application.bot.set_my_commands(commands, scope=scope, language_code="id")
        await application.start()
        if application.updater is not None:
            await application.updater.start_polling(timeout=20)
        await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))
