"""`/rekap`: what a person handled in a month, for themselves and for those above; by pages, as PDF and as XLSX."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from markupsafe import Markup

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.exports.heading import Confidential, Heading
from handlers.papers.paper import Paper
from handlers.screens import recap as screens
from handlers.screens.credit import USUAL, Reckoning, credit_card
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.views import recap as views
from models.administration import registers
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.person import Person
from models.queries import cards
from models.queries.recap import entitled
from models.queries.recap.reading import recap
from models.queries.recap.rows import Recap
from models.queries.register import wanted as register
from models.refusals.looking import MonthUnreadable, RecapNotYours
from models.refusals.registration import NotRegistered
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.office_file import OfficeFile
from models.rules.period import Period, UnreadablePeriod, month_before

_TYPED = 40

_ORDER = "recap"
"""The key under which an order names the person whose month is wanted."""

LAST_MONTH_UNTIL = 5
"""Until which day of a month the list opens at the month before: that is the one that is due then."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose month a card shows, and what its calculator reckons with; kept in the card's `subject`."""

    person_id: int
    month: Period
    reckoning: Reckoning = USUAL

    @classmethod
    def read(cls, kept: str | None) -> Self:
        """Return what `kept` keeps. Raises `CardOutOfDate` for what is none."""
        try:
            number, month, reckoning = (kept or "").split(" ")
            return cls(int(number), Period.parse(month, today=date.min), Reckoning.read(reckoning))
        except (ValueError, UnreadablePeriod) as error:
            raise CardOutOfDate from error

    @property
    def kept(self) -> str:
        """What the card is about, as its column keeps it."""
        return f"{self.person_id} {self.month} {self.reckoning.kept}"


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/rekap`: show the month that is due, or the one that is named.

    Who holds no post that handles, and has never handled anything, sees an empty month of their own, or the people in
    the posts below. Raises `NotRegistered`, `MonthUnreadable`.
    """
    person = records.known(message.sender_id)
    records.note_act(person)
    month = _named(records, words) if words else _due(views.today(records.reader))
    chooses = not words and not _handles(records, person) and bool(entitled.below(records.reader.office(), person))
    wanted = Wanted(person.id, month)
    for shown in cards.shown_cards(records.reader, message.chat_id, CardKind.RECAP):
        if shown.face is not Face.RECAP_PAPER and correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    face = Face.PEOPLE if chooses else Face.MAIN
    records.show(CardKind.RECAP, message.chat_id, person=person, about=About(page=0, subject=wanted.kept), face=face)


def turn_month(records: Records, press: Press) -> Toast:
    """Show another month, the list of months, or the month again. Raises `RecapNotYours`."""
    wanted = _wanted(records, press)
    if press.argument == "list":
        return _turned(records, press, wanted, Face.MONTHS)
    if press.argument == "back":
        return _turned(records, press, wanted, Face.MAIN)
    try:
        month = Period.parse(press.argument, today=views.today(records.reader))
    except UnreadablePeriod as error:
        raise UnknownButton from error
    press.card.page = 0
    return _turned(records, press, Wanted(wanted.person_id, Period.month(month.first), wanted.reckoning), Face.MAIN)


def turn_person(records: Records, press: Press) -> Toast:
    """Show the month of another person, or the people to choose from. Raises `RecapNotYours`."""
    wanted = _wanted(records, press)
    if press.argument == "list":
        return _turned(records, press, wanted, Face.PEOPLE)
    person = records.reader.person_by_id(int(press.argument)) if press.argument.isdecimal() else None
    if person is None:
        raise UnknownButton
    _check(records, _person(press), person)
    press.card.page = 0
    return _turned(records, press, Wanted(person.id, wanted.month, wanted.reckoning), Face.MAIN)


def take(records: Records, press: Press) -> Toast:
    """Send the month as a paper or as a spreadsheet; the office's journal has it. Raises `RecapNotYours`."""
    wanted, person = _wanted(records, press), _person(press)
    named = {"period": _file_name(wanted.month)}
    if press.argument == "pdf":
        _journal(records, wanted, "pdf", by=person)
        about = About(subject=wanted.kept)
        records.show(CardKind.RECAP, press.card.chat_id, person=person, about=about, face=Face.RECAP_PAPER)
        return Toast("toast-recap-pdf", named)
    once = correspondence.once_a_minute(f"recap {wanted.person_id} {wanted.month}", press.card.chat_id, at=records.at)
    if records.body_of(once) is not None:
        return Toast("toast-recap-lately", named)
    _journal(records, wanted, "xlsx", by=person)
    order = {_ORDER: wanted.person_id, "month": str(wanted.month)}
    records.owe_once(correspondence.register(order, person, at=records.at, once=once))
    return Toast("toast-recap-xlsx", named)


def reckon(records: Records, press: Press) -> Toast:
    """Show the calculator, or reckon with something else."""
    wanted = _wanted(records, press)
    try:
        reckoning = Reckoning.read(press.argument) if press.argument else wanted.reckoning
    except ValueError as error:
        raise UnknownButton from error
    return _turned(records, press, Wanted(wanted.person_id, wanted.month, reckoning), Face.CREDIT)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card, to a person who may see that month."""
    viewer, wanted = reader.person_by_id(card.person_id), Wanted.read(card.subject)
    office = reader.office()
    person = reader.person_by_id(wanted.person_id)
    if viewer is None or person is None or not entitled.may_see(office, viewer, person):
        return Screen(say("refusal-recap-not-yours"))
    if card.face is Face.CREDIT:
        return credit_card(wanted.reckoning, say)
    if card.face is Face.PEOPLE:
        return screens.people_card([(one.id, one.name) for one in entitled.below(office, viewer)], say)
    told = recap(reader, person, wanted.month, viewer=viewer)
    view = views.recap_view(reader, told, say, viewer=viewer, card=card)
    if card.face is Face.RECAP_PAPER:
        return Screen(screens.summary(view, say), silent=True)
    return screens.months_card(view, say) if card.face is Face.MONTHS else screens.recap_card(view, say)


def draw_paper(reader: Reader, card: Card, say: Say) -> Paper | None:
    """Return the paper of a month; None for a reader who may not see it any more."""
    viewer, wanted = reader.person_by_id(card.person_id), Wanted.read(card.subject)
    told = month_of(reader, viewer, wanted.person_id, wanted.month)
    return views.paper(reader, told, say) if told is not None else None


def month_of(reader: Reader, viewer: Person | None, person_id: int, month: Period) -> Recap | None:
    """Return what a person handled in a month, as `viewer` may read it; None where they may not see it."""
    person = reader.person_by_id(person_id)
    if viewer is None or person is None or not entitled.may_see(reader.office(), viewer, person):
        return None
    return recap(reader, person, month, viewer=viewer)


def is_order(order: Mapping[str, Any]) -> bool:
    """Whether what a notice keeps is an order for the spreadsheet of a month."""
    return _ORDER in order


def may_have(reader: Reader, viewer: Person, chat_id: int, order: Mapping[str, Any]) -> bool:
    """Whether the spreadsheet of a month may be sent to this chat of a person now."""
    person = reader.person_by_id(order[_ORDER])
    bound = viewer.account_id == chat_id
    return bound and person is not None and entitled.may_see(reader.office(), viewer, person)


def make(
    reader: Reader, viewer: Person, order: Mapping[str, Any], say: Say, *, to: Path, beside: Path
) -> tuple[str, Markup]:
    """Write the spreadsheet that was ordered, and return its name and the words under it.

    Whether `viewer` may have it was asked before (`may_have`).
    """
    # Most processes never write one.
    from handlers.exports.recap import write_recap  # noqa: PLC0415

    person, month = reader.person_by_id(order[_ORDER]), Period.parse(order["month"], today=views.today(reader))
    told = recap(reader, person or viewer, month, viewer=viewer)
    above = heading(reader.office_file, month, maker=viewer.name, at=reader.at)
    write_recap(told, [views.worded(reader, one, say) for one in told.handled], above, say, to=to, beside=beside)
    return f"{_file_name(month)}.xlsx", screens.headline(told.name, month, views.totals(told), say)


def heading(office: OfficeFile, month: Period, *, maker: str, at: datetime) -> Heading:
    """Return what stands above the spreadsheet of a month, which `maker` makes at an instant."""
    return Heading(
        office=office.name,
        wanted=register.Wanted(month),
        post="",
        sop="",
        maker=maker,
        made_at=at,
        zone=office.calendar.zone,
        checkpoint=None,
        confidential=Confidential.POSITION,
    )


def _file_name(month: Period) -> str:
    """Return the name of the files of a month, without their ending, of our own words alone."""
    return f"rekap-kinerja-{month}"


def _turned(records: Records, press: Press, wanted: Wanted, face: Face) -> Toast:
    press.card.subject = wanted.kept
    press.card.turn(face)
    records.owe(correspondence.refresh(press.card, at=records.at))
    return Toast()


def _wanted(records: Records, press: Press) -> Wanted:
    """Return what the tapped card shows. Raises `CardOutOfDate`, and `RecapNotYours` where it is theirs no more."""
    person = _person(press)
    if not press.card.live or press.card.kind is not CardKind.RECAP:
        raise CardOutOfDate
    wanted = Wanted.read(press.card.subject)
    shown = records.reader.person_by_id(wanted.person_id)
    if shown is None:
        raise CardOutOfDate
    _check(records, person, shown)
    return wanted


def _journal(records: Records, wanted: Wanted, form: str, *, by: Person) -> None:
    of = records.session.get_one(Person, wanted.person_id)
    registers.take_recap(records, of, str(wanted.month), form, by=by)


def _check(records: Records, viewer: Person, person: Person) -> None:
    if not entitled.may_see(records.reader.office(), viewer, person):
        raise RecapNotYours


def _handles(records: Records, person: Person) -> bool:
    return entitled.handles(records.reader.office(), person)


def _named(records: Records, words: list[str]) -> Period:
    """Return the month that words name. Raises `MonthUnreadable` for what names none, or more than one."""
    said = "-".join(words)
    try:
        period = Period.parse(said, today=views.today(records.reader))
    except UnreadablePeriod as error:
        raise MonthUnreadable(shortened(" ".join(words), _TYPED)) from error
    if period != Period.month(period.first):
        raise MonthUnreadable(shortened(" ".join(words), _TYPED))
    return period


def _due(today: date) -> Period:
    return month_before(today) if today.day <= LAST_MONTH_UNTIL else Period.month(today)


def _person(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    return press.person


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.RECAP_MONTH: turn_month,
    Touch.RECAP_OF: turn_person,
    Touch.RECAP_TAKE: take,
    Touch.RECAP_CREDIT: reckon,
}
"""What the buttons of a month do."""

SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {CardKind.RECAP: draw}
"""How a month is drawn."""

PAPERS: dict[Face, Callable[[Reader, Card, Say], Paper | None]] = {Face.RECAP_PAPER: draw_paper}
"""The face that is a paper."""
