"""Lists of tasks and cases: a person's tasks, the cases that a person may see, and late tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.span import Span, worded, worded_shortly
from handlers.screens.urgency import numbered, sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.rules.urgency import Urgency

PAGE = 8
"""Lines on one page of a list."""

_SUBJECT = 80


class Listing(StrEnum):
    """The kinds of list; each is a face of the card."""

    TASKS = "tasks"
    CASES = "cases"
    SUMMARY = "summary"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An open task. `span` is the office time left or, where `late`, exceeded. A task that is `mine` gets a button.

    `waiting` says in words since when the reporter is asked, "" where they are not. While the task is `paused`, nothing
    of it is late.
    """

    task_id: int
    case_id: int
    number: str
    subject: str
    holder: str
    span: Span
    late: bool
    mine: bool
    urgency: Urgency
    waiting: str = ""
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case. `state` is a value of `CaseState`."""

    case_id: int
    number: str
    subject: str
    state: str
    own: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list. `total` counts the lines of all pages; `page` counts from 0."""

    listing: Listing
    lines: Sequence[TaskLine] | Sequence[CaseLine]
    total: int
    page: int


def listed(view: ListView, say: Say) -> Screen:
    """Return one page of a list, with a button for each line and buttons to turn the page."""
    if not view.lines:
        return Screen(text=say(f"list-{view.listing.value}-empty"))
    numbers = _short_numbers([line.number for line in view.lines])
    lines = [_line(line, say) for line in view.lines]
    text = say(f"list-{view.listing.value}", lines=Markup("\n").join(lines), count=view.total)
    buttons = [_button(line, numbers[line.number], say) for line in view.lines]
    rows = [tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2)]
    if view.listing is Listing.TASKS:
        rows.append((Button(say.plain("button-absence"), Touch.ABSENCE),))
    turn = _turning(view, say)
    return Screen(text=text, rows=(*rows, turn) if turn else tuple(rows), silent=view.listing is Listing.DIGEST)


def _short_numbers(numbers: Sequence[str]) -> dict[str, str]:
    """Return the last digits of each number, or the whole numbers where two of them end alike."""
    short = {number: number.rpartition("-")[2] for number in numbers}
    return short if len(set(short.values())) == len(short) else {number: number for number in numbers}


def _line(line: TaskLine | CaseLine, say: Say) -> Markup:
    subject = say("list-subject", subject=shortened(line.subject, _SUBJECT)) if line.subject else Markup()
    if isinstance(line, CaseLine):
        return say(f"list-case-{line.state}", number=line.number, subject=subject)
    holder = Markup() if line.mine else say("list-holder", holder=line.holder)
    number = numbered(line.number, line.urgency, say)
    if line.paused:
        return say("list-task-paused", number=number, subject=subject, holder=holder, since=line.waiting)
    code = "list-task-late" if line.late else "list-task-left"
    told = say(code, number=number, subject=subject, holder=holder, span=worded(line.span, say))
    return told + say("list-waiting", since=line.waiting) if line.waiting else told


def _button(line: TaskLine | CaseLine, number: str, say: Say) -> Button:
    if isinstance(line, CaseLine):
        return Button(say.plain(f"button-case-{line.state}", number=number), Touch.STATUS, str(line.case_id))
    if not line.mine:
        return Button(say.plain("button-status-of", number=number), Touch.STATUS, str(line.case_id))
    if line.paused:
        label = sign(line.urgency) + say.plain("button-task-paused", number=number)
        return Button(label, Touch.OPEN_CARD, str(line.task_id))
    code = "button-task-late" if line.late else "button-task-left"
    label = sign(line.urgency) + say.plain(code, number=number, span=worded_shortly(line.span, say))
    return Button(label, Touch.OPEN_CARD, str(line.task_id))


def _turning(view: ListView, say: Say) -> tuple[Button, ...]:
    buttons = []
    if view.page > 0:
        buttons.append(Button(say.plain("button-page-before"), Touch.PAGE, str(view.page - 1)))
    if (view.page + 1) * PAGE < view.total:
        buttons.append(Button(say.plain("button-page-after"), Touch.PAGE, str(view.page + 1)))
    return tuple(buttons)
