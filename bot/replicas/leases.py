"""Which process serves which chat when several processes share a database.

A lease is valid while its owner is present (`presence.py`). Its fence shows whether another process has taken it since.
With SQLite there is one process, and it may serve every chat.
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
    """A lease that was taken: the right to serve one chat until it is released or its owner is absent."""

    kind: LeaseKind
    lane: int
    owner: int
    fence: int


class Leases(Protocol):
    """The leases of all chats. Each method works in the transaction of its caller."""

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        """Take the lease of a chat, or take it again. None while it belongs to another process that is present."""

    def relax(self, session: Session) -> None:
        """Let the commit not wait for the disk. If the server loses power, a lease is worth nothing anyway."""

    def still_owned(self, session: Session, claim: Claim) -> bool:
        """Whether no process has taken the lease since. None can take it until the transaction ends."""

    def release(self, session: Session, claim: Claim) -> None:
        """Let other processes serve the chat."""

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return an SQL condition: no other process that is present serves the chat in the column `lane`."""


class Sole:
    """The one process that works on a database serves every chat."""

    def claim(self, _: Session, kind: LeaseKind, lane: int) -> Claim | None:
        """Take the lease. No other process could."""
        return Claim(kind, lane, owner=0, fence=0)

    def relax(self, _: Session) -> None:
        """Do nothing, because nothing is written."""

    def still_owned(self, _: Session, __: Claim) -> bool:
        """Return True, because no other process takes a lease."""
        return True

    def release(self, _: Session, __: Claim) -> None:
        """Do nothing, because there is no other process."""

    def free(self, _: LeaseKind, __: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return an SQL condition that is always true."""
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
"""The numbers of the processes that are present: each has an advisory lock under its number."""


class Shared:
    """The leases of one of several processes on PostgreSQL."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        """Take the lease of a chat, or take it again. None while it belongs to another process that is present."""
        own = self._presence.number
        first = insert(Lease).values(kind=kind, lane=lane, owner=own, fence=1)
        claimed = first.on_conflict_do_update(
            index_elements=[Lease.kind, Lease.lane],
            set_={Lease.owner: own, Lease.fence: Lease.fence + 1},
            where=or_(Lease.owner.is_(None), Lease.owner == own, Lease.owner.not_in(_PRESENT)),
        ).returning(Lease.fence)
        fence = session.scalar(claimed)
        return None if fence is None else Claim(kind, lane, own, fence)

    def relax(self, session: Session) -> None:
        """Let the commit not wait for the disk. If the server loses power, a lease is worth nothing anyway."""
        session.execute(sql("SET LOCAL synchronous_commit = off"))

    def still_owned(self, session: Session, claim: Claim) -> bool:
        """Whether no process has taken the lease since. None can take it until the transaction ends."""
        return session.scalar(select(Lease.fence).where(_same(claim)).with_for_update()) is not None

    def release(self, session: Session, claim: Claim) -> None:
        """Let other processes serve the chat."""
        session.execute(
            update(Lease).where(_same(claim)).values(owner=None).execution_options(synchronize_session=False)
        )

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return an SQL condition: no other process that is present serves the chat in the column `lane`."""
        return ~exists().where(
            Lease.kind == kind,
            Lease.lane == lane,
            func.coalesce(Lease.owner, self._presence.number) != self._presence.number,
            Lease.owner.in_(_PRESENT),
        )


def _same(claim: Claim) -> ColumnElement[bool]:
    return (
        (Lease.kind == claim.kind)
        & (Lease.lane == claim.lane)
        & (Lease.owner == claim.owner)
        & (Lease.fence == claim.fence)
    )
