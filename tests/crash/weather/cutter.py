"""A wire to a PostgreSQL server that breaks at the worst moment: around a COMMIT, so that nobody hears its answer."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

_COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""The statement as the protocol writes it: a simple query, its length, the words."""

_CHUNK = 65_536


class Cutter:
    """Passes everything on between clients and the server at `path`; some connections are cut at their COMMIT.

    Of those, half reach the server and are committed, half do not; the client cannot tell. It works on threads of its
    own, because the program under test opens its database before it gives its loop back.
    """

    def __init__(self, path: Path, *, seed: int, rate: float = 0.0) -> None:
        self.rate = rate
        self.committed = 0
        """How many commits succeeded although their answer was lost."""
        self.lost = 0
        """How many commits never arrived."""
        self._path = path
        self._chance = Random(seed)
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A thread that waits for clients is woken by a shutdown, not by a close.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for end in self._open:
                _hang_up(end)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._path))
            except OSError:
                client.close()
                continue
            wire = _Wire(self, client, server)
            with self._lock:
                self._open |= {client, server}
                self._threads += [
                    threading.Thread(target=wire.onward, daemon=True),
                    threading.Thread(target=wire.back, daemon=True),
                ]
                for thread in self._threads[-2:]:
                    thread.start()

    def draw(self) -> bool | None:
        """Return what happens to a commit: None, nothing; True, its answer is lost; False, it is lost itself."""
        with self._lock:
            if self._chance.random() >= self.rate:
                return None
            arrives = self._chance.random() < 0.5
            self.committed, self.lost = self.committed + arrives, self.lost + (not arrives)
            return arrives


class _Wire:
    """One connection, with a thread for each direction."""

    def __init__(self, cutter: Cutter, client: socket.socket, server: socket.socket) -> None:
        self._cutter = cutter
        self._client = client
        self._server = server
        self._deaf = threading.Event()

    def onward(self) -> None:
        """Pass on what the client says, until it is to be cut off."""
        with suppress(OSError):
            while said := self._client.recv(_CHUNK):
                arrives = self._cutter.draw() if said.endswith(_COMMIT) else None
                if arrives is False:
                    break
                if arrives:
                    # From now on the client hears nothing; the server's answer shows that it has committed.
                    self._deaf.set()
                self._server.sendall(said)
        if not self._deaf.is_set():
            self._over()

    def back(self) -> None:
        """Pass on what the server says; once the client is deaf, its next word is the last."""
        with suppress(OSError):
            while (said := self._server.recv(_CHUNK)) and not self._deaf.is_set():
                self._client.sendall(said)
        self._over()

    def _over(self) -> None:
        for end in (self._client, self._server):
            _hang_up(end)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
