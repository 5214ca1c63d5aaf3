"""The page of the demonstration before an accessibility engine: axe-core, at both sizes, before and after a case."""

import pytest

from bot.demonstration.stage import Scene
from tests.browser.chromium import Page
from tests.browser.engine import faults, wanted
from tests.browser.visiting import SIZES, by_clicking
from tests.handlers.screens import browser

pytestmark = [browser.needed, pytest.mark.timeout(400)]


@pytest.fixture(autouse=True)
def engine() -> str:
    return wanted()


@pytest.mark.parametrize("size", SIZES)
async def test_the_engine_finds_nothing_wrong_before_and_after_a_case(opened: tuple[Scene, Page], size: str) -> None:
    scene, page = opened
    width, height = SIZES[size]
    await page.opens(scene.address.url, width=width, height=height)
    assert await faults(page) == []
    await by_clicking(page, "SIMPEG tidak dapat dibuka", narrow=size == "phone")
    assert await faults(page) == []
    if size == "screen":
        await page.clicks("document.getElementById('keys-button')")
        assert await faults(page) == [], "with a dialog open"
    else:
        await page.clicks("document.getElementById('board-button')")
        assert await faults(page) == [], "with the board in place of the chats"


async def test_the_engine_finds_what_is_wrong(opened: tuple[Scene, Page]) -> None:
    scene, page = opened
    await page.opens(scene.address.url, width=1600, height=900)
    await page.says("document.getElementById('keys-button').replaceChildren()")
    await page.says("document.querySelector('#strip strong').style.color = '#c8c8c8'")
    found = await faults(page)
    assert sorted(one.partition(" ")[0] for one in found) == ["button-name", "color-contrast"], found
