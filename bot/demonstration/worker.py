"""The program in a process of its own: `python -m bot.demonstration.worker`. It obeys the process that started it.

Orders come as lines of JSON on standard input, the first with the settings and the time; answers go to standard output.
It ends when its input does, at the latest some seconds after.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import logs
from bot.application import Program
from bot.clock import MovableClock
from bot.notices.pace import Rates
from bot.settings import Settings
from bot.stopped import Stopped

ENDING = 12.0
"""Seconds the program may take to end."""


def main() -> None:
    """Serve until the input ends."""
    logs.configure("WARNING")
    asyncio.run(_live())


async def _live() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    order = json.loads(await reader.readline())
    os.nice(order["nice"])
    clock = MovableClock(datetime.fromisoformat(order["now"]), frozen=order["frozen"])
    rates = Rates() if order["paced"] else Rates.unbounded()
    try:
        async with Program(Settings.load(None, **order["settings"]), clock=clock, rates=rates) as program:
            _say(started=True)
            async with asyncio.TaskGroup() as answers:
                while line := await reader.readline():
                    _obey(json.loads(line), program, clock, answers)
            # Nobody is left who would end a program that hangs, such as one whose files were taken away.
            asyncio.get_running_loop().call_later(ENDING, os._exit, 1)
    except Stopped as stopped:
        _say(started=False, why=str(stopped))


def _obey(told: Mapping[str, Any], program: Program, clock: MovableClock, answers: asyncio.TaskGroup) -> None:
    match told["do"]:
        case "jump":
            # The two processes read the system's clock at different moments: what is past here is reached already.
            to = datetime.fromisoformat(told["to"])
            if to > clock.now():
                clock.jump_to(to)
        case "quiet":
            answers.create_task(_quiet(program, told["number"]))


async def _quiet(program: Program, number: int) -> None:
    await program.quiet()
    _say(quiet=number)


def _say(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
