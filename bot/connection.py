"""One connection to the web server, and what it may cost: time until a request is whole, or an answer, and places.

uvicorn counts a connection from its first packet, and answers everybody with 503 once there are too many. It has no
deadline for a request, nor for an answer. So clients that connect and stay silent would close the server, and nobody
would notice; so would clients that ask and never read.
"""

import asyncio
from email.utils import formatdate
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

WHOLE_WITHIN = 15.0
"""The seconds in which a request must be whole, from the connection or from its first byte."""

TAKEN_WITHIN = 60.0
"""The seconds in which an answer must be made and taken, from the whole request. Telegram waits no longer for one."""

MOST = 256
"""Connections at once. From this number on, uvicorn answers with 503."""

MOST_OF_AN_ADDRESS = 64
"""Connections at once from one address. Telegram opens 40 at most; a proxy shows its own address for all of them."""

_WHOLE = {h11.DONE, h11.MUST_CLOSE, h11.CLOSED}


class Connection(H11Protocol):
    """A connection that ends where its request is not whole in time, or its answer not taken in time.

    When there are too many, in all or from one address, the one that is idle and would end first gives up its place.
    One whose client does not take its answer counts as idle. Where a request is under way on all the others, the newest
    is turned away.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._answering: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Give the connection its deadline, and make room for it."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._set_deadline()
        peers = [one for one in self._others() if one.address == self.address]
        if len(peers) >= MOST_OF_AN_ADDRESS:
            _first_to_end([*peers, self]).transport.abort()
        elif len(self.connections) >= MOST:
            _first_to_end([*self._others(), self]).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._forget_deadline()
        self._forget_answer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Forget the deadline once the request is whole; what begins another request sets it again."""
        self._tell_time()
        super().data_received(data)
        if self.conn.their_state in _WHOLE:
            self._forget_deadline()
        elif self._deadline is None:
            self._set_deadline()
        self._await_answer()

    def on_response_complete(self) -> None:
        """Let the next answer have its own deadline. The end of the connection waits for the last one to be taken."""
        self._forget_answer()
        super().on_response_complete()
        self._await_answer()

    def _tell_time(self) -> None:
        """Let answers that begin now tell the present time (RFC 9110, 6.6.1). uvicorn itself notes it each second."""
        told = (b"date", formatdate(usegmt=True).encode())
        self.server_state.default_headers = [told, *self.config.encoded_headers]

    def _await_answer(self) -> None:
        cycle = cast("RequestResponseCycle | None", self.cycle)
        under_way = cycle is not None and not cycle.response_complete
        if self._answering is None and (under_way or self.transport.is_closing()):
            self._answering = self.loop.call_later(TAKEN_WITHIN, self.transport.abort)

    def _forget_answer(self) -> None:
        if self._answering is not None:
            self._answering.cancel()
            self._answering = None

    def _others(self) -> list["Connection"]:
        return [one for one in self.connections if isinstance(one, Connection) and one is not self]

    def _set_deadline(self) -> None:
        self._deadline = self.loop.call_later(WHOLE_WITHIN, self.transport.abort)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    @property
    def address(self) -> str:
        """The address that the other end has, without its port."""
        return self.client[0] if self.client else ""

    @property
    def idle_until(self) -> float:
        """The instant of the loop at which it ends if its client does nothing; infinite while an answer is made.

        Where the client does not take its answer, that is the instant of the request: long ago, beside all the others.
        """
        if self._answering is not None and (self.flow.write_paused or self.transport.is_closing()):
            return self._answering.when() - TAKEN_WITHIN
        ending = self._deadline or self.timeout_keep_alive_task
        return ending.when() if ending is not None else float("inf")


def _first_to_end(connections: list[Connection]) -> Connection:
    return min(connections, key=lambda one: one.idle_until)
