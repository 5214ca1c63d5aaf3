"""A page of a long list on a phone: its lines, a button for each, buttons that turn the page, and the way back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say

PAGE = 6
"""Lines of one page; with a button each they stand on a phone's screen, also where each takes two rows."""

ROOMS = (44, 34, 26, 20, 14)
"""Characters of each name on a page: as many as the page has room for on a phone."""

LABEL = 18
"""Characters of a button's label that shares its row."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is shown: `page` counts from 0, `total` the lines of all pages, `size` those of one."""

    page: int
    total: int
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; a list without lines has one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list and the button that opens it; a line without a button only tells."""

    line: Markup
    button: Button | None = None


def within(page: int | None, total: int, size: int = PAGE) -> Page:
    """Return the page that is asked for, or the last one where the list has become shorter."""
    return Page(min(max(page or 0, 0), Page(0, total, size).pages - 1), total, size)


def slice_of(page: Page) -> slice:
    """Return which lines of the whole list stand on the page."""
    return slice(page.page * page.size, (page.page + 1) * page.size)


def paged(
    heading: Markup,
    listed: Callable[[int], Sequence[Listed]],
    page: Page,
    say: Say,
    *,
    more: Sequence[tuple[Button, ...]] = (),
    foot: Markup | None = None,
) -> Screen:
    """Return one page; `listed` gives its lines, with so many characters of each name, `more` the rows below them."""

    def drawn(room: int) -> Screen:
        return _drawn(heading, listed(room), page, say, more=more, foot=foot)

    return phone.roomiest(ROOMS, drawn, phone.fits)[1]


def _drawn(
    heading: Markup,
    listed: Sequence[Listed],
    page: Page,
    say: Say,
    *,
    more: Sequence[tuple[Button, ...]],
    foot: Markup | None,
) -> Screen:
    lines = [one.line for one in listed]
    if page.pages > 1:
        lines.append(say("page-of", page=page.page + 1, pages=page.pages))
    if foot is not None:
        lines.append(foot)
    buttons = [one.button for one in listed if one.button is not None]
    rows = [*in_pairs(buttons), *([turning] if (turning := tuple(_turning(page, say))) else []), *more]
    return Screen(Markup("\n").join((heading, *lines)), rows=tuple(rows))


def in_pairs(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Return the buttons in rows of two."""
    return [tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2)]


def _turning(page: Page, say: Say) -> Iterator[Button]:
    if page.page > 0:
        yield Button(say.plain("button-page-before"), Touch.TURN_TO, str(page.page - 1))
    if page.page + 1 < page.pages:
        yield Button(say.plain("button-page-after"), Touch.TURN_TO, str(page.page + 1))
