"""What the process answers over HTTP: Telegram's webhook, and how it stands.

An update is answered with 200 only once it is on disk. 503 asks Telegram to send it again soon; what can never be an
update, although it came with the secret, is answered with 200 too: it would be sent again for a day, and hold up
those behind it. An object without the number of an update was not sent by Telegram: 400. What is too large is refused,
unread: the limit lies far above anything that Telegram sends. So is a request that names its length twice over, because
a proxy and this server may then see different requests in it.
"""

import asyncio
import contextlib
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.connection import MOST, Connection
from bot.health import Vitals
from bot.loop.trouble import Knocking, log_failure
from bot.metrics import Metrics, Way
from bot.settings import Listen
from bot.stopped import Stopped
from bot.updates.inbox import numbered
from bot.updates.webhook import Webhook

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header, not a secret

LARGEST = 1024 * 1024
"""Bytes of an update at most. The largest that Telegram can send has a few hundred thousand."""

READ_WITHIN = timedelta(seconds=10)
"""How long the body of an update may take to arrive."""

FINISHED_WITHIN = 5
"""Seconds for requests under way when the program ends."""

AGAIN_AFTER = 2
"""Seconds after which Telegram shall send an update again; unasked it waits twice as long each time, up to 60."""

_KNOCKED = (
    "a request to the webhook was refused, because it came without its secret or with another one. If Telegram sent "
    "it, start the bot again: that sets the webhook with the present WEBHOOK_SECRET. Else a stranger knocks"
)

_NOT_KEPT = {"cache-control": "no-store"}

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Stores updates and returns once they are on disk."""

logger = logging.getLogger(__name__)


class CannotListen(Stopped):
    """The web server's address is taken or may not be used."""


class Web:
    """The web server of one process. Answers how the process stands, and takes in the updates of `webhook`, if given.

    Until `take_into` says where to store them, it asks Telegram to send an update again.

    Belongs to one event loop; sets no signal handlers.
    """

    def __init__(
        self,
        *,
        listen: Listen,
        vitals: Vitals,
        metrics: Metrics,
        webhook: Webhook | None,
    ) -> None:
        self._listen = listen
        self._vitals = vitals
        self._metrics = metrics
        self._store: Store | None = None
        self._webhook = webhook
        self._knocking = Knocking(logger, _KNOCKED)
        self._server = _Guest(_one_length(self._application()))
        self._listener: socket.socket | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> Listen:
        """Where it listens, with the port it was given once it is bound."""
        return self._listen

    def bind(self) -> None:
        """Take the address. Raises `CannotListen`."""
        host, port = self._listen
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            # With the protocol by name: asyncio switches Nagle's delay off only then.
            listener = socket.socket(family, kind, protocol)
        except OSError as error:
            raise CannotListen(f"WEB_LISTEN: {host}:{port} cannot be used ({error.strerror}).") from None
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen(MOST)
        except OSError as error:
            listener.close()
            remedy = "Choose another port, or end what uses it."
            raise CannotListen(f"WEB_LISTEN: {host}:{port} cannot be used ({error.strerror}). {remedy}") from None
        self._listener = listener
        self._listen = Listen(host, listener.getsockname()[1])

    def take_into(self, store: Store) -> None:
        """Let `store` take in updates from now on."""
        self._store = store

    async def run(self) -> None:
        """Serve until cancelled; then no connection is accepted any more. Raises `CannotListen`."""
        if self._listener is None:
            self.bind()
        sockets = [self._listener] if self._listener is not None else None
        self._serving = asyncio.create_task(self._server.serve(sockets=sockets), name="web server")
        try:
            await asyncio.shield(self._serving)
        finally:
            self._server.should_exit = True

    async def close(self) -> None:
        """Finish the requests that are under way, and let go of the address."""
        self._server.should_exit = True
        if self._serving is not None:
            await asyncio.wait({self._serving})
        if self._listener is not None:
            self._listener.close()

    def _application(self) -> Starlette:
        routes = [
            Route("/healthz", _alive),
            Route("/readyz", self._ready),
            Route("/metrics", self._measured),
        ]
        if self._webhook is not None:
            routes.append(Route(self._webhook.path, self._receive, methods=["POST"]))
        return Starlette(routes=routes)

    async def _ready(self, _: Request) -> Response:
        health = await self._vitals.report()
        return JSONResponse(health.as_json(), status_code=200 if health.ready else 503, headers=_NOT_KEPT)

    async def _measured(self, request: Request) -> Response:
        await self._vitals.report()
        page, kind = self._metrics.exposed(request.headers.get("accept", ""))
        return Response(page, headers={**_NOT_KEPT, "content-type": kind})

    async def _receive(self, request: Request) -> Response:
        response = await self._answer(request)
        self._metrics.webhook_answered(response.status_code)
        return response

    async def _answer(self, request: Request) -> Response:
        """Store one update of Telegram. Nothing of a stranger's request is read."""
        if not self._is_telegram(request):
            self._knocking.met()
            return Response(status_code=403)
        try:
            async with asyncio.timeout(READ_WITHIN.total_seconds()):
                body = await _body(request)
        except TimeoutError:
            return Response(status_code=408)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            logger.error("an update of more than %s bytes was refused", LARGEST)
            return Response(status_code=413)
        update = _parsed(body)
        if update is None:
            logger.error("%s bytes that are no update came with the secret, and were passed over", len(body))
            return Response()
        return await self._keep(update)

    async def _keep(self, update: Mapping[str, Any]) -> Response:
        """Store an update whose sender knows the secret."""
        if not numbered(update):
            return Response(status_code=400)
        again = Response(status_code=503, headers={"retry-after": str(AGAIN_AFTER)})
        if self._store is None:
            return again
        try:
            await self._store([update])
        except Exception as error:  # noqa: BLE001 - whatever it is, Telegram keeps the update and sends it again
            log_failure(logger, "an update could not be stored, and is to be sent again", error)
            return again
        self._metrics.updates_taken_in(1, Way.WEBHOOK)
        return Response()

    def _is_telegram(self, request: Request) -> bool:
        if self._webhook is None:
            return False
        shown = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(shown.encode(), self._webhook.secret.get_secret_value().encode())


class _Guest(uvicorn.Server):
    """uvicorn on a loop that is not its own: it leaves the signals alone."""

    def __init__(self, application: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                lifespan="off",
                ws="none",
                http=Connection,
                log_config=None,
                access_log=False,
                server_header=False,
                limit_concurrency=MOST,
                timeout_graceful_shutdown=FINISHED_WITHIN,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def _one_length(application: ASGIApp) -> ASGIApp:
    """Refuse requests with both Content-Length and Transfer-Encoding, and end their connection (RFC 9112, 6.1).

    HTTP/1.0 knows no Transfer-Encoding, and a proxy of that version may overlook it.
    """

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        names = {name for name, _ in scope["headers"]}
        old = scope["http_version"] == "1.0"
        if b"transfer-encoding" in names and (old or b"content-length" in names):
            await Response(status_code=400, headers={"connection": "close"})(scope, receive, send)
        else:
            await application(scope, receive, send)

    return served


async def _alive(_: Request) -> Response:
    """Answer at all: the loop turns."""
    return PlainTextResponse("ok", headers=_NOT_KEPT)


async def _body(request: Request) -> bytes | None:
    """Return the body of a request, None when it is too large."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _parsed(body: bytes) -> Mapping[str, Any] | None:
    try:
        update = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) else None


def _refuse(constant: str) -> None:
    """Refuse NaN and its like, which are no JSON; PostgreSQL would not keep them."""
    raise ValueError(constant)
