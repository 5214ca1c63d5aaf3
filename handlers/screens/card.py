"""The card of a task: the case so far, and buttons to decide it. A decided card shows the outcome instead."""

from dataclasses import dataclass
from enum import IntEnum

from markupsafe import Markup

from handlers.screens import consulting, copies, extending, joining, keyboard, lateness, phone, raised, transferring
from handlers.screens import earlier as earlier_screens
from handlers.screens.evaluation import REPORT, changed_parts, is_shortened, report_lines
from handlers.screens.moved import because
from handlers.screens.screen import Screen
from handlers.screens.span import worded
from handlers.screens.story import came_with, exchange_lines, folded_lines, open_lines, who, words
from handlers.screens.task_view import TaskView
from handlers.screens.urgency import sifat, sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened, visible
from models.mail.card import Face
from models.rules.actions import Outcome

TEXT = 700
TEXT_BESIDE_REPORT = 300
"""Characters of a report on each card of its task, and on one that shows the Laporan Evaluasi beside it."""

NOTE = 200
"""Characters of a note, a question or an answer on each card. The timeline shows as many; the attachments have all."""

_HISTORY = 12
"""Decisions that the fold shows; the timeline has them all."""

_LIMIT = 3900


@dataclass(frozen=True, slots=True)
class Room:
    """How much stands open on a card. `kept` counts the newest notes that do.

    `apart` is whether the report's words have a fold of their own, or stand in one with questions and history. `close`
    leaves out empty lines and the standard, and folds all in one. Without `folds` that one is left out while the card
    asks for a choice; the main face brings it back.
    """

    subject: int
    note: int
    changes: int
    kept: int = 99
    apart: bool = False
    close: bool = True
    folds: bool = True


_ROOMS = (
    Room(subject=400, note=2000, changes=2000, apart=True, close=False),
    Room(subject=400, note=1000, changes=800, apart=True, close=False),
    Room(subject=400, note=600, changes=400, apart=True, close=False),
    Room(subject=300, note=400, changes=250, close=False),
    Room(subject=240, note=250, changes=160, close=False),
    Room(subject=200, note=250, changes=160),
    Room(subject=160, note=160, changes=100),
    Room(subject=120, note=100, changes=70),
    Room(subject=100, note=70, changes=50),
    Room(subject=70, note=50, changes=40),
    Room(subject=70, note=40, changes=30),
    *(Room(subject=70, note=28, changes=30, kept=kept) for kept in (20, 9, 8, 7, 6, 5)),
    *(Room(subject=70, note=28, changes=0, kept=kept) for kept in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)),
    Room(subject=70, note=28, changes=0, kept=0, folds=False),
)
"""The roomiest with which the card fits a phone's screen is taken. All is open where there is little to say."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How many characters of each kind of words a card folds."""

    text: int
    said: int
    note: int
    report: int


_DEPTHS = (
    Depth(text=2500, said=800, note=2000, report=3000),
    Depth(text=1500, said=400, note=1000, report=2500),
    Depth(text=TEXT, said=300, note=400, report=2200),
    Depth(text=500, said=NOTE, note=300, report=1800),
    Depth(text=TEXT_BESIDE_REPORT, said=150, note=NOTE, report=1500),
    Depth(text=TEXT_BESIDE_REPORT, said=100, note=120, report=1200),
    Depth(text=TEXT_BESIDE_REPORT, said=60, note=60, report=REPORT),
)
"""The deepest with which the message is no longer than Telegram allows is taken."""


class Rank(IntEnum):
    """How much a block of the card matters. Where a card is too long, the highest ranks are left out first."""

    FACTS = 0
    TASK = 1
    TEXT = 2
    SAID = 3
    HISTORY = 4


_TAKEN_BACK = frozenset({Outcome.RECALLED, Outcome.WITHDRAWN})
"""What the card of a person says who has had no hand in the case when it was taken from them."""

Block = tuple[Rank, Markup]


def task_card(view: TaskView, say: Say) -> Screen:
    """Return the present face of the card.

    A reader who may no longer read the case sees its number, who has the task while it is open, and who took it back.
    """
    if not view.readable:
        taken_back = view.decision is not None and view.decision.outcome in _TAKEN_BACK
        ended = _ended(view, say) if view.is_open or taken_back else say("card-withdrawn")
        return Screen(text=Markup("\n\n").join((_heading(view, say), ended)))
    screen = _drawn(view, say, _ROOMS[0], _DEPTHS[0])
    if phone.fits(screen) and _is_sendable(screen):
        return screen
    # A fold stands three lines tall, however much it holds.
    room, _ = phone.roomiest(_ROOMS, lambda room: _drawn(view, say, room, _DEPTHS[-1]), phone.fits)
    depth, screen = phone.roomiest(_DEPTHS, lambda depth: _drawn(view, say, room, depth), _is_sendable)
    return screen if _is_sendable(screen) else _drawn(view, say, room, depth, trimmed=True)


def _is_sendable(screen: Screen) -> bool:
    return visible(screen.text) <= _LIMIT


