"""The board of the office: the open cases with their step, who has them, and how late they are, the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.as_of import as_of
from handlers.screens.queue import short_numbers
from handlers.screens.raised import Raised, reason
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.screens.span import Span, rough, worded
from handlers.screens.urgency import numbered, sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.mail.card import Face
from models.office.tenure import Capacity
from models.rules.board_filters import StepOfSop, Wanted
from models.rules.urgency import Urgency

PAGE = 4
"""Cases on one page: with who has each and how late it is they stand on a phone's screen."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What a page has room for on a phone: `limit` characters of each subject, and how much besides.

    That are the words that tell how urgent a case is, and its `age`. Where even less fits, the lines are `folded`.
    """

    limit: int
    in_words: bool = True
    age: bool = True
    folded: bool = False


_ROOMS = (
    *(_Room(limit) for limit in (80, 50, 36)),
    *(_Room(limit, in_words=False) for limit in (36, 25)),
    *(_Room(limit, in_words=False, age=False) for limit in (25, 14)),
    _Room(36, in_words=False, folded=True),
)

_NARROW = 7
"""Characters of a button, of which a whole page stands in one row; wider ones stand in rows of two."""

_CHOICES = 2


@dataclass(frozen=True, slots=True)
class HolderView:
    """Somebody who has a case: their name, as what, and whether they can be written to or are away without a Plh."""

    name: str
    capacity: Capacity
    hears: bool = True
    away: bool = False


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A case on the board. `late` is by how much office time it is late, None where it is in time.

    `due` is the deadline as people are told it, `waits_since` since when its clock stands still, None while it runs.
    `age` is the office time since it was reported. `post` is short; `raised` says in whose place it is decided. A case
    that is `mine` opens as the reader's card.
    """

    task_id: int
    case_id: int
    number: str
    subject: str
    urgency: Urgency
    step: int
    steps: int
    post: str
    holders: tuple[HolderView, ...]
    raised: Raised | None
    due: datetime
    late: Span | None
    waits_since: datetime | None
    age: Span
    mine: bool


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that the board may be narrowed to, its short name in the SOP, and how many cases are there."""

    step: StepOfSop
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A post that the board may be narrowed to, by its code and its short name, and how many cases are there."""

    code: str
    short: str
    count: int


@dataclass(frozen=True, slots=True)
class RemindView:
    """Who would be reminded now, and who would not, each by their number: see `Audience`.

    `tasks` counts the late steps of which somebody is reminded now. `opens` is when the office opens next, None while
    it is open.
    """

    late: int
    tasks: int
    now: int
    later: int
    deaf: int
    own: bool
    opens: datetime | None


@dataclass(frozen=True, slots=True)
class BoardView:
    """One page of the board at the instant `at`; `page` counts from 0, `total` and `late` count all pages.

    `whole` is whether its reader looks over the whole office. `post` is the short name of the post that it is narrowed
    to. `several` says that the office has more than one SOP under way.
    """

    at: datetime
    face: Face
    wanted: Wanted
    whole: bool
    lines: Sequence[BoardLine] = ()
    total: int = 0
    late: int = 0
    page: int = 0
    post: str = ""
    several: bool = False
    steps: Sequence[StepChoice] = ()
    posts: Sequence[PostChoice] = ()
    remind: RemindView | None = None


def board(view: BoardView, say: Say) -> Screen:
    """Return the face of the board that is wanted."""
    if view.face is Face.STEPS:
        return _choosing("board-which-step", [_step_button(one, view, say) for one in view.steps], view, say)
    if view.face is Face.POSTS:
        return _choosing("board-which-post", [_post_button(one, view, say) for one in view.posts], view, say)
    if view.face is Face.CONFIRMING and view.remind is not None:
        return _confirming(view.remind, view, say)
    return phone.roomiest(_ROOMS, lambda room: _page(view, say, room), phone.fits)[1]


def _page(view: BoardView, say: Say, room: _Room) -> Screen:
    lines = Markup("\n").join(_line(line, view, say, room) for line in view.lines)
    lines = say("board-folded", lines=lines) if room.folded else lines or _empty(view, say)
    blocks = [_heading(view, say), _named(view, say), lines]
    return Screen(
        Markup("\n").join(block for block in blocks if block),
        rows=(*_cases(view, say), *_filters(view, say), *_below(view, say)),
        as_of=as_of(view.at, say),
        gist=_gist(view, say),
    )


