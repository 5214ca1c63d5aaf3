"""The part of the library that makes calls, on httpcore: a pool of connections, and no client above it.

The client of httpx parses each address, quotes a form letter by letter, and looks after cookies, redirects and
authentication, which the Bot API has none of. It took more of the processor than the connections below it.
"""

import json
import ssl
from collections.abc import AsyncIterable, AsyncIterator
from functools import cache, lru_cache
from typing import Any, cast

import httpcore
import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.stopped import InvalidSettings
from bot.telegram.answers import envelope, status_of
from bot.telegram.fate import BROKEN, GARBAGE
from bot.telegram.wires import Wires

_KEPT_FOR = 30.0
"""The seconds for which an idle connection is kept for the next call. Telegram is said to end one after about 39.

httpx keeps it for five: then the first tap after a quiet moment waits for another one, two round trips or three.
"""

_CONNECTED_WITHIN = 5.0
"""How long connecting may take, in seconds."""

_WRITTEN_WITHIN, _SENT_UP_WITHIN = 5.0, 20.0
"""How long each part of a call may take to leave, and each part of a file, in seconds."""

_ADDRESSES = 64
"""How many addresses are remembered: there is one for each method that is called."""

_Headers = list[tuple[bytes, bytes]]

_AGENT = (b"User-Agent", BaseRequest.USER_AGENT.encode())
_JSON: _Headers = [(b"Content-Type", b"application/json"), _AGENT]


@cache
def trusted() -> ssl.SSLContext:
    """Return the authorities that httpx trusts by itself, read once: reading them takes longer than a call.

    Raises `InvalidSettings` for an SSL_CERT_FILE or SSL_CERT_DIR that cannot be read.
    """
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidSettings(
            f"SSL_CERT_FILE: it cannot be read ({reason}). Name a file of certificates in PEM."
        ) from None


def way_through(proxy: str) -> httpx.Proxy:
    """Return a proxy, of which httpx reads the address, the user and the password."""
    return httpx.Proxy(proxy, ssl_context=trusted() if proxy.startswith("https:") else None)


class Request(BaseRequest):
    """Makes calls over at most so many connections. `patience` is how long an answer or a free one may take, in s.

    `proxy` is the address of the proxy on the way, None without one. What the environment says of proxies is left to
    the settings, which refuse what cannot be used.
    """

    def __init__(self, proxy: str | None, *, connections: int, patience: float) -> None:
        self.patience = {"pool": patience, "connect": _CONNECTED_WITHIN, "write": _WRITTEN_WITHIN, "read": patience}
        self.pool = httpcore.AsyncConnectionPool(
            ssl_context=trusted(),
            proxy=_proxy(proxy) if proxy is not None else None,
            max_connections=connections,
            keepalive_expiry=_KEPT_FOR,
            network_backend=Wires(),
        )
        self._open = True

    @property
    def read_timeout(self) -> float:
        """The seconds that an answer may take where a call does not say."""
        return self.patience["read"]

    async def initialize(self) -> None:
        """Allow calls, also after `shutdown`."""
        self._open = True

    async def shutdown(self) -> None:
        """Let go of every connection, and refuse further calls."""
        self._open = False
        await self.pool.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a call. Returns the status of the answer and its body. Raises `NetworkError`, `TimedOut` among them."""
        if not self._open:
            raise RuntimeError("the line to Telegram is closed")
        patience: dict[str, object] = dict(self.patience)
        headers: _Headers = _JSON
        content: bytes | AsyncIterator[bytes]
        if request_data is not None and request_data.contains_files:
            headers, content = _form(url, request_data)
            patience["write"] = _SENT_UP_WITHIN
        else:
            content = _json(request_data)
        given = {"read": read_timeout, "write": write_timeout, "connect": connect_timeout, "pool": pool_timeout}
        patience |= {step: seconds for step, seconds in given.items() if seconds is not self.DEFAULT_NONE}
        try:
            answer = await self.pool.request(
                method, _address(url), headers=headers, content=content, extensions={"timeout": patience}
            )
        except httpcore.TimeoutException as error:
            raise TimedOut from error
        except BROKEN as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error
        return status_of(answer.status, answer.content), answer.content

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return an answer as the object that it is. Raises `TelegramError` where it is none."""
        try:
            return envelope(BaseRequest.parse_json_payload(payload))
        except RecursionError:
            raise TelegramError(GARBAGE) from None


@lru_cache(_ADDRESSES)
def _address(url: str) -> httpcore.URL:
    return _parts(httpx.URL(url))


def _parts(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _proxy(address: str) -> httpcore.Proxy:
    way = way_through(address)
    return httpcore.Proxy(_parts(way.url), auth=way.raw_auth, ssl_context=way.ssl_context)


def _json(data: RequestData | None) -> bytes:
    """Return the parameters of a call as an object. Values that are no strings stand in it as JSON of their own.

    Telegram reads such a string as it reads the same field of a form. Raises `UnicodeEncodeError` for half of a pair.
    """
    return json.dumps(data.json_parameters if data is not None else {}, ensure_ascii=False).encode()


def _form(url: str, data: RequestData) -> tuple[_Headers, AsyncIterator[bytes]]:
    """Return the headers and the parts of a form with files."""
    form = httpx.Request("POST", url, data=data.json_parameters, files=data.multipart_data)
    return [*form.headers.raw, _AGENT], aiter(cast("AsyncIterable[bytes]", form.stream))
