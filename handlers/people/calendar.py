"""`/libur`: everybody may look at the office's calendar; an admin enters days, and sees what moves before it counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.people import calendar_file, dates
from handlers.screens import calendar as screens
from handlers.screens.calendar import Hours
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length
from handlers.views.calendar import calendar_view, change_view, entry_lines, full_day, office_today
from models.administration import calendar as calendars
from models.administration import calendar_entries as entries
from models.administration.calendar_draft import CalendarDraft
from models.administration.calendar_entries import DayFault
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.correspondence import Alert
from models.mail.notice import Priority
from models.office.person import Person
from models.queries import cards
from models.refusals.administration import NotAdmin
from models.refusals.calendar import CalendarDayInvalid, CalendarFileInvalid, CalendarUnchanged
from models.refusals.registration import NotRegistered
from models.refusals.reports import DraftMissing, TextTooLong
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.work_calendar import Period, Week, WorkCalendar

_REASON = 300
"""The `length` of a decree."""

_EMPTY: Week = ((),) * 7


class Asked(StrEnum):
    """What a message is for that a calendar card asks for: the days of an entry, or hours alone."""

    DAY_OFF = EntryKind.DAY_OFF.value
    WORKING_DAY = EntryKind.WORKING_DAY.value
    SEASON = EntryKind.SEASON.value
    HOURS = "hours"


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/libur`: show the calendar; or, where an admin adds days and a decree, what entering a day off would move.

    Raises `NotRegistered`, and what `written` raises.
    """
    person = records.known(message.sender_id)
    if words and person.is_admin:
        _enter(records, message, person, EntryKind.DAY_OFF, " ".join(words))
        return
    _replace(records, message.chat_id)
    records.show(CardKind.CALENDAR, message.chat_id, person=person)


def add(records: Records, press: Press) -> Toast:
    """Ask for the days of an entry of the kind on the button."""
    _admin(press)
    conversing.expect(records, press.card, Expects.CALENDAR, part=Asked(press.argument).value)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take the days, or the hours, that the calendar's card asked for.

    Raises `NotAdmin`, `CalendarDayInvalid`, `SeasonsOverlap`, `CalendarUnchanged` and `TextTooLong`.
    """
    if not person.is_admin:
        raise NotAdmin
    asked = Asked(conversation.part)
    match asked:
        case Asked.HOURS:
            _take_hours(records, message, person)
        case Asked.DAY_OFF | Asked.WORKING_DAY | Asked.SEASON:
            _enter(records, message, person, EntryKind(asked.value), message.text)
        case _:
            assert_never(asked)


def _enter(records: Records, message: Incoming, person: Person, kind: EntryKind, text: str) -> None:
    """Prepare an entry of days that somebody typed, and show what it would move."""
    entry = _typed(records, person, kind, text)
    entries.check(records, calendars.present(records), entry)
    conversing.drop(records, message.chat_id)
    _offer(records, message.chat_id, person, entries.prepare(records, person, adding=[entry]))


def _typed(records: Records, person: Person, kind: EntryKind, text: str) -> CalendarEntry:
    """Return the entry that `text` names. Raises `CalendarDayInvalid` and `TextTooLong`."""
    typed = dates.typed_days(text, today=office_today(records))
    periods: tuple[Period, ...] = ()
    week, rest = _EMPTY, typed.rest
    if kind is EntryKind.WORKING_DAY:
        periods, rest = dates.typed_hours(typed.rest)
    elif kind is EntryKind.SEASON:
        week, rest = dates.typed_week(typed.rest)
    reason = " ".join(rest.split())
    if not reason:
        raise CalendarDayInvalid(DayFault.REASON.value)
    if length(reason) > _REASON:
        raise TextTooLong(length(reason), _REASON)
    return CalendarEntry(0, kind, typed.first, typed.last, reason, person.id, records.at, periods=periods, week=week)


def _take_hours(records: Records, message: Incoming, person: Person) -> None:
    """Give the days that were named before the hours in a message."""
    draft = entries.draft_of(records, person)
    if draft is None:
        raise DraftMissing
    found: list[CalendarEntry] = []
    for entry in draft.entries:
        week, _ = dates.typed_week(message.text)
        hours, _ = dates.typed_hours(message.text)
        filled = replace(entry, week=week) if entry.kind is EntryKind.SEASON else replace(entry, periods=hours)
        if entries.lacks_hours(filled):
            raise CalendarDayInvalid(DayFault.HOURS.value)
        entries.check(records, calendars.present(records), filled)
        found.append(filled)
    conversing.drop(records, message.chat_id)
    _offer(records, message.chat_id, person, entries.prepare(records, person, adding=found))


def takes_files(records: Records, account_id: int) -> bool:
    """Whether a calendar file of this account is fetched at all: an admin's is, any other is a file like others."""
    person = records.person(account_id)
    return person is not None and person.is_admin


