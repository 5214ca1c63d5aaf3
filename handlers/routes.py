"""Which handler gets which update, in order."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from handlers import messages, taps
from handlers.chat import editing
from handlers.chat.desk import Desk, Overtaken, Toast
from handlers.chat.incoming import Incoming, cleaned, incoming, is_ours, whole
from handlers.looking import board, genuine, inline, recapping, searching, sops, statistics, status, taking
from handlers.people import absence, administration, calendar, calendar_file, guide, menu, privacy, registration
from handlers.reporting import report
from handlers.reporting.group import calling, from_group
from handlers.texts.catalogue import Texts
from handlers.texts.shorten import shortened
from handlers.texts.wording import INDONESIAN
from models.administration.privacy import Wish
from models.refusals.calendar import CalendarFileInvalid
from models.refusals.refusal import Refusal
from models.repository.records import Records

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

Command = Callable[[Records, Incoming, list[str]], None]
"""What a command does: the message, and the words after the command's name."""

_ISO_639_1 = 2
"""Letters of a language's code in ISO 639-1; Telegram has menus for these languages alone."""

TOAST_LENGTH = 200
"""Characters that answerCallbackQuery shows."""


def commands(texts: Texts) -> dict[str, Command]:
    """Return what each command does in private chat. People need none of them; they are for those who like to type."""
    return {
        "lapor": report.command,
        "tugas": status.tasks,
        "status": board.status_command,
        "papan": board.command,
        "cari": searching.command,
        "cuti": absence.command,
        "kelola": administration.command,
        "rekap": recapping.command,
        "register": taking.command,
        "statistik": statistics.command,
        "sop": sops.command,
        "libur": calendar.command,
        "bahasa": partial(registration.choose_language, texts=texts),
        "batal": report.cancel,
        "privasi": privacy.command,
        "minta_salinan": privacy.requesting(Wish.COPY),
        "minta_penghapusan": privacy.requesting(Wish.ERASURE),
        "minta_pembatasan": privacy.requesting(Wish.RESTRICTION),
        "bantuan": guide.command,
        "help": guide.command,
        "start": registration.start,
    }


def install(application: AnyApplication, desk: Desk) -> None:
    """Add every handler and the error handler to `application`."""
    route = _Routes(desk)
    # That a card was pinned, or a background chosen, is no message: nobody waits for an answer to it.
    fresh = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    private, groups = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    called = filters.CaptionRegex(calling(desk.username))
    application.add_handler(CallbackQueryHandler(route.tap))
    application.add_handler(InlineQueryHandler(route.inline))
    application.add_handler(ChatMemberHandler(route.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & private, route.edit))
    application.add_handler(CommandHandler("lapor", route.group, fresh & groups))
    application.add_handler(MessageHandler(fresh & groups & called, route.group))
    application.add_handler(MessageHandler(fresh & groups, route.late))
    edited = filters.UpdateType.EDITED_MESSAGE & groups
    application.add_handler(CommandHandler("lapor", route.group, edited))
    application.add_handler(MessageHandler(edited & called, route.group))
    checking = filters.Document.ALL & filters.CaptionRegex(r"^/periksa\b")
    application.add_handler(CommandHandler("periksa", route.check, fresh & private))
    application.add_handler(MessageHandler(fresh & private & checking, route.check))
    for name, command in commands(desk.texts).items():
        application.add_handler(CommandHandler(name, route.command(command), fresh & private))
    application.add_handler(MessageHandler(fresh & private & filters.COMMAND, route.unknown))
    application.add_handler(MessageHandler(fresh & private, route.message))
    application.add_error_handler(route.failure)


