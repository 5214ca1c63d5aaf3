"""The demonstration, open in a real browser."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.demonstration.mortal import Mortal
from bot.demonstration.play import packaged
from bot.demonstration.show import direct
from bot.demonstration.stage import Scene, open_scene
from bot.demonstration.story import MONDAY
from tests.browser.chromium import Page, chromium


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[tuple[Scene, Page]]:
    async with AsyncExitStack() as stack:
        scene = await stack.enter_async_context(open_scene(settings=packaged, at=MONDAY, paced=False))
        bot = await stack.enter_async_context(Mortal(scene, packaged(**scene.given), paced=False))
        await stack.enter_async_context(direct(scene, bot, with_play=True))
        yield scene, await stack.enter_async_context(chromium(tmp_path / "profile"))
