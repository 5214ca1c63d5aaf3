"""The webhook at Telegram: setting it, and keeping it set."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.clock import Clock
from bot.health import Vitals
from bot.loop.pauses import backoff
from bot.loop.trouble import Trouble
from bot.settings import Settings
from bot.stopped import TokenRejected
from bot.telegram.fate import is_unanswered, silence_asked
from bot.updates.polling import KINDS
from bot.updates.rivals import InTheWay, Rivals, host_of

CONNECTIONS = 40
"""How many updates Telegram may send at once. It sends the updates of one chat one after the other."""

LOOKED_EVERY = timedelta(seconds=50)
"""How often the webhook at Telegram is checked. Telegram does not report that it was deleted."""

RECENTLY = timedelta(minutes=2)
"""For how long an update that Telegram could not deliver counts as trouble."""

_LONGEST_BACKOFF = 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, and the secret that it sends with each."""

    url: str
    secret: SecretStr

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """Return the webhook of the settings, None where updates are fetched."""
        if settings.webhook_url is None or settings.webhook_secret is None:
            return None
        return cls(settings.webhook_url, settings.webhook_secret)

    @property
    def path(self) -> str:
        """The path under which updates arrive."""
        return urlsplit(self.url).path


class WebhookKeeper:
    """Keeps the webhook set at Telegram. Where several processes run, the leading one does it for all."""

    def __init__(
        self,
        *,
        bot: Bot,
        webhook: Webhook,
        vitals: Vitals,
        rivals: Rivals,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._webhook = webhook
        self._vitals = vitals
        self._rivals = rivals
        self._clock = clock
        self._sleep = sleep
        self._trouble = Trouble("Telegram sends no updates here", "Telegram sends updates here again")

    async def run(self) -> None:
        """Set the webhook, and set it again whenever it is gone, until cancelled. Raises `TokenRejected`.

        A foreign webhook is replaced once, and after that only told, see `Rivals`.
        """
        failures, known = 0, False
        while True:
            try:
                # Telegram does not show the secret it has, so the start sets the webhook in any case.
                info = await self._bot.get_webhook_info() if known else None
                if info is None or not self._is_as_it_should_be(info):
                    await self._set(info)
                    known = True
                self._vitals.called(trouble(info, self._clock.now()))
                self._trouble.over()
                failures, seconds = 0, LOOKED_EVERY.total_seconds()
            except InTheWay as error:
                self._trouble.met(str(error))
                seconds = LOOKED_EVERY.total_seconds()
            except InvalidToken:
                raise TokenRejected from None
            except TelegramError as error:
                failures += 1
                seconds = backoff(failures, longest=_LONGEST_BACKOFF)
                seconds = max(seconds, silence_asked(error))
                # Where no answer came, the line has said so.
                level = logging.DEBUG if is_unanswered(error) else logging.WARNING
                logger.log(level, "the webhook cannot be looked after: %s", error.message)
                if not known:
                    self._vitals.called(f"the webhook is not set: {error.message}")
            await self._sleep(seconds)

    def _is_as_it_should_be(self, info: WebhookInfo) -> bool:
        return info.url == self._webhook.url and set(info.allowed_updates) == set(KINDS)

    async def _set(self, found: WebhookInfo | None) -> None:
        """Set the webhook. `found` is what was found in its place, None at the start. Raises `InTheWay`."""
        foreign = found.url if found is not None and found.url != self._webhook.url else ""
        if foreign:
            await self._rivals.meet_webhook(foreign)
        await self._bot.set_webhook(
            self._webhook.url,
            secret_token=self._webhook.secret.get_secret_value(),
            allowed_updates=KINDS,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        if foreign:
            await self._rivals.took_away(foreign)
        elif found is not None:
            logger.error("the webhook at Telegram was gone or changed; it is set again. Who else uses this token?")
        else:
            logger.info("Telegram sends updates to %s", host_of(self._webhook.url))


def trouble(info: WebhookInfo | None, now: datetime) -> str:
    """Return Telegram's reason why updates do not come through, "" when they do."""
    if info is None or info.last_error_date is None or not info.pending_update_count:
        return ""
    if now - info.last_error_date > RECENTLY:
        return ""
    return f"{info.pending_update_count} updates wait at Telegram: {info.last_error_message}"
