"""The card of a task: the case so far, and buttons to decide it. A decided card shows the outcome instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from markupsafe import Markup

from handlers.screens import earlier as earlier_screens
from handlers.screens.background import Exchange
from handlers.screens.controls import CONTROLS, FORWARD, Control, Rows
from handlers.screens.earlier import EarlierView
from handlers.screens.evaluation import EvaluationView, evaluation_text, is_shortened
from handlers.screens.moved import because
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.screens.span import Span, worded
from handlers.screens.urgency import sifat, sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened, visible
from models.mail.card import Face
from models.office.tenure import Capacity
from models.rules.actions import Action, Outcome
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided task, as a line of history. `by` decided it in this `capacity`; `post` is the post's short name."""

    step: int
    outcome: Outcome
    by: str
    capacity: Capacity
    post: str
    at: datetime
    note: str
    instructions: Sequence[str]
    files: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A note beside the decisions: who wrote it, in which `capacity` for which `post`, and with how many files."""

    by: str
    capacity: Capacity
    post: str
    text: str
    files: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may get the next step, with the number of tasks open at that person."""

    person_id: int
    name: str
    open_tasks: int


@dataclass(frozen=True, slots=True)
class TaskView:
    """Everything that a task's card shows. `left` and `late` are office time; at least one of them is empty.

    `history` holds the decisions before this task, and `decision` its own, None while the task is open. `mine` is
    whether the reader may decide the task. `note_removable` is whether files of the note can be taken out or put back.
    `readable` is whether the reader may read the case at all. `earlier` holds the cases from which this one goes on,
    the latest first. `moved` says why the deadline is another one than it was, None where it never moved.
    `waiting_since` is since when the reporter is asked, None while they are not; where the task is `paused` meanwhile,
    `left` and `late` are what they were then. `stand_in` names the Plh. who
    decides in the reader's place while the reader is away, or is "".
    """

    now: datetime
    number: str
    step: int
    steps: int
    kind: StepKind
    round: int
    role: str
    subject: str
    text: str
    reporter: str
    unit: str
    urgency: Urgency
    confidential: bool
    files: int
    due: datetime
    left: Span
    late: Span
    standard: Standard
    is_open: bool
    live: bool
    readable: bool
    mine: bool
    face: Face
    holder: str
    next_role: str
    previous_role: str
    return_role: str
    now_at: str
    actions: frozenset[Action]
    candidates: Sequence[Candidate]
    destinations: Sequence[tuple[str, str]]
    instructions: Sequence[str]
    ticked: Sequence[str]
    note: str
    note_removable: bool
    history: Sequence[Decision]
    decision: Decision | None
    remarks: Sequence[Comment]
    exchanges: Sequence[Exchange]
    evaluation: EvaluationView | None
    moved: Mapping[str, Any] | None = None
    stand_in: str = ""
    earlier: Sequence[EarlierView] = ()
    waiting_since: datetime | None = None
    paused: bool = False


TEXT = 700
TEXT_BESIDE_REPORT = 300
"""Characters of a report on its card, and on one that shows the Laporan Evaluasi beside it."""

NOTE = 200
"""Characters of a note, a question or an answer. The timeline shows as many; the attachments bring the whole."""

_LATEST_NOTE = 600
_REASONS = 3
_LIMIT = 3900


class Rank(IntEnum):
    """How much a block of the card matters. Where a card is too long, the highest ranks are left out first."""

    FACTS = 0
    TASK = 1
    TEXT = 2
    SAID = 3
    HISTORY = 4


Block = tuple[Rank, Markup]


def task_card(view: TaskView, say: Say) -> Screen:
    """Return the present face of the card.

    A reader who may no longer read the case sees its number, and who has the task while it is open.
    """
    if not view.readable:
        ended = _ended(view, say) if view.is_open else say("card-withdrawn")
        return Screen(text=Markup("\n\n").join((_heading(view, say), ended)))
    blocks = _blocks(view, say)
    if not view.is_open or not view.live:
        return Screen(text=_whole(blocks, _ended(view, say), say)[0])
    text, complete = _whole(blocks, _asking(view, say), say)
    return Screen(text=text, rows=_rows(view, say, more=_has_more(view) or not complete))


def _blocks(view: TaskView, say: Say) -> list[Block]:
    """Return the blocks of the card in the order in which they are read."""
    blocks = [(Rank.FACTS, Markup("\n").join((_heading(view, say), say("card-subject", subject=view.subject))))]
    if rest := _beyond_heading(view):
        blocks.append((Rank.TEXT, say("card-text", text=shortened(rest, _room_for_text(view)))))
    blocks.append((Rank.FACTS, _facts(view, say)))
    if story := earlier_screens.folded(view.earlier, say):
        blocks.append((Rank.SAID, story))
    if view.history:
        blocks.append((Rank.TASK, _line(view.history[-1], say, view, _LATEST_NOTE)))
    blocks += [(Rank.SAID, block) for block in _exchanges_and_remarks(view, say)]
    if view.evaluation is not None:
        blocks.append((Rank.TASK, evaluation_text(view.evaluation, say)))
    if view.is_open and (view.ticked or view.note):
        blocks.append((Rank.TASK, _prepared(view, say)))
    if len(view.history) > 1:
        lines = Markup("\n").join(_line(decision, say, view, NOTE) for decision in view.history[:-1])
        blocks.append((Rank.HISTORY, say("card-history", lines=lines)))
    return blocks


