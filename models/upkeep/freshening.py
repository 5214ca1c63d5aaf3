"""Keeping lists true while they stand on a screen: those that show a case which has moved are drawn again.

What has moved is told by the outbox: all that happens to a case owes somebody something. So no decision pays for it,
and much that happens within a moment becomes one drawing. A list that shows the same as before is not edited.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, or_, select

from models.case.case import Case
from models.case.joined_report import JoinedReport
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.office import Office
from models.office.person import Person, reachable
from models.repository.kept_lists import kept, perhaps_since
from models.repository.lookup import Lookup, Rows
from models.repository.records import Records

_WINDOW = 5000
"""Notices that are looked through at once."""

_PEOPLE = 200
"""People whose lists are looked for at once after a start."""

_FACES = (Face.TASKS, Face.SELECTING, Face.SUMMARY, Face.CASES, Face.DIGEST)

_LATER = Rows(
    select(Notice.id, Notice.case_id).where(Notice.id > bindparam("upto")).order_by(Notice.id).limit(bindparam("most"))
)
_TASKS = Rows(
    select(Task.post, Task.decided_by_id, Task.assignee_id, Case.reporter_id)
    .join(Case, Case.id == Task.case_id)
    .where(Case.id.in_(bindparam("cases", expanding=True)))
)
_FELLOWS = Lookup(
    select(JoinedReport.person_id).where(
        JoinedReport.case_id.in_(bindparam("cases", expanding=True)), JoinedReport.parted_at.is_(None)
    )
)
_PERSONS = Lookup(select(Person).where(Person.id.in_(bindparam("ids", expanding=True))))
_LISTS = Lookup(
    select(Card)
    .where(
        Card.chat_id.in_(bindparam("chats", expanding=True)),
        Card.live,
        Card.kind.in_((CardKind.BOARD, CardKind.QUEUE)),
        or_(Card.kind == CardKind.BOARD, and_(Card.kind == CardKind.QUEUE, Card.face.in_(_FACES))),
        Card.made_at > bindparam("since"),
    )
    .order_by(Card.id)
)


@dataclass(frozen=True, slots=True)
class Seen:
    """How far the outbox was looked through: all up to the notice `upto`, and `later` ones.

    Of several that write at once the one with the greater number may be there first. So a look goes back to where the
    look before the last one ended, and passes over what was seen since.
    """

    upto: int
    later: frozenset[int] = frozenset()

    @property
    def last(self) -> int:
        """The newest notice that was seen."""
        return max(self.later, default=self.upto)


@dataclass(frozen=True, slots=True)
class Freshened:
    """What a look found: how far it went, how many lists are drawn again, and whether there may be more."""

    seen: Seen
    lists: int
    more: bool


def newest(records: Records) -> Seen:
    """Return the outbox as it is, with nothing left to be seen."""
    return Seen(records.session.scalar(select(func.max(Notice.id))) or 0)


@dataclass(frozen=True, slots=True)
class Resumed:
    """What was drawn again after a start: up to the person with the number `upto`, and whether there may be more."""

    upto: int
    lists: int
    more: bool


def resume(records: Records, after: int) -> Resumed:
    """Owe a new drawing of each young list of some people, those whose numbers follow `after`.

    No list tells what moved shortly before the end. A list that shows the same as before is not edited.
    """
    bound = select(Person).where(Person.id > after, Person.account_id.is_not(None)).order_by(Person.id).limit(_PEOPLE)
    people = records.session.scalars(bound).all()
    chats = {person.account_id for person in reachable(people) if person.account_id is not None}
    cards = _lists(records, chats) if chats else []
    for card in cards:
        records.owe(correspondence.refresh(card, at=records.at, priority=Priority.INFORMATION))
    return Resumed(people[-1].id if people else after, len(cards), more=len(people) == _PEOPLE)


def freshen(records: Records, seen: Seen) -> Freshened:
    """Owe a new drawing of each list that may show a case which has moved since, and that is young enough."""
    most = _WINDOW + len(seen.later)
    found = _LATER.all(records.session, {"upto": seen.upto, "most": most})
    now = Seen(seen.last, frozenset(notice_id for notice_id, _ in found if notice_id > seen.last))
    moved = {case_id for notice_id, case_id in found if notice_id not in seen.later and case_id is not None}
    cards = _lists(records, _concerned(records, moved)) if moved else []
    for card in cards:
        records.owe(correspondence.refresh(card, at=records.at, priority=Priority.INFORMATION))
    return Freshened(now, len(cards), more=len(found) == most)


def _concerned(records: Records, case_ids: Collection[int]) -> set[int]:
    """Return the chats of those on whose lists the cases may stand, or may have stood."""
    office, given = records.reader.office(), {"cases": list(case_ids)}
    posts, numbers = set[str](), set[int]()
    for post, decided_by, assignee, reporter in _TASKS.all(records.session, given):
        posts.add(post)
        numbers |= {one for one in (decided_by, assignee, reporter) if one is not None}
    people = {person.id: person for person in _overseers(office, posts)}
    numbers.update(_FELLOWS.all(records.session, given))
    missing = numbers - people.keys()
    if missing:
        people |= {person.id: person for person in _PERSONS.all(records.session, {"ids": list(missing)})}
    return {person.account_id for person in reachable(people.values()) if person.account_id is not None}


def _overseers(office: Office, posts: Iterable[str]) -> Iterable[Person]:
    """Go through those who hold one of the posts, who look over one of them, and who look over all."""
    known = {post.code for post in office.file.posts}
    yield from (tenure.person for tenure in office.tenures if tenure.post in posts)
    for post in known.intersection(posts):
        yield from office.overseeing(post)
    yield from (*office.heads(), *office.watchers(), *office.admins)


def _lists(records: Records, chats: Iterable[int]) -> list[Card]:
    """Return the lists in the chats that are kept true and are not to be drawn again anyhow."""
    at, calendar = records.at, records.calendar
    # Whether it has arrived is asked of the few: another index would lead through all that the chat ever got.
    found = _LISTS.all(records.session, {"chats": list(chats), "since": perhaps_since(at)})
    arrived = [card for card in found if card.message_id is not None]
    cards = kept(arrived, calendar, at)
    owed = select(Notice.card_id).where(
        Notice.card_id.in_([card.id for card in cards]),
        Notice.kind == NoticeKind.REFRESH,
        Notice.state == NoticeState.OWED,
    )
    coming = set(records.session.scalars(owed)) if cards else set()
    return [card for card in cards if card.id not in coming]
