"""One bot under test: a process that is started, told things, looked at from outside, and stopped."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LONGEST_ANSWER = 16_000_000
_TICK = os.sysconf("SC_CLK_TCK")


class BotProcess:
    """A bot as a process of its own. `given` is what its `module` reads; what it says goes to `log`."""

    def __init__(self, given: dict[str, Any], log: Path, *, module: str = "tests.benchmarks.served") -> None:
        self._given = given
        self._log = log
        self._module = module
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Return once the bot fetches updates. Raises `RuntimeError` with what it said if it does not."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                json.dumps(self._given),
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=_LONGEST_ANSWER,
            )
        await self._answer()

    async def told(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order and return the answer."""
        stdin = self._running.stdin
        assert stdin is not None
        stdin.write(json.dumps(order).encode() + b"\n")
        await stdin.drain()
        return await self._answer()

    async def stop(self) -> None:
        """End the process in good order."""
        stdin = self._running.stdin
        assert stdin is not None
        stdin.close()
        try:
            await asyncio.wait_for(self._running.wait(), timeout=30)
        except TimeoutError:
            self._running.kill()
            await self._running.wait()

    @property
    def resident(self) -> float:
        """The memory it holds, in MB."""
        pages = int(Path(f"/proc/{self._running.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * _PAGE / 1e6

    @property
    def processor_seconds(self) -> float:
        """How long it has kept a processor busy so far."""
        fields = Path(f"/proc/{self._running.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def said(self) -> str:
        """What it wrote into its log, warnings and worse."""
        return self._log.read_text(encoding="utf-8")

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "not started"
        return self._process

    async def _answer(self) -> dict[str, Any]:
        stdout = self._running.stdout
        assert stdout is not None
        line = await stdout.readline()
        if not line:
            raise RuntimeError(f"the bot has ended\n{self.said[-4000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer


@dataclass(frozen=True, slots=True)
class Usage:
    """What the bots took over a stretch of time: seconds of processors, and the memory of each second in MB."""

    processor_seconds: float
    memory: list[float]
