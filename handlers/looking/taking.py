"""Taking the register out of the record: `/register`, its card, and the order that the courier carries out."""

from collections.abc import Sequence
from datetime import date

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.exports.heading import Confidential
from handlers.exports.making import Order
from handlers.exports.register import Format
from handlers.screens.register import LATE, RegisterView, register_card
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.administration import registers
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.notice import Priority
from models.office.person import Person
from models.office.tenure import ActingAs
from models.queries import cards
from models.queries.register.wanted import Wanted, right_to_take
from models.refusals.looking import PeriodUnreadable, RegisterNotYours
from models.refusals.registration import NotRegistered
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.finder import Finder
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period, UnreadablePeriod

_ONLY_LATE = frozenset({"terlambat", "late"})
"""The words behind `/register` for those who were late."""

_TYPED = 40


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/register`: offer periods, or make the register that the words name.

    Raises `NotRegistered`, `RegisterNotYours`, `PeriodUnreadable`.
    """
    person = records.known(message.sender_id)
    acts_as = _right(records, person)
    records.note_act(person)
    if not words:
        _replace(records, message.chat_id)
        records.show(CardKind.REGISTER, message.chat_id, person=person)
        return
    order = _typed(records, words)
    began = _take(records, order, person, acts_as, message.chat_id)
    said = "register-making" if began else "register-made-lately"
    records.say(message.chat_id, said, person=person, silent=True, period=_words(order))


def take(records: Records, press: Press) -> Toast:
    """Make the register on the button."""
    person = _person(press)
    acts_as = _right(records, person)
    if not press.card.live or press.card.kind is not CardKind.REGISTER:
        raise CardOutOfDate
    named, _, rest = press.argument.partition(" ")
    try:
        period = Period.parse(named, today=_today(records))
    except UnreadablePeriod as error:
        raise UnknownButton from error
    order = Order(Wanted(period, late=rest == LATE), Format.XLSX, Confidential.MAKERS)
    began = _take(records, order, person, acts_as, press.card.chat_id)
    return Toast("toast-register" if began else "toast-register-lately", {"period": _words(order)})


def offer_months(records: Records, press: Press) -> Toast:
    """Offer each of the last months, or turn back."""
    _right(records, _person(press))
    if not press.card.live or press.card.kind is not CardKind.REGISTER:
        raise CardOutOfDate
    records.turn(press.card, Face.MAIN if press.argument == "none" else Face.MONTHS)
    return Toast()


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card, to a person who may have the register."""
    person = reader.person_by_id(card.person_id)
    if not card.live or person is None or right_to_take(reader.office(), person) is None:
        return Screen(say("refusal-register-not-yours"))
    return register_card(RegisterView(_today(reader), months=card.face is Face.MONTHS), say)


def may_have(reader: Reader, person: Person, chat_id: int) -> bool:
    """Whether a register may be sent to this chat of a person now."""
    return person.account_id == chat_id and right_to_take(reader.office(), person) is not None


def maker_of(reader: Reader, person: Person, say: Say) -> str:
    """Return the name that stands in a register, with the capacity in which its maker may have it."""
    acting = ActingAs.parse(right_to_take(reader.office(), person) or "")
    if acting is None:
        return f"{person.name} ({say.plain('capacity-admin')})"
    post = reader.office_file.short_of(acting.post)
    return f"{person.name} ({say.plain(f'capacity-{acting.capacity.value}', post=post)})"


def _take(records: Records, order: Order, person: Person, acts_as: str, chat_id: int) -> bool:
    """Journal that a person takes a register, and owe it; False where they have taken the same within the minute."""
    once = correspondence.once_a_minute(f"register {_words(order)}", chat_id, at=records.at)
    if records.body_of(once) is not None:
        return False
    registers.take(records, order.kept, by=person, capacity=acts_as, maker=person.name)
    records.owe_once(correspondence.register(order.kept, person, at=records.at, once=once))
    return True


def _typed(records: Records, words: Sequence[str]) -> Order:
    """Return the register that words name: a period, `terlambat`, a format, the code of a post or of an SOP."""
    period, post, sop, late, form, unread = None, None, None, False, Format.XLSX, list[str]()
    posts = {one.code for one in records.rules.office.posts}
    for word in (one.casefold() for one in words):
        if word in _ONLY_LATE:
            late = True
        elif word in set(Format):
            form = Format(word)
        elif word in posts:
            post = word
        elif word in records.rules.sops:
            sop = word
        elif period is None and (named := _period(word, _today(records))) is not None:
            period = named
        else:
            unread.append(word)
    if unread:
        raise PeriodUnreadable(shortened(" ".join(unread), _TYPED))
    return Order(Wanted(period, post, sop, late=late), form, Confidential.MAKERS)


def _period(word: str, today: date) -> Period | None:
    try:
        return Period.parse(word, today=today)
    except UnreadablePeriod:
        return None


def _words(order: Order) -> str:
    """Return an order in the words of its file's name."""
    return order.file_name


def _right(records: Records, person: Person) -> str:
    """Return as what a person may have the register. Raises `RegisterNotYours`."""
    acts_as = right_to_take(records.lock_office(), person)
    if acts_as is None:
        raise RegisterNotYours
    return acts_as


def _person(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    return press.person


def _today(finder: Finder) -> date:
    return finder.at.astimezone(finder.calendar.zone).date()


def _replace(records: Records, chat_id: int) -> None:
    """Let an older card of the register leave the chat, while Telegram still lets us delete it."""
    for shown in cards.shown_cards(records.reader, chat_id, CardKind.REGISTER):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))


TAPS = {Touch.TAKE_REGISTER: take, Touch.REGISTER_MONTHS: offer_months}
SCREENS = {CardKind.REGISTER: draw}
