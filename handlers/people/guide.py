"""Help: what this person may do, in a few lines; and which language they are spoken to in."""

from typing import Any

from handlers.chat.incoming import Incoming
from models.administration import units
from models.mail.correspondence import once_a_minute
from models.office.office import Office
from models.office.overseeing import scope_of
from models.office.person import Person
from models.queries.people import chosen_language
from models.repository.records import Records


def command(records: Records, message: Incoming, _words: list[str]) -> None:
    """Take `/bantuan`: say what this person may do, nothing else."""
    person = records.person(message.sender_id)
    if person is None:
        greet(records, message)
        return
    records.say(message.chat_id, "guide", person=person, **_may(records, person))


def unknown_command(records: Records, message: Incoming) -> None:
    """Answer a command that there is not."""
    person = records.person(message.sender_id)
    if person is None:
        greet(records, message)
        return
    records.say(message.chat_id, "unknown-command", person=person)


def welcome(records: Records, person: Person) -> None:
    """Greet a registered person by name, say what they may do, and ask for their unit if nobody has."""
    if person.account_id is None:
        return
    titles = titles_of(records.reader.office(), person)
    data = {**_may(records, person), "name": person.name, "posts": "; ".join(titles), "count": len(titles)}
    records.say(person.account_id, "welcome", person=person, **data)
    units.ask(records, person)


def titles_of(office: Office, person: Person) -> list[str]:
    """Return the titles of the posts that `person` holds, in the order of the office file."""
    held = office.posts_of(person)
    return [post.title for post in office.file.posts if post.code in held]


def greet(records: Records, message: Incoming, code: str = "greeting-unknown", **data: Any) -> None:
    """Answer somebody who is not registered, at most once a minute, with nothing the office would keep to itself."""
    once = once_a_minute(code, message.chat_id, at=records.at)
    records.say(message.chat_id, code, once=once, **data)


def language_of(records: Records, account_id: int, account_language: str | None) -> str | None:
    """Return the language of an account: the person's choice, else the chat's, else the account's own.

    It is a Telegram language code, for which the catalogue may have no texts.
    """
    return chosen_language(records.reader, account_id) or account_language


def _may(records: Records, person: Person) -> dict[str, Any]:
    """Return what the person may do, as the guide's switches."""
    office = records.reader.office()
    posts = set(office.desks_of(person))
    kinds = {step.kind for sop in records.rules.sops.values() for step in sop.steps if office.post_of(step) in posts}
    return {
        "official": "yes" if any(not kind.rules.handles for kind in kinds) else "no",
        "handler": "yes" if any(kind.rules.handles for kind in kinds) else "no",
        "admin": "yes" if person.is_admin else "no",
        "board": "yes" if scope_of(office, person) is not None else "no",
    }
