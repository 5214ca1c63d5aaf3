"""The pages of `/kelola`: what the card shows, and what leads from one page to another."""

from collections.abc import Callable, Mapping

from handlers.chat.desk import Toast
from handlers.people import absence, inviting, naming, officials, relieving
from handlers.people.rights import admin
from handlers.screens import managing as screens
from handlers.screens.managing import (
    GLANCED,
    UNREACHED,
    CandidateLine,
    ExpectedLine,
    ExpectedView,
    Glance,
    PeopleView,
    Unreached,
)
from handlers.screens.paging import slice_of, within
from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from models.administration import admission, expectation
from models.administration.inviting import open_count
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.office.person import Person
from models.queries import lists
from models.queries.people import awaited, matching, owed_to, people_count, registered, unreachable_people
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records

LISTS = frozenset(
    {Face.MAIN, Face.POSTS, Face.PEOPLE, Face.EXPECTED, Face.ADMINS, Face.CANDIDATES, Face.UNREACHED, Face.ABSENCES}
)
"""The pages that a button opens by their name alone."""


def open_list(records: Records, press: Press) -> Toast:
    """Show the list on the button, from its first page, or the office at a glance."""
    face = next((one for one in LISTS if one.value == press.argument), None)
    if face is None:
        raise UnknownButton
    return turn(records, press, face)


def turn_to(records: Records, press: Press) -> Toast:
    """Show another page of the list that the card shows."""
    if not press.argument.isdecimal():
        raise UnknownButton
    page = int(press.argument)
    return turn(records, press, press.card.face, subject=press.card.subject, page=page)


def open_post(records: Records, press: Press) -> Toast:
    """Show the post on the button; one that has another code by now is named. Raises `PostGone`."""
    post = officials.spec(records, press.argument)
    turn(records, press, Face.POST, subject=post.code)
    return Toast() if post.code == press.argument else Toast("turned-renamed", {"post": post.short})


def open_person(records: Records, press: Press) -> Toast:
    """Show the person on the button."""
    return turn(records, press, Face.PERSON, subject=str(officials.person(records, press.argument).id))


def open_expected(records: Records, press: Press) -> Toast:
    """Show the person of the office's list whose number is on the button."""
    return turn(records, press, Face.EXPECTED_ONE, subject=press.argument)


def list_absences(records: Records, press: Press) -> Toast:
    """Show who is away and will be."""
    turn(records, press, Face.ABSENCES)
    return Toast("turned-absences")


def turn(records: Records, press: Press, face: Face, *, subject: str | None = None, page: int = 0) -> Toast:
    """Show a page on the card that was tapped; what the card has asked for is awaited no longer."""
    admin(press.person)
    card = press.card
    if not card.live or card.kind is not CardKind.ADMINISTRATION:
        raise CardOutOfDate
    conversation = records.conversation(card.chat_id)
    if conversation.card_id == card.id:
        conversation.settle()
    card.turn(face)
    card.subject, card.page = subject, page
    records.owe(correspondence.refresh(card, at=records.at))
    return Toast()


