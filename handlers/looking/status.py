"""Looking: what waits for a person, where a case stands, what became of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.screens import card as card_screens
from handlers.screens import chase as chase_screens
from handlers.screens import evaluation as evaluation_screens
from handlers.screens import queue as list_screens
from handlers.screens import timeline as timeline_screens
from handlers.screens.queue import PAGE, CaseLine, Listing, ListView, TaskLine
from handlers.screens.screen import Screen, Touch
from handlers.screens.span import Span, measured
from handlers.steps import evaluation
from handlers.texts.catalogue import Say
from handlers.texts.shorten import pages, shortened
from handlers.views import history
from models.case.case import Case
from models.case.proceeding import Proceeding
from models.case.sight import Sight, sight_of
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.notice import LISTS, Notice, NoticeKind, Priority
from models.office.person import Person, includes
from models.queries import lists
from models.queries.lists import Waiting
from models.refusals import NotRegistered, NotYourTask, TaskAlreadyDecided, UnknownButton, UnknownCase
from models.repository.records import Press, Records

TIMELINE = "timeline"
POSITION = "position"
"""Modes of a QUEUE card that shows one case; the others are those of `Listing`."""

_LISTED = 64
_TYPED = 40


def tasks(records: Records, message: Incoming, _words: list[str]) -> None:
    """Show what waits for the person who asks. Raises `NotRegistered`."""
    person = records.known(message.sender_id)
    if not lists.queue(records, person):
        records.say(message.chat_id, "list-tasks-empty", person=person)
        return
    _show_list(records, message.chat_id, person, Listing.TASKS)


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Show one case, or all that the person may see. Raises `NotRegistered`, `UnknownCase`."""
    person = records.known(message.sender_id)
    if words:
        show_case(records, message.chat_id, person, " ".join(words))
        return
    cases = lists.visible(records, person, limit=_LISTED)
    if len(cases) == 1:
        _show(records, message.chat_id, person, records.case(cases[0].case_id))
    elif cases:
        _show_list(records, message.chat_id, person, Listing.CASES)
    else:
        records.say(message.chat_id, "list-cases-empty", person=person)


def show_case(records: Records, chat_id: int, person: Person, number: str) -> None:
    """Show where the case with this number stands, to somebody entitled to see it. Raises `UnknownCase`.

    `number` is what a person typed: `SW-2026-0147`, `0147` or `147`; the newest that they may see is meant.
    """
    for candidate in lists.numbers_like(records, number):
        proceeding = records.case_numbered(candidate)
        if sight_of(proceeding, person) is not Sight.NOTHING:
            _show(records, chat_id, person, proceeding)
            return
    raise UnknownCase(shortened(number, _TYPED))


def _show(records: Records, chat_id: int, person: Person, proceeding: Proceeding) -> None:
    """Owe the status card at the bottom of the chat, in place of the one further up."""
    _replace(records, chat_id, CardKind.STATUS, case_id=proceeding.case.id)
    records.show(CardKind.STATUS, chat_id, person=person, case=proceeding.case)


def _show_list(records: Records, chat_id: int, person: Person, listing: Listing) -> None:
    _replace(records, chat_id, CardKind.QUEUE, mode=listing.value)
    card = records.show(CardKind.QUEUE, chat_id, person=person, subject_id=0)
    card.mode = listing.value


def _replace(
    records: Records, chat_id: int, kind: CardKind, *, mode: str | None = None, case_id: int | None = None
) -> None:
    """Let the older cards of this kind leave the chat, while Telegram still lets us delete them."""
    for shown in lists.shown_cards(records, chat_id, kind, mode=mode, case_id=case_id):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at))


def open_card(records: Records, press: Press) -> Toast:
    """Bring the card of a task to the bottom of the chat, or tell those who hold its post what became of it."""
    person = _person(press)
    proceeding, task = records.task(_number(press))
    records.tenure(person, task)
    if not task.is_open:
        decider = task.decided_by.name if task.decided_by else ""
        raise TaskAlreadyDecided(decider, task.closed_at or records.at, task.outcome or "")
    holders = proceeding.holders(task)
    if not includes(holders, person.id):
        raise NotYourTask(", ".join(one.name for one in holders))
    proceeding.reissue(task, [person])
    conversing.release(records, press.card.chat_id, task_id=task.id)
    if press.card.kind is CardKind.QUEUE:
        records.owe(correspondence.refresh(press.card, at=records.at))
    return Toast("done-card-below", {"number": proceeding.case.number})


