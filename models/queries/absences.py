"""Absences as people look at them: who could stand in for somebody, and whose card shows an absence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.mail.card import Card, CardKind
from models.office.absence import ALL_POSTS, Absence, PlhRequest
from models.office.office import Office
from models.office.person import Person
from models.repository.absences import open_absences, own_posts, unfit
from models.repository.reader import Reader

_PROPOSED = 8
"""People who are proposed at most."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person who could stand in, with the post by which they are near; `post` is its code."""

    person: Person
    post: str


def proposals(reader: Reader, absence: Absence, asked: Sequence[PlhRequest], post: str = ALL_POSTS) -> list[Proposal]:
    """Return who could stand in: colleagues of the same post, superiors, peers, direct subordinates, in this order.

    `post` is the one at which they would, alone. Nobody is proposed who was asked, is away without a Plh., has no
    account, or would close a circle.
    """
    known, seen = open_absences(reader), {one.person_id for one in asked if one.post == post}
    office, found = reader.office(), []
    for proposal in _near(office, absence.person, own_posts(office, absence.person) if post == ALL_POSTS else [post]):
        person = proposal.person
        if person.id in seen or unfit(known, absence, person, post) is not None:
            continue
        seen.add(person.id)
        found.append(proposal)
    return found[:_PROPOSED]


def absence_cards(reader: Reader, chat_id: int, absence_id: int | None) -> Sequence[Card]:
    """Return the living cards of an absence in a chat; None finds those that ask for the days of a new one."""
    about = Card.absence_id == absence_id if absence_id is not None else Card.absence_id.is_(None)
    shown = select(Card).where(Card.chat_id == chat_id, Card.kind == CardKind.ABSENCE, Card.live, about)
    return reader.session.scalars(shown.order_by(Card.id)).all()


def _near(office: Office, away: Person, posts: Sequence[str]) -> Iterator[Proposal]:
    own = [post for post in office.file.posts if post.code in posts]
    for post in own:
        yield from _holding(office, post.code)
    for post in own:
        superior = post.superior
        while superior is not None:
            holding = list(_holding(office, superior))
            yield from holding
            others = any(one.person.id != away.id for one in holding)
            superior = None if others else office.file.post(superior).superior
    for post in own:
        peers = (one for one in office.file.posts if one.superior == post.superior and one.code != post.code)
        yield from (proposal for peer in peers for proposal in _holding(office, peer.code))
    for post in own:
        under = (one for one in office.file.posts if one.superior == post.code)
        yield from (proposal for one in under for proposal in _holding(office, one.code))


def _holding(office: Office, post: str) -> Iterator[Proposal]:
    return (Proposal(person, post) for person in office.own_holders(post))
