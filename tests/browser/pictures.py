"""Makes the picture of README: `python -m tests.browser.pictures`, with Chromium and a font of emoji (Noto Color).

The case of the demonstration is played to its sixth step in a real browser. Beside the picture stands a digest of what
it shows: `test_pictures.py` says when the page, or the case, has changed since.
"""

import asyncio
import hashlib
import subprocess
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import bot.sandbox
from bot.demonstration import story
from bot.demonstration.mortal import Mortal
from bot.demonstration.play import packaged
from bot.demonstration.show import direct
from bot.demonstration.stage import open_scene
from bot.demonstration.story import MONDAY
from tests.browser.chromium import chromium
from tests.handlers.screens.browser import BROWSER, NO_BROWSER

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PICTURE = FOLDER / "demo.png"
DIGEST = FOLDER / "demo.sha256"

SIZE = (1600, 900)
LARGEST = 600_000
"""Bytes that the picture may have: it is the first thing that README loads."""

_CHAPTER = 7
_NEVER = 1e6


def digest() -> str:
    """Return the digest of what the picture shows: the page's files and the case that is played in it."""
    page = Path(bot.sandbox.__file__).parent / "page"
    read = hashlib.sha256()
    for path in (*sorted(page.iterdir()), Path(story.__file__)):
        read.update(path.name.encode() + b"\0" + path.read_bytes())
    return read.hexdigest()


async def _make() -> None:
    async with AsyncExitStack() as stack:
        scene = await stack.enter_async_context(open_scene(settings=packaged, at=MONDAY, paced=False))
        theirs = await stack.enter_async_context(Mortal(scene, packaged(**scene.given), paced=False))
        show = await stack.enter_async_context(direct(scene, theirs, with_play=True, pace=_NEVER))
        profile = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        page = await stack.enter_async_context(chromium(profile))
        await page.opens(scene.address.url, width=SIZE[0], height=SIZE[1])
        await show.act("play", {})
        while show.view()["play"]["done"] < _CHAPTER:
            await show.act("hurry", {})
            await scene.sandbox.world.bell.heard()
        await theirs.settle()
        await page.until("document.getElementById('flow-state').textContent.startsWith('langkah 6')")
        await page.until("document.getElementById('play-heading').textContent.startsWith('Langkah 6')")
        await page.says("document.querySelector('#strip button:nth-child(5)').click()")
        await page.picture(PICTURE)


def main() -> int:
    """Make the picture, or say what is missing."""
    emoji = subprocess.run(["fc-list", ":lang=und-zsye"], capture_output=True, text=True, check=False).stdout.strip()
    if BROWSER is None or not emoji:
        sys.stderr.write(f"{NO_BROWSER}\n" if BROWSER is None else "no font of emoji is installed\n")
        return 1
    asyncio.run(_make())
    DIGEST.write_text(f"{digest()}\n")
    sys.stdout.write(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
