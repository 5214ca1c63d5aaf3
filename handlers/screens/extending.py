"""More time for a task: asking for it on the task's card, what the card says of it, and the card of who decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.mail.card import Face
from models.rules.standard import Standard

REASONS = 3
"""Reasons that stand on buttons."""

FACES = frozenset({Face.SPANS, Face.REASONS_EXTEND, Face.EXPECTS_EXTEND_REASON})
"""The faces of a task's card on which more time is asked for."""

_SUBJECT, _REASON = 200, 1500


@dataclass(frozen=True, slots=True)
class ExtendView:
    """What the reader may ask for: one of the `spans`, from the post `above`. `chosen` is None before they chose."""

    spans: Sequence[Standard]
    above: str
    chosen: Standard | None


@dataclass(frozen=True, slots=True)
class ExtendedView:
    """What a task's card says of more time.

    `granted_by` names who granted the last extension, "" without any, and `due` is the deadline with all of them.
    `waiting` is the time that was asked for and waits for the post `above`. `refused_by` names who refused the last
    request, for the reason `note`, which may be "".
    """

    granted_by: str
    due: datetime
    waiting: Standard | None
    above: str
    refused_by: str
    note: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request for more time, as the one above sees it.

    `subject` is "" for a reader who may not read the case. `late` is whether the deadline `due` is over, and `until`
    the deadline that a grant leads to. `decided_by` is "" while nobody has decided it. While `live`, the reader may.
    """

    number: str
    subject: str
    step: int
    steps: int
    role: str
    name: str
    span: Standard
    reason: str
    due: datetime
    late: bool
    until: datetime
    granted: bool | None
    decided_by: str
    decided_at: datetime | None
    note: str
    live: bool
    over: bool
    writing: bool
    now: datetime


def asking(view: ExtendView, face: Face, say: Say) -> Markup:
    """Return the line above the buttons of one of the `FACES`."""
    span = say.time.standard(view.chosen) if view.chosen is not None else ""
    return say(f"prompt-{face.value}", above=view.above, span=span)


def rows(view: ExtendView, face: Face, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of one of the `FACES`."""
    back = (Button(say.plain("button-back"), Touch.BACK),)
    if face is Face.SPANS:
        spans = [Button(f"+ {say.time.standard(one)}", Touch.EXTEND_BY, str(one)) for one in view.spans]
        return (*(tuple(spans[index : index + 2]) for index in range(0, len(spans), 2)), back)
    if face is Face.REASONS_EXTEND:
        reasons = [say.plain(f"{face.value}-{index}") for index in range(1, REASONS + 1)]
        own = Button(say.plain("button-write-reason"), Touch.WRITE_REASON)
        return (*((Button(one, Touch.REASON, one),) for one in reasons), (*back, own))
    return (back,)


def facts(view: ExtendedView, say: Say) -> Iterator[Markup]:
    """Go through the lines of a task's card on more time: granted, asked for, refused."""
    if view.granted_by:
        yield say("card-extended", due=say.time.live(view.due), name=view.granted_by)
    if view.waiting is not None:
        yield say("card-extension-asked", span=say.time.standard(view.waiting), above=view.above)
    elif view.refused_by:
        note = say("card-note", note=shortened(view.note, _SUBJECT)) if view.note else Markup()
        yield say("card-not-extended", name=view.refused_by, note=note)


def request_card(view: RequestView, say: Say) -> Screen:
    """Return the card of the one above: grant or refuse with one tap, or what became of the request."""
    subject = say("card-subject", subject=shortened(view.subject, _SUBJECT)) if view.subject else Markup()
    asked = say(
        "extension-card",
        number=view.number,
        step=str(view.step),
        of=str(view.steps),
        role=view.role,
        name=view.name,
        span=say.time.standard(view.span),
        reason=shortened(view.reason, _REASON),
    )
    due = say("card-late" if view.late else "card-due", due=say.time.live(view.due), standard=Markup())
    said = [asked, *([subject] if subject else []), due]
    if view.live and not view.over and view.granted is None:
        return _to_decide(view, said, say)
    return Screen(Markup("\n").join((*said, _ended(view, say))))


def _to_decide(view: RequestView, said: list[Markup], say: Say) -> Screen:
    if view.writing:
        prompt = say("prompt-expects-denial-reason", name=view.name)
        return Screen(Markup("\n").join((*said, prompt)), ((Button(say.plain("button-back"), Touch.BACK),),))
    until = say("extension-until-late" if view.late else "extension-until", until=say.time.live(view.until))
    span = say.time.standard(view.span)
    grant = Button(say.plain("button-grant-extension", span=span), Touch.GRANT_EXTENSION, style=Style.GREEN)
    deny = Button(say.plain("button-deny-extension"), Touch.DENY_EXTENSION, style=Style.RED)
    because = Button(say.plain("button-deny-because"), Touch.DENY_BECAUSE)
    looking = (
        Button(say.plain("button-position"), Touch.POSITION),
        Button(say.plain("button-timeline"), Touch.TIMELINE),
    )
    return Screen(Markup("\n").join((*said, until)), ((grant,), (deny, because), looking))


def _ended(view: RequestView, say: Say) -> Markup:
    if view.granted is None or view.decided_at is None:
        return say("extension-over" if view.over else "card-withdrawn")
    code = "extension-granted" if view.granted else "extension-denied"
    note = say("card-note", note=shortened(view.note, _REASON)) if view.note else Markup()
    return say(code, name=view.decided_by, at=say.time.moment(view.decided_at, now=view.now), note=note)
