"""The screens of an absence: the days, who stands in, and the card of a person who is asked to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handlers.screens.paging import LABEL, Listed, Page, paged
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.texts.spoken import days_away
from models.office.absence import Answer, Decree, Stage

_LABEL = 30
_REASON = 300
_EXPLAINED = 3
"""Absences beside which the list has room to say how a Plh. or a Plt. is named."""

QUICK = ("today", "tomorrow", "open")
"""The days that a button offers: today, tomorrow, from today without a last day."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A person who could be asked, with the short name of their post."""

    person_id: int
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence, for its own person (`own`) or for an admin.

    `plh` names who stands in, or is "". `asked` are the others who were asked, with their answers. While `writing`, the
    next message is the reason.
    """

    own: bool
    name: str
    first: date
    last: date | None
    reason: str
    stage: Stage
    plh: str
    decree: Decree | None
    asked: Sequence[tuple[str, Answer]]
    offered: Sequence[Offered]
    writing: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    """What a person who was asked to stand in sees. `posts` are those of the person who is away.

    `stands_in` is whether the reader does; `answer` is None where they were not asked.
    """

    name: str
    posts: str
    first: date
    last: date | None
    reason: str
    stage: Stage
    answer: Answer | None
    stands_in: bool


@dataclass(frozen=True, slots=True)
class AwayLine:
    """An absence in the list of an admin."""

    absence_id: int
    name: str
    first: date
    last: date | None
    plh: str


def asking_days(say: Say, *, asks: bool) -> Screen:
    """Return the card that asks for the days; one that does not ask any more tells how to go on."""
    if not asks:
        return Screen(say("absence-dropped"))
    quick = tuple((Button(say.plain(f"button-away-{one}"), Touch.DAYS_AWAY, one),) for one in QUICK)
    return Screen(say("prompt-days-away"), (*quick, (Button(say.plain("button-back"), Touch.DAYS_AWAY, "none"),)))


def absence_card(view: AbsenceView, say: Say) -> Screen:
    """Return the card of an absence, with what its reader may do about it."""
    code = "absence-own" if view.own else "absence-of"
    lines = [say(code, name=view.name, days=days_away(say, view.first, view.last))]
    if view.reason:
        lines.append(say("absence-reason", reason=shortened(view.reason, _REASON)))
    lines += _plh(view, say)
    if view.writing:
        lines.append(say("prompt-reason-away"))
        return Screen(Markup("\n").join(lines), ((Button(say.plain("button-back"), Touch.REASON_AWAY, "none"),),))
    lines.append(_stage(view, say))
    return Screen(Markup("\n").join(lines), rows=tuple(_rows(view, say)))


def request_card(view: RequestView, say: Say) -> Screen:
    """Return the card of a person who is asked to stand in, or does."""
    data = {"name": view.name, "posts": view.posts, "days": days_away(say, view.first, view.last)}
    if view.stage in {Stage.OVER, Stage.CALLED_OFF}:
        return Screen(say("request-over", **data))
    if view.stands_in:
        button = Button(say.plain("button-release-own"), Touch.RELEASE_PLH, style=Style.RED)
        return Screen(say("request-stands-in", **data), ((button,),))
    if view.answer is Answer.AWAITED:
        lines = [say("request", **data)]
        if view.reason:
            lines.append(say("absence-reason", reason=shortened(view.reason, _REASON)))
        lines.append(say("request-how"))
        accept = Button(say.plain("button-accept-plh"), Touch.ACCEPT_PLH, style=Style.GREEN)
        refuse = Button(say.plain("button-refuse-plh"), Touch.REFUSE_PLH, style=Style.RED)
        return Screen(Markup("\n").join(lines), ((accept, refuse),))
    return Screen(say("request-refused" if view.answer is Answer.REFUSED else "request-not-needed", **data))


def list_of_absences(lines: Sequence[AwayLine], page: Page, say: Say) -> Screen:
    """Return a page of who is away and will be, for an admin, and how an admin names a Plh. or a Plt."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_line(one, say, room), _of(one, say)) for one in lines]

    heading = say("absences") if lines else say("absences") + Markup("\n") + say("absences-none")
    back = ((Button(say.plain("button-back"), Touch.OPEN_LIST, "main"),),)
    return paged(heading, listed, page, say, more=back, foot=say("absences-how") if len(lines) <= _EXPLAINED else None)


def _line(one: AwayLine, say: Say, room: int) -> Markup:
    plh = say("absences-plh", plh=shortened(one.plh, room)) if one.plh else say("absences-no-plh")
    return say("absences-line", name=shortened(one.name, room), days=days_away(say, one.first, one.last), plh=plh)


def _of(one: AwayLine, say: Say) -> Button:
    return Button(say.plain("button-absence-of", name=shortened(one.name, LABEL)), Touch.ABSENCE, str(one.absence_id))


def _plh(view: AbsenceView, say: Say) -> Iterator[Markup]:
    if view.plh:
        yield say("absence-plh", plh=view.plh)
        if view.decree is not None:
            yield say("absence-decree", decree=view.decree.number, day=say.time.dated(view.decree.day))
    for name, answer in view.asked:
        if answer is Answer.AWAITED and not view.plh:
            yield say("absence-asked", name=name)
        elif answer is Answer.REFUSED:
            yield say("absence-refused", name=name)


def _stage(view: AbsenceView, say: Say) -> Markup:
    match view.stage:
        case Stage.AHEAD:
            choosing = "absence-choose" if view.offered else "absence-nobody"
            return say("absence-ahead") if view.plh else say(choosing)
        case Stage.LASTING:
            return say("absence-lasting", plh=view.plh) if view.plh else say("absence-lasting-alone")
        case Stage.OVER:
            return say("absence-is-over")
        case Stage.CALLED_OFF:
            return say("absence-is-called-off")


def _rows(view: AbsenceView, say: Say) -> Iterator[tuple[Button, ...]]:
    if view.stage in {Stage.OVER, Stage.CALLED_OFF}:
        return
    if view.plh:
        yield (Button(say.plain("button-release-plh"), Touch.RELEASE_PLH),)
    else:
        for one in view.offered:
            label = say.plain("button-ask-plh", name=shortened(one.name, _LABEL), post=shortened(one.post, _LABEL))
            yield (Button(label, Touch.ASK_PLH, str(one.person_id)),)
    yield (Button(say.plain("button-reason-away"), Touch.REASON_AWAY),)
    if view.stage is Stage.AHEAD:
        yield (Button(say.plain("button-call-off"), Touch.CALL_OFF, style=Style.RED),)
    else:
        back = "button-come-back" if view.own else "button-end-absence"
        yield (Button(say.plain(back), Touch.COME_BACK, style=Style.GREEN),)