class _Routes:
    """The callbacks, one for each kind of update: what Telegram sent becomes one piece of work at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tap(self, update: Update, _: object) -> None:
        """Carry out one tap in one transaction, then answer it, so that the wheel stops only when it is decided."""
        query = update.callback_query
        if query is None:
            return
        token, user, message_id = query.data or "", query.from_user, _tapped_on(query)

        def work(records: Records) -> tuple[Toast, str | None]:
            toast = taps.tap(records, token, account_id=user.id, message_id=message_id)
            return toast, guide.language_of(records, user.id, user.language_code)

        def otherwise(records: Records, refusal: Refusal) -> tuple[Toast, str | None]:
            toast = taps.refused(records, refusal, token, account_id=user.id, message_id=message_id)
            return toast, guide.language_of(records, user.id, user.language_code)

        try:
            toast, language = await self._desk.serve(update.update_id, work, otherwise)
        except Overtaken:
            # The process that was first has answered the tap.
            raise
        except Exception:
            failed = self._desk.texts.say(user.language_code).plain("tap-failed")
            await _answer(query, failed, alert=True)
            raise
        say = self._desk.texts.say(language)
        await _answer(query, toast.worded(say, now=self._desk.now()), alert=toast.alert)

    async def message(self, update: Update, _: object) -> None:
        """Take a message in private chat; what an admin sends as a calendar file is fetched and read first.

        What somebody posts from an inline query into this chat opens its case: it is no report.
        """
        if (number := self._posted(update.message)) is not None:
            await self._take(update, update.message, lambda records, said: status.command(records, said, [number]))
            return
        found = await self._calendar_file(update.message)
        if found is None:
            await self._take(update, update.message, messages.receive)
        else:
            await self._take(update, update.message, lambda records, said: calendar.import_file(records, said, found))

    def _posted(self, message: Message | None) -> str | None:
        """Return the number of the case that a message posts which this bot has offered; None for any other message."""
        if message is None or message.via_bot is None or message.via_bot.username != self._desk.username:
            return None
        return (message.text or "").partition(" ")[0]

    async def _calendar_file(self, message: Message | None) -> calendar_file.Found | CalendarFileInvalid | None:
        """Return what an admin's calendar file holds, or why it is of no use; None for any other message.

        Where Telegram cannot be reached, the message is tried again later, as a message that failed.
        """
        document, user = (message.document, message.from_user) if message is not None else (None, None)
        if document is None or user is None or not calendar_file.is_calendar(document):
            return None
        if not await self._desk.asks(lambda records: calendar.takes_files(records, user.id)):
            return None
        if calendar_file.too_large(document.file_size or 0):
            return CalendarFileInvalid(calendar_file.FileFault.LARGE.value, calendar_file.LARGEST)
        try:
            file = await document.get_file()
            content = bytes(await file.download_as_bytearray())
        except BadRequest as error:
            logger.info("a calendar file could not be fetched: %s", error.message)
            return CalendarFileInvalid(calendar_file.FileFault.FETCH.value, calendar_file.LARGEST)
        zone = self._desk.rules.office.calendar.zone
        today = self._desk.now().astimezone(zone).date()
        try:
            # Beside the transactions: while a large file is read, every tap would wait for it.
            return await asyncio.to_thread(calendar_file.read, content, zone=zone, today=today)
        except CalendarFileInvalid as refusal:
            return refusal

    async def check(self, update: Update, _: object) -> None:
        """Take a file that a person wants held against what was issued, or a reply to one."""
        message = update.message
        handed = await self._handed(message) if message is not None else genuine.Handed(None)
        await self._take(update, message, lambda records, said: genuine.by_file(records, said, handed))

    async def _handed(self, message: Message) -> genuine.Handed:
        """Fetch the file of a registered person, and return its digest. Telegram away: the message is tried again."""
        replied, user = message.reply_to_message, message.from_user
        document = message.document or (replied.document if replied is not None else None)
        if document is None or user is None:
            return genuine.Handed(None)
        if not await self._desk.asks(lambda records: genuine.takes_papers(records, user.id)):
            return genuine.Handed(None)
        if (document.file_size or 0) > genuine.LARGEST:
            return genuine.Handed("")
        try:
            file = await document.get_file()
            content = bytes(await file.download_as_bytearray())
        except BadRequest as error:
            logger.info("a paper could not be fetched: %s", error.message)
            return genuine.Handed("")
        return genuine.Handed(await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest()))

    async def edit(self, update: Update, _: object) -> None:
        """Take the new words of a message that was edited."""

        def work(records: Records, said: Incoming) -> None:
            if editing.changes(records, said, update_id=update.update_id):
                messages.edited(records, said)

        await self._take(update, update.edited_message, work)

    async def inline(self, update: Update, _: object) -> None:
        """Offer the cases that somebody finds who types behind the bot's name; what is old is answered to nobody."""
        query = update.inline_query
        if query is None:
            return
        typed, account_id = cleaned(query.query), query.from_user.id

        def work(records: Records) -> inline.Answer:
            return inline.answer(records, account_id, typed, username=self._desk.username, texts=self._desk.texts)

        answer = await self._desk.serve(update.update_id, work, lambda _records, _refusal: inline.Answer())
        await _offer(query, answer)

    async def unknown(self, update: Update, _: object) -> None:
        """Take a command that does not exist."""
        await self._take(update, update.message, guide.unknown_command)

    async def group(self, update: Update, _: object) -> None:
        """Take `/lapor` in a group, also where a message became one by an edit."""
        message = update.message or update.edited_message
        replied = _replied_to(message, username=self._desk.username) if message else None
        original = incoming(replied, username=self._desk.username) if replied else None
        title = (message.chat.title or "") if message else ""

        def work(records: Records, asked: Incoming) -> None:
            is_edit = update.edited_message is not None
            if not is_edit or editing.changes(records, asked, update_id=update.update_id):
                from_group(records, asked, original, title=title, username=self._desk.username, is_edit=is_edit)

        await self._take(update, message, work)

    async def late(self, update: Update, _: object) -> None:
        """Take a piece of what was reported from a group, which has come after the rest."""

        def work(records: Records, said: Incoming) -> None:
            messages.late_from_group(records, said)

        await self._take(update, update.message, work)

    async def membership(self, update: Update, _: object) -> None:
        """Take notice that somebody blocked the bot, or let it in again. Groups are not followed."""
        change = update.my_chat_member
        if change is None or change.chat.type != ChatType.PRIVATE:
            return
        reachable = change.new_chat_member.status not in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
        user_id = change.from_user.id

        def work(records: Records) -> None:
            registration.membership_changed(records, user_id, reachable=reachable)

        await self._desk.serve(update.update_id, work, lambda _records, _refusal: None)

    def command(self, command: Command) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
        """Return the callback of a command in private chat."""

        async def callback(update: Update, context: Any) -> None:  # noqa: ANN401 - the library's own signature
            words = cleaned(" ".join(context.args or [])).split()
            await self._take(update, update.message, lambda records, said: command(records, said, words))

        return callback

    async def failure(self, update: object, context: Any) -> None:  # noqa: ANN401 - the library's own signature
        """Note that a handler failed: the library would swallow it, and the update would count as done."""
        errand = self._desk.errands.get(update.update_id) if isinstance(update, Update) else None
        if errand is not None:
            errand.failure = context.error

    async def _take(
        self, update: Update, message: Message | None, receive: Callable[[Records, Incoming], None]
    ) -> None:
        """Take one whole message in one transaction; every answer to it goes through the outbox."""
        if message is None:
            return
        errand = self._desk.errands.get(update.update_id)
        rest, cut_from = (errand.rest, errand.cut_from) if errand else ((), None)
        said = whole([message, *rest], username=self._desk.username, cut_from=cut_from)
        await self._desk.serve(
            update.update_id,
            lambda records: receive(records, said),
            lambda records, refusal: messages.refused(records, refusal, said),
        )