def _heading(view: TaskView, say: Say) -> Markup:
    title = say(f"card-title-{view.kind.value}", number=view.number, step=str(view.step), of=str(view.steps))
    return sign(view.urgency) + title if view.readable else title


def _beyond_heading(view: TaskView) -> str:
    """Return the words of the report without those that the heading shows already."""
    first, _, rest = view.text.strip().partition("\n")
    line = " ".join(first.split())
    if line == view.subject:
        return rest.strip()
    return f"… {line.removeprefix(view.subject.removesuffix('…')).strip()}\n{rest}".strip()


def _room_for_text(view: TaskView) -> int:
    return TEXT if view.evaluation is None else TEXT_BESIDE_REPORT


def _facts(view: TaskView, say: Say) -> Markup:
    unit = say("card-unit", unit=view.unit) if view.unit else Markup()
    facts = [say("card-reporter", name=view.reporter, unit=unit)]
    if view.earlier:
        facts.append(earlier_screens.line(view.earlier, say))
    files = _files(view.files, say)
    words = sifat(view.urgency, say, confidential=view.confidential)
    facts.append(say("card-sifat", words=words, files=files))
    if view.is_open:
        facts.append(_deadline(view, say))
        if view.moved is not None:
            facts.append(say("card-moved", because=because(view.moved, say)))
    if view.is_open and view.waiting_since is not None and not view.paused:
        facts.append(say("card-waiting", since=say.time.moment(view.waiting_since, now=view.now)))
    if view.holder:
        facts.append(say("card-holder", name=view.holder))
    return Markup("\n").join(facts)


def _exchanges_and_remarks(view: TaskView, say: Say) -> list[Markup]:
    """Return the questions with their answers, then the notes beside the decisions."""
    blocks = []
    for exchange in view.exchanges:
        answer = shortened(exchange.answer, NOTE) if exchange.answer is not None else say("card-awaited")
        said = say("card-exchange", question=shortened(exchange.question, NOTE), answer=answer)
        blocks.append(said + _files(exchange.files, say))
    return [*blocks, *(_remark(one, say) + _files(one.files, say) for one in view.remarks)]


def _remark(noted: Comment, say: Say) -> Markup:
    name = noted.by if noted.capacity is Capacity.DEFINITIVE else who(noted, say)
    return say("card-remark", name=name, text=shortened(noted.text, NOTE))


def _files(count: int, say: Say) -> Markup:
    """Return how many files came with what was said before it."""
    return say("card-files", count=count) if count else Markup()


def _has_more(view: TaskView) -> bool:
    """Whether the attachments hold more than the card shows: files, or words that the card shortens."""
    said = [decision.note for decision in view.history]
    said += [words or "" for exchange in view.exchanges for words in (exchange.question, exchange.answer)]
    said += [one.text for one in view.remarks]
    long = length(view.text) > _room_for_text(view) or any(length(words) > NOTE for words in said)
    return bool(view.files) or long or (view.evaluation is not None and is_shortened(view.evaluation.parts))


def _deadline(view: TaskView, say: Say) -> Markup:
    standard = say.time.standard(view.standard)
    if view.waiting_since is not None and view.paused:
        since, spent = say.time.moment(view.waiting_since, now=view.now), view.late != Span(0, 0)
        span = _office_time(view.late if spent else view.left, say)
        return say("card-paused-late" if spent else "card-paused", since=since, span=span, standard=standard)
    at = say.time.live(view.due, now=view.now)
    if view.late != Span(0, 0):
        return say("card-late", due=at, late=_office_time(view.late, say), standard=standard)
    return say("card-due", due=at, left=_office_time(view.left, say), standard=standard)


def _office_time(span: Span, say: Say) -> str:
    return say.plain("work-time", span=worded(span, say))


def _prepared(view: TaskView, say: Say) -> Markup:
    ticks = " ".join(say.plain("card-tick", instruction=one) for one in view.ticked)
    note = say("card-note", note=shortened(view.note, _LATEST_NOTE)) if view.note else say("card-no-note")
    return say("card-prepared", ticks=ticks, note=note)


def who(said: Decision | Comment, say: Say) -> str:
    """Return the name and the capacity of the person who decided or wrote, such as `Siti R. (Plh. Kadiv)`."""
    capacity = say.plain(f"capacity-{said.capacity.value}", post=said.post)
    return say.plain("decided-by", name=said.by, capacity=capacity)


