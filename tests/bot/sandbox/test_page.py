"""The page as files: its colours can be read, its controls have names, and it holds the places its scripts look for."""

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest

import bot.sandbox

PAGE = Path(bot.sandbox.__file__).parent / "page"
INDEX = (PAGE / "index.html").read_text()
STYLES = {path.name: path.read_text() for path in PAGE.glob("*.css")}
SCRIPTS = "".join(path.read_text() for path in PAGE.glob("*.js"))

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text (success criterion 1.4.3)."""

INKS = {
    "--ink": ("--ground", "--panel", "--theirs", "--mine"),
    "--soft": ("--ground", "--panel", "--theirs", "--mine"),
    "--link": ("--panel", "--theirs", "--mine"),
}
ON_WHITE = ("--accent", "--toast", "--button", "--green", "--red", "--blue")


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes() -> list[dict[str, str]]:
    """The colours by day, and those by night."""
    blocks = re.findall(r":root \{(.*?)\}", STYLES["page.css"], re.DOTALL)
    day, night = (dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return [day, {**day, **night}]


PAIRS = [(ink, ground) for ink, grounds in INKS.items() for ground in grounds]


@pytest.mark.parametrize(("palette", "pair"), list(product((0, 1), PAIRS)))
def test_text_stands_out_from_what_it_stands_on(palette: int, pair: tuple[str, str]) -> None:
    colours = palettes()[palette]
    ink, ground = pair
    assert contrast(colours[ink], colours[ground]) >= READABLE


@pytest.mark.parametrize(("palette", "ground"), list(product((0, 1), ON_WHITE)))
def test_white_text_stands_out_from_what_it_stands_on(palette: int, ground: str) -> None:
    assert contrast("#ffffff", palettes()[palette][ground]) >= READABLE


class Controls(HTMLParser):
    """Collects the buttons and fields of the page that have no name."""

    def __init__(self) -> None:
        super().__init__()
        self.nameless: list[str] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "button":
            self._open = None if given.get("aria-label") else given.get("class") or given.get("id") or "button"
        elif tag == "select" and not given.get("aria-label"):
            self.nameless.append(str(given))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._open = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._open:
            self.nameless.append(self._open)


NAMED_BY_SCRIPT = ["block"]
"""Buttons whose words depend on the chat."""


def test_every_control_of_the_page_has_a_name() -> None:
    controls = Controls()
    controls.feed(INDEX)
    assert controls.nameless == NAMED_BY_SCRIPT


def test_the_page_has_its_landmarks_and_a_log_for_each_chat() -> None:
    for landmark in (
        "<h1",
        "<main",
        "<nav",
        'role="log"',
        'class="skip" href="#strip"',
        'class="skip" href="#columns"',
    ):
        assert landmark in INDEX
    assert 'lang="id"' in INDEX


def test_scripts_look_only_for_places_that_the_page_has() -> None:
    looked_for = set(re.findall(r'\bat\("([\w-]+)"\)', SCRIPTS))
    assert looked_for
    assert looked_for <= set(re.findall(r'\bid="([\w-]+)"', INDEX))


def test_no_element_carries_a_style_that_the_page_forbids() -> None:
    """The content security policy refuses style attributes; a script sets a property instead."""
    assert not re.search(r"\bstyle:", SCRIPTS)
    assert "style=" not in INDEX
