"""The reporter's card of a question: open, being answered, answered, or closed with its case."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.tenure import Capacity

_QUESTION = 1500
_ANSWER = 1500


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to the reporter. `answer` is None until it comes. While `writing`, the next message is the answer.

    `capacity` is that of the person who asked, who acts for the `role`.
    """

    case_id: int
    number: str
    role: str
    capacity: Capacity
    name: str
    question: str
    answer: str | None
    closed: bool
    writing: bool


def question_card(view: QuestionView, say: Say) -> Screen:
    """Return the card of a question, for the reporter."""
    words = shortened(view.question, _QUESTION)
    role = say.plain(f"capacity-{view.capacity.value}", post=view.role)
    asked = say("question-card", question=words, number=view.number, role=role, name=view.name)
    if view.answer is not None:
        answer = shortened(view.answer, _ANSWER)
        ways = ("question-answered", "question-answered-folded")
        return phone.roomiest(ways, lambda code: Screen(_below(asked, say(code, answer=answer))), phone.fits)[1]
    if view.closed:
        return Screen(_below(asked, say("question-closed", number=view.number)))
    if view.writing:
        back = Button(say.plain("button-back"), Touch.BACK)
        return Screen(_below(asked, say("prompt-expects-answer")), ((back,),))
    button = Button(say.plain("button-answer"), Touch.ANSWER, style=Style.GREEN)
    position = Button(say.plain("button-position"), Touch.POSITION, str(view.case_id))
    return Screen(_below(asked, say("question-how")), ((button,), (position,)))


def _below(asked: Markup, rest: Markup) -> Markup:
    return Markup("\n").join((asked, rest))