def _line(decision: Decision, say: Say, view: TaskView, limit: int) -> Markup:
    ticks = " ".join(say.plain("card-tick", instruction=one) for one in decision.instructions)
    said = say("card-said", note=shortened(decision.note, limit)) if decision.note else Markup()
    said += _files(decision.files, say)
    return say(
        "card-decision",
        who=who(decision, say),
        at=say.time.moment(decision.at, now=view.now),
        outcome=say.plain(f"outcome-{decision.outcome.value}"),
        said=said,
        ticks=ticks,
    )


def _ended(view: TaskView, say: Say) -> Markup:
    """Return the line that replaces the buttons of a card that is decided or no longer valid."""
    if view.decision is None and view.mine:
        return say("card-replaced")
    if view.decision is None and view.stand_in:
        return say("card-stood-in", name=view.stand_in)
    if view.decision is None:
        return say("card-taken", name=view.holder) if view.holder else say("card-withdrawn")
    decision = view.decision
    data = {"who": who(decision, say), "at": say.time.moment(decision.at, now=view.now)}
    now_at = say("card-now-at", role=view.now_at) if view.now_at else Markup()
    return say(f"decided-{decision.outcome.value}", now=now_at, **data)


def _asking(view: TaskView, say: Say) -> Markup:
    """Return the line above the buttons that asks for a choice or for words; empty on the main face."""
    if view.face is not Face.MAIN:
        return say(f"prompt-{view.face.value}", next=view.next_role, previous=view.previous_role, back=view.return_role)
    return Markup()


def _whole(blocks: list[Block], last: Markup, say: Say) -> tuple[Markup, bool]:
    """Return the blocks that matter most, as many as fit, with `last` below; and whether all blocks fitted."""
    room = _LIMIT - visible(last)
    kept: set[int] = set()
    for index in sorted(range(len(blocks)), key=lambda index: blocks[index][0]):
        size = visible(blocks[index][1]) + 2
        if size <= room:
            room -= size
            kept.add(index)
    complete = len(kept) == len(blocks)
    shown = [html for index, (_, html) in enumerate(blocks) if index in kept]
    left_out = Markup() if complete else say("card-left-out")
    return Markup("\n\n").join(block for block in (*shown, left_out, last) if block), complete


def _rows(view: TaskView, say: Say, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    back = (Button(say.plain("button-back"), Touch.BACK),)
    match view.face:
        case Face.CHOOSING:
            people = [
                Button(
                    say.plain("button-candidate", name=one.name, count=one.open_tasks),
                    Touch.FORWARD_TO,
                    str(one.person_id),
                )
                for one in view.candidates
            ]
            anyone = Button(say.plain("button-anyone"), Touch.FORWARD_TO, "any")
            return (*((one,) for one in people), (anyone,), back)
        case Face.MOVING:
            return (*((Button(title, Touch.MOVE_TO, code),) for code, title in view.destinations), back)
        case Face.INSTRUCTING:
            return (
                *_ticks(view, say),
                (Button(say.plain("button-write-note"), Touch.WRITE_NOTE),),
                *(((Button(say.plain("button-remove"), Touch.REMOVE),),) if view.note_removable else ()),
                *_offered(((FORWARD,),), view, say),
                back,
            )
        case Face.REASONS_SEND_BACK | Face.REASONS_DECLINE | Face.REASONS_RETURN:
            reasons = [say.plain(f"{view.face.value}-{index}") for index in range(1, _REASONS + 1)]
            own = Button(say.plain("button-write-reason"), Touch.WRITE_REASON)
            return (*((Button(one, Touch.REASON, one, Style.RED),) for one in reasons), (own,), back)
        case face if face.asks:
            return (back,)
        case _:
            return _main(view, say, more=more)


def _ticks(view: TaskView, say: Say) -> list[tuple[Button, ...]]:
    buttons = [
        Button(
            say.plain("button-ticked" if one in view.ticked else "button-unticked", instruction=one),
            Touch.TICK,
            str(index),
        )
        for index, one in enumerate(view.instructions)
    ]
    return [tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2)]


def _main(view: TaskView, say: Say, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    rows = _offered(CONTROLS[view.kind], view, say)
    looking = []
    if more:
        looking.append(Button(say.plain("button-attachments", count=view.files), Touch.ATTACHMENTS))
    looking.append(Button(say.plain("button-position"), Touch.POSITION))
    looking.append(Button(say.plain("button-timeline"), Touch.TIMELINE))
    before = [(earlier_screens.button(say, number=view.earlier[0].number),)] if view.earlier else []
    return (*rows, *before, tuple(looking))


def _offered(rows: Rows, view: TaskView, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return those of the buttons whose action the reader may do now; a row without any is left out."""
    offered = (tuple(_button(one, view, say) for one in row if one.action in view.actions) for row in rows)
    return tuple(row for row in offered if row)


def _button(control: Control, view: TaskView, say: Say) -> Button:
    label = say.plain(f"button-{control.touch.value}", role=view.next_role)
    chooses = control.touch is Touch.FORWARD and bool(view.candidates)
    return Button(label, Touch.CHOOSE if chooses else control.touch, style=control.style)
