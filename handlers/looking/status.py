"""Looking: what waits for a person, where a case stands, what became of it."""

from collections.abc import Callable, Iterable
from functools import partial

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.looking import sheets
from handlers.looking.lines import LISTED
from handlers.screens import card as card_screens
from handlers.screens import evaluation as evaluation_screens
from handlers.screens import together as together_screens
from handlers.screens.queue import Listing
from handlers.screens.screen import Touch
from handlers.steps import evaluation
from handlers.texts.shorten import length, pages, shortened
from handlers.texts.spoken import storable
from handlers.views import history
from models.administration import registers
from models.case.case import Case
from models.case.proceeding import Proceeding
from models.case.sight import Sight
from models.case.standing import Standing
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.person import Person, includes
from models.queries import belongings, cards, lists
from models.queries.consultations import sight_in
from models.refusals.registration import NotRegistered
from models.refusals.reports import UnknownCase
from models.refusals.work import NotYourTask, TaskAlreadyDecided, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records

_TYPED = 40


def tasks(records: Records, message: Incoming, _words: list[str]) -> None:
    """Show what waits for the person who asks. Raises `NotRegistered`."""
    person = records.known(message.sender_id)
    records.note_act(person)
    if not records.reader.office().desks_of(person):
        records.say(message.chat_id, "list-tasks-empty", person=person)
        return
    _show_list(records, message.chat_id, person, Listing.TASKS)


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Show one case, or all that the person may see. Raises `NotRegistered`, `UnknownCase`."""
    person = records.known(message.sender_id)
    records.note_act(person)
    if words:
        show_case(records, message.chat_id, person, " ".join(words))
        return
    list_cases(records, message.chat_id, person)


def list_cases(records: Records, chat_id: int, person: Person) -> None:
    """Show the cases that the person may see, or the one that there is."""
    cases = lists.visible(records.reader, person, limit=LISTED)
    if len(cases) == 1:
        show(records, chat_id, person, records.reader.case(cases[0].case_id))
    elif cases:
        _show_list(records, chat_id, person, Listing.CASES)
    else:
        records.say(chat_id, "list-cases-empty", person=person)


def show_case(records: Records, chat_id: int, person: Person, number: str) -> None:
    """Show where the case with this number stands, to somebody entitled to see it. Raises `UnknownCase`.

    `number` is what a person typed: `SW-2026-0147`, `0147` or `147`; the newest that they may see is meant.
    """
    for candidate in lists.numbers_like(records.reader, number):
        standing = records.reader.case_numbered(candidate)
        if sight_in(records.reader, standing, person) is not Sight.NOTHING:
            show(records, chat_id, person, standing)
            return
    raise UnknownCase(shortened(number, _TYPED))


def show(records: Records, chat_id: int, person: Person, standing: Standing) -> None:
    """Owe the status card at the bottom of the chat, in place of the one further up."""
    _replace(records, chat_id, CardKind.STATUS, case_id=standing.case.id)
    records.show(CardKind.STATUS, chat_id, person=person, case=standing.case)


def _show_list(records: Records, chat_id: int, person: Person, listing: Listing) -> None:
    face = Face(listing.value)
    if listing is Listing.TASKS:
        _replace_tasks(records, chat_id)
    else:
        _replace(records, chat_id, CardKind.QUEUE, face=face)
    records.show(CardKind.QUEUE, chat_id, person=person, about=About(page=0), face=face)


def _replace(
    records: Records, chat_id: int, kind: CardKind, *, face: Face | None = None, case_id: int | None = None
) -> None:
    """Let the older cards of this kind leave the chat, while Telegram still lets us delete them."""
    _take_away(records, cards.shown_cards(records.reader, chat_id, kind, face=face, case_id=case_id))


def _replace_tasks(records: Records, chat_id: int) -> None:
    """Let older lists of tasks leave the chat, also one on which cards are being chosen: that choice is over."""
    shown = cards.shown_cards(records.reader, chat_id, CardKind.QUEUE)
    listed = [card for card in shown if card.face in {Face.TASKS, *together_screens.FACES}]
    for card in listed:
        if card.face.asks and records.conversation(chat_id).card_id == card.id:
            records.conversation(chat_id).settle()
    _take_away(records, listed)


def _take_away(records: Records, shown: Iterable[Card]) -> None:
    for card in shown:
        if correspondence.deletable(card, at=records.at):
            records.owe(correspondence.withdraw(card, at=records.at, priority=Priority.ANSWER))


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
        records.refresh(press.card)
    return Toast("done-card-below", {"number": proceeding.case.number})


def open_next(records: Records, press: Press) -> Toast:
    """Bring the card of what waits next for the person to the bottom of the chat, or tell that nothing waits."""
    person = _person(press)
    found = _next(records, person)
    if found is None:
        return Toast("list-tasks-empty")
    proceeding, task = found
    proceeding.reissue(task, [person])
    conversing.release(records, press.card.chat_id, task_id=task.id)
    return Toast("done-card-below", {"number": proceeding.case.number})


def _next(records: Records, person: Person) -> tuple[Proceeding, Task] | None:
    """Return what waits next for `person`, locked; None where nothing waits.

    What waits is read before its case is locked, and a colleague may have decided it meanwhile. Then the one after it
    is looked for, once: no tap goes through a whole list that others work on.
    """
    passed: Task | None = None
    for _ in range(2):
        waiting = lists.next_for(records.reader, person, after=passed)
        if waiting is None:
            return None
        proceeding, task = records.task(waiting.task_id)
        if task.is_open and includes(proceeding.holders(task), person.id):
            return proceeding, task
        passed = task
    return None


def turn_page(records: Records, press: Press) -> Toast:
    """Turn to another page of a list."""
    press.card.page = page = _number(press)
    records.refresh(press.card)
    return Toast("turned-page", {"page": str(page + 1)})


def status(records: Records, press: Press) -> Toast:
    """Show where a case stands."""
    standing, person, _ = _case(records.reader, press)
    show(records, press.card.chat_id, person, standing)
    return Toast("done-shown", {"number": standing.case.number})


def timeline(records: Records, press: Press) -> Toast:
    """Send the case's timeline."""
    return _send_page(records, press, Face.TIMELINE)


