"""Why a call did not reach Telegram, as a sentence for the operator: the cause, the host, and what to do."""

import re
import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

import httpcore
from telegram.error import TelegramError

from bot.telegram.fate import BROKEN, GARBAGE, is_page, is_unanswered

E = TypeVar("E", bound=BaseException)

_PROXY_AUTHENTICATION_REQUIRED = "407"
"""The status with which a proxy asks who is there. httpcore has it in the words of its error only."""

_SOCKS_AUTHENTICATION = re.compile("username/password|NO ACCEPTABLE METHODS", re.IGNORECASE)
"""What httpcore says where a SOCKS proxy wants a user and a password, or other ones."""

_NO_SOCKS = "ProtocolError('Malformed reply')"
"""What the library says where what answers is no SOCKS proxy; the error itself is nobody's cause."""

_TLS_REMEDY = "Check that nothing on the way alters the connection."
_TLS_REMEDY_OF_A_PROXY = f"Write http:// in TELEGRAM_PROXY where the proxy itself takes no TLS. {_TLS_REMEDY}"


class Destination(NamedTuple):
    """Where calls go: `host` is that of the Bot API, `proxy` that of the proxy on the way, None without one.

    Both with their port where one is given, and without user and password. `encrypted` is whether the proxy itself is
    spoken to by TLS.
    """

    host: str
    proxy: str | None
    encrypted: bool = False

    @classmethod
    def of(cls, base_url: str, proxy: str | None) -> Self:
        """Return the destination of calls to `base_url` through `proxy`, both addresses."""
        if proxy is None:
            return cls(_place(base_url), None)
        return cls(_place(base_url), _place(proxy), encrypted=proxy.startswith("https:"))

    @property
    def first(self) -> str:
        """What this machine connects to, as a phrase."""
        return self.host if self.proxy is None else f"the proxy {self.proxy}"

    @property
    def way(self) -> str:
        """What a connection leads to, and through what, as a phrase: who is at fault cannot be told."""
        return self.host if self.proxy is None else f"{self.host} or the proxy {self.proxy}"

    @property
    def certified(self) -> str:
        """Who shows a certificate on the way, as a phrase."""
        return self.way if self.encrypted else self.host

    @property
    def remedy(self) -> str:
        """What to do where that cannot be connected to."""
        if self.proxy is None:
            return "Check the network and the firewall. Where only a proxy leads to Telegram, set TELEGRAM_PROXY."
        return "Start the proxy, or correct its address in TELEGRAM_PROXY."


def cause_of(error: TelegramError, to: Destination) -> str:
    """Return why a call to Telegram broke. Nothing in the sentence is secret: an address stands there by its host."""
    chain = list(_chain(error))
    if (refused := _first(chain, httpcore.ProxyError)) is not None:
        return _by_proxy(str(refused), to)
    if to.proxy is not None and _NO_SOCKS in error.message:
        return f"the proxy {to.proxy} does not speak SOCKS. Correct the port in TELEGRAM_PROXY, or write http:// there."
    if (unknown := _first(chain, socket.gaierror)) is not None:
        return f"the name of {to.first} cannot be looked up ({unknown.strerror}). Check this machine's DNS."
    if (untrusted := _first(chain, ssl.SSLCertVerificationError)) is not None:
        dated = "expired" in untrusted.verify_message or "not yet valid" in untrusted.verify_message
        remedy = (
            "Check this machine's clock first."
            if dated
            else "Where the office's network puts its own in between, name the office's CA in SSL_CERT_FILE."
        )
        return f"the certificate of {to.certified} is not trusted ({untrusted.verify_message}). {remedy}"
    if (broken := _first(chain, ssl.SSLError)) is not None:
        reason = broken.reason or "the connection ends"
        return f"no TLS with {to.certified} ({reason}). {_TLS_REMEDY_OF_A_PROXY if to.encrypted else _TLS_REMEDY}"
    if _first(chain, ConnectionRefusedError) is not None:
        return f"{to.first} refuses the connection. {to.remedy}"
    return _unclear(error, chain, to)


def _unclear(error: TelegramError, chain: list[BaseException], to: Destination) -> str:
    if _first(chain, httpcore.PoolTimeout) is not None:
        return f"all connections to {to.host} are taken, and none became free in time."
    if _first(chain, httpcore.ConnectTimeout) is not None:
        return f"{to.first} does not take the connection in time. {to.remedy}"
    if _first(chain, httpcore.TimeoutException) is not None:
        return f"{to.host} takes the connection and does not answer in time."
    if _first(chain, httpcore.ConnectError) is not None:
        reason = next((one.strerror for one in chain if isinstance(one, OSError) and one.strerror), "no reason given")
        return f"{to.first} cannot be connected to ({reason}). {to.remedy}"
    if (broken := next((one for one in chain if isinstance(one, BROKEN)), None)) is not None:
        kind = type(broken).__name__
        return f"{to.way} breaks the connection off ({kind}). Check what lies between it and this machine."
    if not is_unanswered(error) and not is_page(error):
        return f"{to.host} refuses the call: {error.message}."
    # Of a page the library adds all that was read.
    words = error.message.partition(". Parsing ")[0]
    if to.proxy is not None and _PROXY_AUTHENTICATION_REQUIRED in words:
        return _by_proxy(words, to)
    if error.message == GARBAGE:
        words = "no JSON of the Bot API"
    return f"{to.host} answers with “{words}”, which is not Telegram's answer. Check the network and TELEGRAM_BASE_URL."


def _place(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _by_proxy(words: str, to: Destination) -> str:
    if _PROXY_AUTHENTICATION_REQUIRED in words or _SOCKS_AUTHENTICATION.search(words):
        return (
            f"{to.first} asks for a user and a password, or refuses those that it got. Write the right ones into "
            "TELEGRAM_PROXY: http://user:password@host:port, or with socks5 in front."
        )
    return f"{to.first} does not let the connection to {to.host} through ({words}). Ask who runs the proxy to allow it."


def _first(chain: list[BaseException], kind: type[E]) -> E | None:
    return next((one for one in chain if isinstance(one, kind)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Return an error, its causes, and the parts of each group among them: a name may have several addresses."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _chain(part)
        error = error.__cause__ or error.__context__
