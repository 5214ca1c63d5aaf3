"""A demonstration to kill: `python -m tests.bot.orphaning DATABASE_URL MOMENT`. It writes the id of the bot's process.

At the moment `starting` the bot waits for Telegram, which cannot be reached; at `answering` it was asked whether it is
quiet, while it is answering somebody.
"""

import asyncio
import sys

from bot.demonstration.mortal import Mortal
from bot.demonstration.play import packaged
from bot.demonstration.stage import open_scene
from bot.demonstration.story import MONDAY
from bot.sandbox.faults import EVERY_METHOD, Fault, Trouble

ENDING = 1.0
"""Seconds the bot may take to end."""


async def main(database: str, moment: str) -> None:
    """Start the bot, and wait to be killed."""
    async with open_scene(settings=packaged, database_url=database, at=MONDAY, paced=False) as scene:
        if moment == "starting":
            scene.sandbox.faults.sometimes(EVERY_METHOD, Fault(Trouble.RESET), rate=1.0)
        bot = Mortal(scene, packaged(**scene.given), paced=False, ending=ENDING)
        await bot.begin()
        if moment == "answering":
            await bot.serves()
            await bot.settle()
            scene.sandbox.faults.sometimes("sendMessage", Fault(Trouble.RESET), rate=1.0)
            scene.people["Budi"].says("SIMPEG tidak dapat dibuka")
            await scene.sandbox.drained(within=60)
            asked = asyncio.create_task(bot.settle())
            await asyncio.sleep(0)
            assert not asked.done()
        process = bot._process
        assert process is not None
        sys.stdout.write(f"{process.pid}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