def _drawn(view: TaskView, say: Say, room: Room, depth: Depth, *, trimmed: bool = False) -> Screen:
    """Draw the card with as much open and folded as is said; `trimmed` leaves out the blocks that matter least."""
    blocks = _blocks(view, say, room, depth)
    over = not view.is_open or not view.live
    last = _ended(view, say, room.note) if over else _asking(view, say)
    if trimmed:
        blocks = [*_trimmed(blocks, _LIMIT - visible(last)), (Rank.FACTS, say("card-left-out"))]
    text = phone.stacked((*(html for _, html in blocks), last), close=room.close)
    return Screen(
        text, keyboard.looking_back(view, say) if over else keyboard.rows(view, say, more=trimmed or _has_more(view))
    )


def _blocks(view: TaskView, say: Say, room: Room, depth: Depth) -> list[Block]:
    """Return the blocks of the card in the order in which they are read."""
    blocks = [(Rank.FACTS, Markup("\n").join((_heading(view, say), _subject(view, say, room))))]
    rest = shortened(_beyond_subject(view, room), depth.text)
    if rest and room.apart:
        blocks.append((Rank.TEXT, say("card-text", text=rest)))
    blocks.append((Rank.FACTS, _facts(view, say, room)))
    if earlier := earlier_screens.folded(view.earlier, say):
        blocks.append((Rank.SAID, earlier))
    if said := open_lines(view.story, say, limit=room.note, kept=room.kept):
        blocks.append((Rank.TASK, Markup("\n").join(said)))
    if view.evaluation is not None and room.changes:
        blocks += [(Rank.TASK, part) for part in changed_parts(view.evaluation, say, limit=room.changes)]
    if view.is_open and (view.ticked or view.note):
        blocks.append((Rank.TASK, _prepared(view, say, room)))
    if view.is_open and view.to_be_copied:
        blocks.append((Rank.TASK, copies.to_be_sent(view.to_be_copied, say)))
    return blocks + _folds(view, say, room, depth, rest="" if room.apart else rest)


def _folds(view: TaskView, say: Say, room: Room, depth: Depth, *, rest: str) -> list[Block]:
    """Return the folds at the end: the Laporan Evaluasi, and what was asked and decided; in one where it is close."""
    report, story = [], _folded(view, say, room, depth, rest=rest)
    if view.evaluation is not None:
        report = report_lines(view.evaluation, say, room=depth.report, limit=room.changes)
    if not room.folds and view.face is not Face.MAIN:
        return []
    found = [(Rank.TASK, [*report, *story])] if room.close else [(Rank.TASK, report), (Rank.HISTORY, story)]
    return [(rank, say("card-folded", lines=Markup("\n").join(lines))) for rank, lines in found if lines]


def _heading(view: TaskView, say: Say) -> Markup:
    title = say(f"card-title-{view.kind.value}", number=view.number, step=str(view.step), of=str(view.steps))
    return sign(view.urgency) + title if view.readable else title


def _subject(view: TaskView, say: Say, room: Room) -> Markup:
    return say("card-subject", subject=shortened(view.subject, room.subject))


def _beyond_subject(view: TaskView, room: Room) -> str:
    """Return the words of the report without those that the subject shows already."""
    rest = view.text.strip().partition("\n")[2]
    shown = shortened(view.subject, room.subject)
    if shown == view.subject:
        return rest.strip()
    return f"… {view.subject.removeprefix(shown.removesuffix('…')).strip()}\n{rest}".strip()


def _facts(view: TaskView, say: Say, room: Room) -> Markup:
    unit = say("card-unit", unit=view.unit) if view.unit else Markup()
    facts = [say("card-reporter", name=view.reporter, unit=unit)]
    facts += joining.reporters(view.reporter, view.fellows, say)
    if view.earlier:
        facts.append(earlier_screens.line(view.earlier, say))
    files = came_with(view.files, say)
    words = sifat(view.urgency, say, confidential=view.confidential)
    facts.append(say("card-sifat", words=words, files=files))
    if view.is_open:
        facts.append(_deadline(view, say, room))
        if view.moved is not None:
            facts.append(say("card-moved", because=because(view.moved, say)))
        if view.extended is not None:
            facts += extending.facts(view.extended, say)
        facts += [*lateness.facts(view.lateness, say), *consulting.facts(view.awaited, say, now=view.story.now)]
    if view.is_open and view.waiting_since is not None and view.paused is None:
        facts.append(say("card-waiting", since=say.time.stamp(view.waiting_since)))
    facts += _about_the_reporter(view, say)
    if view.holder:
        facts.append(say("card-holder", name=view.holder))
    return Markup("\n").join(facts)


def _about_the_reporter(view: TaskView, say: Say) -> list[Markup]:
    """Return why the card came to this desk: its reporter sits at another or this one, or nobody does; who urged."""
    facts = [say("card-own")] if view.is_open and view.own else []
    if view.is_open and view.visits > 1:
        facts.append(say("card-visits", count=view.visits))
    if view.is_open and view.awaits_return:
        facts.append(say("card-awaits-return"))
    if view.acting_as is not None:
        acting = view.acting_as
        facts.append(say("card-acting", capacity=say.plain(f"capacity-{acting.capacity.value}", post=acting.post)))
    if view.raised is not None:
        facts.append(raised.line(view.raised, say))
    if view.instead_of:
        facts.append(say("card-instead-of", post=view.instead_of))
    if view.is_open and view.urged_at is not None:
        facts.append(say("card-urged", count=view.urges, at=say.time.brief(view.urged_at, now=view.story.now)))
    return facts