def import_file(records: Records, message: Incoming, found: calendar_file.Found | CalendarFileInvalid) -> None:
    """Take a calendar file that was read: show its days, and what entering them as days off would move.

    Days that are off already, or lie too far away, are left out. Raises `NotRegistered`, `NotAdmin`,
    `CalendarFileInvalid`, and `CalendarUnchanged` where no day is left.
    """
    person = records.known(message.sender_id)
    if not person.is_admin:
        raise NotAdmin
    if isinstance(found, CalendarFileInvalid):
        raise found
    present, kept = calendars.present(records), list[CalendarEntry]()
    unticked: set[int] = set()
    passed = {why.value: count for why, count in found.passed_over.items()}
    if found.far:
        passed["far"] = found.far
    for day in found.days:
        entry = _imported(records, person, day, decree=message.text)
        try:
            entries.check(records, present, entry)
        except (CalendarUnchanged, CalendarDayInvalid) as refusal:
            why = "known" if isinstance(refusal, CalendarUnchanged) else "far"
            passed[why] = passed.get(why, 0) + 1
            continue
        if len(kept) == calendar_file.MOST:
            passed["beyond"] = passed.get("beyond", 0) + 1
            continue
        if day.observed:
            unticked.add(len(kept))
        kept.append(entry)
    if not kept:
        raise CalendarUnchanged
    conversing.drop(records, message.chat_id)
    draft = entries.prepare(records, person, adding=kept, left_out=unticked, passed_over=passed)
    _offer(records, message.chat_id, person, draft)


def _imported(records: Records, person: Person, day: calendar_file.FoundDay, *, decree: str) -> CalendarEntry:
    """Return the entry of a day of a file: its name there, and as its decree the words that came with the file."""
    said = " ".join(decree.split())[:_REASON]
    reason = f"{day.name} ({said})" if said and day.name else said or day.name or "iCalendar"
    return CalendarEntry(0, EntryKind.DAY_OFF, day.day, day.day, reason, person.id, records.at)


def _offer(records: Records, chat_id: int, person: Person, draft: CalendarDraft) -> None:
    """Show a prepared change at the bottom of the chat, to be completed or confirmed."""
    _replace(records, chat_id)
    lacking = any(entries.lacks_hours(one) for one in draft.ticked)
    card = records.show(CardKind.CALENDAR, chat_id, person=person, face=Face.HOURS if lacking else Face.CONFIRMING)
    records.flush()
    draft.card_id = card.id


def hours(records: Records, press: Press) -> Toast:
    """Give the days that are prepared the hours on the button, or ask for others."""
    person = _admin(press)
    draft = _shown_draft(records, press, person)
    if press.argument == Hours.OWN:
        conversing.expect(records, press.card, Expects.CALENDAR, part=Asked.HOURS.value)
        return Toast("turned-expects")
    calendar = records.calendar
    filled = [_filled(calendar, entry, press.argument) for entry in draft.entries]
    for entry in filled:
        entries.check(records, calendars.present(records), entry)
    draft.entries = filled
    press.card.turn(Face.CONFIRMING)
    _redraw(records, press)
    return Toast("turned-calendar-confirming")


def _filled(calendar: WorkCalendar, entry: CalendarEntry, argument: str) -> CalendarEntry:
    if entry.kind is EntryKind.SEASON:
        week = dict(calendar.hours.named_weeks).get(argument)
        if week is None:
            raise UnknownButton
        return replace(entry, week=week)
    full = full_day(calendar, entry.first)
    return replace(entry, periods=full if argument == Hours.FULL else full[:1])


def tick(records: Records, press: Press) -> Toast:
    """Take or leave one of the days of a file."""
    person = _admin(press)
    draft = _shown_draft(records, press, person)
    draft.tick(int(press.argument))
    _redraw(records, press)
    return Toast()


def confirm(records: Records, press: Press) -> Toast:
    """Bring what is prepared on the card into force; the deadlines move with it."""
    person = _admin(press)
    adopted = entries.confirm(records, person, card_id=press.card.id)
    return _in_force(records, press, person, adopted, "toast-calendar-in-force")


def undo(records: Records, press: Press) -> Toast:
    """Take back the change that the button names."""
    person = _admin(press)
    adopted = entries.undo(records, person, int(press.argument))
    return _in_force(records, press, person, adopted, "toast-calendar-undone")


