"""The line to Telegram: python-telegram-bot's client with raw updates, and without the token in its name."""

import os
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
from telegram import User
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.loop.trouble import Trouble
from bot.metrics import Metrics
from bot.telegram.answers import used
from bot.telegram.cause import Destination, cause_of
from bot.telegram.download import download, safe_path
from bot.telegram.fate import fate_of, is_page, is_unanswered
from bot.telegram.request import Request, trusted, way_through

# The library's coming type for time spans; with its present one, every read of `retry_after` is a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECTIONS = 16
"""Connections for calls; more than the courier sends at once, so that answers to taps find one free."""

LONG_POLL = timedelta(seconds=50)
"""How long Telegram may keep a getUpdates waiting; it allows no more than 50 s."""

_GRACE = 10

_DOWNLOADED_WITHIN = httpx.Timeout(30, connect=10)
"""How long a download may stand still, in seconds."""


class Line(ExtBot[None]):
    """A bot at `base_url`, such as `https://api.telegram.org`, called through `proxy`, an address, if there is one."""

    def __init__(self, token: str, *, base_url: str, proxy: str | None, metrics: Metrics) -> None:
        super().__init__(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=Request(proxy, connections=CONNECTIONS, patience=10),
            get_updates_request=Request(proxy, connections=2, patience=5),
        )
        self._proxy = proxy
        self._files: httpx.AsyncClient | None = None
        self._file_url = f"{base_url}/file/bot{token}/"
        self._metrics = metrics
        self._destination = Destination.of(base_url, proxy)
        self._trouble = Trouble("Telegram cannot be reached", "Telegram can be reached again")

    def __repr__(self) -> str:
        return "Line[…]"

    async def _do_post(self, endpoint: str, data: dict[str, Any], **timeouts: Any) -> Any:  # noqa: ANN401
        """Make a call, as every method of the library does. Count what became of it, and tell the log of trouble."""
        began, fate = time.monotonic(), "ok"
        try:
            answer = await self._call(endpoint, data, **timeouts)
        except TelegramError as error:
            fate = fate_of(error).value
            if is_unanswered(error):
                self._trouble.met(cause_of(error, self._destination))
            else:
                self._trouble.over()
            raise
        else:
            self._trouble.over()
            return answer
        finally:
            self._metrics.called(endpoint, fate, time.monotonic() - began)

    async def _call(self, endpoint: str, data: dict[str, Any], **timeouts: Any) -> Any:  # noqa: ANN401 - the library's
        """Make a call, and return what is used of its result. Raises errors that say what they mean."""
        try:
            return used(endpoint, await super()._do_post(endpoint, data, **timeouts))
        except TelegramError as error:
            if isinstance(error.__cause__, UnicodeEncodeError):
                # It never left and never will. Not `from error`: its message holds the words.
                raise BadRequest("half of a surrogate pair cannot be written in UTF-8") from None
            if is_page(error):
                # Its code says nothing of a chat or of the token: Telegram would have said so in JSON.
                raise NetworkError(error.message) from error.__cause__
            raise

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - differs by method
        """Call a method with the parameters that the Bot API has for it, and return what is used of the result.

        A call of the library takes objects instead, and makes objects of the result. Raises `TelegramError`.
        """
        return await self._do_post(method, parameters)

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

    async def file_at(self, file_id: str) -> tuple[str, int]:
        """Return where Telegram hands out a file, and its size in bytes; 0 where it names none.

        Raises `telegram.error.TelegramError`, `DownloadFailed` for a place that cannot be fetched.
        """
        answer = await self._post("getFile", {"file_id": file_id})
        return safe_path(answer["file_path"]), answer["file_size"]

    async def fetch(self, path: str, *, size: int) -> bytes:
        """Return the bytes of a file at a `path` from `file_at`. Raises `DownloadFailed`."""
        if self._files is None:
            way = None if self._proxy is None else way_through(self._proxy)
            self._files = httpx.AsyncClient(proxy=way, verify=trusted(), trust_env=False, timeout=_DOWNLOADED_WITHIN)
        return await download(self._files, f"{self._file_url}{path}", size=size)

    async def shutdown(self) -> None:
        """Let go of every connection."""
        files, self._files = self._files, None
        if files is not None:
            await files.aclose()
        await super().shutdown()

    @property
    def account(self) -> User:
        """The bot's own account, known once the line is initialised."""
        return self.bot
