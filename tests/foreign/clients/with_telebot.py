"""The bot of `tests/foreign`, in telebot (pyTelegramBotAPI): BASE_URL TOKEN."""

import sys

import telebot
from telebot.apihelper import ApiTelegramException
from telebot.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

base_url, token = sys.argv[1:]
telebot.apihelper.API_URL = f"{base_url}/bot{{0}}/{{1}}"
telebot.apihelper.FILE_URL = f"{base_url}/file/bot{{0}}/{{1}}"
bot = telebot.TeleBot(token, threaded=False)


def said(error: ApiTelegramException) -> str:
    return str(error.description).partition(": ")[2].lower()


def parameter(error: ApiTelegramException, name: str) -> int:
    return int(error.result_json["parameters"][name])


def on_message(message: Message) -> None:
    chat_id = message.chat.id
    match message.text or message.content_type:
        case "kartu":
            card(message)
        case "photo":
            pictures(message)
        case "hapus":
            bot.delete_message(chat_id, message.reply_to_message.message_id)
            bot.send_message(chat_id, "terhapus")
        case "asing":
            try:
                bot.send_message(7, "Halo")
            except ApiTelegramException as error:
                bot.send_message(chat_id, f"galat: {said(error)}")
        case "cepat":
            try:
                bot.send_message(chat_id, "terlalu cepat")
            except ApiTelegramException as error:
                bot.send_message(chat_id, f"tunggu {parameter(error, 'retry_after')}")
        case "pindah":
            try:
                bot.send_message(-100500, "Halo")
            except ApiTelegramException as error:
                moved = parameter(error, "migrate_to_chat_id")
                bot.send_message(moved, f"pindah ke {moved}")


def card(message: Message) -> None:
    keys = InlineKeyboardMarkup()
    keys.add(InlineKeyboardButton("Buka", callback_data="buka", style="success"))
    # The former names of two parameters; the library sends some of them as they are.
    bot.send_message(
        message.chat.id,
        "<b>Kartu</b> <a href='https://example.org'>tautan</a>",
        parse_mode="HTML",
        disable_notification=True,
        disable_web_page_preview=True,
        reply_to_message_id=message.message_id,
        reply_markup=keys,
    )


def pictures(message: Message) -> None:
    photo = message.photo[-1].file_id
    content = bot.download_file(bot.get_file(photo).file_path)
    bot.send_photo(message.chat.id, photo, caption=f"{len(content)} bita")
    bot.send_media_group(message.chat.id, [InputMediaPhoto(photo, caption="album"), InputMediaPhoto(photo)])


def on_press(press: CallbackQuery) -> None:
    bot.answer_callback_query(press.id, "Dibuka")
    where = press.message.chat.id, press.message.message_id
    bot.edit_message_text("<i>Terbuka</i>", *where, parse_mode="HTML")
    try:
        bot.edit_message_text("<i>Terbuka</i>", *where, parse_mode="HTML")
    except ApiTelegramException as error:
        bot.send_message(press.from_user.id, f"galat: {said(error)}")


bot.register_message_handler(on_message, content_types=["text", "photo"])
bot.register_callback_query_handler(on_press, func=bool)
bot.set_my_commands([BotCommand("start", "Mulai")], scope=BotCommandScopeAllPrivateChats(), language_code="id")
bot.infinity_polling(timeout=25, long_polling_timeout=20)