def _gist(view: BoardView, say: Say) -> str:
    """Return what of a page does not change with the time alone."""
    still = [
        (line.number, line.subject, line.urgency, line.step, line.post, line.holders, line.raised, line.due)
        for line in view.lines
    ]
    passing = [(line.late is None, line.waits_since) for line in view.lines]
    return repr((say.language, view.wanted, view.page, view.total, view.late, view.whole, still, passing))


def _heading(view: BoardView, say: Say) -> Markup:
    return say("board-title" if view.whole else "board-title-below", count=view.total, late=view.late)


def _named(view: BoardView, say: Say) -> Markup:
    """Return which filters are set, nothing where none is."""
    wanted = view.wanted
    flags = ((wanted.late, "late"), (wanted.urgent, "urgent"), (wanted.month, "month"))
    named = [say.plain(f"board-filter-{word}") for is_set, word in flags if is_set]
    if wanted.step is not None:
        named.append(say.plain("board-filter-step", step=_step_name(wanted.step, view)))
    if wanted.post is not None:
        named.append(view.post)
    return say("board-filters", named=", ".join(named)) if named else Markup()


def _empty(view: BoardView, say: Say) -> Markup:
    return say("board-empty" if view.wanted == Wanted() else "board-empty-filtered")


def _line(line: BoardLine, view: BoardView, say: Say, room: _Room) -> Markup:
    subject = say("list-subject", subject=shortened(line.subject, room.limit)) if line.subject else Markup()
    number = Markup.escape(f"{sign(line.urgency)}{line.number}")
    told = {
        "number": numbered(line.number, line.urgency, say) if room.in_words else number,
        "subject": subject,
        "place": f"{line.step}/{line.steps}",
        "holder": _holder(line, say),
        "age": say("board-age", age=rough(line.age, say)) if room.age else Markup(),
    }
    if line.waits_since is not None:
        return say("board-line-paused", since=say.time.brief(line.waits_since, now=view.at), **told)
    if line.late is not None:
        return say("board-line-late", late=worded(line.late, say), **told)
    return say("board-line-due", due=say.time.brief(line.due, now=view.at), **told)


def _holder(line: BoardLine, say: Say) -> Markup:
    """Return who has a case, as what, and why they do where it is not their own post's."""
    if not line.holders:
        return say("board-nobody", post=line.post)
    first = line.holders[0]
    post = say.plain(f"capacity-{first.capacity.value}", post=line.post)
    name = _name(first, say)
    if len(line.holders) > 1:
        name = say.plain("board-more-holders", name=name, count=len(line.holders) - 1)
    told = say("board-holder", post=post, names=name)
    return told + say("board-because", because=reason(line.raised, say)) if line.raised is not None else told


def _name(holder: HolderView, say: Say) -> str:
    if not holder.hears:
        return say.plain("board-holder-deaf", name=holder.name)
    return say.plain("board-holder-away", name=holder.name) if holder.away else holder.name


def _cases(view: BoardView, say: Say) -> list[tuple[Button, ...]]:
    """Return a button for each case of the page: the reader's own card, or where the case stands."""
    numbers = short_numbers([line.number for line in view.lines])
    buttons = []
    for line in view.lines:
        label = numbers[line.number]
        if line.mine:
            card = say.plain("button-board-mine", number=label)
            buttons.append(Button(card, Touch.OPEN_CARD, str(line.task_id)))
        else:
            buttons.append(Button(label, Touch.STATUS, str(line.case_id)))
    narrow = all(len(button.label) <= _NARROW for button in buttons)
    return _in_rows(buttons, PAGE if narrow else _CHOICES)


def _in_rows(buttons: Sequence[Button], abreast: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[place : place + abreast]) for place in range(0, len(buttons), abreast)]


def _filters(view: BoardView, say: Say) -> list[tuple[Button, ...]]:
    wanted = view.wanted
    turned = (
        ("late", wanted.late, replace(wanted, late=not wanted.late)),
        ("urgent", wanted.urgent, replace(wanted, urgent=not wanted.urgent)),
        ("month", wanted.month, replace(wanted, month=not wanted.month)),
    )
    flags = tuple(
        Button(_set(say.plain(f"button-board-{word}"), is_set, say), Touch.BOARD, at_page(other, 0))
        for word, is_set, other in turned
    )
    step = Button(_set(say.plain("button-board-step"), wanted.step is not None, say), Touch.BOARD_STEPS, wanted.kept)
    post = Button(_set(say.plain("button-board-post"), wanted.post is not None, say), Touch.BOARD_POSTS, wanted.kept)
    again = Button(say.plain("button-board-again"), Touch.BOARD, at_page(wanted, view.page))
    return [flags, (step, post, again)]