def _in_force(records: Records, press: Press, person: Person, adopted: calendars.Adopted, toast: str) -> Toast:
    """Show the calendar as it is now, and tell the other admins."""
    press.card.turn(Face.MAIN)
    _redraw(records, press)
    others = [one for one in records.lock_office().admins if one.id != person.id]
    word = Alert.CALENDAR_FOLLOWS if adopted.left else Alert.CALENDAR_CHANGED
    data = {"name": person.name, "count": adopted.moved}
    for owed in correspondence.alert(word, others, at=records.at, data=data):
        owed.body = {**owed.body, "silent": True}
        records.owe(owed)
    if adopted.left:
        return Toast("toast-calendar-follows", {"count": adopted.moved, "left": adopted.left}, alert=True)
    return Toast(toast, {"count": adopted.moved})


def confirm_year(records: Records, press: Press) -> Toast:
    """Ask whether the cuti bersama of the year on the button are all in the calendar."""
    person, year = _admin(press), int(press.argument)
    # Kept for the record, and so in the language of the office.
    reason = f"Cuti bersama {year} lengkap"
    entry = CalendarEntry(0, EntryKind.YEAR, date(year, 1, 1), date(year, 12, 31), reason, person.id, records.at)
    entries.check(records, calendars.present(records), entry)
    draft = entries.prepare(records, person, adding=[entry])
    draft.card_id = press.card.id
    press.card.turn(Face.CONFIRMING)
    _redraw(records, press)
    return Toast("turned-calendar-confirming")


def choose_entry(records: Records, press: Press) -> Toast:
    """Show the entries of which one may be removed."""
    _admin(press)
    press.card.turn(Face.REMOVING)
    _redraw(records, press)
    return Toast("turned-calendar-removing")


def remove(records: Records, press: Press) -> Toast:
    """Show what removing the entry on the button would move."""
    person = _admin(press)
    known = calendars.present(records)
    wanted = [one for one in known.entries if one.number == int(press.argument)]
    if not wanted:
        raise CardOutOfDate
    for entry in wanted:
        entries.check_removal(records, known, entry)
    draft = entries.prepare(records, person, removing=wanted)
    draft.card_id = press.card.id
    press.card.turn(Face.CONFIRMING)
    _redraw(records, press)
    return Toast("turned-calendar-confirming")


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the calendar, or the change that an admin prepares on this card."""
    person = reader.person_by_id(card.person_id)
    admin = person is not None and person.is_admin and card.live
    if person is not None and admin:
        match card.face:
            case Face.EXPECTS_CALENDAR:
                conversation = reader.conversation(card.chat_id)
                return screens.prompt(conversation.part if conversation else Asked.DAY_OFF.value, say)
            case Face.REMOVING:
                return screens.removing(entry_lines(reader, calendars.present(reader).entries), say)
            case Face.HOURS | Face.CONFIRMING:
                draft = entries.draft_of(reader, person)
                if draft is not None and draft.card_id in {card.id, None}:
                    view = change_view(reader, draft)
                    return (screens.choosing_hours if card.face is Face.HOURS else screens.confirming)(view, say)
            case _:
                pass
    return screens.calendar_card(calendar_view(reader, admin=admin), say)


def _replace(records: Records, chat_id: int) -> None:
    """Let the older cards of the calendar leave the chat, while Telegram still lets us delete them."""
    for shown in cards.shown_cards(records.reader, chat_id, CardKind.CALENDAR):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))


def _admin(press: Press) -> Person:
    """Return the admin who tapped. Raises `NotRegistered`, `NotAdmin`, and `CardOutOfDate` for a card that is over."""
    if press.person is None:
        raise NotRegistered
    if not press.person.is_admin:
        raise NotAdmin
    if press.card.kind is not CardKind.CALENDAR or not press.card.live:
        raise CardOutOfDate
    return press.person


def _shown_draft(records: Records, press: Press, person: Person) -> CalendarDraft:
    """Return what the tapped card prepares. Raises `DraftMissing`."""
    draft = entries.draft_of(records, person)
    if draft is None or draft.card_id != press.card.id:
        raise DraftMissing
    return draft


def _redraw(records: Records, press: Press) -> None:
    records.owe(correspondence.refresh(press.card, at=records.at))


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {
    Touch.CALENDAR_ADD: add,
    Touch.CALENDAR_HOURS: hours,
    Touch.CALENDAR_TICK: tick,
    Touch.CALENDAR_CONFIRM: confirm,
    Touch.CALENDAR_REMOVE: choose_entry,
    Touch.CALENDAR_REMOVE_OF: remove,
    Touch.CALENDAR_UNDO: undo,
    Touch.CALENDAR_YEAR: confirm_year,
}
"""What each button of the calendar does."""

SCREENS = {CardKind.CALENDAR: draw}
