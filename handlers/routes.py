"""Which handler gets which update, in order."""

import logging
from collections.abc import Callable
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    Message,
    Update,
)
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import administration, guide, membership, messages, registration, report, status, taps
from handlers.context import Desk, Toast
from handlers.errors import spoken_plainly
from handlers.incoming import Incoming, incoming
from handlers.texts.catalogue import LANGUAGES, Texts
from models.records import Records
from models.refusals import Refusal

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

Command = Callable[[Records, Incoming, list[str]], None]
"""What a command does: the message, and the words after the command's name."""

COMMANDS: dict[str, Command] = {
    "lapor": report.command,
    "tugas": status.tasks,
    "status": status.command,
    "kelola": administration.command,
    "bahasa": registration.choose_language,
    "batal": report.cancel,
    "bantuan": guide.command,
    "help": guide.command,
    "start": registration.start,
}
"""What each command does in private chat. People need none of them; they are for those who like to type."""

MENU = ("lapor", "tugas", "status", "bahasa", "bantuan")
"""The commands in Telegram's menu; `/bantuan` names the rest to those who may use them."""

TOAST_LENGTH = 200
"""Characters that answerCallbackQuery shows."""


def install(application: AnyApplication, desk: Desk) -> None:
    """Add every handler and the error handler to `application`."""
    private = filters.ChatType.PRIVATE

    async def on_tap(update: Update, _: object) -> None:
        if update.callback_query is not None:
            await _tapped(desk, update.update_id, update.callback_query)

    async def on_message(update: Update, _: object) -> None:
        if update.message is not None:
            await _written(desk, update.update_id, update.message, messages.receive)

    async def on_edit(update: Update, _: object) -> None:
        if update.edited_message is not None:
            await _written(desk, update.update_id, update.edited_message, report.edited)

    async def on_group(update: Update, _: object) -> None:
        message = update.message
        if message is not None:
            origin = message.reply_to_message
            title = message.chat.title or ""
            original = incoming(origin) if origin else None

            def work(records: Records, asked: Incoming) -> None:
                report.from_group(records, asked, original, title=title, username=desk.username)

            await _written(desk, update.update_id, message, work)

    async def on_membership(update: Update, _: object) -> None:
        change = update.my_chat_member
        if change is not None:
            reachable = change.new_chat_member.status not in {"kicked", "left"}
            user = change.from_user.id

            def work(records: Records) -> None:
                membership.changed(records, user, reachable=reachable)

            await desk.serve(update.update_id, work, lambda _records, _refusal: None)

    async def on_unknown(update: Update, _: object) -> None:
        if update.message is not None:
            await _written(desk, update.update_id, update.message, guide.unknown_command)

    async def on_error(update: object, context: Any) -> None:  # noqa: ANN401 - the library's own signature
        errand = desk.errands.get(update.update_id) if isinstance(update, Update) else None
        if errand is not None:
            errand.failure = context.error

    application.add_handler(CallbackQueryHandler(on_tap))
    application.add_handler(ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & private, on_edit))
    application.add_handler(CommandHandler("lapor", on_group, filters.UpdateType.MESSAGE & filters.ChatType.GROUPS))
    for name, command in COMMANDS.items():
        only = filters.UpdateType.MESSAGE & private
        application.add_handler(CommandHandler(name, _commanded(desk, command), only))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & private & filters.COMMAND, on_unknown))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & private, on_message))
    application.add_error_handler(on_error)


def _commanded(desk: Desk, command: Command) -> Callable[[Update, Any], Any]:
    async def on_command(update: Update, context: Any) -> None:  # noqa: ANN401 - the library's own signature
        if update.message is not None:
            words = list(context.args or [])
            await _written(desk, update.update_id, update.message, lambda records, said: command(records, said, words))

    return on_command


async def _written(desk: Desk, update_id: int, message: Message, receive: Callable[[Records, Incoming], None]) -> None:
    """Take one message in one transaction; every answer to it goes through the outbox."""
    said = incoming(message)
    await desk.serve(
        update_id,
        lambda records: receive(records, said),
        lambda records, refusal: messages.refused(records, refusal, said),
    )


async def _tapped(desk: Desk, update_id: int, query: CallbackQuery) -> None:
    """Carry out one tap in one transaction, then answer it, so that the wheel stops only when it is decided."""
    token, user = query.data or "", query.from_user
    message_id = query.message.message_id if query.message else 0

    def work(records: Records) -> tuple[Toast, str]:
        toast = taps.tap(records, token, telegram_id=user.id, message_id=message_id)
        return toast, guide.language_of(records, user.id, user.language_code)

    def otherwise(records: Records, refusal: Refusal) -> tuple[Toast, str]:
        toast = taps.refused(records, refusal, token, telegram_id=user.id, message_id=message_id)
        return toast, guide.language_of(records, user.id, user.language_code)

    try:
        toast, language = await desk.serve(update_id, work, otherwise)
    except Exception:
        await _answer(query, desk.texts.say(user.language_code).plain("tap-failed"), alert=True)
        raise
    say = desk.texts.say(language)
    text = spoken_plainly(say, toast.code, toast.data, now=desk.now()) if toast.code else None
    await _answer(query, text, alert=toast.alert)


async def _answer(query: CallbackQuery, text: str | None, *, alert: bool) -> None:
    """Stop the wheel on the button. A press that Telegram has forgotten needs no answer: the card tells the rest."""
    try:
        await query.answer(text[:TOAST_LENGTH] if text else None, show_alert=alert)
    except BadRequest as error:
        logger.info("a tap could not be answered: %s", error.message)
    except TelegramError as error:
        logger.warning("a tap could not be answered: %s", type(error).__name__)


async def introduce(bot: Bot, texts: Texts) -> None:
    """Put the commands into Telegram's menu, in each language; without it everything works, so a failure is only noted."""
    try:
        for index, language in enumerate(LANGUAGES):
            say = texts.say(language)
            menu = [BotCommand(name, say.plain(f"command-{name}")) for name in MENU]
            code = language if index else None
            await bot.set_my_commands(menu, scope=BotCommandScopeAllPrivateChats(), language_code=code)
            group = [BotCommand("lapor", say.plain("command-lapor-group"))]
            await bot.set_my_commands(group, scope=BotCommandScopeAllGroupChats(), language_code=code)
    except TelegramError as error:
        logger.warning("the command menu could not be set: %s", type(error).__name__)
