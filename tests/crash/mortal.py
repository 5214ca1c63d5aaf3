"""The shipped program in a process that can be killed: forked from a parent that has everything loaded.

`python -m tests.crash.mortal FD` is that parent. It takes orders over a socket, forks a process for each, and ends all
of them with itself. A forked process runs the program as shipped and listens to the one who ordered it: when to die,
what time it is, whether there is nothing left to do.
"""

import asyncio
import ctypes
import gc
import json
import logging
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bot.application import Program
from bot.clock import MovableClock
from bot.notices.pace import Rates
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from tests import dialects
from tests.crash.boundaries import Boundaries
from tests.crash.sabotage import SABOTAGE
from tests.crash.smaller import SMALLER

TOKEN = "1234567890:AACrashTestsHaveNoSecretsAtAll-00000"

_DIES_WITH_PARENT = 1
"""prctl's PR_SET_PDEATHSIG."""

_PATIENCE = timedelta(seconds=5)
_LONGEST_LINE = 65_536


class Life:
    """One forked process, from its order to its end."""

    def __init__(self, order: Mapping[str, Any], line: socket.socket) -> None:
        self._order = order
        self._line = line
        self._boundaries = Boundaries(self._last_words, fatal=order["fatal"])
        self._clock = MovableClock(datetime.fromisoformat(order["now"]), frozen=order["frozen"])
        self._answers: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        """Run the program until told to stop, or until the line is cut."""
        for name in self._order["sabotage"]:
            {**SABOTAGE, **SMALLER}[name]()
        self._boundaries.watch_calls()
        settings = Settings.load(None, **self._order["settings"])
        program = Program(settings, clock=self._clock, rates=Rates.unbounded(), patience=_PATIENCE, upgrade=True)
        self._boundaries.watch_commits(program.database.engine)
        reader, _ = await asyncio.open_connection(sock=self._line, limit=_LONGEST_LINE)
        await program.start()
        self._say(started=True)
        while line := await reader.readline():
            told = json.loads(line)
            if told["do"] == "stop":
                await program.stop()
                self._say(done="stop")
                return
            answer = asyncio.create_task(self._obey(program, told))
            self._answers.add(answer)
            answer.add_done_callback(self._answers.discard)

    async def _obey(self, program: Program, told: Mapping[str, Any]) -> None:
        match told["do"]:
            case "settle":
                await program.quiet()
                self._say(done="settle")
            case "arm":
                self._boundaries.arm(told["fatal"])
                self._say(done="arm")
            case "move":
                self._clock.jump_to(max(self._clock.now(), datetime.fromisoformat(told["to"])))
                self._say(done="move")
            case unknown:
                message = f"nobody can do {unknown}"
                raise ValueError(message)

    def _say(self, **words: object) -> None:
        self._line.send(json.dumps(words).encode() + b"\n")

    def _last_words(self, number: int, name: str) -> None:
        # The kernel keeps what was sent for whoever reads it, also once this process is gone.
        with suppress(OSError):
            self._say(dying=number, at=name)


def main() -> None:
    """Fork a process for each order that comes over the socket, until it is closed."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    # Ended processes vanish by themselves; whoever ordered one sees its line cut.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Reading the certificates of the machine is half of a start, and the stand-in speaks plain HTTP.
    patch("httpx._transports.default.create_ssl_context", return_value=ssl.create_default_context()).start()
    dialects.share()
    with TemporaryDirectory() as folder:
        asyncio.run(_live_once(Path(folder)))
    alive = threading.enumerate()
    assert len(alive) == 1, f"a process with several threads cannot be forked: {alive}"
    gc.collect()
    gc.freeze()
    while True:
        said, descriptors, _, _ = socket.recv_fds(orders, _LONGEST_LINE, 2)
        if not said:
            return
        line, log = descriptors
        pid = os.fork()
        if pid == 0:
            orders.close()
            _be_born(json.loads(said), line, log)
        os.close(line)
        os.close(log)
        orders.send(str(pid).encode())


async def _live_once(folder: Path) -> None:
    """Run a program that is left in peace: what it has loaded, compiled and looked up is there for all who follow."""
    clock = MovableClock(frozen=True)
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address:
        settings = Settings.load(
            None,
            telegram_bot_token=TOKEN,
            telegram_base_url=address.url,
            database_url=f"sqlite:///{folder}/warm.db",
        )
        async with Program(settings, clock=clock, rates=Rates.unbounded(), upgrade=True) as program:
            sandbox.person(1, "Budi", started=True).says("/bantuan")
            await sandbox.drained()
            await program.quiet()


def _be_born(order: Mapping[str, Any], line: int, log: int) -> None:
    """Run the forked process; never returns."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(log, 1)
    os.dup2(log, 2)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    code = 0
    try:
        asyncio.run(Life(order, socket.socket(fileno=line)).live())
    except BaseException:
        logging.getLogger(__name__).exception("the program ended")
        code = 1
    finally:
        logging.shutdown()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