def turn_page(records: Records, press: Press) -> Toast:
    """Turn to another page of a list."""
    press.card.subject_id = page = _number(press)
    records.owe(correspondence.refresh(press.card, at=records.at))
    return Toast("turned-page", {"page": str(page + 1)})


def status(records: Records, press: Press) -> Toast:
    """Show where a case stands."""
    proceeding, person, _ = _case(records, press)
    _show(records, press.card.chat_id, person, proceeding)
    return Toast("done-shown", {"number": proceeding.case.number})


def timeline(records: Records, press: Press) -> Toast:
    """Send the case's timeline."""
    return _send_page(records, press, TIMELINE)


def position(records: Records, press: Press) -> Toast:
    """Send the case's place among the steps of its SOP."""
    return _send_page(records, press, POSITION)


def _send_page(records: Records, press: Press, mode: str) -> Toast:
    proceeding, person, _ = _case(records, press)
    _replace(records, press.card.chat_id, CardKind.QUEUE, mode=mode, case_id=proceeding.case.id)
    card = records.show(CardKind.QUEUE, press.card.chat_id, person=person, case=proceeding.case)
    card.mode = mode
    return Toast("done-shown", {"number": proceeding.case.number})


def attachments(records: Records, press: Press) -> Toast:
    """Send the files of a case, and what its card had to shorten; a reporter gets their own files."""
    proceeding, person, sight = _case(records, press)
    if sight is Sight.POSITION:
        raise UnknownCase(proceeding.case.number)
    case, chat_id = proceeding.case, press.card.chat_id
    owner = person.id if sight is Sight.OWN else None
    files = lists.attachments(records, case.id, added_by=owner)
    words = _say_whole(records, chat_id, person, case, sight)
    if files:
        body = {
            "code": "attachments-of",
            "data": {"number": case.number},
            "files": [file.record for file in files],
        }
        owed = correspondence.notice(NoticeKind.ATTACHMENTS, person, at=records.at, priority=Priority.ANSWER, body=body)
        case.notices.add(owed)
    return Toast("done-shown" if files or words else "no-attachments", {"number": case.number})


def _say_whole(records: Records, chat_id: int, person: Person, case: Case, sight: Sight) -> bool:
    """Owe the words that the card of a case shortens, whole and in pages; returns whether there are any.

    Whoever sees a case as its reporter gets the report alone.
    """
    judged = case.submitted if sight is Sight.WHOLE else None
    shown = card_screens.TEXT if judged is None else card_screens.TEXT_BESIDE_REPORT
    told = history.at_length(records, case, above=card_screens.NOTE) if sight is Sight.WHOLE else []
    if len(case.text) > shown:
        for page in pages(case.text):
            records.say(chat_id, "words-of", person=person, silent=True, number=case.number, text=page)
    for name, words in told:
        for page in pages(words):
            records.say(chat_id, "words-said", person=person, silent=True, number=case.number, name=name, text=page)
    shortened_report = judged is not None and evaluation_screens.is_shortened(judged)
    if judged is not None and shortened_report:
        evaluation.say_report(records, chat_id, person, case.number, judged)
    return len(case.text) > shown or bool(told) or shortened_report


