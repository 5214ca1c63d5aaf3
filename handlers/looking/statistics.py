"""Looking at the statistics: `/statistik`, its card, and what its buttons choose.

A tap only writes down what is chosen. The figures are read when the card is drawn, on a reader, beside the writer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.screens import statistics as screens
from handlers.screens.paging import within
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.views.statistics import Choice, StatisticsView
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.person import Person
from models.queries import cards
from models.refusals import CardOutOfDate, NotRegistered, PeriodUnreadable, StatisticsNotYours, UnknownButton
from models.repository.finder import Finder
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period, UnreadablePeriod
from models.statistics.listing import Number
from models.statistics.wanted import scope_of

_TYPED = 40

_KEPT = 100
"""Characters that a card keeps of what is chosen."""

_FACES = {
    Face.MAIN.value: Face.MAIN,
    Face.NUMBERS.value: Face.NUMBERS,
    Face.PERIODS.value: Face.PERIODS,
    Face.SOPS.value: Face.SOPS,
    Face.STEPS.value: Face.STEPS,
    Face.POSTS.value: Face.POSTS,
    Face.PEOPLE.value: Face.PEOPLE,
}
"""The faces to which a button turns the card."""


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Show the figures of this month, or of the period that is typed.

    Raises `NotRegistered`, `StatisticsNotYours`, `PeriodUnreadable`.
    """
    person = records.known(message.sender_id)
    _entitled(records, person)
    records.note_act(person)
    choice = Choice(_typed(records, words))
    for shown in cards.shown_cards(records.reader, message.chat_id, CardKind.STATISTICS):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    records.show(CardKind.STATISTICS, message.chat_id, person=person, about=About(page=0, subject=choice.kept))


def tap(records: Records, press: Press) -> Toast:
    """Show other figures on the card, or the cases behind one of them."""
    person = press.person
    if person is None:
        raise NotRegistered
    _entitled(records, person)
    card = press.card
    if not card.live or card.kind is not CardKind.STATISTICS:
        raise CardOutOfDate
    choice, face = _chosen(Choice.read(card.subject or ""), press.argument, person)
    if len(choice.kept) > _KEPT:
        raise UnknownButton
    card.turn(face)
    card.page, card.subject = 0, choice.kept
    records.owe(correspondence.refresh(card, at=records.at))
    return Toast()


def _chosen(choice: Choice, argument: str, person: Person) -> tuple[Choice, Face]:
    """Return what is chosen after a tap, and the face that shows it. Raises `UnknownButton`."""
    what, _, value = argument.partition(":")
    plain = replace(choice, number=None)
    try:
        if what == "face":
            return plain, _FACES[value]
        if what == "number":
            return replace(choice, number=Number(value)), Face.LISTED
        return _CHOICES[what](plain, value, person), Face.MAIN
    except (ValueError, LookupError) as error:
        raise UnknownButton from error


def _of_step(choice: Choice, value: str) -> Choice:
    sop, _, step = value.rpartition("/")
    return replace(choice, sop=sop or None, step=int(step))


_CHOICES: Mapping[str, Callable[[Choice, str, Person], Choice]] = {
    "period": lambda choice, value, _: replace(choice, period=Period.parse(value, today=choice.period.first)),
    "sop": lambda choice, value, _: replace(choice, sop=value),
    "step": lambda choice, value, _: _of_step(choice, value),
    "post": lambda choice, value, _: replace(choice, post=value),
    "person": lambda choice, value, _: replace(choice, person=int(value)),
    "own": lambda choice, _, person: Choice(choice.period, person=person.id),
    "all": lambda choice, _, __: Choice(choice.period),
}
"""What each word of a button chooses."""


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card for the person whose it is, as far as they may see the figures."""
    person = reader.person_by_id(card.person_id)
    if not card.live or person is None or scope_of(reader.office(), person).is_empty:
        return Screen(say("refusal-statistics-not-yours"))
    choice = Choice.read(card.subject or "")
    view = StatisticsView(reader, person, choice, say)
    groups = {Face.SOPS: view.sops, Face.STEPS: view.steps, Face.POSTS: view.posts, Face.PEOPLE: view.people}
    if card.face in groups:
        found = groups[card.face]()
        return screens.groups(view.heading, found, within(card.page, len(found), screens.PAGE), say)
    if card.face is Face.PERIODS:
        return screens.periods(view.heading, _today(reader), say)
    if card.face is Face.LISTED and choice.number is not None:
        return screens.listed(view.listed(card.page), say)
    drawn = screens.numbers if card.face is Face.NUMBERS else screens.figures
    return drawn(view.figures(), say)


def _entitled(records: Records, person: Person) -> None:
    """Raise `StatisticsNotYours` for a person who may see no figures."""
    if scope_of(records.reader.office(), person).is_empty:
        raise StatisticsNotYours


def _typed(records: Records, words: list[str]) -> Period:
    today = _today(records)
    if not words:
        return Period.month(today)
    try:
        return Period.parse(" ".join(words), today=today)
    except UnreadablePeriod as error:
        raise PeriodUnreadable(shortened(" ".join(words), _TYPED)) from error


def _today(finder: Finder) -> date:
    return finder.at.astimezone(finder.calendar.zone).date()


TAPS = {Touch.FIGURES: tap}
SCREENS = {CardKind.STATISTICS: draw}
