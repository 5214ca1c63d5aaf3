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
class PostLine:
    """One of several posts of a person, by code and short name; `plh` stands in there, or is "".

    `apart` is whether they were named for this post alone, `decree` the SK that says so.
    """

    post: str
    short: str
    plh: str
    apart: bool
    decree: Decree | None


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence, for its own person (`own`) or for an admin.

    `plh` names who stands in once nobody is missed, or is "". `asked` are the others who were asked, with their answers
    and the short name of the post where it was for one alone. While `writing`, the next message is the reason.

    `kept` is whether an SOP keeps a step of these posts from every Plh.

    `whole` is whether one person stands in wherever nobody is named apart. `posts` are those of a person who holds
    several, `chosen` is the short name of the one for which somebody is looked for now, or "" for all.
    """

    own: bool
    name: str
    first: date
    last: date | None
    reason: str
    stage: Stage
    plh: str
    decree: Decree | None
    asked: Sequence[tuple[str, Answer, str]]
    offered: Sequence[Offered]
    writing: bool
    whole: bool
    posts: Sequence[PostLine]
    chosen: str
    kept: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """For what a person was asked, or was named: the code of one post or "" for all, and the short names.

    `stands_in` is whether the reader does; `answer` is None where they were not asked.
    """

    post: str
    posts: str
    answer: Answer | None
    stands_in: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    """What a person who was asked to stand in sees; of several posts that were asked for one by one, each in a line.

    `kept` is whether an SOP keeps a step of these posts from every Plh.
    """

    name: str
    requests: Sequence[RequestLine]
    first: date
    last: date | None
    reason: str
    stage: Stage
    kept: bool


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
    if view.kept and view.stage in {Stage.AHEAD, Stage.LASTING}:
        lines.append(say("absence-kept"))
    return Screen(Markup("\n").join(lines), rows=tuple(_rows(view, say)))


def request_card(view: RequestView, say: Say) -> Screen:
    """Return the card of a person who is asked to stand in, or does."""
    days = days_away(say, view.first, view.last)
    over = view.stage in {Stage.OVER, Stage.CALLED_OFF}
    lines = [_requested(one, over, say, name=view.name, days=days) for one in view.requests]
    awaited = [one for one in view.requests if one.answer is Answer.AWAITED and not one.stands_in]
    if awaited and not over:
        if view.reason:
            lines.append(say("absence-reason", reason=shortened(view.reason, _REASON)))
        lines.append(say("request-how"))
        if view.kept:
            lines.append(say("request-kept"))
    rows = [] if over else [_answers(one, say, apart=len(view.requests) > 1) for one in view.requests]
    return Screen(Markup("\n").join(lines), tuple(row for row in rows if row))


def _requested(one: RequestLine, over: bool, say: Say, *, name: str, days: str) -> Markup:  # noqa: FBT001
    data = {"name": name, "posts": one.posts, "days": days}
    if over:
        return say("request-over", **data)
    if one.stands_in:
        return say("request-stands-in", **data)
    if one.answer is Answer.AWAITED:
        return say("request", **data)
    return say("request-refused" if one.answer is Answer.REFUSED else "request-not-needed", **data)


def _answers(one: RequestLine, say: Say, *, apart: bool) -> tuple[Button, ...]:
    """Return the buttons of one request; where there are several on the card, each names its post."""
    named = f": {shortened(one.posts, _LABEL)}" if apart else ""
    if one.stands_in:
        return (Button(say.plain("button-release-own") + named, Touch.RELEASE_PLH, one.post, style=Style.RED),)
    if one.answer is not Answer.AWAITED:
        return ()
    accept = Button(say.plain("button-accept-plh") + named, Touch.ACCEPT_PLH, one.post, style=Style.GREEN)
    return accept, Button(say.plain("button-refuse-plh") + named, Touch.REFUSE_PLH, one.post, style=Style.RED)


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
    if view.posts:
        for one in view.posts:
            code = "absence-post-plh" if one.plh else "absence-post-free"
            yield say(code, post=one.short, plh=one.plh)
            yield from _decree(one.decree, say)
    elif view.plh:
        yield say("absence-plh", plh=view.plh)
    if view.plh:
        yield from _decree(view.decree, say)
    free = {one.short for one in view.posts if not one.apart}
    for name, answer, post in view.asked:
        person = f"{name} ({post})" if post else name
        if answer is Answer.AWAITED and (post in free if post else not view.plh):
            yield say("absence-asked", name=person)
        elif answer is Answer.REFUSED:
            yield say("absence-refused", name=person)


def _decree(decree: Decree | None, say: Say) -> Iterator[Markup]:
    if decree is not None:
        yield say("absence-decree", decree=decree.number, day=say.time.dated(decree.day))


def _stage(view: AbsenceView, say: Say) -> Markup:
    if view.chosen and view.stage in {Stage.AHEAD, Stage.LASTING}:
        return say("absence-choose-post" if view.offered else "absence-nobody-post", post=view.chosen)
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
    if view.whole:
        yield (Button(say.plain("button-release-plh"), Touch.RELEASE_PLH),)
    for one in view.offered:
        label = say.plain("button-ask-plh", name=shortened(one.name, _LABEL), post=shortened(one.post, _LABEL))
        yield (Button(label, Touch.ASK_PLH, str(one.person_id)),)
    if view.chosen:
        yield (Button(say.plain("button-back"), Touch.PLH_POST),)
        return
    for post in view.posts:
        code, touch = ("button-release-post", Touch.RELEASE_PLH) if post.apart else ("button-plh-post", Touch.PLH_POST)
        yield (Button(say.plain(code, post=shortened(post.short, _LABEL)), touch, post.post),)
    yield (Button(say.plain("button-reason-away"), Touch.REASON_AWAY),)
    if view.stage is Stage.AHEAD:
        yield (Button(say.plain("button-call-off"), Touch.CALL_OFF, style=Style.RED),)
    else:
        back = "button-come-back" if view.own else "button-end-absence"
        yield (Button(say.plain(back), Touch.COME_BACK, style=Style.GREEN),)