def show(records: Records, chat_id: int, person: Person, face: Face, *, subject: str | None = None) -> Card:
    """Owe a page at the bottom of an admin's chat."""
    about = About(subject=subject, page=0)
    return records.show(CardKind.ADMINISTRATION, chat_id, person=person, about=about, face=face)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the page that a card shows, as the office is now; a person who is no admin any more reads so.

    A page about what is not there any more shows the office at a glance.
    """
    if not card.live:
        return Screen(say("refusal-not-admin"))
    drawn = _PAGES.get(Face(card.face))
    return (drawn(reader, card, say) if drawn is not None else None) or _glance(reader, say)


def _glance(reader: Reader, say: Say) -> Screen:
    office = reader.office()
    waiting, lost = _candidates(reader), unreachable_people(reader)
    view = Glance(
        office=office.file.name,
        candidates=waiting[:GLANCED],
        candidate_count=len(waiting),
        unreached=[_lost(reader, one, briefly=True) for one in lost[:1]],
        unreached_count=len(lost),
        posts=len(office.file.posts),
        vacant=sum(not office.own_holders(post.code) for post in office.file.posts),
        people=people_count(reader),
        expected=awaited(reader),
        admins=len(office.admins),
        invites=open_count(reader),
        now=reader.at,
    )
    return screens.glance(view, say)


def _absences(reader: Reader, card: Card, say: Say) -> Screen:
    return absence.list_all(reader, say, page=card.page)


def _people(reader: Reader, card: Card, say: Say) -> Screen:
    searched = card.subject or ""
    found = matching(registered(reader), searched)
    part = within(card.page, len(found))
    lines = [officials.person_line(reader, one) for one in found[slice_of(part)]]
    return screens.people(PeopleView(lines, part, searched), say)


def _admins(reader: Reader, card: Card, say: Say) -> Screen:
    found = sorted(reader.office().admins, key=lambda one: (one.name, one.id))
    part = within(card.page, len(found))
    lines = [officials.person_line(reader, one) for one in found[slice_of(part)]]
    return screens.admins(lines, part, say)


def _expected(reader: Reader, card: Card, say: Say) -> Screen:
    searched = card.subject or ""
    found = matching(expectation.expected(reader), searched)
    part = within(card.page, len(found))
    lines = [ExpectedLine(one.nip, one.name, one.unit) for one in found[slice_of(part)]]
    return screens.expected(ExpectedView(lines, part, searched), say)


def _expected_one(reader: Reader, card: Card, say: Say) -> Screen:
    found = next((one for one in expectation.expected(reader) if one.nip == card.subject), None)
    return screens.expected_one(ExpectedLine(found.nip, found.name, found.unit) if found else None, say)


def _waiting(reader: Reader, card: Card, say: Say) -> Screen:
    waiting = _candidates(reader)
    part = within(card.page, len(waiting))
    return screens.candidates(waiting[slice_of(part)], part, say)


def _unreached(reader: Reader, card: Card, say: Say) -> Screen:
    lost = unreachable_people(reader)
    part = within(card.page, len(lost), UNREACHED)
    return screens.unreached([_lost(reader, one) for one in lost[slice_of(part)]], part, say, now=reader.at)


def _candidates(reader: Reader) -> list[CandidateLine]:
    return [CandidateLine(one.account_id, one.name or "") for one in admission.candidates(reader)]


def _lost(reader: Reader, person: Person, *, briefly: bool = False) -> Unreached:
    tried = person.tried_at if not briefly and person.unreachable_since is not None else None
    return Unreached(
        person.id,
        person.name,
        person.unreachable_since or reader.at,
        person.obstacle,
        waiting=0 if briefly else len(lists.queue(reader, person)),
        tried_at=tried,
        trying=tried is not None and person.account_id is not None and owed_to(reader, person.account_id),
    )


def _asking(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the page that asks for words, as long as the chat expects them."""
    conversation, subject = reader.conversation(card.chat_id), card.subject or ""
    part = conversation.part if conversation is not None and conversation.card_id == card.id else ""
    face = part.removeprefix("search-")
    match part:
        case "invite" | "plt":
            code, _, replaced = subject.partition(":")
            post = officials.known_post(reader, code)
            page = Button("", Touch.REPLACE, replaced) if replaced else Button("", Touch.INVITING, code)
            about, back = post.title if post else code, page if part == "invite" else Button("", Touch.OPEN_POST, code)
        case "plh":
            about, back = naming.asked_of(reader, subject)
        case "unit" | "rank":
            person = reader.person_by_id(int(subject)) if subject.isdecimal() else None
            about, back = person.name if person else "", Button("", Touch.OPEN_PERSON, subject)
        case "expect":
            about, back = "", Button("", Touch.OPEN_LIST, Face.EXPECTED.value)
        case "search-posts" | "search-people" | "search-expected":
            part, about, back = "search", "", Button("", Touch.OPEN_LIST, face)
        case _:
            return _glance(reader, say)
    return screens.asking(part, say, about=about, back=Button(say.plain("button-back"), back.touch, back.argument))


_PAGES: Mapping[Face, Callable[[Reader, Card, Say], Screen | None]] = {
    Face.ABSENCES: _absences,
    Face.POSTS: officials.draw_posts,
    Face.POST: officials.draw,
    Face.INVITING: officials.draw,
    Face.INVITES: inviting.draw,
    Face.WITHDRAWING_INVITE: inviting.draw,
    Face.PERSON: officials.draw,
    Face.UNBINDING: officials.draw,
    Face.RESTRICTING: officials.draw,
    Face.NAMING_PLH: naming.draw,
    Face.RELIEVING: relieving.draw,
    Face.RELIEVED: relieving.draw,
    Face.PEOPLE: _people,
    Face.ADMINS: _admins,
    Face.EXPECTED: _expected,
    Face.EXPECTED_ONE: _expected_one,
    Face.CANDIDATES: _waiting,
    Face.UNREACHED: _unreached,
    Face.EXPECTS_ADMINISTRATION: _asking,
}
"""How each page is drawn; any other face is the office at a glance."""

TAPS = {
    Touch.OPEN_LIST: open_list,
    Touch.TURN_TO: turn_to,
    Touch.OPEN_POST: open_post,
    Touch.OPEN_PERSON: open_person,
    Touch.OPEN_EXPECTED: open_expected,
    Touch.ABSENCES: list_absences,
}
