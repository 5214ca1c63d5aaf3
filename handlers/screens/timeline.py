"""The history of a case, entry by entry, and its position among the steps of its SOP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from handlers.screens.moved import because
from handlers.screens.raised import Raised, reason, with_reason
from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.span import Span, worded
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened, visible
from models.office.tenure import Capacity
from models.rules.complete import complete
from models.rules.standard import Standard

_LIMIT = 3800
_CAPTION = 980
"""Characters of what stands under a picture, a little less than Telegram's 1,024."""

_REASONS = (200, 100, 50)
"""Characters of the reasons of late steps: as many as a caption has room for."""

_LEFT_OUT = 100
_WORDS = 200
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acted. `name` is "" for the program, `capacity` None for the reporter; `post` is short.

    `own` is whether an official acts on a case that they reported themselves; `raised` says in whose place they act,
    None where in none.
    """

    name: str
    capacity: Capacity | None
    post: str
    own: bool = False
    raised: Raised | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline.

    `code` is the kind of entry, `to` its addressee, `words` the words that came with it, and `count` how often it
    happened in a row. `taken` is the office time of a step that ended, to be held against `standard`; both are None
    where no step ended. `moved` says why the deadline became `due`; both are None where no deadline moved.
    `raised` says why a task went to another desk, None where none did, or where it came back. `told` are the names of
    those who were told of a delay. `sequence` is the entry of the journal that tells it, the last one where it stands
    for several.
    """

    at: datetime
    day: date
    code: str
    actor: Actor
    to: str
    words: str
    taken: Span | None
    standard: Standard | None
    late: bool
    count: int = 1
    moved: Mapping[str, Any] | None = None
    due: datetime | None = None
    raised: Raised | None = None
    told: Sequence[str] = ()
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The happenings of a case, the oldest first. An `official` reads of the mutu baku by its name."""

    number: str
    happenings: Sequence[Happening]
    official: bool = False


class Place(StrEnum):
    """The place of a step in a case: finished, present, later, or the step at which the case ended early."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the SOP. `span` is the office time that a finished step took, `due` the present one's deadline.

    `waiting_since` is since when its reporter is asked, None while they are not; `now` is the instant of the view.
    `late_reason` is why it is late or was, "" where nobody said so, or not to this reader.
    """

    number: int
    short: str
    role: str
    names: Sequence[str]
    place: Place
    span: Span | None
    due: datetime | None
    late: bool
    standard: Standard
    now: datetime | None = None
    waiting_since: datetime | None = None
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class PositionView:
    """The position of a case among the steps of its SOP. `round` counts from 1; `title` is the SOP's.

    An `official` reads of the mutu baku by its name.
    """

    number: str
    title: str
    round: int
    steps: Sequence[StepLine]
    official: bool = False


def timeline(view: TimelineView, say: Say) -> Screen:
    """Return the timeline. Where it is too long, it keeps the newest lines and counts those left out."""
    lines: list[Markup] = []
    room = _LIMIT
    left_out = 0
    for index in range(len(view.happenings) - 1, -1, -1):
        line = _happening(view, index, say)
        room -= visible(line) + 1
        if room < 0:
            left_out = index + 1
            break
        lines.append(line)
    if left_out:
        lines.append(say("timeline-left-out", count=left_out))
    text = say("timeline", lines=Markup("\n").join(reversed(lines)), number=view.number)
    return Screen(text=text, silent=True)


def lines_of(view: TimelineView, say: Say) -> list[Markup]:
    """Return the lines of a timeline, the oldest first, each as the timeline has it."""
    return [_happening(view, index, say) for index in range(len(view.happenings))]


def _happening(view: TimelineView, index: int, say: Say) -> Markup:
    happenings, one = view.happenings, view.happenings[index]
    new_day = index == 0 or happenings[index - 1].day != one.day
    heading = say("timeline-day", day=say.time.day(one.at)) if new_day else Markup()
    said = say("timeline-said", words=shortened(" ".join(one.words.split()), _WORDS)) if one.words else Markup()
    clock = say.time.clock(one.at).partition(" ")[0]
    what = _what(one, say)
    return say("timeline-line", heading=heading, clock=clock, what=what, said=said, taken=_taken(one, view, say))


def _what(one: Happening, say: Say) -> Markup:
    if one.code == "rehome":
        why = say("happened-rehome-why", because=reason(one.raised, say)) if one.raised is not None else Markup()
        return say("happened-rehome", to=one.to, why=why)
    if one.moved is None or one.due is None:
        told = say("happened-told", names=_names(one.told)) if one.told else Markup()
        return say(f"happened-{one.code}", who=_who(one.actor, say), to=one.to, count=one.count) + told
    due = say.time.moment(one.due, now=one.at)
    return say("happened-reschedule", to=one.to, because=because(one.moved, say), due=due)


def _names(told: Sequence[str]) -> str:
    """Return the first of the names, for a line that must stay short."""
    return ", ".join(told[:_NAMED]) + (", …" if len(told) > _NAMED else "")


def _taken(one: Happening, view: TimelineView, say: Say) -> Markup:
    if one.taken is None or one.standard is None:
        return Markup()
    code = "timeline-taken-late" if one.late else "timeline-taken"
    return say(code, span=worded(one.taken, say), standard=_named(one.standard, view, say))


def _named(standard: Standard, view: TimelineView | PositionView, say: Say) -> Markup:
    """Return a standard by the name that its reader has for it: only a reporter reads of a time limit of the SOP."""
    code = "standard-of-official" if view.official else "standard-of-reporter"
    return say(code, standard=say.time.standard(standard))


def _who(actor: Actor, say: Say) -> str:
    if not actor.name:
        return say.plain("timeline-program")
    if actor.capacity is None:
        return say.plain("timeline-reporter", name=actor.name)
    capacity = with_reason(say.plain(f"capacity-{actor.capacity.value}", post=actor.post), actor.raised, say)
    return say.plain("decided-by-reporter" if actor.own else "decided-by", name=actor.name, capacity=capacity)


_PRESENT = frozenset({Place.HERE, Place.ENDED})
_SIGNS: Mapping[Place, str] = complete(Place, {Place.DONE: "✅", Place.HERE: "▶️", Place.AHEAD: "○", Place.ENDED: "⛔"})


def position(view: PositionView, say: Say) -> Screen:
    """Return the words under the picture of the case's way: its place, and the time of each step against its standard.

    Where it does not all fit, the reasons of late steps are shortened, then the names are left out, then the reasons,
    and of a long SOP the steps farthest from the present one.
    """
    code = "position-again" if view.round > 1 else "position"
    data = {"number": view.number, "title": view.title, "round": str(view.round)}
    limit = _CAPTION - visible(say(code, lines="", **data))
    unnamed = [replace(line, names=()) for line in view.steps]
    tries = [*((view.steps, room) for room in _REASONS), (unnamed, _REASONS[-1]), (unnamed, 0)]
    lines = list[Markup]()
    for steps, room in tries:
        lines = [_step(line, view, say, room=room) for line in steps]
        if _length(lines) <= limit:
            break
    else:
        here = next((index for index, line in enumerate(view.steps) if line.place in _PRESENT), len(lines) - 1)
        lines = _around(lines, here, say, limit=limit)
    text = say(code, lines=Markup("\n").join(lines), **data)
    return Screen(text, ((Button(say.plain("button-sop-form"), Touch.SOP_FORM),),), silent=True)


def sop_form(title: str, number: str, *, fits: bool, say: Say) -> Screen:
    """Return the words under the form of an SOP, or in its place where the form cannot hold it."""
    return Screen(text=say("sop-form" if fits else "sop-form-unfit", title=title, number=number), silent=True)


def _length(lines: Sequence[Markup]) -> int:
    return sum(visible(line) + 1 for line in lines)


def _around(lines: list[Markup], here: int, say: Say, *, limit: int) -> list[Markup]:
    """Return the lines nearest to the one at `here` that fit one message, and the number of steps left out."""
    nearest = sorted(range(len(lines)), key=lambda index: abs(index - here))
    room, kept = limit - _LEFT_OUT, 0
    for index in nearest:
        room -= visible(lines[index]) + 1
        if room < 0:
            break
        kept += 1
    shown = [lines[index] for index in sorted(nearest[:kept])]
    return [*shown, say("position-left-out", count=len(lines) - kept)]


def _step(line: StepLine, view: PositionView, say: Say, *, room: int) -> Markup:
    standard, named = say.time.standard(line.standard), _named(line.standard, view, say)
    names = say("position-names", names=say.time.join(list(line.names))) if line.names else Markup()
    late = "-late" if line.late else ""
    if line.span is not None:
        time = say(f"position-took{late}", span=worded(line.span, say), standard=named if line.late else standard)
    elif line.due is not None:
        by_sop = named if view.official else say("standard-by-sop", standard=standard)
        time = say(f"position-due{late}", due=say.time.live(line.due), standard=by_sop)
    else:
        time = say("position-standard", standard=standard)
    if room and line.late_reason:
        time += say("position-late-reason", reason=shortened(" ".join(line.late_reason.split()), room))
    if line.waiting_since is not None:
        time += say("position-waiting", since=say.time.moment(line.waiting_since, now=line.now or line.waiting_since))
    data = {"sign": _SIGNS[line.place], "step": str(line.number), "short": line.short, "role": line.role}
    step = say("position-step", names=names, time=time, **data)
    return say("position-here", step=step) if line.place is Place.HERE else step