def _person(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    return press.person


def _number(press: Press) -> int:
    if not press.argument.isdecimal():
        raise UnknownButton
    return int(press.argument)


def _case(records: Records, press: Press) -> tuple[Proceeding, Person, Sight]:
    """Return the case a button is about, who tapped it, and how much of it they may see. Raises `UnknownCase`."""
    person = _person(press)
    case_id = int(press.argument) if press.argument.isdecimal() else press.card.case_id
    if case_id is None and press.card.task_id is not None:
        case_id = records.task(press.card.task_id)[0].case.id
    proceeding = records.case(case_id or 0)
    sight = sight_of(proceeding, person)
    if sight is Sight.NOTHING:
        raise UnknownCase(proceeding.case.number)
    return proceeding, person, sight


def draw_list(records: Records, card: Card, say: Say) -> Screen:
    """Draw a list of tasks or cases, or one case's timeline or position."""
    person = records.session.get_one(Person, card.person_id)
    if card.mode in (TIMELINE, POSITION):
        return _draw_case(records, card, person, say)
    listing = Listing(card.mode)
    lines: Sequence[TaskLine] | Sequence[CaseLine]
    match listing:
        case Listing.TASKS:
            lines = [_task_line(records, one) for one in lists.queue(records, person)]
        case Listing.CASES:
            lines = [
                CaseLine(one.case_id, one.number, one.subject, one.state.value, own=one.own)
                for one in lists.visible(records, person, limit=_LISTED)
            ]
        case Listing.SUMMARY | Listing.DIGEST:
            named = lists.waiting(records, person, _named(records, card))
            lines = [_task_line(records, one) for one in named]
    last = max(0, (len(lines) - 1) // PAGE)
    page = min(card.subject_id or 0, last)
    shown = lines[page * PAGE : (page + 1) * PAGE]
    return list_screens.listed(ListView(listing, shown, total=len(lines), page=page), say)


def _draw_case(records: Records, card: Card, person: Person, say: Say) -> Screen:
    proceeding = records.case(card.case_id or 0)
    sight = sight_of(proceeding, person)
    if sight is Sight.NOTHING:
        return Screen(text=say("refusal-unknown-case", number=proceeding.case.number))
    if card.mode == POSITION:
        return timeline_screens.position(history.position_view(records, proceeding), say)
    return timeline_screens.timeline(history.timeline_view(records, proceeding, sight), say)


def _named(records: Records, card: Card) -> list[int]:
    """Return the tasks that the notice of a summary or a digest names."""
    listing = select(Notice.body).where(Notice.card_id == card.id, Notice.kind.in_(LISTS))
    body = records.session.scalar(listing) or {}
    return [item["task"] for item in body.get("items", [])]


def _task_line(records: Records, one: Waiting) -> TaskLine:
    span, late = _left(records, one.due_at)
    return TaskLine(
        task_id=one.task_id,
        case_id=one.case_id,
        number=one.number,
        subject=one.subject,
        holder=records.rules.office.post(one.post).short,
        span=span,
        late=late,
        mine=one.mine,
    )


def _left(records: Records, due: datetime) -> tuple[Span, bool]:
    """Return what is left until the deadline, or how late it is, and whether it is late."""
    calendar = records.rules.office.calendar
    late = calendar.late(due, records.at) > 0
    start, end = (due, records.at) if late else (records.at, due)
    return measured(calendar, start, end), late


def draw_nudge(records: Records, card: Card, say: Say) -> Screen:
    """Draw a reminder as late as the task is now."""
    proceeding, task = records.task(card.task_id or 0)
    span, late = _left(records, task.due_at)
    view = chase_screens.NudgeView(
        task_id=task.id,
        case_id=proceeding.case.id,
        number=proceeding.case.number,
        post=records.rules.office.post(task.post).short,
        opened_at=task.opened_at,
        now=records.at,
        span=span,
        late=late,
        standard=task.time_standard,
        mine=task.is_open and includes(proceeding.holders(task), card.person_id),
    )
    return chase_screens.nudge(view, say)


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.OPEN_CARD: open_card,
    Touch.PAGE: turn_page,
    Touch.STATUS: status,
    Touch.TIMELINE: timeline,
    Touch.POSITION: position,
    Touch.ATTACHMENTS: attachments,
}
"""What each button does that looks at a case or opens one."""

SCREENS: dict[CardKind, Callable[[Records, Card, Say], Screen]] = {
    CardKind.QUEUE: draw_list,
    CardKind.NUDGE: draw_nudge,
}
"""How lists and reminders are drawn."""
