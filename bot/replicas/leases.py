"""Who serves which chat when several processes share a database.

A lease holds for as long as its holder is present (`presence.py`); its fence tells who was overtaken. With SQLite
there is one process, and it may serve every chat.
"""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import BigInteger, ColumnElement, cast, exists, func, or_, select, true, update
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.replicas.presence import PRESENT, Presence
from models.mail.lease import Lease, LeaseKind


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to serve one chat, until it is released or its holder is no longer present."""

    kind: LeaseKind
    lane: int
    holder: int
    fence: int


class Leases(Protocol):
    """How the chats are shared out. Each method works in the transaction of its caller."""

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        """Take the right to serve a chat, or keep it; None while another process that is present has it."""

    def relax(self, session: Session) -> None:
        """Let the commit not wait for the disk: a claim lost with the power of the server was worth nothing."""

    def holds(self, session: Session, claim: Claim) -> bool:
        """Whether nobody has taken the chat over since. Nobody can until the transaction ends."""

    def release(self, session: Session, claim: Claim) -> None:
        """Let others serve the chat."""

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the condition that no other process that is present serves the chat in the column `lane`."""


class Sole:
    """The one process that works on a database serves every chat."""

    def claim(self, _: Session, kind: LeaseKind, lane: int) -> Claim | None:
        """Take the chat; nobody else could."""
        return Claim(kind, lane, holder=0, fence=0)

    def relax(self, _: Session) -> None:
        """Nothing is written."""

    def holds(self, _: Session, __: Claim) -> bool:
        """Nobody takes a chat over."""
        return True

    def release(self, _: Session, __: Claim) -> None:
        """There is nobody to leave the chat to."""

    def free(self, _: LeaseKind, __: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the condition that always holds."""
        return true()


_PRESENT = (
    select(cast(sql("objid"), BigInteger))
    .select_from(sql("pg_locks"))
    .where(
        sql("locktype = 'advisory' AND objsubid = 2"),
        sql(f"classid = {PRESENT}"),
        sql("database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
    )
)
"""The numbers of the processes that are present: each holds an advisory lock under its number."""


class Shared:
    """The leases of one of several processes on PostgreSQL."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        """Take the right to serve a chat, or keep it; None while another process that is present has it."""
        own = self._presence.number
        taken = insert(Lease).values(kind=kind, lane=lane, holder=own, fence=1)
        claimed = taken.on_conflict_do_update(
            index_elements=[Lease.kind, Lease.lane],
            set_={"holder": own, "fence": Lease.fence + 1},
            where=or_(Lease.holder.is_(None), Lease.holder == own, Lease.holder.not_in(_PRESENT)),
        ).returning(Lease.fence)
        fence = session.scalar(claimed)
        return None if fence is None else Claim(kind, lane, own, fence)

    def relax(self, session: Session) -> None:
        """Let the commit not wait for the disk: a claim lost with the power of the server was worth nothing."""
        session.execute(sql("SET LOCAL synchronous_commit = off"))

    def holds(self, session: Session, claim: Claim) -> bool:
        """Whether nobody has taken the chat over since. Nobody can until the transaction ends."""
        return session.scalar(select(Lease.fence).where(_same(claim)).with_for_update()) is not None

    def release(self, session: Session, claim: Claim) -> None:
        """Let others serve the chat."""
        session.execute(
            update(Lease).where(_same(claim)).values(holder=None).execution_options(synchronize_session=False)
        )

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the condition that no other process that is present serves the chat in the column `lane`."""
        return ~exists().where(
            Lease.kind == kind,
            Lease.lane == lane,
            func.coalesce(Lease.holder, self._presence.number) != self._presence.number,
            Lease.holder.in_(_PRESENT),
        )


def _same(claim: Claim) -> ColumnElement[bool]:
    return (
        (Lease.kind == claim.kind)
        & (Lease.lane == claim.lane)
        & (Lease.holder == claim.holder)
        & (Lease.fence == claim.fence)
    )
