"""The program in a process of its own: `python -m bot.demonstration.worker`. It obeys the process that started it.

Orders come as lines of JSON on standard input, the first with the settings and the time; answers go to standard output.
It ends when its input does, at the latest some seconds after: a thread watches for that, so that neither a start that
waits for Telegram nor a program that hangs outlives the process that started it, also where that one was killed.
"""

import asyncio
import json
import os
import select
import sys
import threading
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
"""Seconds the program may take to end, once its input has ended."""


def main() -> None:
    """Serve until the input ends."""
    logs.configure("WARNING")
    asyncio.run(_live())


async def _live() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    line = await reader.readline()
    if not line:
        return
    order = json.loads(line)
    threading.Thread(target=_end_by_force, args=(os.dup(sys.stdin.fileno()), order["ending"]), daemon=True).start()
    os.nice(order["nice"])
    clock = MovableClock(datetime.fromisoformat(order["now"]), frozen=order["frozen"])
    rates = Rates() if order["paced"] else Rates.unbounded()
    try:
        async with Program(Settings.load(None, **order["settings"]), clock=clock, rates=rates) as program:
            _say(started=True)
            async with asyncio.TaskGroup() as answers:
                while line := await reader.readline():
                    _obey(json.loads(line), program, clock, answers)
    except Stopped as stopped:
        _say(started=False, why=str(stopped))


def _end_by_force(end_of_input: int, ending: float) -> None:
    """Wait until nobody holds the other end of the input, and end the process `ending` seconds after that.

    Asked is the descriptor, not the loop: that may be waiting for something, or have ended before its threads.
    """
    hung_up = select.poll()
    hung_up.register(end_of_input, 0)
    hung_up.poll()
    threading.Event().wait(ending)
    os._exit(1)


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
