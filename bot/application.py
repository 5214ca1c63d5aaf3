"""The composition root: what the program is made of, and who gets what. Reads top to bottom; no part looks one up."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.chaser import Chaser
from bot.clock import Clock
from bot.health import Vitals
from bot.loop.activity import Activity
from bot.loop.ending import ended_within
from bot.loop.pauses import backoff
from bot.metrics import Metrics
from bot.notices.courier import Courier
from bot.notices.outbox import Outbox
from bot.notices.pace import OwnPace, Pace, Rates
from bot.notices.shared_pace import SharedPace
from bot.pruning import Prune, Pruning
from bot.replicas.leases import Leases, Shared, Sole
from bot.replicas.presence import Alone, AmongOthers, Presence
from bot.rules import load_rules, unfit_for_open_cases
from bot.settings import Settings
from bot.stopped import OfficeUnfit, SchemaOutdated, TokenRejected
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Schema
from bot.storage.postgresql import Postgresql
from bot.storage.process_lock import ProcessLock
from bot.telegram.fate import retry_after
from bot.telegram.line import LONG_POLL, Line
from bot.updates.inbox import Inbox
from bot.updates.intake import Intake
from bot.updates.polling import Polling
from bot.updates.webhook import Registration, Webhook
from bot.web import Web
from handlers import routes
from handlers.chat.desk import Desk
from handlers.texts.catalogue import Texts
from models.administration.posts import adopt_posts
from models.repository.records import Records
from models.upkeep import retention

logger = logging.getLogger(__name__)

FINISHING = timedelta(seconds=8)
"""How long what is under way may take when the program is told to end."""

LATEST = timedelta(seconds=10)
"""When the process ends, although something hangs."""

_LONGEST_BACKOFF = 30.0


class Program:
    """The running bot: `async with Program(settings): …`, or `await Program(settings).run()` until a signal ends it.

    `clock` is the system's unless another is given. `rates` are Telegram's unless a stand-in sets none. `patience` is
    how long one getUpdates waits. With `upgrade`, an older database is brought forward at the start.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        rates: Rates | None = None,
        patience: timedelta = LONG_POLL,
        upgrade: bool = False,
    ) -> None:
        token = settings.token.get_secret_value()
        self.settings = settings
        self.clock = clock or Clock()
        self.activity = Activity()
        self.rules = load_rules(settings)
        self.texts = Texts.load(self.rules.office.calendar.zone)
        self.metrics = Metrics()
        self.database = Database(settings.database_url, metrics=self.metrics)
        self.line = Line(token, base_url=settings.telegram_base_url, metrics=self.metrics)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self.line).updater(None).job_queue(None).build()
        )
        self._rates = rates or Rates()
        self.presence = _presence(self.database)
        self._leases: Leases = Shared(self.presence) if self.database.shared else Sole()
        self._lock = ProcessLock(self.database.path) if self.database.path is not None else None
        self._patience = patience
        self._upgrade = upgrade
        self._vitals = Vitals(database=self.database, presence=self.presence, clock=self.clock, metrics=self.metrics)
        self.web: Web | None = None
        self._serving: asyncio.Task[None] | None = None
        self._source: Registration | Polling
        self._pruning: Pruning
        self._tasks: list[asyncio.Task[None]] = []
        self._open = AsyncExitStack()

    async def start(self) -> None:
        """Start every part; returns once updates are being fetched.

        Waits for Telegram as long as the network is down. Raises `bot.stopped.Stopped` with what keeps it from
        starting, and `models.errors.DisposisiError` for a database of another program.
        """
        try:
            await self._start()
        except BaseException as error:
            await self._open.aclose()
            if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
                raise self.database.store.explained(error) from error
            raise

    async def _start(self) -> None:
        self._open_record()
        # Whoever watches must see that the process lives, however long the tables or Telegram are waited for.
        self._open_web()
        await self._check_schema()
        await self.database.transact(self._adopt_rules)
        await self._open_line()
        self._assemble()
        await self.presence.start()
        self._open.push_async_callback(self.presence.stop)
        self._begin()
        self._vitals.started()
        posts, sops = len(self.rules.office.posts), len(self.rules.sops)
        logger.info("@%s serves %s posts and %s SOPs", self.rules.bot_username, posts, sops)

    def _open_record(self) -> None:
        if self._lock is not None:
            self._lock.acquire()
            self._open.callback(self._lock.release)
        self.database.open()
        self._open.callback(self.database.close)

    def _open_web(self) -> None:
        """Answer how the process stands from now on, and ask Telegram for patience until updates can be taken in."""
        self._vitals.starting()
        if self.settings.listen is None:
            return
        self.web = Web(
            listen=self.settings.listen,
            vitals=self._vitals,
            metrics=self.metrics,
            webhook=Webhook.of(self.settings),
        )
        self.web.bind()
        self._serving = asyncio.create_task(self.web.run(), name="web")
        self._open.push_async_callback(self._close_web, self.web, self._serving)

    @staticmethod
    async def _close_web(web: Web, serving: asyncio.Task[None]) -> None:
        serving.cancel()
        await asyncio.wait({serving})
        await web.close()

    async def _open_line(self) -> None:
        self._open.push_async_callback(self.line.shutdown)
        await self._reach_telegram()
        self._open.push_async_callback(self.application.shutdown)
        self.rules = replace(self.rules, bot_username=self.line.account.username or "")

    def _assemble(self) -> None:
        """Make the parts and tell each whom it works with."""
        now, leases, activity, metrics = self.clock.now, self._leases, self.activity, self.metrics
        self.courier = Courier(
            bot=self.line,
            database=self.database,
            outbox=Outbox(rules=self.rules, texts=self.texts, now=now, leases=leases),
            pace=_pace(self._rates, self.database),
            presence=self.presence,
            activity=activity,
            metrics=metrics,
        )
        self.chaser = Chaser(
            database=self.database,
            rules=self.rules,
            clock=self.clock,
            activity=activity,
            audited=self._vitals.audited,
            metrics=metrics,
        )
        desk = Desk(
            rules=self.rules,
            transact=self.database.transact,
            clock=now,
            texts=self.texts,
            username=self.rules.bot_username,
        )
        routes.install(self.application, desk)
        inbox = Inbox(rules=self.rules, now=now, leases=leases)
        self.intake = Intake(
            line=self.line,
            database=self.database,
            inbox=inbox,
            application=self.application,
            desk=desk,
            activity=activity,
            metrics=metrics,
        )
        webhook = Webhook.of(self.settings)
        if webhook is not None:
            self._source = Registration(bot=self.line, webhook=webhook, vitals=self._vitals, clock=self.clock)
        else:
            self._source = Polling(
                line=self.line,
                store=self.intake.store,
                patience=self._patience,
                heard=self._vitals.polled,
                metrics=metrics,
            )
        prunes: list[Prune] = [inbox.prune, lambda session: retention.let_go(session, self.clock.now())]
        if self.database.shared:
            prunes.append(SharedPace.prune)
        self._pruning = Pruning(database=self.database, prunes=prunes)
        if not self.database.shared:
            # Where others may serve a chat, the claim on it would be held for as long as the decision takes.
            self.database.before_commit(self.courier.prepare)
        self.database.on_commit(self.courier.committed)
        self.database.on_commit(self.chaser.committed)

    def _begin(self) -> None:
        """Let every part run, some of them only while this process leads."""
        if self.web is not None:
            self.web.take_into(self.intake.store)
        # Before their tasks first run, so that `quiet` waits for what was left over.
        self.intake.nudge()
        self.courier.nudge()
        leading = (self._source.run, self.chaser.run, self._pruning.run)
        self._tasks = [
            asyncio.create_task(self.intake.run(), name="intake"),
            asyncio.create_task(self.courier.run(), name="courier"),
            *([self._serving] if self._serving is not None else []),
            *(asyncio.create_task(self.presence.while_leading(work), name=work.__qualname__) for work in leading),
            asyncio.create_task(self._introduce(), name="introduction"),
        ]
        self._open.push_async_callback(self._wind_down)

    async def stop(self) -> None:
        """Finish what is under way within `FINISHING`, then let go of everything. Nothing stored is lost."""
        await self._open.aclose()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def run(self) -> None:
        """Start, serve until SIGTERM or SIGINT, and stop. Raises what `start` raises, and `TokenRejected` later on."""
        loop, told = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, told.set)
        ending = asyncio.create_task(told.wait(), name="signal")
        try:
            starting = asyncio.create_task(self.start(), name="start")
            await asyncio.wait({starting, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not starting.done():
                with ended_within(LATEST):
                    starting.cancel()
                    await asyncio.wait({starting})
                return
            await starting
            try:
                await self._serve_until(ending)
            finally:
                logger.info("ending")
                with ended_within(LATEST):
                    await self.stop()
        finally:
            ending.cancel()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def quiet(self) -> None:
        """Wait until there is nothing to do: every stored update handled, every notice sent, every due rung climbed.

        What Telegram has not handed out yet is not counted; what waits out a failure or a limit is.
        """
        await self.activity.still()

    async def _serve_until(self, ending: asyncio.Task[bool]) -> None:
        """Wait for `ending`, or for a part that ends before; a part only ends by a failure, which is raised."""
        parts = [task for task in self._tasks if task.get_name() != "introduction"]
        await asyncio.wait({ending, *parts}, return_when=asyncio.FIRST_COMPLETED)
        for part in parts:
            if part.done():
                part.result()

    async def _introduce(self) -> None:
        """Put the commands into Telegram's menu; the bot works without them."""
        try:
            await routes.introduce(self.line, self.texts)
        except Exception:
            logger.exception("the command menu could not be set")

    async def _wind_down(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(FINISHING.total_seconds()):
                if self.web is not None:
                    await self.web.close()
                await self.intake.close()
                await self.courier.close()
        except TimeoutError:
            logger.warning("what is still under way is broken off and taken up at the next start")
            self.intake.abandon()
            self.courier.abandon()
            await self.intake.close()
            await self.courier.close()

    async def _check_schema(self) -> None:
        # A copy that is being put back must be whole before it is served; whoever does that has the turn.
        schema = await self._beside(migration.settled)
        if schema.is_current:
            return
        if not self._upgrade:
            raise SchemaOutdated(
                f"The tables of {self.database.name} are not those this version needs (found {schema.found or 'none'}, "
                f"needed {schema.needed}). Run `disposisi migrate`."
            )
        await self._beside(migration.upgrade)
        logger.info("the tables were brought to revision %s", schema.needed)

    async def _beside(self, work: Callable[[Engine], Schema]) -> Schema:
        """Do `work` beside the loop, because a large record may take minutes; what is begun is finished in any case."""
        working = asyncio.create_task(asyncio.to_thread(work, self.database.engine))
        try:
            return await asyncio.shield(working)
        finally:
            await asyncio.wait({working})

    def _adopt_rules(self, session: Session) -> None:
        """Keep the posts in step with the office file, and the SOPs that are new as new versions."""
        records = Records(session, rules=self.rules, at=self.clock.now())
        adopt_posts(records)
        for code in self.rules.sops:
            records.sop_version(code)
        if problems := unfit_for_open_cases(records):
            raise OfficeUnfit("\n".join(map(str, problems)))

    async def _reach_telegram(self) -> None:
        """Learn who the bot is, trying until Telegram answers. Raises `TokenRejected`."""
        failures = 0
        while True:
            try:
                return await self.application.initialize()
            except InvalidToken:
                # Not `from error`: the library's own message holds the token.
                raise TokenRejected(
                    "Telegram does not accept the token. Check TELEGRAM_BOT_TOKEN, or ask @BotFather for a new one."
                ) from None
            except TelegramError as error:
                failures += 1
                seconds = backoff(failures, longest=_LONGEST_BACKOFF)
                if isinstance(error, RetryAfter):
                    seconds = max(seconds, retry_after(error))
                logger.warning("Telegram cannot be reached (%s); trying again in %.1f s", type(error).__name__, seconds)
                await asyncio.sleep(seconds)


def _presence(database: Database) -> Presence:
    store = database.store
    return AmongOthers(store.connection_arguments) if isinstance(store, Postgresql) else Alone()


def _pace(rates: Rates, database: Database) -> Pace:
    return SharedPace(rates, database=database) if database.shared and rates.bounded else OwnPace(rates)
