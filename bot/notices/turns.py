"""Which notice of a chat is next: its answers leave first, then the rest, each in the order in which they were owed.

Sixty new cards take a chat a minute. The official who taps on one of them meanwhile is not to wait for the others.
"""

from sqlalchemy import and_, bindparam, case, func, or_, select

from models.mail.card import Card
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.person import Person
from models.repository.lookup import Lookup, Rows
from models.repository.reading import relate

_LOOKED_AT = 4
"""How many notices of a chat one query reads. Mostly the first one is carried out, however many wait behind it."""

WHOLE = (
    select(Notice, Card, Person)
    .outerjoin(Card, Card.id == Notice.card_id)
    .outerjoin(Person, Person.id == Notice.person_id)
)
"""A notice, and what is read together with it: `whole` lets the notice know of it."""

_OWED = Notice.state == NoticeState.OWED
_OF_CHAT = Notice.chat_id == bindparam("chat")

_BEHIND = case((Notice.priority == Priority.ANSWER, 0), else_=1)
"""1 for what stands behind the answers of its chat."""

_LATER = or_(bindparam("behind") < _BEHIND, and_(bindparam("behind") == _BEHIND, Notice.id > bindparam("after")))

NEXT = Rows(WHOLE.where(_OF_CHAT, _OWED, _LATER).order_by(_BEHIND, Notice.id).limit(_LOOKED_AT))
"""The next notices of a chat after a place in it."""

FIRST_PLACE = (0, 0)
"""The place before all notices of a chat."""

FOREMOST = Rows(
    select(Notice.chat_id, func.min(Notice.id))
    .where(Notice.chat_id.in_(bindparam("chats", expanding=True)), _OWED)
    .group_by(Notice.chat_id, _BEHIND)
    .order_by(_BEHIND.desc())
)
"""The first notice of each chat. A chat that is owed answers and more comes twice, at last with its first answer."""

THESE = Lookup(select(Notice).where(Notice.id.in_(bindparam("ids", expanding=True)), _OWED))
"""Those of some notices that are still owed."""

MORE = Lookup(select(Notice.id).where(_OF_CHAT, _OWED).limit(1))
"""Any notice that a chat is still owed."""


def whole(found: tuple[Notice, Card | None, Person | None]) -> Notice:
    """Return a notice that was found with its card and its person, and knows both."""
    notice, card, person = found
    relate(notice, card=card, person=person)
    return notice


def place(notice: Notice) -> tuple[int, int]:
    """Return the place of a notice in its chat, as `NEXT` has it."""
    return int(notice.priority != Priority.ANSWER), notice.id


def same_refresh(notice: Notice, following: Notice) -> bool:
    """Whether both draw the same card again: then the following one is enough."""
    both = notice.kind == NoticeKind.REFRESH and following.kind == NoticeKind.REFRESH
    return both and notice.card_id == following.card_id
