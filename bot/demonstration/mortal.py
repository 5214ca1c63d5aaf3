"""The program in a process of its own, so that it can be killed while its people watch."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from itertools import count
from typing import Self

from bot.demonstration.stage import Scene
from bot.demonstration.worker import ENDING
from bot.settings import Settings
from bot.stopped import Stopped

_PATIENCE = 60.0
"""Seconds the program may take to start, or to become quiet, on a busy machine."""


class Mortal:
    """The program, pointed at the stand-in of a scene, in another process that follows the scene's clock.

    `nice` is by how much the process stands back behind others, as the operating system counts it.
    `ending` is how many seconds the process may take to end, also when the process that started it was killed.
    `failed` is set when the process ends although nobody killed or stopped it.
    """

    def __init__(
        self, scene: Scene, settings: Settings, *, paced: bool = True, nice: int = 0, ending: float = ENDING
    ) -> None:
        self._scene = scene
        files = {"office_file": str(settings.office_file), "sop_dir": str(settings.sop_dir)}
        self._order = {"settings": {**scene.given, **files}, "paced": paced, "nice": nice, "ending": ending}
        self._ending = ending
        self._process: Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._numbers = count(1)
        self._awaited: dict[int, asyncio.Future[None]] = {}
        self._started = asyncio.Event()
        self._refusal = ""
        self._wanted = self._overtaken = False
        self.failed = asyncio.Event()
        scene.clock.on_jump(self._follow_clock)

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            # Nobody else ends a process that was still starting when its people went.
            await self.kill()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def lives(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the process, and return when the program serves. Raises what `serves` raises."""
        await self.begin()
        await self.serves()

    async def begin(self) -> None:
        """Start the process and return at once: it serves as soon as it reaches Telegram."""
        self._started.clear()
        self._refusal, self._wanted, self._overtaken = "", True, False
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.demonstration.worker"), stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        now = self._scene.clock.now()
        frozen = self._scene.clock.real_instant(now) is None
        self._tell({**self._order, "now": now.isoformat(), "frozen": frozen})
        self._listening = asyncio.create_task(self._listen(self._process), name="bot of the demonstration")

    async def serves(self) -> None:
        """Wait until the program serves. Raises `Stopped` with what keeps it from that, TimeoutError after a minute."""
        await asyncio.wait_for(self._started.wait(), _PATIENCE)
        if self._refusal:
            raise Stopped(self._refusal)

    async def kill(self) -> None:
        """Kill the process as an operating system does: it is told nothing and finishes nothing."""
        self._wanted = False
        if self._process is not None and self.lives:
            self._process.kill()
        await self._over()

    async def stop(self) -> None:
        """Let the program finish what is under way, and end."""
        self._wanted = False
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            try:
                await asyncio.wait_for(self._process.wait(), self._ending)
            except TimeoutError:
                self._process.kill()
        await self._over()

    async def settle(self) -> None:
        """Wait until the bot has taken in everything that was done, and has answered all of it."""
        await self._scene.sandbox.drained(within=_PATIENCE)
        number, answer = next(self._numbers), asyncio.get_running_loop().create_future()
        self._awaited[number] = answer
        self._tell({"do": "quiet", "number": number})
        await asyncio.wait_for(answer, _PATIENCE)

    def _follow_clock(self) -> None:
        if not self._started.is_set():
            # The process has begun with the time before; it hears of this one when it serves.
            self._overtaken = True
        elif self.lives:
            self._tell({"do": "jump", "to": self._scene.clock.now().isoformat()})

    def _tell(self, order: dict[str, object]) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def _listen(self, process: Process) -> None:
        if process.stdout is None:
            return
        while line := await process.stdout.readline():
            answer = json.loads(line)
            if "started" in answer:
                self._refusal = answer.get("why", "")
                self._started.set()
                if self._overtaken:
                    self._follow_clock()
            elif (waiting := self._awaited.pop(answer["quiet"], None)) is not None and not waiting.done():
                # The one that waited may have given up, as a play does that is stopped.
                waiting.set_result(None)
        if not self._started.is_set():
            self._refusal = "The bot ended before it served."
            self._started.set()
        if self._wanted:
            self.failed.set()
        for waiting in self._awaited.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("the bot's process has ended"))
        self._awaited.clear()

    async def _over(self) -> None:
        if self._process is not None:
            await self._process.wait()
        if self._listening is not None:
            await self._listening
