"""Makes the registers that are owed: beside the writer, on a reader's thread, one at a time."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from markupsafe import Markup
from sqlalchemy.orm import Session

from bot.storage.database import Database
from bot.storage.postgresql import unhurried
from handlers.delivery.plan import SendRegister
from handlers.exports.caption import caption
from handlers.exports.making import Order, make
from handlers.looking import recapping, statistics
from handlers.looking.taking import maker_of, may_have
from handlers.texts.catalogue import Texts
from models.office.person import Person
from models.queries.register.sights import as_seen_by
from models.repository.reader import Reader
from models.rules.rules import Rules

LARGEST = 50_000_000
"""Bytes that Telegram takes of a file that is sent up."""


@dataclass(frozen=True, slots=True)
class Made:
    """A register that was made: the file, the name under which it is sent, and what is said instead or beside it.

    `file` is None where nothing may be sent: its reader may not have it any more, or Telegram takes no such file.
    """

    file: Path | None
    name: str
    words: Markup


class Registers:
    """Makes registers. Only one is made at a time, so that one reader of the database at most is kept from others."""

    def __init__(self, *, database: Database, rules: Rules, texts: Texts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._rules = rules
        self._texts = texts
        self._now = now
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def made(self, plan: SendRegister) -> AsyncIterator[Made]:
        """Make a register of the record as it is now; its file is there until the block ends."""
        with tempfile.TemporaryDirectory(prefix="disposisi-register-") as folder:
            async with self._turn:
                found = await self._database.read(partial(self._make, plan=plan, folder=Path(folder)))
            yield found

    def _make(self, session: Session, plan: SendRegister, folder: Path) -> Made:
        reader = Reader(unhurried(session), rules=self._rules, at=self._now())
        say, person = self._texts.say(plan.language), reader.person_by_id(plan.person_id)
        if recapping.is_order(plan.order):
            return self._make_month(reader, plan, person, folder)
        if person is None or not may_have(reader, person, plan.chat_id):
            return Made(None, "", say("refusal-register-not-yours"))
        file, beside = folder / "register", folder / "beside"
        beside.mkdir()
        if statistics.ORDERED in plan.order:
            name, words = statistics.make(reader, plan.order, person, say, to=file, beside=beside)
            return Made(file, name, words)
        order = Order.read(plan.order)
        tally = make(
            reader,
            order,
            say,
            maker=maker_of(reader, person, say),
            shown=as_seen_by(reader, person),
            to=file,
            beside=beside,
        )
        size = file.stat().st_size
        if size > LARGEST:
            told = say("register-too-large", size=str(size // 1_000_000), most=str(LARGEST // 1_000_000))
            return Made(None, "", told)
        return Made(file, order.file_name, caption(tally, order.wanted, say))

    def _make_month(self, reader: Reader, plan: SendRegister, person: Person | None, folder: Path) -> Made:
        """Make the spreadsheet of what somebody handled in a month."""
        say, file, beside = self._texts.say(plan.language), folder / "month", folder / "beside"
        if person is None or not recapping.may_have(reader, person, plan.chat_id, plan.order):
            return Made(None, "", say("refusal-recap-not-yours"))
        beside.mkdir()
        name, words = recapping.make(reader, person, plan.order, say, to=file, beside=beside)
        return Made(file, name, words)
