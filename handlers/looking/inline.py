"""Inline queries: cases that a person finds behind the bot's name in any chat, as they may be posted there.

What is posted is read by everybody in that chat: it says the number, where the case stands, and how to open it, which
asks again who may see it. Confidential cases are not offered. What was said in a case stands in the list alone, which
only the person who types sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.texts.catalogue import Say, Texts
from models.office.person import Person
from models.queries import finding
from models.queries.finding import Found
from models.repository.reader import Reader
from models.repository.records import Records
from models.search.question import Asked

MOST = 10
"""Cases that are offered; a person who wants another types more."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A case that may be posted: what the list shows of it, and the words of the message."""

    case_id: int
    title: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is offered. `more` is the label of the button that leads to the search in private, "" for strangers."""

    offered: Sequence[Offered] = ()
    more: str = ""


def answer(records: Records, account_id: int, query: str, *, username: str, texts: Texts) -> Answer:
    """Return what is offered to an account for what it has typed; nothing to one that belongs to nobody."""
    person = records.person(account_id)
    if person is None:
        return Answer()
    say, reader = texts.say(person.language), records.reader
    found = _found(reader, person, Asked.parse(query, unfinished=True))
    return Answer([_offered(reader, one, say, username) for one in found], say.plain("inline-more"))


def _found(reader: Reader, person: Person, asked: Asked) -> list[Found]:
    search = finding.search(reader, person, asked, most=MOST)
    if search.partly:
        return []
    return [one for one in finding.shown(reader, person, asked, search, slice(MOST)) if not one.confidential]


def _offered(reader: Reader, one: Found, say: Say, username: str) -> Offered:
    post = reader.office_file.short_of(one.post) if one.post else ""
    state = say.plain(f"inline-{one.state.value}", step=one.step, post=post)
    said = "".join(piece for piece, _ in one.said.pieces)
    link = f"https://t.me/{username}?start=case-{one.number}"
    return Offered(one.case_id, f"{one.number} · {state}", said, f"{one.number} · {state}\n{link}")
