"""The question in which unit a person works: asked once, after they registered or with their next report."""

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.screens.unit import AskingUnit, UnitView, unit_card
from handlers.texts.catalogue import Say
from models.administration import units
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.person import Person
from models.queries.people import known_units
from models.refusals.registration import NotRegistered
from models.refusals.reports import WordsMissing
from models.refusals.work import CardOutOfDate
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records

_OFFERED = 4
"""Units of others that are offered."""

_ARGUMENT = 64
"""Characters of a unit that fits a button's argument."""


def take(records: Records, press: Press) -> Toast:
    """Take the unit on the button."""
    person = _asked(press)
    units.give(records, person, press.argument)
    _conclude(records, press)
    return Toast("toast-unit", {"unit": person.unit})


def write(records: Records, press: Press) -> Toast:
    """Take the next message for the unit."""
    _asked(press)
    conversing.expect(records, press.card, Expects.UNIT)
    return Toast("turned-expects")


def skip(records: Records, press: Press) -> Toast:
    """Leave the unit open; nobody asks again."""
    _asked(press)
    _conclude(records, press)
    return Toast()


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take the unit that the card has asked for. Raises `WordsMissing` and `TextTooLong`."""
    if not message.text:
        raise WordsMissing
    units.give(records, person, message.text)
    card = records.card_by_id(conversation.card_id)
    conversation.settle()
    if card is not None and card.kind is CardKind.UNIT:
        _close(records, card)
    records.say(message.chat_id, "unit-kept", person=person, silent=True, unit=person.unit)


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the question, or what came of it."""
    person = reader.person_by_id(card.person_id)
    offered = [one for one in known_units(reader, limit=_OFFERED) if len(one) <= _ARGUMENT] if card.live else []
    return unit_card(UnitView(AskingUnit(card.face.value), offered, person.unit if person is not None else ""), say)


def _asked(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    if press.card.kind is not CardKind.UNIT or not press.card.live:
        raise CardOutOfDate
    return press.person


def _conclude(records: Records, press: Press) -> None:
    conversation = records.conversation(press.card.chat_id)
    if conversation.card_id == press.card.id:
        conversation.settle()
    _close(records, press.card)


def _close(records: Records, card: Card) -> None:
    card.live = False
    card.turn(Face.DONE)
    records.owe(correspondence.refresh(card, at=records.at))


TAPS = {Touch.TAKE_UNIT: take, Touch.TYPE_UNIT: write, Touch.SKIP_UNIT: skip}
SCREENS = {CardKind.UNIT: draw}
