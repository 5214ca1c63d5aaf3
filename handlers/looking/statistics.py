"""Looking at the statistics: `/statistik`, its card, and what its buttons choose.

A tap only writes down what is chosen. The figures are read when the card is drawn, on a reader, beside the writer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.looking.taking import maker_of
from handlers.papers.paper import Paper
from handlers.screens import statistics as screens
from handlers.screens.paging import within
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.views.compliance import compliance
from handlers.views.statistics import StatisticsView
from models.administration import registers
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.person import Person
from models.queries import cards
from models.queries.register.wanted import right_to_take
from models.refusals.looking import PeriodUnreadable, RegisterNotYours, StatisticsNotYours
from models.refusals.registration import NotRegistered
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.finder import Finder
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period, UnreadablePeriod, month_before
from models.statistics.choice import Choice
from models.statistics.listing import Number
from models.statistics.wanted import scope_of

_TYPED = 40

_FIRST_DAYS = 7
"""Days of a month in which the month before is shown: the new one has too little to tell."""

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
    """Show the figures of this month, in its first days of the one before, or of the period that is typed.

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
    if press.argument in _SENT:
        face = _SENT[press.argument]
        if face is Face.FIGURES_PRINT:
            _journal_print(records, card.subject or "", person)
        about = About(page=0, subject=card.subject)
        records.show(CardKind.STATISTICS, card.chat_id, person=person, about=about, face=face)
        return Toast("statistics-sent")
    if press.argument == _FILE:
        _order(records, Choice.read(card.subject or ""), person, card.chat_id)
        return Toast("statistics-sent")
    choice, face = _chosen(Choice.read(card.subject or ""), press.argument, person)
    if len(choice.kept) > _KEPT:
        raise UnknownButton
    card.turn(face)
    card.page, card.subject = 0, choice.kept
    records.owe(correspondence.refresh(card, at=records.at))
    return Toast()


_FILE = "file"

ORDERED = "figures"
"""The key in the order of a register that says that it is one of figures, and which."""

_SENT = {f"send:{face.value}": face for face in (Face.FIGURES_PICTURE, Face.FIGURES_PRINT)}
"""The buttons that send a picture, or a page to print, of what the card shows."""


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
    if card.face in _SENT.values():
        return Screen(screens.words(view.figures(), say))
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


def _paper(reader: Reader, card: Card, say: Say) -> Paper | None:
    """Return the picture or the page that a card shows; None for a reader who may not see it, or without an SOP."""
    person = reader.person_by_id(card.person_id)
    if person is None or scope_of(reader.office(), person).is_empty:
        return None
    view = StatisticsView(reader, person, Choice.read(card.subject or ""), say)
    printed_for = person if card.face is Face.FIGURES_PRINT else None
    return compliance(reader, view.wanted, view.heading.what, say, printed_for=printed_for)


def make(
    reader: Reader, order: Mapping[str, Any], person: Person, say: Say, *, to: Path, beside: Path
) -> tuple[str, Markup]:
    """Write the figures that a person has ordered to the file `to`; returns its name, and what is said with it.

    `beside` is an empty folder for what is under way.
    """
    # Most processes never write one.
    from handlers.exports.statistics import write_statistics  # noqa: PLC0415

    choice = Choice.read(order[ORDERED])
    view = StatisticsView(reader, person, choice, say)
    told = view.figures()
    people = view.people(times=True)
    groups = (("sops", view.sops()), ("steps", view.steps()), ("posts", view.posts()), ("people", people))
    write_statistics(told, groups, maker_of(reader, person, say), say, to=to, beside=beside)
    return f"statistik-{choice.period}.xlsx", screens.words(told, say)


def _order(records: Records, choice: Choice, person: Person, chat_id: int) -> None:
    """Owe the figures as a spreadsheet, once a minute, and journal that they are taken. Raises `RegisterNotYours`."""
    acts_as = right_to_take(records.lock_office(), person)
    if acts_as is None:
        raise RegisterNotYours
    once = correspondence.once_a_minute(f"figures {choice.kept}"[:_KEPT], chat_id, at=records.at)
    if records.body_of(once) is not None:
        return
    order = {ORDERED: choice.kept}
    registers.take(records, {**order, "form": "xlsx"}, by=person, capacity=acts_as, maker=person.name)
    records.owe_once(correspondence.register(order, person, at=records.at, once=once))


def _journal_print(records: Records, kept: str, person: Person) -> None:
    """Journal that a person takes the page to print, as the spreadsheet is. Of their own figures all may take it."""
    capacity = right_to_take(records.lock_office(), person) or "person"
    registers.take(records, {ORDERED: kept, "form": "pdf"}, by=person, capacity=capacity, maker=person.name)


def _entitled(records: Records, person: Person) -> None:
    """Raise `StatisticsNotYours` for a person who may see no figures."""
    if scope_of(records.reader.office(), person).is_empty:
        raise StatisticsNotYours


def _typed(records: Records, words: list[str]) -> Period:
    today = _today(records)
    if not words:
        return Period.month(today) if today.day > _FIRST_DAYS else month_before(today)
    try:
        return Period.parse(" ".join(words), today=today)
    except UnreadablePeriod as error:
        raise PeriodUnreadable(shortened(" ".join(words), _TYPED)) from error


def _today(finder: Finder) -> date:
    return finder.at.astimezone(finder.calendar.zone).date()


TAPS = {Touch.FIGURES: tap}
SCREENS = {CardKind.STATISTICS: draw}
PAPERS = dict.fromkeys(_SENT.values(), _paper)
