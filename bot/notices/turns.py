"""Which notice of a chat is next: its answers leave first, then the rest, each in the order in which they were owed.

Sixty new cards take a chat a minute. The official who taps on one of them meanwhile is not to wait for the others.
"""

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from models.mail.notice import Notice, NoticeKind, NoticeState, Priority

_LOOKED_AT = 4
"""How many notices of a chat one query reads. Mostly the first one is carried out, however many wait behind it."""

WHOLE = (joinedload(Notice.card), joinedload(Notice.person))
"""What is read together with a notice."""

_OWED = Notice.state == NoticeState.OWED
_OF_CHAT = Notice.chat_id == bindparam("chat")

_BEHIND = case((Notice.priority == Priority.ANSWER, 0), else_=1)
"""1 for what stands behind the answers of its chat."""

_LATER = or_(bindparam("behind") < _BEHIND, and_(bindparam("behind") == _BEHIND, Notice.id > bindparam("after")))

NEXT = select(Notice).where(_OF_CHAT, _OWED, _LATER).order_by(_BEHIND, Notice.id).options(*WHOLE).limit(_LOOKED_AT)
"""The next notices of a chat after a place in it."""

FIRST_PLACE = (0, 0)
"""The place before all notices of a chat."""

FOREMOST = (
    select(Notice.chat_id, func.min(Notice.id))
    .where(Notice.chat_id.in_(bindparam("chats", expanding=True)), _OWED)
    .group_by(Notice.chat_id, _BEHIND)
    .order_by(_BEHIND.desc())
)
"""The first notice of each chat. A chat that is owed answers and more comes twice, at last with its first answer."""

THESE = select(Notice).where(Notice.id.in_(bindparam("ids", expanding=True)), _OWED)
"""Those of some notices that are still owed."""

MORE = select(Notice.id).where(_OF_CHAT, _OWED).limit(1)
"""Any notice that a chat is still owed."""


def place(notice: Notice) -> tuple[int, int]:
    """Return the place of a notice in its chat, as `NEXT` has it."""
    return int(notice.priority != Priority.ANSWER), notice.id


def same_refresh(notice: Notice, following: Notice) -> bool:
    """Whether both draw the same card again: then the following one is enough."""
    both = notice.kind == NoticeKind.REFRESH and following.kind == NoticeKind.REFRESH
    return both and notice.card_id == following.card_id
