"""The page of the demonstration in a real browser: a case by clicking and by keyboard, on a screen and on a phone."""

from typing import Any

import pytest

from bot.demonstration.stage import Scene
from tests.browser.chromium import Page
from tests.browser.visiting import FORWARD, SIZES, button, by_clicking, column, in_view, place
from tests.handlers.screens import browser

pytestmark = [browser.needed, pytest.mark.timeout(400)]

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text (success criterion 1.4.3)."""

FEW_STOPS = 24
"""Stops of the Tab key that a page may have, however long its chats are."""


async def by_keyboard(page: Page, subject: str) -> None:
    """Without a mouse: from the strip into a chat, to the button, and back with Escape."""
    await page.says("document.activeElement.blur(); document.querySelector('.skip').focus()")
    await _to(page, "Budi")
    await page.presses("Enter")
    await page.says("document.querySelector('.column.current textarea').focus()")
    await page.types(subject)
    await page.presses("Enter")
    await page.until(button("Budi", "Kirim"))
    await _press(page, "Budi", "Kirim")
    for who, label in FORWARD:
        await page.until(button(who, label))
        await _press(page, who, label)


async def _to(page: Page, who: str) -> None:
    """Go along the strip until this person is the current one."""
    await page.presses("Escape")
    for _ in range(FEW_STOPS):
        if await page.says("document.activeElement.closest('#strip') !== null"):
            break
        await page.presses("Tab")
    await page.presses("Home")
    for _ in range(FEW_STOPS):
        if await page.says(f"document.activeElement === {place(who)}"):
            return
        await page.presses("ArrowRight")
    raise AssertionError(f"the arrow keys never come to {who}")


async def _press(page: Page, who: str, label: str) -> None:
    """Go to a person's newest card, and along its buttons to the one that is wanted."""
    await _to(page, who)
    await page.presses("Enter", "End")
    for key in ("ArrowUp", "ArrowLeft", "ArrowLeft") * FEW_STOPS:
        if await page.says(f"document.activeElement === {button(who, label)}"):
            await page.presses("Enter")
            return
        await page.presses(key)
    raise AssertionError(f"the arrow keys never come to {label} of {who}")


