"""Asking others for their opinion: whom, on the task's card; what the card says of it; and the card of who is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.mail.card import Face
from models.rules.standard import Standard

FACES = frozenset({Face.CONSULTING, Face.EXPECTS_CONSULTATION})
"""The faces of a task's card on which somebody is asked for an opinion."""

PAGE = 8
"""Whom a page of the card offers."""

_NAMED = 3
_SUBJECT, _TEXT, _WORDS = 200, 1200, 1500


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody who may be asked: a colleague of the post by name, or another post. `key` is what the button names."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ConsultView:
    """Whom the reader may ask, a page of them, and in which time they answer. `chosen` is a name, or ""."""

    targets: Sequence[Target]
    page: int
    standard: Standard
    chosen: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """An opinion that is still wanted: whose, and by when."""

    whose: str
    due: datetime


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """What a person sees whose opinion is wanted.

    `subject` and `text` are the report's, "" once the reader may not read it any more. `answer` is None before there is
    one. While `live`, the reader may answer; while `writing`, the next message is the answer.
    """

    number: str
    subject: str
    text: str
    step: int
    steps: int
    role: str
    name: str
    post: str
    question: str
    due: datetime
    late: bool
    answer: str | None
    answered_by: str
    answered_at: datetime | None
    files: int
    live: bool
    over: bool
    writing: bool
    now: datetime


def asking(view: ConsultView, face: Face, say: Say) -> Markup:
    """Return the line above the buttons of one of the `FACES`."""
    return say(f"prompt-{face.value}", name=view.chosen, standard=say.time.standard(view.standard))


def rows(view: ConsultView, face: Face, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of one of the `FACES`."""
    back = Button(say.plain("button-back"), Touch.BACK)
    if face is not Face.CONSULTING:
        return ((back,),)
    pages = max(1, -(-len(view.targets) // PAGE))
    page = min(view.page, pages - 1)
    shown = [Button(one.name, Touch.CONSULT_WHOM, one.key) for one in view.targets[page * PAGE : (page + 1) * PAGE]]
    further = Button(say.plain("button-consult-page"), Touch.CONSULT_PAGE, str((page + 1) % pages))
    last = (back, further) if pages > 1 else (back,)
    return (*(tuple(shown[index : index + 2]) for index in range(0, len(shown), 2)), last)


def facts(awaited: Sequence[Awaited], say: Say, *, now: datetime) -> Iterator[Markup]:
    """Go through the lines of a task's card on the opinions that are still wanted."""
    for one in awaited[-_NAMED:]:
        yield say("card-opinion-awaited", whose=one.whose, due=say.time.brief(one.due, now=now))


def consultation_card(view: ConsultationView, say: Say) -> Screen:
    """Return the card of a person whose opinion is wanted, or what became of it."""
    asked = say(
        "consultation-card",
        number=view.number,
        step=str(view.step),
        of=str(view.steps),
        role=view.role,
        name=view.name,
        question=shortened(view.question, _WORDS),
    )
    if not view.live or view.over or view.answer is not None:
        return Screen(Markup("\n").join((asked, _ended(view, say))))
    blocks = [asked, say("card-subject", subject=shortened(view.subject, _SUBJECT))]
    if rest := view.text.strip():
        blocks.append(say("card-text", text=shortened(rest, _TEXT)))
    blocks.append(say("consultation-late" if view.late else "consultation-due", due=say.time.live(view.due)))
    if view.writing:
        prompt = say("prompt-expects-opinion", name=view.name)
        return Screen(Markup("\n").join((*blocks, prompt)), ((Button(say.plain("button-back"), Touch.BACK),),))
    answer = Button(say.plain("button-advise"), Touch.ADVISE, style=Style.GREEN)
    looking = (
        Button(say.plain("button-attachments", count=view.files), Touch.ATTACHMENTS),
        Button(say.plain("button-position"), Touch.POSITION),
        Button(say.plain("button-timeline"), Touch.TIMELINE),
    )
    return Screen(Markup("\n").join(blocks), ((answer,), looking))


def _ended(view: ConsultationView, say: Say) -> Markup:
    if view.answer is not None and view.answered_at is not None:
        at = say.time.moment(view.answered_at, now=view.now)
        return say("consultation-answered", name=view.answered_by, at=at, answer=shortened(view.answer, _WORDS))
    return say("consultation-over" if view.over else "card-withdrawn")
