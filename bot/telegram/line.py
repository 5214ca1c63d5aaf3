"""The line to Telegram: python-telegram-bot's client with raw updates, and without the token in its name."""

import os
import ssl
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import httpx
from telegram import User
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.metrics import Metrics
from bot.telegram.fate import Fate, fate_of

# The library's coming type for time spans; with its present one, every read of `retry_after` is a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 16
"""Connections for calls; more than the courier sends at once, so that answers to taps find one free."""

LONG_POLL = timedelta(seconds=50)
"""How long Telegram may keep a getUpdates waiting; it allows no more than 50 s."""

_GRACE = 10


@cache
def _trusted() -> ssl.SSLContext:
    """Return the authorities that httpx trusts by itself, read once: reading them takes longer than a call."""
    return httpx.create_ssl_context()


class Line(ExtBot[None]):
    """A bot at `base_url`, such as `https://api.telegram.org`."""

    def __init__(self, token: str, *, base_url: str, metrics: Metrics) -> None:
        super().__init__(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=HTTPXRequest(
                connection_pool_size=CONNECTIONS, read_timeout=10, pool_timeout=10, httpx_kwargs={"verify": _trusted()}
            ),
            get_updates_request=HTTPXRequest(connection_pool_size=2, httpx_kwargs={"verify": _trusted()}),
        )
        self._metrics = metrics

    def __repr__(self) -> str:
        return "Line[…]"

    async def _do_post(self, endpoint: str, data: dict[str, Any], **timeouts: Any) -> Any:  # noqa: ANN401
        """Make a call, as every method of the library does, and count what became of it."""
        began, fate = time.monotonic(), "ok"
        try:
            return await super()._do_post(endpoint, data, **timeouts)
        except TelegramError as error:
            if isinstance(error.__cause__, UnicodeEncodeError):
                # It never left and never will. Not `from error`: its message holds the words.
                fate = Fate.REFUSED.value
                raise BadRequest("half of a surrogate pair cannot be written in UTF-8") from None
            fate = fate_of(error).value
            raise
        finally:
            self._metrics.called(endpoint, fate, time.monotonic() - began)

    async def raw_updates(
        self, *, offset: int | None, kinds: Sequence[str], patience: timedelta = LONG_POLL
    ) -> list[dict[str, Any]]:
        """Return the next updates as Telegram wrote them, unparsed, so that one bad update cannot block the rest.

        Confirms every update before `offset`. Raises `telegram.error.TelegramError`.
        """
        seconds = int(patience.total_seconds())
        updates: list[dict[str, Any]] = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": seconds, "allowed_updates": list(kinds)},
            read_timeout=seconds + _GRACE,
        )
        return updates

    @property
    def account(self) -> User:
        """The bot's own account, known once the line is initialised."""
        return self.bot
