"""Questions to the reporter: asked from the card of a handle step, answered in chat, with files if need be."""

from collections.abc import Callable

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.reporting import report
from handlers.screens import asking as asking_screens
from handlers.screens import question as screens
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length
from models.case.case import CaseState
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.notice import Priority
from models.office.person import Person
from models.office.tenure import ActingAs, Capacity, Tenure
from models.queries import asked
from models.refusals.registration import NotRegistered
from models.refusals.reports import CaseClosed, NothingToAttach, TextTooLong, WordsMissing
from models.refusals.work import NotYourTask, QuestionAlreadyAnswered
from models.repository import awaiting
from models.repository.presses import Press, pressed_task
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.actions import Action

QUESTION_LIMIT = 800
"""The `length` of a question: with its answer it must fit one message to the official who asked."""


def begin(records: Records, press: Press) -> Toast:
    """Take the next message of the chat for a question to the reporter."""
    proceeding, task, tenure = pressed_task(records, press)
    proceeding.check(task, by=tenure, action=Action.ASK)
    conversing.expect(records, press.card, Expects.QUESTION, task_id=task.id)
    return Toast("turned-expects")


def ask_offered(records: Records, press: Press) -> Toast:
    """Ask the reporter the question on the button."""
    proceeding, task, tenure = pressed_task(records, press)
    conversing.drop(records, press.card.chat_id)
    said = _ask(records, proceeding, task, tenure, press.argument, code="question-asked")
    return Toast(said, {"number": proceeding.case.number, "name": proceeding.case.reporter.name})


def _ask(records: Records, proceeding: Proceeding, task: Task, by: Tenure, text: str, *, code: str) -> str:
    """Ask the reporter, and return the code of the answer to who asked: `code`, or what goes with how things stand."""
    question = proceeding.ask(task, by=by, text=text)
    records.flush()
    proceeding.owe_question(question)
    if proceeding.case.reporter.account_id is None:
        return "question-asked-unreachable"
    return f"{code}-paused" if task.paused_at is not None else code


def ask(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Ask the reporter what the message says. Raises `WordsMissing`, `NothingToAttach`, `TextTooLong`."""
    if not message.text:
        raise WordsMissing if message.files else NothingToAttach
    if length(message.text) > QUESTION_LIMIT:
        raise TextTooLong(length(message.text), QUESTION_LIMIT)
    proceeding, task = records.task(conversation.task_id or 0)
    tenure = records.tenure(person, task)
    conversing.drop(records, message.chat_id)
    code = "question-asked-without-file" if message.files else "question-asked"
    said = _ask(records, proceeding, task, tenure, message.text, code=code)
    number, name = proceeding.case.number, proceeding.case.reporter.name
    records.say(message.chat_id, said, person=person, silent=True, number=number, name=name)


def reply(records: Records, press: Press) -> Toast:
    """Take the reporter's next message for the answer."""
    if press.person is None:
        raise NotRegistered
    named = int(press.argument) if press.argument.isdecimal() else press.card.question_id
    proceeding, question = records.question(named or 0)
    if press.person.id != proceeding.case.reporter_id:
        raise NotYourTask(proceeding.case.reporter.name)
    if question.answered_at is not None:
        raise QuestionAlreadyAnswered
    if proceeding.case.state is not CaseState.OPEN:
        raise CaseClosed(proceeding.case.number)
    press.card.question_id = question.id
    conversing.expect(records, press.card, Expects.ANSWER, question_id=question.id)
    return Toast("prompt-expects-answer")


def answer(records: Records, message: Incoming, person: Person, question_id: int) -> None:
    """Take the message for the answer to a question.

    Raises `QuestionAlreadyAnswered`, `CaseClosed`, `NotYourTask`, `NothingToAttach`, `ReportTooLong`.
    """
    if not message.text and not message.files:
        raise NothingToAttach
    proceeding, question = records.question(question_id)
    conversing.drop(records, message.chat_id)
    report.answer_with(records, proceeding, question, person, message.text, message.files)
    records.say(message.chat_id, "answer-sent", person=person, silent=True, number=proceeding.case.number)


def only_awaited(records: Records, person: Person) -> int | None:
    """Return the one question that waits for the answer of `person`; None where there are several, or none."""
    waiting = asked.awaited(records.reader, person.id)
    return waiting[0].question_id if len(waiting) == 1 else None


def show_awaited(records: Records, press: Press) -> Toast:
    """Show at the bottom of the chat all that the person is asked, in place of what reminded of it further up."""
    if press.person is None:
        raise NotRegistered
    if not asked.count(records.reader, press.person.id):
        records.refresh(press.card)
        return Toast("questions-none")
    for shown in awaiting.reminders(records.session, press.person):
        records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    records.show(CardKind.REMINDER, press.card.chat_id, person=press.person)
    return Toast()


def draw_reminder(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw what the reporter is reminded of, as it waits now."""
    waiting = [
        asking_screens.AskedLine(one.question_id, one.number, one.role, one.name, one.text, one.at)
        for one in asked.awaited(reader, card.person_id)
    ]
    writing = next((one for one in waiting if one.question_id == card.question_id), None)
    view = asking_screens.ReminderView(
        asked=waiting, writing=writing if card.face is Face.EXPECTS_ANSWER else None, now=reader.at
    )
    return asking_screens.reminder(view, say)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card of a question as things stand."""
    standing, question = reader.question(card.question_id or 0)
    task = next(one for one in standing.case.tasks if one.id == question.task_id)
    asker = reader.person_by_id(question.asked_by_id)
    acting = ActingAs.parse(question.asked_as or "")
    view = screens.QuestionView(
        case_id=standing.case.id,
        number=standing.case.number,
        role=standing.title_of(task),
        capacity=acting.capacity if acting else Capacity.DEFINITIVE,
        name=asker.name if asker else "",
        question=question.text,
        answer=question.answer,
        closed=standing.case.state is not CaseState.OPEN,
        writing=card.face is Face.EXPECTS_ANSWER,
    )
    return screens.question_card(view, say)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.ASK: begin,
    Touch.ASK_OFFERED: ask_offered,
    Touch.ANSWER: reply,
    Touch.QUESTIONS: show_awaited,
}
"""What the buttons around a question do."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {
    CardKind.QUESTION: draw,
    CardKind.REMINDER: draw_reminder,
}
"""How the cards of questions are drawn."""
