"""What most commands need: the settings, the rules of the office, the record, the bot's account at Telegram."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import SecretStr
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.cli import console
from bot.clock import Clock
from bot.metrics import Metrics
from bot.rules import load_rules
from bot.settings import Settings
from bot.stopped import SchemaOutdated, Stopped, TokenRejected
from bot.storage import migration
from bot.storage.database import Database, password_in
from bot.storage.migration import Condition
from models.repository.records import Records

T = TypeVar("T")

_PATIENCE = 10.0
"""Seconds that Telegram may take to answer."""


class TelegramUnreachable(Stopped):
    """Telegram, or the server in its place, did not answer as it should."""


def settings(database: str | None = None) -> Settings:
    """Read the settings; `database`, where given, wins over DATABASE_URL. Raises `InvalidSettings`."""
    return Settings.load() if database is None else Settings.load(database_url=database)


def secrets(given: Settings) -> list[SecretStr]:
    """Return what may stand in no log: the token, the webhook's secret, the database's password."""
    password = password_in(given.database_url)
    found = (given.telegram_bot_token, given.webhook_secret, SecretStr(password) if password else None)
    return [secret for secret in found if secret is not None]


def database(given: Settings) -> Database:
    """Return the database of the settings, not yet open. A command's measures are read by nobody."""
    return Database(given.database_url, metrics=Metrics())


@contextmanager
def records(given: Settings) -> Iterator[Records]:
    """Give the records in one transaction, now; a database without tables gets them. A running bot need not stop.

    Raises what `load_rules` raises, and `DatabaseUnusable` and `SchemaOutdated`.
    """
    rules = load_rules(given)
    with database(given) as opened:
        make_ready(opened)
        with opened.transaction() as session:
            yield Records(session, rules=rules, at=Clock().now())


def make_ready(opened: Database) -> None:
    """Give an empty database its tables; raises `SchemaOutdated` for one that is not of this version."""
    schema = migration.state(opened.engine)
    match schema.condition:
        case Condition.CURRENT:
            pass
        case Condition.EMPTY:
            migration.upgrade(opened.engine)
            console.note(f"Made the tables of the record in {opened.name}.")
        case Condition.OLDER:
            raise SchemaOutdated(
                f"The tables of {opened.name} are of revision {schema.found}; this version works with "
                f"{schema.needed}. Stop the bot, then run `disposisi migrate`."
            )
        case Condition.NEWER | Condition.FOREIGN:
            raise migration.UnknownSchema(schema)


def account(given: Settings) -> str:
    """Ask Telegram for the name of the bot, without the @.

    Raises `InvalidSettings` without a token, `TokenRejected`, `TelegramUnreachable`.
    """

    async def name(bot: Bot) -> str:
        return bot.username

    return _ask(given, name)


def webhook(given: Settings) -> WebhookInfo:
    """Ask Telegram where it sends updates to, and whether they come through. Raises what `account` does."""
    return _ask(given, lambda bot: bot.get_webhook_info())


def _ask(given: Settings, question: Callable[[Bot], Awaitable[T]]) -> T:
    # The library logs what is said here in a sentence.
    logging.getLogger("telegram").addHandler(logging.NullHandler())
    return asyncio.run(_asked(given, question))


async def _asked(given: Settings, question: Callable[[Bot], Awaitable[T]]) -> T:
    request = HTTPXRequest(connect_timeout=_PATIENCE, read_timeout=_PATIENCE)
    try:
        bot = Bot(given.token.get_secret_value(), base_url=f"{given.telegram_base_url}/bot", request=request)
        async with bot:
            return await question(bot)
    except InvalidToken:
        # Not chained: the library's message holds the token.
        raise TokenRejected(
            "Telegram does not know the token in TELEGRAM_BOT_TOKEN. Copy it again from @BotFather into .env."
        ) from None
    except TelegramError as error:
        raise TelegramUnreachable(
            f"{given.telegram_base_url} does not answer ({type(error).__name__}). Check the network and "
            "TELEGRAM_BASE_URL, then try again."
        ) from None