def position(records: Records, press: Press) -> Toast:
    """Send the case's place among the steps of its SOP."""
    return _send_page(records, press, Face.POSITION)


def sop_form(records: Records, press: Press) -> Toast:
    """Send the form of the SOP that a case follows, in the version that it was opened under."""
    return _send_page(records, press, Face.SOP_FORM)


def earlier(records: Records, press: Press) -> Toast:
    """Send the story of the cases that this one goes on from, to those who may read its words."""
    return _send_page(records, press, Face.EARLIER)


def _send_page(records: Records, press: Press, face: Face) -> Toast:
    standing, person, sight = _case(records.reader, press)
    if face is Face.EARLIER and sight is Sight.POSITION:
        raise UnknownCase(standing.case.number)
    sheets.check(face, standing, person, sight)
    if face in sheets.PAPERS:
        registers.take_paper(records, standing.case, face.value, by=person)
    _replace(records, press.card.chat_id, CardKind.QUEUE, face=face, case_id=standing.case.id)
    records.show(CardKind.QUEUE, press.card.chat_id, person=person, case=standing.case, face=face)
    return Toast("done-shown", {"number": standing.case.number})


def attachments(records: Records, press: Press) -> Toast:
    """Send the files of a case, and what its card had to shorten; a reporter gets their own files.

    The files of the report, of each answer, note and decision, and of the Laporan Evaluasi say what they came with.
    """
    standing, person, sight = _case(records.reader, press)
    if sight is Sight.POSITION:
        raise UnknownCase(standing.case.number)
    case, chat_id = standing.case, press.card.chat_id
    owner = person.id if sight is Sight.OWN else None
    files = belongings.attachments(records.reader, case.id, added_by=owner)
    words = _say_whole(records, chat_id, person, case, sight)
    groups = list(history.brought_with(records.reader, case, files))
    for one in standing.fellows if owner is None else ():
        if one.from_case_id is not None:
            merged = records.reader.case(one.from_case_id).case
            theirs = belongings.attachments(records.reader, merged.id, added_by=one.person_id)
            groups += history.brought_with(records.reader, merged, theirs)
    for said, group in groups:
        found = [file.record for file in group]
        told = storable(said) if said is not None else None
        case.notices.add(correspondence.attachments(case.number, found, person, at=records.at, said=told))
    return Toast("done-shown" if groups or words else "no-attachments", {"number": case.number})


def _say_whole(records: Records, chat_id: int, person: Person, case: Case, sight: Sight) -> bool:
    """Owe the words that the card of a case shortens, whole and in pages; returns whether there are any.

    A person who sees a case only as its reporter gets the report alone.
    """
    judged = case.submitted if sight is Sight.WHOLE else None
    shown = card_screens.TEXT if judged is None else card_screens.TEXT_BESIDE_REPORT
    said = history.at_length(records.reader, case, above=card_screens.NOTE) if sight is Sight.WHOLE else []
    if length(case.text) > shown:
        for page in pages(case.text):
            records.say(chat_id, "words-of", person=person, silent=True, number=case.number, text=page)
    for name, words in said:
        for page in pages(words):
            records.say(chat_id, "words-said", person=person, silent=True, number=case.number, name=name, text=page)
    shortened_report = judged is not None and evaluation_screens.is_shortened(judged.parts)
    if judged is not None and shortened_report:
        evaluation.say_report(records, chat_id, person, case.number, judged)
    return length(case.text) > shown or bool(said) or shortened_report


def _person(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    return press.person


def _number(press: Press) -> int:
    if not press.argument.isdecimal():
        raise UnknownButton
    return int(press.argument)


def _case(reader: Reader, press: Press) -> tuple[Standing, Person, Sight]:
    """Return the case a button is about, who tapped it, and how much of it they may see. Raises `UnknownCase`."""
    person = _person(press)
    case_id = int(press.argument) if press.argument.isdecimal() else press.card.case_id
    if case_id is None and press.card.task_id is not None:
        case_id = reader.task(press.card.task_id)[0].case.id
    standing = reader.case(case_id or 0)
    sight = sight_in(reader, standing, person)
    if sight is Sight.NOTHING:
        raise UnknownCase(standing.case.number)
    return standing, person, sight


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.OPEN_CARD: open_card,
    Touch.OPEN_NEXT: open_next,
    Touch.PAGE: turn_page,
    Touch.STATUS: status,
    Touch.TIMELINE: timeline,
    Touch.POSITION: position,
    Touch.SOP_FORM: sop_form,
    Touch.DISPOSITION_SHEET: partial(_send_page, face=Face.DISPOSITION_SHEET),
    Touch.EVALUATION_REPORT: partial(_send_page, face=Face.EVALUATION_REPORT),
    Touch.EARLIER: earlier,
    Touch.ATTACHMENTS: attachments,
}
"""What each button does that looks at a case or opens one."""
