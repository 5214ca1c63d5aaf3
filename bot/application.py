"""The life of the program: it starts the parts that `bot/assembly.py` makes, lets them serve, and ends in order."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from functools import partial
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from telegram.error import InvalidToken, TelegramError

from bot.assembly import Parts, assemble, lay_foundation
from bot.clock import Clock
from bot.loop.ending import ended_within
from bot.loop.manager import ServiceManager
from bot.loop.pauses import backoff
from bot.loop.supervision import Supervision
from bot.notices.pace import Rates
from bot.rules import adopt
from bot.settings import Settings
from bot.stopped import SchemaOutdated, TokenRejected
from bot.storage import migration
from bot.storage.migration import Schema
from bot.telegram.fate import is_unanswered, silence_asked
from bot.telegram.line import LONG_POLL
from handlers import routes
from models.repository.records import Records
from models.upkeep.moving import Moved, serve_as

logger = logging.getLogger(__name__)

FINISHING = timedelta(seconds=8)
"""How long the updates and sends under way may take once the program ends."""

LATEST = timedelta(seconds=10)
"""How long the program may take to end. After that the process ends, although something hangs."""

_LONGEST_BACKOFF = 30.0


class Program:
    """The running bot: `async with Program(…): …`, or `await Program(…).run()` until a signal ends it. Starts once.

    `rates` bound what is sent to Telegram; a stand-in may set none. `patience` is how long one getUpdates waits. With
    `upgrade`, an older database is brought to this version at the start. `parts` are there once Telegram was reached.
    `manager` is told how the process stands.

    Raises what `lay_foundation` raises.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        rates: Rates,
        patience: timedelta = LONG_POLL,
        upgrade: bool = False,
        manager: ServiceManager | None = None,
    ) -> None:
        self.settings = settings
        self._manager = manager or ServiceManager()
        self._ground = ground = lay_foundation(settings, clock=clock)
        self.rules, self.metrics, self.database = ground.rules, ground.metrics, ground.database
        self.line, self.application, self.web = ground.line, ground.application, ground.web
        self.parts: Parts
        self._rates = rates
        self._patience = patience
        self._upgrade = upgrade
        self._supervision = Supervision()
        self._start_is_over = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start every part. Returns once updates are being fetched.

        Waits for Telegram as long as the network is down. Raises `bot.stopped.Stopped` with what keeps the program
        from starting, or the failure of a part that runs already.
        """
        self._life = asyncio.create_task(self._live(), name="program")
        try:
            await self._start_is_over.wait()
        except asyncio.CancelledError:
            await self.stop()
            raise
        if self._supervision.failure is not None:
            await self.stop()

    async def stop(self) -> None:
        """Finish what is under way within `FINISHING`, then let go of everything. Nothing stored is lost.

        Raises the failure of a part, if one has ended the program before.
        """
        self._supervision.end()
        life, self._life = self._life, None
        if life is not None:
            await life

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def run(self) -> None:
        """Start, serve until SIGTERM or SIGINT, and stop.

        Raises what `start` raises, and later on the failure of a part, such as `TokenRejected`.
        """
        with _on_signal(self._supervision.end):
            self._life = asyncio.create_task(self._live(), name="program")
            try:
                await self._supervision.ending.wait()
            finally:
                logger.info("ending")
                self._manager.ends()
                with ended_within(LATEST, failure=self._supervision.failure):
                    await self.stop()

    async def quiet(self) -> None:
        """Wait until there is nothing to do: every stored update handled, every notice sent, every due rung climbed.

        Does not wait for updates that Telegram has yet to hand out, nor for work that waits out a failure or a limit,
        nor for further pieces of what somebody began to send.
        """
        await self._ground.activity.still()

    async def _live(self) -> None:
        """Start, serve until the end, and let go of everything, the last first. Raises the failure that ended it."""
        try:
            async with AsyncExitStack() as opened:
                await self._supervision.run(partial(self._start, opened))
        finally:
            self._start_is_over.set()

    async def _start(self, opened: AsyncExitStack) -> None:
        try:
            await self._open(opened)
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self.database.store.explained(error) from error

    async def _open(self, opened: AsyncExitStack) -> None:
        """Open one after the other what the parts need, and let each part run as soon as it can."""
        self._open_database(opened)
        # Monitoring must see that the process lives, however long the tables or Telegram keep it waiting.
        self._open_web(opened)
        self._manager.lives("waits for the tables and for Telegram")
        self._supervision.begin("manager", self._manager.watch)
        await self._check_schema()
        await self.database.transact(self._adopt_rules)
        await self._open_line(opened)
        username = self.line.account.username or ""
        self.parts = assemble(self._ground, bot_username=username, rates=self._rates, patience=self._patience)
        self.rules = self.parts.rules
        opened.push_async_callback(self._ground.presence.stop)
        await self._ground.presence.start()
        opened.push_async_callback(self._wind_down)
        self._begin()
        posts, sops = len(self.rules.office.posts), len(self.rules.sops)
        self._manager.does(f"serves @{self.rules.bot_username}")
        logger.info("@%s serves %s posts and %s SOPs", self.rules.bot_username, posts, sops)

    def _open_database(self, opened: AsyncExitStack) -> None:
        if self._ground.lock is not None:
            self._ground.lock.acquire()
            opened.callback(self._ground.lock.release)
        self.database.open()
        opened.callback(self.database.close)

    def _open_web(self, opened: AsyncExitStack) -> None:
        """Answer how the process stands from now on; Telegram is asked to wait until updates can be taken in."""
        self._ground.vitals.starting()
        if self.web is not None:
            self.web.bind()
            opened.push_async_callback(self.web.close)
            self._supervision.begin("web", self.web.run)

    async def _open_line(self, opened: AsyncExitStack) -> None:
        opened.push_async_callback(self.line.shutdown)
        await self._reach_telegram()
        moved = await self.database.transact(self._serve_as)
        if moved is not None:
            account = self.line.account
            logger.warning(
                "the bot's account is @%s now; before, @%s served this record. %s cards are sent again, and %s files "
                "cannot be sent any more. Everybody must press Start there",
                *(account.username, moved.before, moved.cards, moved.files),
            )
        opened.push_async_callback(self.application.shutdown)

    def _begin(self) -> None:
        """Let the parts run, some of them only while this process leads."""
        intake, courier = self.parts.intake, self.parts.courier
        if self.web is not None:
            self.web.take_into(intake.store)
        # Before their tasks first run, so that `quiet` waits for what the last run left over.
        intake.nudge()
        courier.nudge()
        self._supervision.begin("intake", intake.run)
        self._supervision.begin("courier", courier.run)
        for part in self.parts.leading:
            self._supervision.begin(part.__qualname__, partial(self._ground.presence.while_leading, part))
        self._supervision.begin_once("introduction", self._introduce)
        self._ground.vitals.started()
        self._start_is_over.set()

    async def _introduce(self) -> None:
        """Put the commands into Telegram's menu. The bot works without them."""
        try:
            await routes.introduce(self.line, self._ground.texts)
        except Exception:
            logger.exception("the command menu could not be set")

    async def _wind_down(self) -> None:
        """Finish the requests, updates and sends under way; break them off if that takes longer than `FINISHING`."""
        intake, courier = self.parts.intake, self.parts.courier
        try:
            async with asyncio.timeout(FINISHING.total_seconds()):
                if self.web is not None:
                    await self.web.close()
                await intake.close()
                await courier.close()
        except TimeoutError:
            logger.warning("what is still under way is broken off and taken up at the next start")
            intake.abandon()
            courier.abandon()
            await intake.close()
            await courier.close()

    async def _check_schema(self) -> None:
        # A copy that is being restored must be whole before it is served; `disposisi restore` has the turn until then.
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
        """Do `work` on a thread, because a large database may take minutes. Once begun it is finished in any case."""
        working = asyncio.create_task(asyncio.to_thread(work, self.database.engine))
        try:
            return await asyncio.shield(working)
        finally:
            await asyncio.wait({working})

    def _adopt_rules(self, session: Session) -> None:
        adopt(Records(session, rules=self.rules, at=self._ground.clock.now()))

    def _serve_as(self, session: Session) -> Moved | None:
        records = Records(session, rules=self.rules, at=self._ground.clock.now())
        account = self.line.account
        return serve_as(records, account_id=account.id, username=account.username or "")

    async def _reach_telegram(self) -> None:
        """Learn who the bot is, trying until Telegram answers. Raises `TokenRejected`."""
        failures = 0
        while True:
            try:
                return await self.application.initialize()
            except InvalidToken:
                raise TokenRejected from None
            except TelegramError as error:
                failures += 1
                seconds = backoff(failures, longest=_LONGEST_BACKOFF)
                seconds = max(seconds, silence_asked(error))
                # Where no answer came, the line has said so.
                level = logging.DEBUG if is_unanswered(error) else logging.WARNING
                logger.log(level, "the bot does not know its name yet (%s)", error.message)
                await asyncio.sleep(seconds)


@contextmanager
def _on_signal(end: Callable[[], None]) -> Iterator[None]:
    """Let SIGTERM and SIGINT call `end` on the event loop."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
