"""What an admin writes into `/kelola`: words to look for, an expected person, a NIP, a decree, a unit, a rank."""

from collections.abc import Callable, Mapping

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.people import decrees, managing, officials
from handlers.people.rights import admin, identity_of_another
from handlers.screens.screen import Touch
from handlers.texts.shorten import length, shortened
from models.administration import admission, expectation, ranks, units
from models.administration.expectation import Expected
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.invitation import InviteKind
from models.office.name import parse_name
from models.office.nip import split_identity
from models.office.person import Person
from models.queries.people import person_with_nip
from models.refusals.absences import NothingToStandInFor
from models.refusals.registration import AlreadyRegistered
from models.refusals.reports import TextTooLong, WordsMissing
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.absences import own_posts
from models.repository.presses import Press
from models.repository.records import Records

SEARCH_LIMIT = 100
"""The `length` of words to look for."""

_NAME = 40


def write(records: Records, press: Press) -> Toast:
    """Take the next message for what the button says."""
    admin(press.person)
    if press.argument not in _TAKEN:
        raise UnknownButton
    if not press.card.live or press.card.kind is not CardKind.ADMINISTRATION:
        raise CardOutOfDate
    conversing.expect(records, press.card, Expects.ADMINISTRATION, part=press.argument)
    return Toast("turned-expects")


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take what a page of `/kelola` has asked for, and show the page that follows at the bottom of the chat.

    Raises `NotAdmin`, `WordsMissing`, `TextTooLong`, and what the doors raise.
    """
    admin(person)
    if not message.text:
        raise WordsMissing
    card, take = records.card_by_id(conversation.card_id), _TAKEN.get(conversation.part)
    if card is None or take is None:
        raise CardOutOfDate
    take(records, message, person, card)


def forget(records: Records, press: Press) -> Toast:
    """Expect the person on the button no longer."""
    by = admin(press.person)
    gone = expectation.forget(records, press.argument, by=by)
    managing.turn(records, press, Face.EXPECTED)
    return Toast("toast-forgotten", {"name": shortened(gone.name or gone.nip, _NAME)} if gone else {"name": "–"})


def consider_plh(records: Records, press: Press) -> Toast:
    """Show the posts of the person on the button: for which of them somebody is to stand in."""
    shown = officials.person(records, press.argument)
    return managing.turn(records, press, Face.NAMING_PLH, subject=str(shown.id))


def name_plh_at(records: Records, press: Press) -> Toast:
    """Take the next message for who stands in at the post on the button, or at all of the person's.

    Raises `NothingToStandInFor` where the post is not the person's own by now.
    """
    admin(press.person)
    card = press.card
    if not card.live or card.face is not Face.NAMING_PLH:
        raise CardOutOfDate
    away = officials.person(records, card.subject or "")
    if press.argument and press.argument not in own_posts(records.lock_office(), away):
        raise NothingToStandInFor(away.name)
    card.subject = f"{away.id}:{press.argument}" if press.argument else str(away.id)
    conversing.expect(records, card, Expects.ADMINISTRATION, part="plh")
    return Toast("turned-expects")


def _search(records: Records, message: Incoming, person: Person, card: Card) -> None:
    words = " ".join(message.text.split())
    if length(words) > SEARCH_LIMIT:
        raise TextTooLong(length(words), SEARCH_LIMIT)
    face = Face(records.conversation(message.chat_id).part.removeprefix("search-"))
    _follow(records, message, card)
    managing.show(records, message.chat_id, person, face, subject=words)


def _expect(records: Records, message: Incoming, person: Person, card: Card) -> None:
    """Take `NIP name; unit`. Raises `NipInvalid`, `NameInvalid`, `AlreadyRegistered`, `TextTooLong`."""
    nip, beside = split_identity(message.text.partition(";")[0])
    number, unit = identity_of_another(nip or message.text), units.parsed(message.text.partition(";")[2])
    name = parse_name(beside)
    known = person_with_nip(records, number)
    if known is not None:
        raise AlreadyRegistered(known.name)
    expectation.expect(records, [Expected(number, name, unit)], by=person)
    _follow(records, message, card)
    records.say(message.chat_id, "expected-kept", person=person, silent=True, name=name)
    managing.show(records, message.chat_id, person, Face.EXPECTED)


def _invite(records: Records, message: Incoming, person: Person, card: Card) -> None:
    code, _, replaces = (card.subject or "").partition(":")
    post = officials.spec(records, code)
    nip = identity_of_another(message.text)
    leaving = int(replaces) if replaces.isdecimal() and int(replaces) else None
    issued = admission.invite(records, InviteKind.POST, post=post.code, nip=nip, by=person, replaces=leaving)
    _follow(records, message, card)
    records.show(CardKind.INVITATION, message.chat_id, person=person, about=About(invite_id=issued.id))


def _plh(records: Records, message: Incoming, person: Person, card: Card) -> None:
    """Take who stands in, the days, and the SK, for the person whose page it was and the post that was chosen there."""
    number, _, post = (card.subject or "").partition(":")
    away = officials.person(records, number)
    decrees.name_by_decree(records, message, person, ["plh", away.nip, *filter(None, (post,)), *message.text.split()])
    _follow(records, message, card)


def _plt(records: Records, message: Incoming, person: Person, card: Card) -> None:
    """Take who acts for the vacant post whose page it was, and the SK."""
    post = officials.spec(records, card.subject or "")
    decrees.name_by_decree(records, message, person, ["plt", post.code, *message.text.split()])
    _follow(records, message, card)


def _unit(records: Records, message: Incoming, person: Person, card: Card) -> None:
    concerned = officials.person(records, card.subject or "")
    units.correct(records, concerned, message.text, by=person)
    _follow(records, message, card)
    managing.show(records, message.chat_id, person, Face.PERSON, subject=str(concerned.id))


def _rank(records: Records, message: Incoming, person: Person, card: Card) -> None:
    concerned = officials.person(records, card.subject or "")
    ranks.correct(records, concerned, message.text, by=person)
    _follow(records, message, card)
    managing.show(records, message.chat_id, person, Face.PERSON, subject=str(concerned.id))


def _follow(records: Records, message: Incoming, card: Card) -> None:
    """Expect nothing any more; the page that has asked leaves the chat, or shows the office at a glance."""
    conversing.drop(records, message.chat_id)
    if card.live and correspondence.deletable(card, at=records.at):
        records.no_longer_refresh(card)
        records.owe(correspondence.withdraw(card, at=records.at, priority=Priority.ANSWER))


_Taken = Callable[[Records, Incoming, Person, Card], None]

_TAKEN: Mapping[str, _Taken] = {
    "search-posts": _search,
    "search-people": _search,
    "search-expected": _search,
    "expect": _expect,
    "invite": _invite,
    "plh": _plh,
    "plt": _plt,
    "unit": _unit,
    "rank": _rank,
}
"""What a page can ask for, by the word that the conversation keeps."""

TAPS = {Touch.WRITE: write, Touch.FORGET: forget, Touch.NAMING_PLH: consider_plh, Touch.NAME_PLH_AT: name_plh_at}
