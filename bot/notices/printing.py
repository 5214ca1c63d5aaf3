"""Papers and pictures on their way to a chat: set once, sent up once, and sent by Telegram's identifier after that."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session
from telegram.error import BadRequest

from bot.notices import sending
from bot.papers.typesetting import NotTypeset, Typesetter
from bot.storage.database import Database
from bot.telegram.fate import Fate, fate_of
from bot.telegram.line import Line
from handlers.delivery.plan import SendPaper
from handlers.papers.paper import Paper, Sheet
from models.case.attachment import AttachmentKind
from models.repository.records import Records
from models.rules.rules import Rules
from models.upkeep import issuing, printing

logger = logging.getLogger(__name__)

TALLEST = 2_600
"""Pixels up to which a picture of 1080 across is sent as a photo.

Telegram shows photos with 1,280 pixels at their longer side. A taller picture is sent as a file, which stays as it is.
"""

_HEIGHT = slice(20, 24)
"""Where a PNG says how high it is."""

Turn = Callable[[], Awaitable[None]]
"""Waits for the turn of the chat; asked before each call to Telegram."""


class Printing:
    """Sends papers. Setting one takes a tenth of a second, on the typesetter's own thread."""

    def __init__(
        self, *, bot: Line, database: Database, rules: Rules, typesetter: Typesetter, now: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._rules = rules
        self._typesetter = typesetter
        self._now = now

    async def send(self, plan: SendPaper, turn: Turn) -> int:
        """Send a paper and return its `message_id`. Raises `TelegramError`.

        Where it cannot be set, its words are sent without it.
        """
        known = self._typesetter.digest(plan.paper)
        account_id = self._bot.id
        find = partial(printing.printed, digest=known, account_id=account_id)
        found = await self._database.read(find)
        if found is not None:
            message_id = await self._again(plan, *found, turn)
            if message_id is not None:
                return message_id
        try:
            content = await self._typesetter.typeset(plan.paper)
        except NotTypeset:
            logger.exception("a paper could not be set; its words are sent without it")
            await turn()
            return await sending.send_words(self._bot, plan)
        if not await self._may_leave(plan.paper, content):
            await turn()
            return await sending.send_words(self._bot, plan)
        kind = kind_of(plan, content)
        await turn()
        message_id, file_id = await sending.send_paper(self._bot, plan, kind, content)
        if file_id is not None:
            keep = partial(
                printing.keep_printed,
                digest=known,
                account_id=account_id,
                kind=kind.value,
                file_id=file_id,
                at=self._now(),
            )
            await self._database.transact(keep)
        return message_id

    async def _may_leave(self, paper: Paper, content: bytes) -> bool:
        """Write down that an official paper is issued; returns whether it may leave. It is done before the sending."""
        if (wanted := paper.issue) is None:
            return True
        file = hashlib.sha256(content).hexdigest()

        def note(session: Session) -> bool:
            records = Records(session, rules=self._rules, at=self._now())
            return issuing.issue(
                records,
                kind=wanted.kind,
                case_id=wanted.case_id,
                code=wanted.code,
                sequence=wanted.sequence,
                file=file,
            )

        return await self._database.transact(note)

    def close(self) -> None:
        """Set no papers any more."""
        self._typesetter.close()

    async def _again(self, plan: SendPaper, kind: str, file_id: str, turn: Turn) -> int | None:
        """Send a paper by its identifier; None where Telegram does not know that any more."""
        await turn()
        try:
            message_id, _ = await sending.send_paper(self._bot, plan, AttachmentKind(kind), file_id)
        except BadRequest as error:
            if fate_of(error) is not Fate.REFUSED:
                raise
            logger.warning("a paper is sent up again: %s", error.message)
            return None
        return message_id


def kind_of(plan: SendPaper, content: bytes) -> AttachmentKind:
    """Return as what a paper is sent: a picture as a photo, unless it is so tall that a photo of it is unreadable."""
    if plan.paper.sheet is Sheet.PNG and int.from_bytes(content[_HEIGHT], "big") <= TALLEST:
        return AttachmentKind.PHOTO
    return AttachmentKind.DOCUMENT
