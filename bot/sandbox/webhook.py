"""The webhook as setWebhook sets it, and what getWebhookInfo tells of it. Only addresses on this machine are taken."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.sandbox.chats import Json
from bot.sandbox.refusals import bad_request

CONNECTIONS, MOST_CONNECTIONS = 40, 100
"""Connections to the bot at once: by default, and at most."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(eq=False, slots=True)
class Webhook:
    """Where updates go, and what went wrong last; `failed_at` in Unix seconds."""

    url: str
    secret: str
    connections: int
    failed_at: int | None = None
    failure: str = ""
    places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.places = asyncio.Semaphore(self.connections)

    @classmethod
    def checked(cls, url: str, *, secret: str, connections: int) -> Webhook:
        """Return the webhook; refuses as Telegram does, and any address that is not on this machine."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: the stand-in calls nothing but this machine")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        return cls(url, secret, min(max(connections, 1), MOST_CONNECTIONS))

    def info(self) -> Json:
        """Return the fields of WebhookInfo that a set webhook adds."""
        shown: Json = {"url": self.url, "max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.failed_at is not None:
            shown |= {"last_error_date": self.failed_at, "last_error_message": self.failure}
        return shown
