"""The service manager that started the process: it is told that the process lives, and restarts one that hangs.

systemd names a socket in NOTIFY_SOCKET and takes one datagram for each thing it is told (sd_notify(3)). Where nobody
named one, nothing is told.
"""

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

_SECONDS_OF = 1_000_000


class ServiceManager:
    """Tells the service manager how the process stands.

    `address` is the socket of the manager. `patience` is within how many seconds it wants the next sign of life; None
    where it waits for none.
    """

    def __init__(self, address: str | None = None, *, patience: float | None = None) -> None:
        self._address = address
        self._patience = patience

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "ServiceManager":
        """Return the manager that the environment names.

        A process that inherits the environment of the one that is watched sends no signs of life (WATCHDOG_PID).
        """
        span, watched = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", str(os.getpid()))
        counts = span.isdecimal() and int(span) > 0 and watched == str(os.getpid())
        patience = int(span) / _SECONDS_OF if counts else None
        return cls(environment.get("NOTIFY_SOCKET") or None, patience=patience)

    def lives(self, status: str) -> None:
        """Tell that the process has started and lives, and in `status` what it does."""
        self._tell(f"READY=1\nSTATUS={status}")

    def does(self, status: str) -> None:
        """Tell what the process does now."""
        self._tell(f"STATUS={status}")

    def ends(self) -> None:
        """Tell that the process is ending."""
        self._tell("STOPPING=1\nSTATUS=ending")

    async def watch(self) -> None:
        """Send signs of life until cancelled. The event loop sends them: one that hangs sends none."""
        if self._address is None or self._patience is None:
            await asyncio.Event().wait()
            return
        while True:
            self._tell("WATCHDOG=1")
            await asyncio.sleep(self._patience / 2)

    def _tell(self, words: str) -> None:
        if self._address is None:
            return
        # Linux writes the first byte of an abstract address, which is zero, as an @.
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        # A manager that does not listen must not end the bot.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.sendto(words.encode(), address)