def _set(label: str, is_set: bool, say: Say) -> str:  # noqa: FBT001 - what the sign before the label says
    return say.plain("button-board-set", label=label) if is_set else label


def _below(view: BoardView, say: Say) -> list[tuple[Button, ...]]:
    """Return the rows below the filters: other pages with the reader's own cases, the reminder of all that are late."""
    own = Button(say.plain("button-board-cases"), Touch.BOARD_CASES)
    turning = [own]
    if view.page > 0:
        before = Button(say.plain("button-page-before"), Touch.BOARD, at_page(view.wanted, view.page - 1))
        turning.insert(0, before)
    if (view.page + 1) * PAGE < view.total:
        turning.append(Button(say.plain("button-page-after"), Touch.BOARD, at_page(view.wanted, view.page + 1)))
    remind = Button(say.plain("button-board-remind"), Touch.BOARD_REMIND, view.wanted.kept)
    return [tuple(turning), *(((remind,),) if view.late else ())]


def _choosing(code: str, choices: Sequence[Button], view: BoardView, say: Say) -> Screen:
    """Return the face that offers what the board may be narrowed to."""
    rows = (*_in_rows(choices, _CHOICES), (_back(view, say),))
    return Screen(_heading(view, say) + Markup("\n") + say(code), rows=rows, as_of=as_of(view.at, say))


def _step_button(one: StepChoice, view: BoardView, say: Say) -> Button:
    name = say.plain("board-step-name", step=_step_name(one.step, view), name=one.name)
    label = say.plain("button-board-counted", name=name, count=one.count)
    return Button(label, Touch.BOARD, at_page(replace(view.wanted, step=one.step), 0))


def _post_button(one: PostChoice, view: BoardView, say: Say) -> Button:
    label = say.plain("button-board-counted", name=one.short, count=one.count)
    return Button(label, Touch.BOARD, at_page(replace(view.wanted, post=one.code), 0))


def _step_name(step: StepOfSop, view: BoardView) -> str:
    return f"{step.prefix} {step.number}" if view.several else str(step.number)


def _back(view: BoardView, say: Say) -> Button:
    """Return the way back to the page; from the choice of a step or a post it takes that filter away."""
    wanted = view.wanted
    if view.face is Face.STEPS:
        other = replace(wanted, step=None)
        return Button(say.plain("button-board-every-step"), Touch.BOARD, at_page(other, 0))
    if view.face is Face.POSTS:
        other = replace(wanted, post=None)
        return Button(say.plain("button-board-every-post"), Touch.BOARD, at_page(other, 0))
    return Button(say.plain("button-back"), Touch.BOARD, at_page(wanted, view.page))


def _confirming(asked: RemindView, view: BoardView, say: Say) -> Screen:
    """Return the question whether all who hold up something are to be reminded: how many are, and how many are not."""
    told = [say("board-remind-title", late=asked.late)]
    if asked.opens is not None:
        told.append(say("board-remind-closed", opens=say.time.stamp(asked.opens)))
    elif asked.now:
        told.append(say("board-remind-now", people=asked.now, tasks=asked.tasks))
    else:
        told.append(say("board-remind-nobody"))
    if asked.later and asked.opens is None:
        told.append(say("board-remind-later", people=asked.later))
    if asked.deaf:
        told.append(say("board-remind-deaf", people=asked.deaf))
    if asked.own:
        told.append(say("board-remind-own"))
    label = say.plain("button-board-remind-now", people=asked.now)
    sure = Button(label, Touch.BOARD_REMIND_NOW, view.wanted.kept, style=Style.GREEN)
    rows = (*(((sure,),) if asked.now else ()), (_back(view, say),))
    return Screen(Markup("\n").join(told), rows=rows, as_of=as_of(view.at, say))


def at_page(wanted: Wanted, page: int) -> str:
    """Return what a button keeps that shows this page of the board."""
    return f"{wanted.kept}/{page}"
