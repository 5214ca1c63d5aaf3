"""`/privasi`: what is kept of a person, why, for how long, and what they may ask for."""

from collections.abc import Callable

from handlers.chat.incoming import Incoming
from handlers.people.guide import greet
from models.administration import privacy
from models.administration.privacy import Wish
from models.repository.records import Records


def command(records: Records, message: Incoming, _words: list[str]) -> None:
    """Take `/privasi`: tell what is kept, and offer the three requests as commands that a tap sends."""
    person = records.person(message.sender_id)
    if person is None:
        greet(records, message, "privacy-stranger", office=records.rules.office.name)
        return
    office = records.rules.office
    files, words = office.file_years or 0, office.words_years or 0
    records.say(message.chat_id, "privacy", person=person, office=office.name, files=files, words=words)


def requesting(wish: Wish) -> Callable[[Records, Incoming, list[str]], None]:
    """Return what takes the command of one request."""

    def take(records: Records, message: Incoming, _words: list[str]) -> None:
        person = records.person(message.sender_id)
        if person is None:
            greet(records, message)
            return
        told = privacy.ask(records, person, wish)
        records.say(message.chat_id, "privacy-asked", person=person, wish=wish.value, told="yes" if told else "no")

    return take
