"""How much waits, since when, and under which versions of the SOPs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from models.case.attachment import Attachment, Keeping
from models.case.case import Case, CaseState
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.checkpoint.log import Sealing
from models.journal.chain import Chain, Entry
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState, Priority

_CHATS = 100
"""Chats looked at to find the one that waits for longest; those after them wait for less, unless all are served."""


_NEAR = 1000
"""Notices before the next one of a chat among which the last one that it got is looked for."""


_NEXT_OF_CHATS = (
    select(Notice.chat_id, func.min(Notice.id), func.min(Notice.owed_at))
    # The ids of groups are negative. A stranger can add the bot to one that it may rarely write to.
    .where(Notice.state == NoticeState.OWED, Notice.chat_id > 0, Notice.priority != Priority.STRANGER)
    .group_by(Notice.chat_id)
    .order_by(func.min(Notice.owed_at))
    .limit(_CHATS)
)


_LAST_SERVED = select(func.max(Notice.settled_at)).where(
    Notice.id >= bindparam("near"), Notice.id < bindparam("first"), Notice.chat_id == bindparam("chat")
)


_CHAINS, _ENTRIES = 100, 50
"""Chains not sealed as they stand, and last entries of each, among which the first unsealed one is looked for."""


_FILES = 1000
"""Files counted at most that are not in the archive yet: after an upgrade all files of years wait."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when the longest wait lasts; None where nothing waits."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Outside:
    """Where every checkpoint goes outside the machine: a chat, None for none, and whether to an address."""

    chat: int | None = None
    address: bool = False


def open_versions(session: Session) -> list[SopVersion]:
    """Return the versions of SOPs under which cases are open, the oldest first."""
    used = select(Case.sop_version_id).where(Case.state == CaseState.OPEN)
    return list(session.scalars(select(SopVersion).where(SopVersion.id.in_(used)).order_by(SopVersion.id)))


def waiting_posts(session: Session) -> dict[str, list[str]]:
    """Return the posts at which cases wait, each with the numbers of these cases."""
    found = select(Task.post, Case.number).join(Case, Case.id == Task.case_id).where(Task.closed_at.is_(None))
    posts: dict[str, list[str]] = {}
    for post, number in session.execute(found.order_by(Case.id)):
        posts.setdefault(post, []).append(number)
    return posts


def oldest_waiting_update(session: Session) -> Backlog:
    """Return the updates that are not handled yet."""
    found = select(func.count(), func.min(InboxUpdate.received_at)).where(InboxUpdate.state == InboxState.WAITING)
    return Backlog(*session.execute(found).one())


def oldest_owed_notice(session: Session) -> Backlog:
    """Return the notices that are not delivered yet, and since when the chat has got nothing that waits for longest.

    Groups and strangers count among the notices, and not as chats that wait: a group in slow mode may wait for hours.
    A chat that got something since its next notice was owed waits from then on: at Telegram's pace one chat alone may
    be owed much for long. Looked at are the chats to which something is owed for longest.
    """
    count = session.scalar(select(func.count(Notice.id)).where(Notice.state == NoticeState.OWED)) or 0
    since: datetime | None = None
    for chat_id, first, owed_at in session.execute(_NEXT_OF_CHATS).all():
        if since is not None and owed_at >= since:
            break
        served = session.scalar(_LAST_SERVED, {"chat": chat_id, "first": first, "near": first - _NEAR})
        waits = max(owed_at, served or owed_at)
        since = waits if since is None else min(since, waits)
    return Backlog(count, since)


def oldest_unkept_file(session: Session) -> Backlog:
    """Return the files that are not in the archive yet and still may come there, the first thousand of them."""
    waiting = select(Attachment.id, Attachment.added_at).where(Attachment.keeping == Keeping.WAITING)
    rows = session.execute(waiting.order_by(Attachment.id).limit(_FILES)).all()
    return Backlog(len(rows), rows[0].added_at if rows else None)


def oldest_unsealed_chain(session: Session) -> Backlog:
    """Return the chains with entries that no checkpoint covers, and when the first of these entries was written.

    A checkpoint that has not come into its folder yet counts as one that was not made.
    """
    count = session.scalar(select(func.count(Chain.id)).where(Chain.moved)) or 0
    first = _first_unsealed(session)
    unfiled = session.scalar(
        select(Sealing.sealed_at).where(Sealing.filed_at.is_(None)).order_by(Sealing.number).limit(1)
    )
    if unfiled is None:
        return Backlog(count, first)
    return Backlog(max(count, 1), unfiled if first is None else min(first, unfiled))


def oldest_kept_back(session: Session, outside: Outside) -> Backlog:
    """Return the checkpoints that have not come outside yet, and when the first of them was made.

    One that neither the chat nor the address has counts twice.
    """
    found = list[tuple[int, datetime | None]]()
    if outside.address:
        unposted = select(func.count(), func.min(Sealing.sealed_at)).where(Sealing.posted_at.is_(None))
        found += [(count, since) for count, since in session.execute(unposted)]
    if outside.chat is not None:
        waiting = Notice.state == NoticeState.OWED, Notice.chat_id == outside.chat
        owed = select(func.count(), func.min(Notice.owed_at)).where(*waiting)
        found += [(count, since) for count, since in session.execute(owed)]
    oldest = [since for _, since in found if since is not None]
    return Backlog(sum(count for count, _ in found), min(oldest, default=None))


def _first_unsealed(session: Session) -> datetime | None:
    """Return when the first entry since the last checkpoint was written, among those that are looked at."""
    last = session.scalar(select(Sealing.sealed_at).order_by(Sealing.number.desc()).limit(1))
    moved = select(Chain.id, Chain.length).where(Chain.moved).order_by(Chain.id).limit(_CHAINS).subquery()
    newest = (Entry.chain_id == moved.c.id) & (Entry.sequence > moved.c.length - _ENTRIES)
    found = select(func.min(Entry.at)).join(moved, newest)
    return session.scalar(found if last is None else found.where(Entry.at > last))
