"""Lists of tasks and cases: a person's tasks, the cases that a person may see, and late tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.as_of import as_of
from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.urgency import numbered, sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.rules.urgency import Urgency

PAGE = 8
"""Lines on one page of a list."""

_LABEL = 16
"""Characters of a subject on a button."""

_ROOMS = (*((limit, _LABEL, False) for limit in (240, 160, 120, 80, 60, 40, 25)), (25, 0, False), (80, _LABEL, True))
"""Characters of each subject in a list, and on its button, and whether the lines are folded: as its page has room for.

Only lines that say much besides their subjects, as that they are very urgent and late, are folded.
"""


class Listing(StrEnum):
    """The kinds of list; each is a face of the card."""

    TASKS = "tasks"
    CASES = "cases"
    SUMMARY = "summary"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """An open task with its deadline; `late` is whether it has passed. A task that is `mine` gets a button.

    `waiting` says in words since when the reporter is asked, "" where they are not. While the task is `paused`, nothing
    of it is late. `urges` counts how often its reporter has urged.
    """

    task_id: int
    case_id: int
    number: str
    subject: str
    holder: str
    due: datetime
    late: bool
    mine: bool
    urgency: Urgency
    waiting: str = ""
    paused: bool = False
    urges: int = 0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case. `state` is a value of `CaseState`.

    `place` is the short name of the post where it lies, "" once it is over, and `since` in words when it came there, or
    when it was over.
    """

    case_id: int
    number: str
    subject: str
    state: str
    own: bool
    place: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list, as it is `at` an instant. `total` counts the lines of all pages; `page` counts from 0.

    A reminder has a `heading`, and `questions` is how many questions about the reader's own reports it names. An
    `official` holds a post, and finds the way to their absence on the list of their tasks, also while it is empty. Of
    `several` cards they may choose some and forward them together.
    """

    listing: Listing
    at: datetime
    lines: Sequence[TaskLine] | Sequence[CaseLine]
    total: int
    page: int
    heading: Markup | None = None
    official: bool = False
    questions: int = 0
    several: bool = False


def listed(view: ListView, say: Say) -> Screen:
    """Return one page of a list, with a button for each line and buttons to turn the page."""
    to_absence = (Button(say.plain("button-absence"), Touch.ABSENCE),)
    away: list[tuple[Button, ...]] = [to_absence] if view.official and view.listing is Listing.TASKS else []
    asked = [(Button(say.plain("button-questions"), Touch.QUESTIONS),)] if view.questions else []
    if not view.lines:
        empty = view.heading if view.questions else None
        text = empty or say(f"list-{view.listing.value}-empty")
        return Screen(text=text, rows=(*away, *asked), as_of=as_of(view.at, say))
    numbers = short_numbers([line.number for line in view.lines])
    turn = _turning(view, say)
    if view.several and not turn:
        away = [(Button(say.plain("button-select"), Touch.SELECT), *to_absence)]
    below = (*away, *asked, *((turn,) if turn else ()))

    def drawn(room: tuple[int, int, bool]) -> Screen:
        limit, label, folded = room
        buttons = [_button(line, numbers[line.number], say, label) for line in view.lines]
        keyboard = (*(tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2)), *below)
        lines = Markup("\n").join(_line(line, say, limit) for line in view.lines)
        lines = say("list-folded", lines=lines) if folded else lines
        heading = view.heading or Markup()
        text = say(f"list-{view.listing.value}", lines=lines, count=view.total, heading=heading)
        return Screen(text=text, rows=keyboard, silent=view.listing is Listing.DIGEST, as_of=as_of(view.at, say))

    return phone.roomiest(_ROOMS, drawn, phone.fits)[1]


def short_numbers(numbers: Sequence[str]) -> dict[str, str]:
    """Return the last digits of each number, or the whole numbers where two of them end alike."""
    short = {number: number.rpartition("-")[2] for number in numbers}
    return short if len(set(short.values())) == len(short) else {number: number for number in numbers}


def _line(line: TaskLine | CaseLine, say: Say, limit: int) -> Markup:
    subject = say("list-subject", subject=shortened(line.subject, limit)) if line.subject else Markup()
    if isinstance(line, CaseLine):
        told = say(f"list-case-{line.state}", number=line.number, subject=subject)
        if not line.since:
            return told
        code = "list-case-place" if line.place else "list-case-ended"
        return told + say(code, place=line.place, since=line.since)
    holder = Markup() if line.mine else say("list-holder", holder=line.holder)
    number = numbered(line.number, line.urgency, say)
    urged = say("list-urged", count=line.urges) if line.urges else Markup()
    if line.paused:
        return say("list-task-paused", number=number, subject=subject, holder=holder, since=line.waiting) + urged
    code = "list-task-late" if line.late else "list-task-due"
    told = say(code, number=number, subject=subject, holder=holder, due=say.time.live(line.due))
    return (told + say("list-waiting", since=line.waiting) if line.waiting else told) + urged


def _button(line: TaskLine | CaseLine, number: str, say: Say, limit: int) -> Button:
    if isinstance(line, CaseLine):
        return Button(say.plain(f"button-case-{line.state}", number=number), Touch.STATUS, str(line.case_id))
    if not line.mine:
        return Button(say.plain("button-status-of", number=number), Touch.STATUS, str(line.case_id))
    if line.paused:
        label = sign(line.urgency) + say.plain("button-task-paused", number=number)
        return Button(label, Touch.OPEN_CARD, str(line.task_id))
    subject = say.plain("list-subject", subject=shortened(line.subject, limit)) if line.subject and limit else ""
    code = "button-task-late" if line.late else "button-task"
    label = sign(line.urgency) + say.plain(code, number=number, subject=subject)
    return Button(label, Touch.OPEN_CARD, str(line.task_id))


def _turning(view: ListView, say: Say) -> tuple[Button, ...]:
    buttons = []
    if view.page > 0:
        buttons.append(Button(say.plain("button-page-before"), Touch.PAGE, str(view.page - 1)))
    if view.several and view.total > PAGE:
        # A row of its own would make a full page too tall.
        buttons.append(Button(say.plain("button-select-short"), Touch.SELECT))
    if (view.page + 1) * PAGE < view.total:
        buttons.append(Button(say.plain("button-page-after"), Touch.PAGE, str(view.page + 1)))
    return tuple(buttons)
