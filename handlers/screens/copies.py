"""Copies of a decision (tembusan) on the card of who decides: whom to send one, and who has read theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Touch
from handlers.texts.catalogue import Say

PAGE = 8
"""Posts and people on one page."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """Somebody who got a copy, and when they read it, None before. `reached` is False where nobody of a post got it."""

    name: str
    read_at: datetime | None
    reached: bool


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """A post or a person that may get a copy. The `argument` names them on a button. A post may be `vacant`."""

    argument: str
    name: str
    chosen: bool
    vacant: bool


@dataclass(frozen=True, slots=True)
class CopyingView:
    """All who may get a copy, on pages that count from 0."""

    choices: Sequence[CopyChoice]
    page: int


def rows(view: CopyingView, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that choose who gets a copy, and the way back between those to other pages."""
    page = min(view.page, max(0, (len(view.choices) - 1) // PAGE))
    shown = [_choice(one, say) for one in view.choices[page * PAGE : (page + 1) * PAGE]]
    before = Button(say.plain("button-select-before"), Touch.PAGE, str(page - 1))
    after = Button(say.plain("button-select-after"), Touch.PAGE, str(page + 1))
    back = (*((before,) if page else ()), Button(say.plain("button-back"), Touch.BACK))
    pairs = [tuple(shown[index : index + 2]) for index in range(0, len(shown), 2)]
    return (*pairs, (*back, after) if (page + 1) * PAGE < len(view.choices) else back)


def _choice(one: CopyChoice, say: Say) -> Button:
    code = "button-copy-chosen" if one.chosen else "button-copy-vacant" if one.vacant else "button-copy-open"
    return Button(say.plain(code, name=one.name), Touch.COPY_TO, one.argument)


def to_be_sent(names: Sequence[str], say: Say) -> Markup:
    """Return the line on a card that is still to be decided: who will get a copy."""
    return say("card-copies", names=", ".join(names))


def sent(lines: Sequence[CopyLine], say: Say, *, now: datetime) -> Markup:
    """Return the line on a decided card: who got a copy, and who has read it when."""
    return say("card-copies", names=Markup(" · ").join(_line(one, say, now=now) for one in lines))


def _line(one: CopyLine, say: Say, *, now: datetime) -> Markup:
    if not one.reached:
        return say("copy-missed", name=one.name)
    if one.read_at is None:
        return say("copy-unread", name=one.name)
    return say("copy-read", name=one.name, at=say.time.brief(one.read_at, now=now))
