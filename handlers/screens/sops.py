"""The card of `/sop`: the SOPs of the office, and the buttons that send the form and the chart of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens.paging import Page
from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened, visible
from models.rules.standard import Standard

SEVERAL = 4
"""SOPs on one page of the card."""

_TITLE, _LABEL = 160, 24
"""Characters of a title in the text, and on a button."""

_CAPTION, _BRIEF = 1000, 45
"""Characters that fit under a picture, and those of each step where all of them would not."""


@dataclass(frozen=True, slots=True)
class SopLine:
    """An SOP of the office. `form` is whether the form of the regulation holds it."""

    code: str
    title: str
    number: str
    steps: int
    roles: int
    since: str
    form: bool


@dataclass(frozen=True, slots=True)
class ChartStep:
    """A step of the chart; `back` is the number of the step to which its “no” leads, None where it decides nothing."""

    number: int
    short: str
    role: str
    standard: Standard
    back: int | None


def sops(listed: Sequence[SopLine], page: Page, say: Say) -> Screen:
    """Return the card; of several SOPs the buttons name each."""
    blocks = [say("sops-heading", count=page.total)]
    blocks += [_told(one, say) for one in listed]
    if page.pages > 1:
        blocks.append(say("page-of", page=page.page + 1, pages=page.pages))
    rows = [row for one in listed if (row := tuple(_buttons(one, say, several=page.total > 1)))]
    turning = tuple(_turning(page, say))
    return Screen(Markup("\n\n").join(blocks), rows=(*rows, *((turning,) if turning else ())))


def under_chart(title: str, number: str, steps: Sequence[ChartStep], say: Say) -> Screen:
    """Return the words under the chart of an SOP, which say what it shows to those who do not see it."""
    heading = say("sop-chart", title=shortened(title, _TITLE), number=number)
    lines = [_step(one, say) for one in steps]
    if visible(Markup("\n").join((heading, *lines))) > _CAPTION:
        lines = [say("sop-chart-brief", step=str(one.number), short=shortened(one.short, _BRIEF)) for one in steps]
    return Screen(Markup("\n").join((heading, Markup(), *lines)), silent=True)


def _step(one: ChartStep, say: Say) -> Markup:
    data = {"step": str(one.number), "short": one.short, "role": one.role, "time": say.time.standard(one.standard)}
    return say("sop-chart-step", **data) if one.back is None else say("sop-chart-decision", back=str(one.back), **data)


def _told(one: SopLine, say: Say) -> Markup:
    counts = say.plain("sop-counts", steps=str(one.steps), roles=str(one.roles))
    since = say.plain("sop-since", date=one.since)
    return say("sops-line", title=shortened(one.title, _TITLE), number=one.number, counts=counts, since=since)


def _buttons(one: SopLine, say: Say, *, several: bool) -> list[Button]:
    name = shortened(one.title, _LABEL)
    form = say.plain("button-sop-form-of", title=name) if several else say.plain("button-sop-form")
    found = [Button(form, Touch.SOP, f"form:{one.code}")] if one.form else []
    return [*found, Button(say.plain("button-sop-chart"), Touch.SOP, f"chart:{one.code}")]


def _turning(page: Page, say: Say) -> list[Button]:
    before = [Button(say.plain("button-page-before"), Touch.SOP_PAGE, str(page.page - 1))] if page.page else []
    more = page.page + 1 < page.pages
    return [*before, *([Button(say.plain("button-page-after"), Touch.SOP_PAGE, str(page.page + 1))] if more else [])]
