"""Choosing several cards on the list of tasks, to forward them with one instruction."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.queue import PAGE, short_numbers
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.screens.urgency import sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.selection import MOST
from models.mail.card import Face
from models.rules.urgency import Urgency

_ROOMS = ((120, 200), (80, 200), (60, 120), (40, 120), (25, 60), (0, 60))
"""Characters of each subject and of the one instruction: as many as the page has room for on a phone."""

_SHORT = 5
"""Characters of a number of which four buttons stand in a row."""

FACES = frozenset({Face.SELECTING, Face.EXPECTS_SELECTION_NOTE})
"""The faces of a list on which cards are chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A card that may be forwarded with others, to the `role` that is next. It may be `chosen`."""

    task_id: int
    number: str
    subject: str
    role: str
    urgency: Urgency
    chosen: bool


@dataclass(frozen=True, slots=True)
class SelectionView:
    """One page of what may be chosen. `total` counts all of it and `chosen` what is; `page` counts from 0.

    `others` counts the cards that wait and cannot be forwarded with others. `note` is the one instruction for all.
    """

    choices: Sequence[Choice]
    total: int
    chosen: int
    others: int
    page: int
    note: str
    face: Face


def selecting(view: SelectionView, say: Say) -> Screen:
    """Return the list on which cards are chosen; while it asks for the instruction, nothing else can be tapped."""
    apart = len({one.role for one in view.choices}) > 1
    keyboard = _asking(say) if view.face.asks else _rows(view, say)

    def drawn(room: tuple[int, int]) -> Screen:
        limit, words = room
        heading = say("selection", chosen=view.chosen, count=view.total)
        if view.choices and not apart:
            heading += say("selection-to", role=view.choices[0].role)
        lines = Markup("\n").join(_line(one, say, limit, apart=apart) for one in view.choices) or say("selection-none")
        others = say("selection-others", count=view.others) if view.others else Markup()
        note = say("selection-note", note=shortened(view.note, words)) if view.note else Markup()
        prompt = say("prompt-expects-selection-note", count=view.chosen) if view.face.asks else Markup()
        return Screen(phone.stacked((heading, lines, others, note, prompt), close=True), keyboard)

    return phone.roomiest(_ROOMS, drawn, phone.fits)[1]


def _line(one: Choice, say: Say, limit: int, *, apart: bool) -> Markup:
    subject = say("list-subject", subject=shortened(one.subject, limit)) if one.subject and limit else Markup()
    code = "selection-chosen" if one.chosen else "selection-open"
    role = say("selection-to", role=one.role) if apart else Markup()
    return say(code, number=sign(one.urgency) + one.number, subject=subject, role=role)


def _asking(say: Say) -> tuple[tuple[Button, ...], ...]:
    return ((Button(say.plain("button-back"), Touch.BACK),),)


def _rows(view: SelectionView, say: Say) -> tuple[tuple[Button, ...], ...]:
    numbers = short_numbers([one.number for one in view.choices])
    labels = {True: "button-select-chosen", False: "button-select-open"}
    ticks = [
        Button(say.plain(labels[one.chosen], number=numbers[one.number]), Touch.SELECT_ONE, str(one.task_id))
        for one in view.choices
    ]
    beside = 4 if all(len(number) <= _SHORT for number in numbers.values()) else 2
    rows = [tuple(ticks[index : index + beside]) for index in range(0, len(ticks), beside)]
    code = "button-select-nothing" if view.chosen == min(view.total, MOST) else "button-select-all"
    every = Button(say.plain(code, count=view.total), Touch.SELECT_ALL)
    if not view.choices:
        return (_leaving(view, say),)
    if not view.chosen:
        return (*rows, (every,), _leaving(view, say))
    note = Button(say.plain("button-select-note"), Touch.SELECT_NOTE)
    forward = Button(say.plain("button-forward-selected", count=view.chosen), Touch.FORWARD_SELECTED, style=Style.GREEN)
    return (*rows, (every, note), (forward,), _leaving(view, say))


def _leaving(view: SelectionView, say: Say) -> tuple[Button, ...]:
    """Return the way back, between the ways to the other pages."""
    back = Button(say.plain("button-back"), Touch.SELECT_OFF)
    before = Button(say.plain("button-select-before"), Touch.PAGE, str(view.page - 1))
    after = Button(say.plain("button-select-after"), Touch.PAGE, str(view.page + 1))
    there = (*((before,) if view.page else ()), back)
    return (*there, after) if (view.page + 1) * PAGE < view.total else there
