"""The stand-in for Telegram as a process of its own, to fetch files from: its work is no part of what is measured.

It reads orders from standard input, one JSON object a line, and answers each with one line.
"""

import asyncio
import json
import random
import sys
from typing import Any

from bot.sandbox.files import FileKind
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from tests.benchmarks.city import MONDAY


async def serve(given: dict[str, Any]) -> None:
    """Hand out files until standard input ends. `given` holds the `token`, the `bytes` of a file, and the `seed`."""
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    sandbox = Sandbox(token=given["token"], bot_username="disposisi_bot", clock=lambda: MONDAY, limits=Limits.off())
    chance = random.Random(given["seed"])
    async with sandbox.serve() as address:
        _answer({"ready": True})
        while await orders.readline():
            # No two are alike: each is written into the archive.
            content = chance.randbytes(given["bytes"])
            file = sandbox.world.files.add(FileKind.DOCUMENT, name="lampiran.pdf", content=content)
            told = {"kind": "document", "file_id": file.file_id, "file_unique_id": file.unique_id, "size": file.size}
            _answer({"telegram": address.url, "file": told})


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
