"""Fetching updates from Telegram: each batch is on disk before the next getUpdates confirms it."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.loop.pauses import Pauses, backoff
from bot.loop.trouble import Trouble, log_failure
from bot.metrics import Metrics, Way
from bot.stopped import TokenRejected
from bot.telegram.fate import is_unanswered, silence_asked
from bot.telegram.line import Line
from bot.updates.inbox import numbered
from bot.updates.rivals import InTheWay, Rivals, host_of

logger = logging.getLogger(__name__)

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
"""The kinds of update that the handlers use. Telegram is asked for no others."""

_LONGEST_BACKOFF = 30.0
_CONFLICT_BACKOFF = 15.0

_NEWS_EVERY = 1.0
"""Seconds between two getUpdates where the first brought nothing new: some servers do not wait as they are asked."""

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Stores a batch and returns once it is on disk."""


class Polling:
    """Fetches updates and stores them. `patience` is how long one getUpdates waits at Telegram.

    `heard` is called each time Telegram has answered and the updates are stored. `monotonic` gives seconds.
    """

    def __init__(
        self,
        *,
        line: Line,
        store: Store,
        patience: timedelta,
        pauses: Pauses,
        heard: Callable[[], None],
        rivals: Rivals,
        metrics: Metrics,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = line
        self._store = store
        self._patience = patience
        self._pauses = pauses
        self._heard = heard
        self._rivals = rivals
        self._metrics = metrics
        self._monotonic = monotonic
        self._trouble = Trouble("Telegram hands out no updates", "Telegram hands out updates again")

    async def run(self) -> None:
        """Fetch and store updates until cancelled. Raises `TokenRejected` when Telegram does not accept the token."""
        offset: int | None = None
        failures, free = 0, False
        while True:
            try:
                if not free:
                    await self._take_webhook_away()
                    free = True
                asked_at = self._monotonic()
                batch = await self._fetched(offset)
                await self._store(batch)
            except InvalidToken:
                raise TokenRejected from None
            except (TelegramError, DBAPIError, InTheWay) as error:
                failures += 1
                # An outage may last a week, and then the offset would be wrong, see below. Without an offset, updates
                # that were stored and not confirmed come again.
                offset = None
                await self._pauses.wait(self._after_failure(error, failures))
            else:
                failures = 0
                self._trouble.over()
                self._heard()
                self._metrics.updates_taken_in(len(batch), Way.POLL)
                # An empty answer has confirmed all updates before it, so the offset can go. It must go: after a week of
                # silence Telegram restarts its numbers at random, and an offset would skip the smaller ones.
                numbers = [body["update_id"] for body in batch if numbered(body)]
                is_new = any(offset is None or number >= offset for number in numbers)
                offset = max(numbers) + 1 if numbers else None
                if not is_new:
                    await self._wait_for_news(asked_at)
                # What has come is begun first. To ask for more takes the event loop about as long.
                await asyncio.sleep(0)

    async def _wait_for_news(self, asked_at: float) -> None:
        """Wait out the rest of the time that an answer without news should have taken, up to `_NEWS_EVERY`."""
        rest = min(_NEWS_EVERY, self._patience.total_seconds()) - (self._monotonic() - asked_at)
        if rest > 0:
            await self._pauses.wait(rest)

    async def _take_webhook_away(self) -> None:
        """Delete a webhook that was set before, because it forbids getUpdates. No update that waits is dropped."""
        info = await self._line.get_webhook_info()
        if info.url:
            await self._line.delete_webhook(drop_pending_updates=False)
            where = host_of(info.url)
            logger.info("the webhook that was set at Telegram, at %s, was taken away; updates are fetched", where)

    async def _fetched(self, offset: int | None) -> list[dict[str, Any]]:
        """Return the next batch. Raises `InTheWay` where another program receives the updates."""
        while True:
            try:
                return await self._line.raw_updates(offset=offset, kinds=KINDS, patience=self._patience)
            except Conflict:
                # It returns once at most: it clears the way of one webhook.
                await self._rivals.clear_the_way()

    def _after_failure(self, error: TelegramError | DBAPIError | InTheWay, failures: int) -> float:
        """Log why updates could not be fetched or stored. Returns the seconds until the next try."""
        if isinstance(error, InTheWay):
            self._trouble.met(str(error))
            return _CONFLICT_BACKOFF
        # With jitter, so that many processes that fail together do not try again together.
        seconds = backoff(failures, longest=_LONGEST_BACKOFF) * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret
        seconds = max(seconds, silence_asked(error))
        if isinstance(error, DBAPIError):
            log_failure(logger, "updates could not be stored", error)
        elif not is_unanswered(error):
            # Where no answer came, the line has said so.
            self._trouble.met(error.message)
        logger.debug("no updates: %s; trying again in %.1f s", type(error).__name__, seconds)
        return seconds