def _tapped_on(query: CallbackQuery) -> int | None:
    """Return the message whose button was tapped; None unless we wrote it in the private chat of the person who tapped.

    A client can send any button's data from any message that it sees, as one in a group or one that was forwarded. Of
    a message that is about two days old Telegram gives out only its chat and its number, with the date 0. The library
    makes an ordinary message without an author of it. Such a tap counts: its token is checked as that of any other.
    """
    message = query.message
    if message is None or message.chat.id != query.from_user.id:
        return None
    foreign = isinstance(message, Message) and message.is_accessible and not is_ours(message)
    return None if foreign else message.message_id


def _replied_to(message: Message, *, username: str) -> Message | None:
    """Return the message that somebody in a group replies to; None where it is ours, which tells of no trouble.

    In a group with topics, what replies to nothing comes as if it replied to the service message that began its topic.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    if is_ours(replied) and replied.from_user is not None and replied.from_user.username == username:
        return None
    begins_topic = message.is_topic_message and replied.message_id == message.message_thread_id
    return None if begins_topic else replied


async def _answer(query: CallbackQuery, text: str, *, alert: bool) -> None:
    """Stop the wheel on the button. A press that Telegram has forgotten needs no answer: the card tells the rest."""
    try:
        await query.answer(shortened(text, TOAST_LENGTH) if text else None, show_alert=alert)
    except BadRequest as error:
        logger.info("a tap could not be answered: %s", error.message)
    except TelegramError as error:
        logger.warning("a tap could not be answered: %s", type(error).__name__)


async def _offer(query: InlineQuery, answer: inline.Answer) -> None:
    """Answer an inline query for this person alone: nobody else may get what was found for them, nor they tomorrow."""
    articles = [
        InlineQueryResultArticle(
            id=str(one.case_id),
            title=one.title,
            description=one.description or None,
            input_message_content=InputTextMessageContent(one.text),
        )
        for one in answer.offered
    ]
    more = InlineQueryResultsButton(answer.more, start_parameter="cari") if answer.more else None
    try:
        await query.answer(articles, cache_time=0, is_personal=True, button=more)
    except BadRequest as error:
        logger.info("an inline query could not be answered: %s", error.message)
    except TelegramError as error:
        logger.warning("an inline query could not be answered: %s", type(error).__name__)


async def introduce(bot: Bot, texts: Texts) -> None:
    """Put the commands into Telegram's menu, in each language: those of strangers, and those of groups.

    A registered person's chat has a menu of its own (`bot/menus.py`). All works without it, so a failure is only noted.
    """
    try:
        for language in texts.languages:
            if len(language) != _ISO_639_1:
                continue
            say = texts.say(language)
            offered = [BotCommand(name, say.plain(f"command-{name}")) for name in menu.STRANGER]
            code = language if language != INDONESIAN else None
            await bot.set_my_commands(offered, scope=BotCommandScopeAllPrivateChats(), language_code=code)
            group = [BotCommand("lapor", say.plain("command-lapor-group"))]
            await bot.set_my_commands(group, scope=BotCommandScopeAllGroupChats(), language_code=code)
    except TelegramError as error:
        logger.warning("the command menu could not be set: %s", type(error).__name__)
