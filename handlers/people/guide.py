"""Help: what this person may do, in a few lines; and which language they are spoken to in."""

from typing import Any

from sqlalchemy import select

from handlers.chat.incoming import Incoming
from handlers.texts.catalogue import LANGUAGES
from models.mail.conversation import Conversation
from models.mail.notice import Notice, NoticeKind, Priority
from models.office.person import Person
from models.repository.records import Records

_GREETING_SECONDS = 60


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
    """Greet a registered person by name and say what they may do."""
    if person.account_id is None:
        return
    titles = titles_of(records, person)
    data = {**_may(records, person), "name": person.name, "posts": "; ".join(titles), "count": len(titles)}
    records.say(person.account_id, "welcome", person=person, **data)


def titles_of(records: Records, person: Person) -> list[str]:
    """Return the titles of the posts that `person` holds, in the order of the office file."""
    held = records.office.posts_of(person)
    return [post.title for post in records.rules.office.posts if post.code in held]


def greet(records: Records, message: Incoming, code: str = "greeting-unknown") -> None:
    """Answer somebody who is not registered, at most once a minute, with nothing the office would keep to itself."""
    minute = int(records.at.timestamp()) // _GREETING_SECONDS
    once = f"{code}:{message.chat_id}:{minute}"
    records.owe_once(
        Notice(
            kind=NoticeKind.SAY,
            priority=Priority.ANSWER,
            chat_id=message.chat_id,
            body={"code": code, "data": {}},
            once=once,
            owed_at=records.at,
        )
    )


def language_of(records: Records, account_id: int, account_language: str | None) -> str:
    """Return the language an account is spoken to in: the person's choice, else the chat's, else the account's own."""
    chosen = records.session.scalar(select(Person.language).where(Person.account_id == account_id))
    if chosen is not None:
        return known_language(chosen)
    conversation = records.session.get(Conversation, account_id)
    return known_language(conversation.language if conversation else account_language)


def known_language(code: str | None) -> str:
    """Return the language of the catalogue for a language code such as `en-GB`; Indonesian where there is none."""
    language = (code or "").lower().partition("-")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def _may(records: Records, person: Person) -> dict[str, Any]:
    """Return what the person may do, as the guide's switches."""
    posts = set(records.office.posts_of(person))
    kinds = {
        step.kind for sop in records.rules.sops.values() for step in sop.steps if records.office.post_of(step) in posts
    }
    return {
        "official": "yes" if any(not kind.rules.handles for kind in kinds) else "no",
        "handler": "yes" if any(kind.rules.handles for kind in kinds) else "no",
        "admin": "yes" if person.is_admin else "no",
    }