@pytest.mark.parametrize("size", SIZES)
async def test_a_case_goes_from_hand_to_hand_by_clicking_and_by_keyboard(opened: tuple[Scene, Page], size: str) -> None:
    scene, page = opened
    width, height = SIZES[size]
    await page.opens(scene.address.url, width=width, height=height)
    await by_clicking(page, "SIMPEG tidak dapat dibuka", narrow=size == "phone")
    await by_keyboard(page, "Aplikasi persuratan tidak menyimpan")
    rina = scene.people["Rina"]
    await rina.awaits("Aplikasi persuratan tidak menyimpan", within=60)
    assert rina.sees("SIMPEG tidak dapat dibuka")
    assert len(await stops(page)) < FEW_STOPS
    assert await nameless(page) == []
    assert await too_small(page) == []
    assert await faint(page) == []
    assert await page.says("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the side"
    assert page.wrongs == []
    await page.says("document.querySelector('#strip strong').style.color = '#c8c8c8'")
    assert len(await faint(page)) == 1, "and what is faint is found"


async def test_a_message_that_only_tells_something_does_not_take_the_view_from_who_is_at_work(
    opened: tuple[Scene, Page],
) -> None:
    """Six chats apart Rina begins to handle what Budi reported, and he is told so."""
    scene, page = opened
    await page.opens(scene.address.url, width=SIZES["screen"][0], height=SIZES["screen"][1])
    await by_clicking(page, "SIMPEG tidak dapat dibuka", narrow=False)
    await scene.people["Budi"].awaits("sedang ditangani Rina Contoh (JFT Prakom)", within=60)
    await page.until(f"{column('Budi')}.textContent.includes('sedang ditangani Rina Contoh (JFT Prakom)')")
    await page.until(f"{place('Budi')}.querySelector('.unread:not([hidden])')")
    assert await page.says(in_view("Rina"))


@pytest.mark.parametrize("size", SIZES)
async def test_what_became_of_a_trouble_is_in_view_and_no_mark_covers_a_name(
    opened: tuple[Scene, Page], size: str
) -> None:
    scene, page = opened
    width, height = SIZES[size]
    await page.opens(scene.address.url, width=width, height=height)
    await by_clicking(page, "SIMPEG tidak dapat dibuka", narrow=size == "phone")
    if size == "phone":
        await page.clicks("document.getElementById('board-button')")
    await page.clicks("document.querySelector('#troubles button')")
    await page.until("document.querySelector('#told li')?.textContent.includes('memblokir')")
    await page.until(
        "(() => { const { top, bottom } = document.querySelector('#told li').getBoundingClientRect();"
        "return top >= 0 && bottom <= innerHeight; })()"
    )
    await page.until(f"{place('Ayu')}.querySelector('.unread:not([hidden])')")
    await page.until(AT_THE_NEWEST)
    assert await page.says(COVERED) == []
    assert await page.says(BROKEN_WORDS) == []
    assert await page.says(CUT) == []


AT_THE_NEWEST = """(() => {
    const { scrollHeight, scrollTop, clientHeight } = document.querySelector(".column.current .messages");
    return scrollHeight - scrollTop - clientHeight < 2;
})()"""
"""Also where a line above has taken room from the chat."""

COVERED = """[...document.querySelectorAll('#strip button')].filter((place) => {
    const mark = place.querySelector('.unread');
    const name = document.createRange();
    name.selectNodeContents(place.querySelector('strong'));
    const [one, other] = [mark, name].map((each) => each.getBoundingClientRect());
    const beside = one.left >= other.right || one.right <= other.left;
    return !mark.hidden && !beside && one.top < other.bottom && one.bottom > other.top;
}).map((place) => place.ariaLabel)"""

BROKEN_WORDS = """[...document.querySelectorAll('.keyboard button')].flatMap((button) => {
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (texts.nextNode()) {
        for (const found of texts.currentNode.data.matchAll(/[a-z]+/gi)) {
            const word = document.createRange();
            word.setStart(texts.currentNode, found.index);
            word.setEnd(texts.currentNode, found.index + found[0].length);
            if (new Set([...word.getClientRects()].map((one) => Math.round(one.top))).size > 1) broken.push(found[0]);
        }
    }
    return broken;
})"""
"""Words on buttons of which a part stands in the next line."""

CUT = (
    "[...document.querySelectorAll('#clock-controls button')]"
    ".filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent)"
)
"""Buttons of the clock that stick out to the side."""


async def stops(page: Page) -> list[str]:
    """Return the stops of the Tab key until it comes round again."""
    await page.says("document.activeElement.blur(); document.querySelector('.skip').focus()")
    found: list[str] = []
    while len(found) < 3 * FEW_STOPS and not (found and await page.says("document.activeElement.matches('.skip')")):
        await page.presses("Tab", *(["Tab"] * (not found) * 2))
        found.append(await page.says("document.activeElement.outerHTML.slice(0, 80)"))
    return found


async def nameless(page: Page) -> list[str]:
    """What can be worked and has no name, as Chromium tells a screen reader."""
    roles = {"button", "link", "textbox", "combobox", "log", "region"}
    nodes: list[dict[str, Any]] = (await page.call("Accessibility.getFullAXTree"))["nodes"]
    wanted = [node for node in nodes if not node["ignored"] and node["role"]["value"] in roles]
    assert len(wanted) > 10
    return [node["role"]["value"] for node in wanted if not node.get("name", {}).get("value", "").strip()]


async def too_small(page: Page) -> list[str]:
    """What is tapped and is lower than 44 pixels; links within a text are as high as their line."""
    found: list[str] = await page.says(
        "[...document.querySelectorAll('button, select, textarea, .places a')].filter((one) => one.offsetParent)"
        ".filter((one) => !one.closest('.text, .quote') && one.getBoundingClientRect().height < 44)"
        ".map((one) => one.outerHTML.slice(0, 120))"
    )
    return [one for one in found if 'class="quote"' not in one]


async def faint(page: Page) -> list[str]:
    """Texts that stand out from what is below them by less than WCAG asks at level AA, by the colours as drawn."""
    found: list[str] = await page.says(f"({CONTRAST})({READABLE})")
    return found


CONTRAST = """(least) => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => {
        const [red, green, blue] = channels(colour).map((each) => each / 255)
            .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const below = (node) => {
        for (let one = node; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            const [, , , alpha = 1] = channels(colour);
            if (alpha > 0.99) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = [];
    while (texts.nextNode()) {
        const node = texts.currentNode.parentElement;
        const { color, visibility } = getComputedStyle(node);
        const shown = texts.currentNode.data.trim() && node.offsetParent && visibility === "visible";
        if (!shown || node.closest("script, style, option")) continue;
        const [darker, lighter] = [light(color), light(below(node))].sort((one, two) => one - two);
        const contrast = (lighter + 0.05) / (darker + 0.05);
        if (contrast < least) faint.push(`${contrast.toFixed(2)} ${texts.currentNode.data.trim().slice(0, 60)}`);
    }
    return faint;
}"""
