"""Being away: `/cuti`, the card of an absence, that of a person who is asked to stand in; and how admins name one."""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.people.days import parse_days
from handlers.screens import absence as screens
from handlers.screens.absence import AbsenceView, AwayLine, Offered, PostLine, RequestLine, RequestView
from handlers.screens.paging import slice_of, within
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length
from models.administration import absence as absences
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.absence import ALL_POSTS, Absence, Stage
from models.office.office import Office
from models.office.person import Person
from models.queries.absences import absence_cards, proposals
from models.refusals.absences import NothingToStandInFor
from models.refusals.administration import NotAdmin
from models.refusals.registration import NotRegistered
from models.refusals.reports import TextTooLong, WordsMissing
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.absences import absence_by_id, open_absences, own_posts, requests_of
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records

REASON_LIMIT = 300
"""The `length` of a reason."""


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/cuti`: file the days that the words name, else show what was filed, else ask for the days.

    Raises `NotRegistered`, `DaysInvalid`, and what filing raises.
    """
    person = records.known(message.sender_id)
    if words:
        _file(records, message.chat_id, person, " ".join(words))
        return
    _show_own(records, message.chat_id, person)


def open_own(records: Records, press: Press) -> Toast:
    """Show the absence that the button names, else the reader's own, as `/cuti` does. Raises `NotAdmin`."""
    person = _person(press)
    if press.argument:
        show(records, press.card.chat_id, person, _concerning(records, press.argument, person))
    else:
        _show_own(records, press.card.chat_id, person)
    return Toast("toast-below")


def choose_days(records: Records, press: Press) -> Toast:
    """File the days of a button, or ask no more. Raises `CardOutOfDate` for a question that was answered otherwise."""
    person, today = _person(press), today_of(records)
    _check_living(press)
    conversing.drop(records, press.card.chat_id)
    if press.argument == "none" or press.card.absence_id is not None:
        press.card.live = press.card.absence_id is not None
        _redraw(records, press)
        return Toast()
    first = today + timedelta(days=1) if press.argument == "tomorrow" else today
    last = None if press.argument == "open" else first
    filed = absences.file(records, person, first, last, by=person)
    press.card.absence_id = filed.id
    _redraw(records, press)
    return Toast("toast-away-filed")


def write_reason(records: Records, press: Press) -> Toast:
    """Take the next message for the reason, or ask no more."""
    _check_living(press)
    _concerning(records, str(press.card.absence_id or ""), _person(press))
    if press.argument == "none":
        conversing.drop(records, press.card.chat_id)
        _redraw(records, press)
        return Toast()
    conversing.expect(records, press.card, Expects.REASON_AWAY)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take the days, or the reason, that a card has asked for. Raises `DaysInvalid`, `WordsMissing`, `TextTooLong`."""
    if not message.text:
        raise WordsMissing
    card = records.card_by_id(conversation.card_id)
    if conversation.expects is Expects.DAYS_AWAY or card is None or card.absence_id is None:
        _file(records, message.chat_id, person, message.text)
        return
    if length(message.text) > REASON_LIMIT:
        raise TextTooLong(length(message.text), REASON_LIMIT)
    absence = _numbered(records, str(card.absence_id))
    conversing.drop(records, message.chat_id)
    absences.explain(records, absence, message.text, by=person)
    records.say(message.chat_id, "away-reason-kept", person=person, silent=True)


def ask(records: Records, press: Press) -> Toast:
    """Ask the person on the button to stand in."""
    by, absence = _person(press), _of(records, press)
    person = records.person_by_id(int(press.argument)) if press.argument.isdecimal() else None
    if person is None:
        raise UnknownButton
    absences.ask(records, absence, person, by=by, post=press.card.subject or ALL_POSTS)
    return Toast("toast-plh-asked", {"name": person.name})


def choose_post(records: Records, press: Press) -> Toast:
    """Show who could stand in at one post alone, or all of them again."""
    _check_living(press)
    _concerning(records, str(press.card.absence_id or ""), _person(press))
    press.card.subject = press.argument or None
    _redraw(records, press)
    return Toast()


def accept(records: Records, press: Press) -> Toast:
    """Stand in for the person who is away."""
    absence = _of(records, press)
    absences.answer(records, absence, by=_person(press), accepts=True, post=press.argument)
    return Toast("toast-plh-accepted", {"name": absence.person.name})


def refuse(records: Records, press: Press) -> Toast:
    """Do not stand in."""
    absence = _of(records, press)
    absences.answer(records, absence, by=_person(press), accepts=False, post=press.argument)
    return Toast("toast-plh-refused", {"name": absence.person.name})


def release(records: Records, press: Press) -> Toast:
    """Let the person who stands in do so no longer."""
    absence, by = _of(records, press), _person(press)
    former = absence.plh_of(press.argument)
    absences.release(records, absence, by=by, post=press.argument)
    if former is None or former.id == by.id:
        return Toast("toast-plh-given-back")
    return Toast("toast-plh-released", {"name": former.name})


def end(records: Records, press: Press) -> Toast:
    """Let the absence be over: its person is back, or it is called off."""
    absence, by = _of(records, press), _person(press)
    stage = absences.end(records, absence, by=by)
    if stage is Stage.OVER and by.id != absence.person_id:
        return Toast("toast-away-over-of", {"name": absence.person.name})
    return Toast("toast-away-over" if stage is Stage.OVER else "toast-away-called-off")


def _show_own(records: Records, chat_id: int, person: Person) -> None:
    """Show the person's absences; where there is none, ask for the days."""
    found = open_absences(records.reader, of=person)
    for absence in found:
        show(records, chat_id, person, absence)
    if found:
        return
    if not _holds_a_post(records.reader.office(), person):
        raise NothingToStandInFor(person.name)
    _withdraw(records, chat_id, None)
    card = records.show(CardKind.ABSENCE, chat_id, person=person)
    records.flush()
    conversing.expect(records, card, Expects.DAYS_AWAY)


def _file(records: Records, chat_id: int, person: Person, text: str) -> None:
    first, last = parse_days(text, today=today_of(records))
    filed = absences.file(records, person, first, last, by=person)
    conversing.drop(records, chat_id)
    _withdraw(records, chat_id, None)
    show(records, chat_id, person, filed)


def show(records: Records, chat_id: int, person: Person, absence: Absence) -> None:
    """Owe the card of an absence at the bottom of the chat, in place of the one further up."""
    _withdraw(records, chat_id, absence.id)
    records.show(CardKind.ABSENCE, chat_id, person=person, about=About(absence_id=absence.id))


def _withdraw(records: Records, chat_id: int, absence_id: int | None) -> None:
    for shown in absence_cards(records.reader, chat_id, absence_id):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))


def _holds_a_post(office: Office, person: Person) -> bool:
    return any(one.person_id == person.id and one.lasts and one.stands_for_id is None for one in office.tenures)


def _numbered(records: Records, number: str) -> Absence:
    absence = absence_by_id(records, int(number)) if number.isdecimal() else None
    if absence is None:
        raise UnknownButton
    return absence


def _concerning(records: Records, number: str, person: Person) -> Absence:
    """Return the absence with this number, if it is the person's own or they are an admin. Raises `NotAdmin`."""
    absence = _numbered(records, number)
    if absence.person_id != person.id and not records.reader.office().administers(person):
        raise NotAdmin
    return absence


def _of(records: Records, press: Press) -> Absence:
    """Return the absence that the tapped card is about. Raises `UnknownButton`, `CardOutOfDate`."""
    _check_living(press)
    return _numbered(records, str(press.card.absence_id or ""))


def _check_living(press: Press) -> None:
    """Raise `CardOutOfDate` for a copy of a card that has left the chat: a newer one is in its place."""
    if press.card.kind is CardKind.ABSENCE and not press.card.live:
        raise CardOutOfDate


def _person(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    return press.person


def today_of(records: Records) -> date:
    """Return the day of the office's calendar on which the work is done."""
    return records.at.astimezone(records.calendar.zone).date()


def _redraw(records: Records, press: Press) -> None:
    records.owe(correspondence.refresh(press.card, at=records.at))


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw an absence for its person or an admin, or the question for the days of a new one."""
    absence = absence_by_id(reader, card.absence_id)
    if absence is None:
        return screens.asking_days(say, asks=card.live and card.face is Face.EXPECTS_DAYS_AWAY)
    if not card.live and absence.over_at is None:
        return Screen(say("absence-replaced"))
    reader_id, office = card.person_id, reader.office()
    own = reader_id == absence.person_id
    if not own and reader_id not in {one.id for one in office.admins}:
        return Screen(say("refusal-not-admin"))
    asked = requests_of(reader, absence)
    short = {post.code: post.short for post in office.file.posts}
    own_ones = own_posts(office, absence.person)
    chosen = card.subject if card.subject in own_ones else ALL_POSTS
    # Where some posts have somebody, the others are asked for one by one.
    apart = any(one.plh_id is not None for one in absence.named)
    free = absence.plh_of(chosen) is None and (chosen != ALL_POSTS or not apart)
    offers = absence.over_at is None and free
    view = AbsenceView(
        own=own,
        name=absence.person.name,
        first=absence.first,
        last=absence.last,
        reason=absence.reason,
        stage=absence.stage,
        plh=", ".join(one.name for one in absence.standing_in) if absence.plh is not None else "",
        decree=absence.decree if absence.plh_whole else None,
        asked=[(one.person.name, one.answer, short.get(one.post, one.post)) for one in asked],
        offered=[
            Offered(one.person.id, one.person.name, short.get(one.post, one.post))
            for one in (proposals(reader, absence, asked, chosen) if offers else ())
        ],
        whole=absence.plh_whole,
        posts=[_line_of(absence, post, short[post]) for post in own_ones] if len(own_ones) > 1 or apart else [],
        chosen=short.get(chosen, ""),
        kept=reader.rules.keeps_from_plh(own_ones),
        writing=card.face is Face.EXPECTS_REASON_AWAY,
    )
    return screens.absence_card(view, say)


def _line_of(absence: Absence, post: str, short: str) -> PostLine:
    named, acting = absence.plh_of(post), absence.acts_at(post)
    decree = next((one.decree for one in absence.named if one.post == post and one.plh_id is not None), None)
    return PostLine(post, short, acting.name if acting is not None else "", named is not None, decree)


def draw_request(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card of a person who was asked to stand in."""
    absence = absence_by_id(reader, card.absence_id)
    if absence is None:
        raise UnknownButton
    office, asked = reader.office(), requests_of(reader, absence)
    answers = {one.post: one.answer for one in asked if one.person_id == card.person_id}
    acting = [one.post for one in absence.named if one.plh_id is not None and one.plh_id == card.person_id]
    acting += [ALL_POSTS] if absence.plh_whole and absence.plh_id == card.person_id else []
    short = {post: reader.rules.office.short_of(post) for post in own_posts(office, absence.person)}
    view = RequestView(
        name=absence.person.name,
        requests=[
            RequestLine(one, ", ".join(_short_of(absence, one, short)), answers.get(one), one in acting)
            for one in dict.fromkeys([*answers, *acting])
        ],
        first=absence.first,
        last=absence.last,
        reason=absence.reason,
        stage=absence.stage,
        kept=reader.rules.keeps_from_plh(short),
    )
    return screens.request_card(view, say)


def _short_of(absence: Absence, post: str, short: Mapping[str, str]) -> list[str]:
    """Return the short names of the posts that naming somebody for `post` is about: of all, those without their own."""
    if post != ALL_POSTS:
        return [short.get(post, post)]
    return [name for code, name in short.items() if absence.plh_of(code) is None]


def list_all(reader: Reader, say: Say, *, page: int | None) -> Screen:
    """Draw a page of who is away and who will be, for an admin."""
    found = open_absences(reader)
    part = within(page, len(found))
    lines = [
        AwayLine(
            one.id,
            one.person.name,
            one.first,
            one.last,
            ", ".join(plh.name for plh in one.standing_in) if one.plh is not None else "",
        )
        for one in found[slice_of(part)]
    ]
    return screens.list_of_absences(lines, part, say)


TAPS = {
    Touch.ABSENCE: open_own,
    Touch.DAYS_AWAY: choose_days,
    Touch.REASON_AWAY: write_reason,
    Touch.ASK_PLH: ask,
    Touch.PLH_POST: choose_post,
    Touch.ACCEPT_PLH: accept,
    Touch.REFUSE_PLH: refuse,
    Touch.RELEASE_PLH: release,
    Touch.CALL_OFF: end,
    Touch.COME_BACK: end,
}
SCREENS = {CardKind.ABSENCE: draw, CardKind.PLH_REQUEST: draw_request}