def _folded(view: TaskView, say: Say, room: Room, depth: Depth, *, rest: str) -> list[Markup]:
    """Return the lines of the fold at the end: the report's further words, questions and answers, then the history."""
    lines = [say("card-folded-text", text=rest)] if rest else []
    if exchanges := list(exchange_lines(view.story, say, limit=depth.said)):
        lines += [say("card-folded-exchanges", count=len(exchanges)), *exchanges]
    if history := folded_lines(view.story, say, limit=room.note, kept=room.kept, depth=depth.note):
        lines += [say("card-folded-history"), *history[-_HISTORY:]]
    return lines


def _has_more(view: TaskView) -> bool:
    """Whether the attachments hold more than each card shows: files, or words that a card shortens."""
    said = [decision.note for decision in view.story.history]
    said += [words or "" for exchange in view.story.exchanges for words in (exchange.question, exchange.answer)]
    said += [remark.text for remark in view.story.remarks]
    room = TEXT if view.evaluation is None else TEXT_BESIDE_REPORT
    long = length(view.text) > room or any(length(words) > NOTE for words in said)
    return bool(view.files) or long or (view.evaluation is not None and is_shortened(view.evaluation.parts))


def _deadline(view: TaskView, say: Say, room: Room) -> Markup:
    words = say.time.standard(view.standard)
    if view.waiting_since is not None and view.paused is not None:
        code = "card-paused-late" if view.late else "card-paused"
        span = say.plain("work-time", span=worded(view.paused, say))
        return say(code, since=say.time.stamp(view.waiting_since), span=span, standard=words)
    standard = Markup() if room.close else say("card-standard", standard=words)
    return say("card-late" if view.late else "card-due", due=say.time.live(view.due), standard=standard)


def _prepared(view: TaskView, say: Say, room: Room) -> Markup:
    ticks = " ".join(say.plain("card-tick", instruction=one) for one in view.ticked)
    note = say("card-note", note=shortened(view.note, room.note)) if view.note else say("card-no-note")
    return say("card-prepared", ticks=ticks, note=note)


def _ended(view: TaskView, say: Say, limit: int = NOTE) -> Markup:
    """Return the lines that replace the buttons of a card that is decided or no longer valid.

    The official who decided finds their own note and ticks there.
    """
    if view.decision is None and view.mine:
        return say("card-replaced")
    if view.decision is None and view.stand_in:
        return say("card-stood-in", name=view.stand_in)
    if view.decision is None:
        now_at = say("card-now-at", role=view.now_at) if view.now_at and view.is_open else Markup()
        return say("card-taken", name=view.holder) if view.holder else say("card-withdrawn") + now_at
    decision = view.decision
    data = {"who": who(decision, say), "at": say.time.moment(decision.at, now=view.story.now)}
    now_at = say("card-now-at", role=view.now_at) if view.now_at else Markup()
    if view.goes_on_as:
        now_at = say("card-goes-on-as", number=view.goes_on_as)
    ended = say(f"decided-{decision.outcome.value}", now=now_at, **data)
    if decision.recalled:
        ended += Markup("\n") + say("decided-taken-back")
    if view.copies:
        ended += Markup("\n") + copies.sent(view.copies, say, now=view.story.now)
    said = [words(decision, say, limit=limit)] if decision.speaks else []
    asked = view.lateness is not None and view.lateness.may and view.face is Face.EXPECTS_LATE_REASON
    return Markup("\n").join(
        (ended, *said, *lateness.facts(view.lateness, say), *([_asking(view, say)] if asked else []))
    )


def _asking(view: TaskView, say: Say) -> Markup:
    """Return the line above the buttons that asks for a choice or for words; empty on the main face."""
    if view.face in transferring.FACES:
        return transferring.asking(view.transfer, view.face, say) if view.transfer is not None else Markup()
    if view.face in extending.FACES:
        return extending.asking(view.extend, view.face, say) if view.extend is not None else Markup()
    if view.face in consulting.FACES:
        return consulting.asking(view.consult, view.face, say) if view.consult is not None else Markup()
    if view.face is Face.EXPECTS_LATE_REASON:
        return lateness.asking(view.lateness, say) if view.lateness is not None else Markup()
    if view.face is not Face.MAIN:
        return say(f"prompt-{view.face.value}", next=view.next_role, previous=view.previous_role, back=view.return_role)
    return Markup()


def _trimmed(blocks: list[Block], room: int) -> list[Block]:
    """Return those of the blocks that matter most, as many as fit into `room` characters."""
    kept: set[int] = set()
    for index in sorted(range(len(blocks)), key=lambda index: blocks[index][0]):
        size = visible(blocks[index][1]) + 2
        if size <= room:
            room -= size
            kept.add(index)
    return [block for index, block in enumerate(blocks) if index in kept]
