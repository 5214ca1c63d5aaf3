"""An intake with the stand-in behind it, and handlers that note what they were given."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, MessageHandler, filters

from bot.clock import MovableClock
from bot.loop.activity import Activity
from bot.loop.pauses import Pauses
from bot.metrics import Metrics
from bot.replicas.leases import Sole
from bot.sandbox.server import Address
from bot.storage.database import Database
from bot.telegram.line import LONG_POLL, Line
from bot.updates.inbox import Inbox
from bot.updates.intake import Intake
from bot.updates.polling import Polling
from bot.updates.rivals import Rivals, telling
from handlers.chat.desk import Desk
from handlers.texts.catalogue import Texts
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeKind
from models.repository.records import Records
from models.rules.rules import Rules
from tests.parts import line_to

TOKEN = "123456:a-token-of-thirty-characters-or-more"


class Reception:
    """An intake with a handler that keeps what it was told and fails where a test wants it to."""

    def __init__(self, database: Database, rules: Rules, clock: MovableClock, address: Address) -> None:
        self.database, self.clock = database, clock
        self.activity = Activity()
        self.told: list[str] = []
        self.slept: list[float] = []
        self.hindered: list[str] = []
        self.failing: Callable[[str], Exception | None] = lambda _: None
        self.failing_after: Callable[[str], Exception | None] = lambda _: None
        self.gates: dict[str, asyncio.Event] = {}
        self.heard: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.line = line_to(address.url, token=TOKEN)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self.line).updater(None).job_queue(None).build()
        )
        self.desk = Desk(
            rules=rules,
            transact=database.transact,
            clock=clock.now,
            texts=Texts.load(rules.office.calendar.zone),
            username="disposisi_demo_bot",
        )
        self.application.add_handler(MessageHandler(filters.TEXT, self._receive))
        self.application.add_error_handler(self._fail)
        self.inbox = Inbox(rules=rules, now=clock.now, leases=Sole())
        self.intake = self.opened()
        self.tasks: list[asyncio.Task[None]] = []

    def begin(self, patience: timedelta = LONG_POLL) -> None:
        """Let the intake handle what waits, and fetch more."""
        polling = self.polling(self.line, patience)
        self.intake.nudge()
        self.tasks = [asyncio.create_task(self.intake.run()), asyncio.create_task(polling.run())]

    def polling(self, line: Line, patience: timedelta = LONG_POLL) -> Polling:
        tell = telling(database=self.database, rules=self.desk.rules, now=self.clock.now)
        return Polling(
            line=line,
            store=self.intake.store,
            patience=patience,
            pauses=Pauses(self._sleep),
            heard=lambda: None,
            rivals=Rivals(bot=line, tell=tell, hindered=self.hindered.append),
            metrics=Metrics(),
        )

    async def stop(self) -> None:
        """Fetch nothing more, and begin with nothing more."""
        for task in self.tasks:
            task.cancel()
        await asyncio.wait(self.tasks)

    def opened(self) -> Intake:
        """Return an intake as a new process would make it."""
        return Intake(
            line=self.line,
            database=self.database,
            inbox=self.inbox,
            application=self.application,
            desk=self.desk,
            activity=self.activity,
            pauses=Pauses(self._sleep),
            metrics=Metrics(),
        )

    async def restart(self) -> None:
        """End in the middle of work, and begin again as a new process would."""
        await self.stop()
        self.intake.abandon()
        await self.intake.close()
        for gate in self.gates.values():
            gate.set()
        self.intake = self.opened()
        self.begin()
        await self.activity.still()

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def _receive(self, update: Update, _: object) -> None:
        assert update.message is not None
        text = update.message.text or ""

        def work(records: Records) -> None:
            records.say(update.message.chat_id if update.message else 0, "heard", text=text)
            failure = self.failing(text)
            if failure is not None:
                raise failure

        if text in self.gates:
            await self.gates[text].wait()
        await self.desk.serve(update.update_id, work, lambda _records, _refusal: None)
        self.told.append(text)
        self.heard[text].set()
        failure = self.failing_after(text)
        if failure is not None:
            raise failure

    async def _fail(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if isinstance(update, Update):
            self.desk.errands[update.update_id].failure = context.error

    async def states(self) -> list[tuple[InboxState, int]]:
        statement = select(InboxUpdate.state, InboxUpdate.attempts).order_by(InboxUpdate.update_id)
        return await self.database.read(
            lambda session: [(one.state, one.attempts) for one in session.execute(statement)]
        )

    async def answers(self) -> int:
        """Return how many answers the handler has committed."""
        owed = select(func.count()).select_from(Notice).where(Notice.kind == NoticeKind.SAY)
        return await self.database.read(lambda session: session.scalar(owed)) or 0


def message(update_id: int, text: str = "Halo", *, chat: int = 1001) -> dict[str, Any]:
    """A message in a private chat, as Telegram writes it."""
    sent = {"message_id": update_id, "date": 1774830600, "text": text}
    account = {"id": chat, "first_name": "Budi", "is_bot": False}
    return {"update_id": update_id, "message": sent | {"chat": {"id": chat, "type": "private"}, "from": account}}
