"""The board: `/papan`, its filters and pages, and the reminder of all who hold up something."""

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.looking import status
from handlers.screens.board import board
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.views.board import board_view
from models.chase import late_ones
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.overseeing import Scope, oversees_everything, scope_of
from models.office.person import Person
from models.queries import cards
from models.queries.board import reading
from models.refusals.looking import BoardNotYours
from models.refusals.registration import NotRegistered
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.finder import Finder
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.board_filters import UnreadableWish, Wanted


def command(records: Records, message: Incoming, _words: list[str]) -> None:
    """Take `/papan`: show the board. Raises `NotRegistered`, `BoardNotYours`."""
    person = records.known(message.sender_id)
    if scope_of(records.reader.office(), person) is None:
        raise BoardNotYours
    records.note_act(person)
    show(records, message.chat_id, person)


def status_command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/status`: the case that is named, else the board for those who look over the office, their list for others.

    Raises `NotRegistered`, `UnknownCase`.
    """
    person = records.known(message.sender_id)
    if words or not oversees_everything(records.reader.office(), person):
        status.command(records, message, words)
        return
    records.note_act(person)
    show(records, message.chat_id, person)


def show(records: Records, chat_id: int, person: Person) -> None:
    """Owe the board at the bottom of the chat, in place of the one further up."""
    for shown in cards.shown_cards(records.reader, chat_id, CardKind.BOARD):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    about = About(page=0, subject=Wanted().kept)
    records.show(CardKind.BOARD, chat_id, person=person, about=about)


def turn(records: Records, press: Press) -> Toast:
    """Show what the button keeps: other filters, or another page; as things are now."""
    _looking(records, press)
    kept, _, page = press.argument.rpartition("/")
    if not page.isdecimal():
        raise UnknownButton
    return _turned(records, press, Face.MAIN, _wanted(records, kept), page=int(page))


def offer_steps(records: Records, press: Press) -> Toast:
    """Offer the steps to which the board may be narrowed."""
    _looking(records, press)
    return _turned(records, press, Face.STEPS, _wanted(records, press.argument), page=0)


def offer_posts(records: Records, press: Press) -> Toast:
    """Offer the posts to which the board may be narrowed."""
    _looking(records, press)
    return _turned(records, press, Face.POSTS, _wanted(records, press.argument), page=0)


def ask_to_remind(records: Records, press: Press) -> Toast:
    """Ask whether all who are late are to be reminded: how many can be now."""
    _looking(records, press)
    return _turned(records, press, Face.CONFIRMING, _wanted(records, press.argument), page=0)


def remind_now(records: Records, press: Press) -> Toast:
    """Have all reminded who hold up what this board shows as late, once: the question is over with the answer."""
    person, scope = _looking(records, press)
    if press.card.face is not Face.CONFIRMING:
        raise CardOutOfDate
    wanted = _wanted(records, press.argument)
    late = reading.late_tasks(records.reader, person, scope, wanted)
    heard = late_ones.remind_of(records, person, late)
    _turned(records, press, Face.MAIN, wanted, page=0)
    if not heard.now:
        return Toast("toast-reminded-nobody", alert=True)
    left_out = len(heard.later) + len(heard.deaf)
    return Toast("toast-reminded", {"people": len(heard.now), "tasks": heard.tasks, "left": left_out})


def show_cases(records: Records, press: Press) -> Toast:
    """Show the list of the reader's own reports, and of the cases that they had a part in."""
    person, _ = _looking(records, press)
    status.list_cases(records, press.card.chat_id, person)
    return Toast()


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the board, to a person who looks over something."""
    person = reader.person_by_id(card.person_id)
    scope = scope_of(reader.office(), person) if person is not None and card.live else None
    if person is None or scope is None:
        return Screen(say("refusal-board-not-yours"))
    try:
        wanted = _wanted(reader, card.subject or "")
    except UnknownButton:
        wanted = Wanted()
    return board(board_view(reader, card, person, scope, wanted), say)


def _turned(records: Records, press: Press, face: Face, wanted: Wanted, *, page: int) -> Toast:
    card = press.card
    card.turn(face)
    card.subject, card.page = wanted.kept, page
    # Who taps wants the figures of now, also where nothing has moved since.
    card.digest = None
    records.refresh(card)
    return Toast()


def _looking(records: Records, press: Press) -> tuple[Person, Scope]:
    """Return who taps, and over what they look. Raises `BoardNotYours` and `CardOutOfDate`."""
    if press.person is None:
        raise NotRegistered
    scope = scope_of(records.reader.office(), press.person)
    if scope is None:
        raise BoardNotYours
    if not press.card.live or press.card.kind is not CardKind.BOARD:
        raise CardOutOfDate
    return press.person, scope


def _wanted(finder: Finder, kept: str) -> Wanted:
    try:
        return Wanted.read(kept, posts=[post.code for post in finder.rules.office.posts])
    except UnreadableWish as error:
        raise UnknownButton from error


TAPS = {
    Touch.BOARD: turn,
    Touch.BOARD_STEPS: offer_steps,
    Touch.BOARD_POSTS: offer_posts,
    Touch.BOARD_REMIND: ask_to_remind,
    Touch.BOARD_REMIND_NOW: remind_now,
    Touch.BOARD_CASES: show_cases,
}
SCREENS = {CardKind.BOARD: draw}
