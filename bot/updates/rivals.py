"""Other programs that use the bot's token: they take the updates away, by fetching them or by a webhook of their own.

A foreign webhook is taken away once. Where it is set again, two programs would take it from each other for ever, so it
is only told from then on, until the process starts again. The log and the admins learn who it is by the host alone: the
rest of a webhook's address often holds a secret.
"""

import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import NoReturn
from urllib.parse import urlsplit

from sqlalchemy.orm import Session
from telegram import Bot

from bot.loop.trouble import log_failure
from bot.storage.database import Database
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.repository.records import Records
from models.rules.rules import Rules

ALERTED_FROM = 3
"""Conflicts within `_LATELY` from which the admins are told. One process may meet another that it replaces."""

_LATELY = timedelta(minutes=2)

_FETCHES = "another process fetches this bot's updates. Stop it. If it is not yours, get a new token from @BotFather."
_RECEIVES = (
    "another program has set its webhook at %s again, and the updates go there. It is not taken away a second time. "
    "Stop that program, or get a new token from @BotFather; then start the bot again."
)

logger = logging.getLogger(__name__)

Tell = Callable[[Alert, str], Awaitable[None]]
"""Tells the admins of a program; the text is the host of its webhook, "" where it has none."""


class InTheWay(Exception):
    """Another program receives the updates. The words say which, and what to do."""


class Rivals:
    """Meets the other programs that use the token. Belongs to one event loop.

    `hindered` is called with what keeps the updates away.
    """

    def __init__(
        self,
        *,
        bot: Bot,
        tell: Tell,
        hindered: Callable[[str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._tell = tell
        self._hindered = hindered
        self._monotonic = monotonic
        self._won = False
        self._conflicts: deque[float] = deque(maxlen=ALERTED_FROM)

    async def clear_the_way(self) -> None:
        """Find out why getUpdates is refused, and take a foreign webhook away. No update that waits is dropped.

        Raises `InTheWay` where something stays in the way, and `telegram.error.TelegramError`.
        """
        info = await self._bot.get_webhook_info()
        if not info.url:
            await self._meet_fetcher()
        await self.meet_webhook(info.url)
        await self._bot.delete_webhook(drop_pending_updates=False)
        await self.took_away(info.url)

    async def meet_webhook(self, url: str) -> None:
        """Note that another program has a webhook at `url`. Raises `InTheWay` where it is not to be taken away."""
        if self._won:
            host = host_of(url)
            reason = _RECEIVES % host
            self._hindered(reason)
            await self._tell(Alert.WEBHOOK_STAYS, host)
            raise InTheWay(reason)

    async def took_away(self, url: str) -> None:
        """Note that the webhook of another program, at `url`, was taken away, and tell the admins."""
        self._won = True
        host = host_of(url)
        logger.error("a webhook at %s, which is not this bot's, was taken away. Who else uses this token?", host)
        await self._tell(Alert.WEBHOOK_TAKEN_AWAY, host)

    async def _meet_fetcher(self) -> NoReturn:
        """Note that another process fetches updates, and tell the admins if that lasts. Raises `InTheWay`."""
        now = self._monotonic()
        self._conflicts.append(now)
        self._hindered(_FETCHES)
        if len(self._conflicts) == ALERTED_FROM and now - self._conflicts[0] <= _LATELY.total_seconds():
            await self._tell(Alert.TOKEN_SHARED, "")
        raise InTheWay(_FETCHES)


def host_of(url: str) -> str:
    """Return the host of a webhook's address: what may be shown of it."""
    return urlsplit(url).hostname or "an address without a host"


def telling(*, database: Database, rules: Rules, now: Callable[[], datetime]) -> Tell:
    """Return what tells the admins in chat, of each thing once a day. A failure is logged."""

    async def tell(word: Alert, host: str) -> None:
        try:
            await database.transact(partial(_alert, rules=rules, at=now(), word=word, host=host))
        except Exception as error:  # noqa: BLE001 - the updates must be fetched all the same
            log_failure(logger, "the admins could not be told of another program that uses the token", error)

    return tell


def _alert(session: Session, *, rules: Rules, at: datetime, word: Alert, host: str) -> None:
    records = Records(session, rules=rules, at=at)
    day = at.astimezone(rules.office.calendar.zone).date().isoformat()
    admins = records.lock_office().admins
    for owed in correspondence.alert(word, admins, at=at, data={"host": host}, once=day):
        records.owe_once(owed)
