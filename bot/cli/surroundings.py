"""What most commands need: the settings, the rules of the office, the record, the bot's account at Telegram."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import typer
from pydantic import SecretStr
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.cli import console
from bot.clock import Clock
from bot.metrics import Metrics
from bot.roster import nip_fault
from bot.rules import load_rules
from bot.settings import ENV_FILE, Settings
from bot.stopped import DatabaseUnusable, SchemaOutdated, Stopped, TokenRejected
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Condition
from bot.storage.sqlite import COMPANIONS
from bot.storage.url import password_in
from bot.telegram.cause import Destination, cause_of
from bot.telegram.line import Line
from models.office.nip import parse_identity
from models.refusals.registration import NipInvalid
from models.repository.records import Records
from models.rules.document import nearest
from models.rules.office_file import PostSpec
from models.rules.rules import Rules

T = TypeVar("T")


class TelegramUnreachable(Stopped):
    """Telegram, or the server in its place, did not answer as it should."""


def settings(database: str | None = None) -> Settings:
    """Read the settings; `database`, where given, wins over DATABASE_URL. Raises `InvalidSettings`."""
    return Settings.load() if database is None else Settings.load(database_url=database)


def settings_apart(database: str | None = None) -> Settings:
    """Read the settings for a record that is put back; raises `InvalidSettings`.

    A `database` that DATABASE_URL does not name is a trial, or an office on its way elsewhere: its files, key and
    checkpoints lie beside it. ARCHIVE and CHECKPOINT_… are those of the record that DATABASE_URL names.
    """
    given = settings(database)
    if database is None or database == settings().database_url:
        return given
    alone = {"archive": None, "checkpoint_dir": None, "checkpoint_key_file": None, "checkpoint_key": None}
    return given.model_copy(update=alone)


def secrets(given: Settings) -> list[SecretStr]:
    """Return what may stand in no log: token, secrets of webhook and archive, checkpoint key, passwords and queries.

    The passwords are those of the database, the proxy and CHECKPOINT_URL, whose query may be one too.

    Raises `InvalidSettings` for a proxy of the environment that cannot be used.
    """
    proxy = given.proxy
    in_proxy = unquote(urlsplit(proxy.get_secret_value()).password or "") if proxy is not None else ""
    sent_to = urlsplit(given.checkpoint_url or "")
    words = (password_in(given.database_url), in_proxy, unquote(sent_to.password or ""), sent_to.query)
    passwords = [SecretStr(word) for word in words if word]
    named = (given.telegram_bot_token, given.webhook_secret, given.archive_secret, given.checkpoint_key)
    return [secret for secret in (*named, *passwords) if secret is not None]


def overlooked(given: Settings) -> list[str]:
    """Return a sentence for each office or SOP file of a clone that is in the folder at hand and is not the one read.

    An installed program reads what was installed. Somebody who changes the clone's file expects it to count.
    """
    office, sops = Path("models/offices") / given.office_file.name, Path("models/sops")
    found = []
    if _differs(office, given.office_file):
        found.append(f"{office} is not the file that is read. If it is to count: OFFICE_FILE={office} in {ENV_FILE}.")
    changed = [path for path in sorted(sops.glob("*.toml")) if _differs(path, given.sop_dir / path.name)]
    if changed:
        named = ", ".join(map(str, changed))
        found.append(f"{named}: not what is read. If it is to count: SOP_DIR={sops} in {ENV_FILE}.")
    return found


def _differs(path: Path, read: Path) -> bool:
    return path.is_file() and (not read.is_file() or path.read_bytes() != read.read_bytes())


def nip(text: str) -> str:
    """Return the NIP or the office number that was typed. Raises `typer.BadParameter` with what is wrong."""
    try:
        return parse_identity(text)
    except NipInvalid as refusal:
        raise typer.BadParameter(nip_fault(refusal), param_hint="NIP") from None


def database(given: Settings) -> Database:
    """Return the database of the settings, not yet open. A command's measures are read by nobody."""
    return Database(given.database_url, metrics=Metrics())


def now() -> datetime:
    """Return the present instant, in UTC."""
    return Clock().now()


def record_file(given: Settings) -> Path | None:
    """Return the file of the record, None where it is on a server or the URL cannot be used."""
    try:
        opened = database(given)
    except DatabaseUnusable:
        return None
    opened.close()
    return opened.path


def record_files(given: Settings) -> list[Path]:
    """Return the files that SQLite keeps for the record, and the lock beside it; some may not exist."""
    path = record_file(given)
    return [] if path is None else [path.with_name(f"{path.name}{ending}") for ending in (*COMPANIONS, ".lock")]


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
    # The library and the line log what is said here in a sentence.
    for name in ("telegram", "bot"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return asyncio.run(_asked(given, question))


async def _asked(given: Settings, question: Callable[[Bot], Awaitable[T]]) -> T:
    proxy = None if given.proxy is None else given.proxy.get_secret_value()
    line = Line(given.token.get_secret_value(), base_url=given.telegram_base_url, proxy=proxy, metrics=Metrics())
    try:
        async with line:
            return await question(line)
    except InvalidToken:
        raise TokenRejected from None
    except TelegramError as error:
        cause = cause_of(error, Destination.of(given.telegram_base_url, proxy))
        raise TelegramUnreachable(f"Telegram cannot be reached: {cause}") from None


def post_named(name: str, rules: Rules) -> PostSpec:
    """Return the post with this code or name, or the one that fills the role with this code."""
    wanted = " ".join(name.lower().split())
    for post in rules.office.posts:
        if wanted in {post.code, post.short.lower(), post.title.lower(), *post.roles}:
            return post
    known = [post.code for post in rules.office.posts]
    raise typer.BadParameter(
        f"The office has no post “{name}”. {nearest(wanted, known)} Posts: {', '.join(known)}.",
        param_hint="POST_OR_ROLE",
    )
