"""What the process answers over HTTP: Telegram's webhook, and how it stands.

An update is answered with 200 only once it is on disk. 503 asks Telegram to send it again soon; what can never be an
update, although it came with the secret, is answered with 200 too: it would be sent again for a day, and hold up
those behind it. An object without the number of an update was not sent by Telegram: 400. What is too large is refused,
unread: the limit lies far above anything that Telegram sends. So is a request that names its length twice over, because
a proxy and this server may then see different requests in it.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.health import Vitals
from bot.listener import Listener
from bot.loop.trouble import Knocking, log_failure
from bot.metrics import Metrics, Way
from bot.settings import Listen
from bot.updates.inbox import numbered
from bot.updates.webhook import Webhook

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header, not a secret

LARGEST = 1024 * 1024
"""Bytes of an update at most. The largest that Telegram can send has a few hundred thousand."""

READ_WITHIN = timedelta(seconds=10)
"""How long the body of an update may take to arrive."""

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


class Web:
    """The web server of one process. Answers how the process stands, and takes in the updates of `webhook`, if given.

    Both are at `listen`. With `health` the process answers there how it stands, and at `listen` there is the webhook
    alone: the connections of strangers then never stand before those of the monitoring. Until `take_into` says where
    to store updates, it asks Telegram to send an update again.
    """

    def __init__(
        self,
        *,
        listen: Listen | None,
        health: Listen | None,
        vitals: Vitals,
        metrics: Metrics,
        webhook: Webhook | None,
    ) -> None:
        self._vitals = vitals
        self._metrics = metrics
        self._store: Store | None = None
        self._webhook = webhook
        self._knocking = Knocking(logger, _KNOCKED)
        stands = [Route("/healthz", _alive), Route("/readyz", self._ready), Route("/metrics", self._measured)]
        takes = [Route(webhook.path, self._receive, methods=["POST"])] if webhook is not None else []
        self._listeners: list[Listener] = []
        if listen is not None:
            routes = takes if health is not None else [*stands, *takes]
            self._listeners.append(Listener(Starlette(routes=routes), listen=listen, setting="WEB_LISTEN"))
        if health is not None:
            self._listeners.append(Listener(Starlette(routes=stands), listen=health, setting="HEALTH_LISTEN"))

    @property
    def address(self) -> Listen:
        """Where it listens for the webhook, or for everything; with the port it was given once it is bound."""
        return self._listeners[0].address

    @property
    def health_address(self) -> Listen:
        """Where it answers how the process stands."""
        return self._listeners[-1].address

    def bind(self) -> None:
        """Take every address. Raises `CannotListen`."""
        for one in self._listeners:
            one.bind()

    def take_into(self, store: Store) -> None:
        """Let `store` take in updates from now on."""
        self._store = store

    async def run(self) -> None:
        """Serve until cancelled; then no connection is accepted any more. Raises `CannotListen`."""
        await asyncio.gather(*(one.run() for one in self._listeners))

    async def close(self) -> None:
        """Finish the requests that are under way, and let go of every address."""
        await asyncio.gather(*(one.close() for one in self._listeners))

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
