"""What of the checkpoints was not taken out of the database yet: into the folder, to the address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.checkpoint.log import SealedLeaf, Sealing, SealingKey

BATCH = 50
"""Checkpoints that are taken out at once."""

LEAVES = 10_000
"""Leaves that are read at once."""


def unfiled(session: Session) -> Sequence[Sealing]:
    """Return the oldest checkpoints that the folder does not have."""
    return session.scalars(
        select(Sealing).where(Sealing.filed_at.is_(None)).order_by(Sealing.number).limit(BATCH)
    ).all()


def unposted(session: Session) -> Sequence[Sealing]:
    """Return the oldest checkpoints that the address has not taken."""
    waiting = select(Sealing).where(Sealing.posted_at.is_(None)).order_by(Sealing.number)
    return session.scalars(waiting.limit(BATCH)).all()


def newest(session: Session, limit: int) -> Sequence[Sealing]:
    """Return the newest checkpoints, the newest first."""
    return session.scalars(select(Sealing).order_by(Sealing.number.desc()).limit(limit)).all()


def numbered(session: Session, number: int) -> Sealing | None:
    """Return the checkpoint with this number."""
    return session.get(Sealing, number)


def note_filed(session: Session, number: int, *, at: datetime) -> None:
    """Take down that the folder has a checkpoint."""
    session.execute(update(Sealing).where(Sealing.number == number).values(filed_at=at))


def note_posted(session: Session, number: int, *, at: datetime) -> None:
    """Take down that the address has taken a checkpoint."""
    session.execute(update(Sealing).where(Sealing.number == number).values(posted_at=at))


def leaves_after(session: Session, log: int, position: int) -> Sequence[str]:
    """Return the next leaves of a log, from `position` on, as many as are read at once."""
    rows = select(SealedLeaf.leaf).where(SealedLeaf.log == log, SealedLeaf.position >= position)
    return session.scalars(rows.order_by(SealedLeaf.position).limit(LEAVES)).all()


def every_key(session: Session) -> list[tuple[str, str | None]]:
    """Return the public keys, the oldest first, each with the hand-over to it."""
    rows = session.execute(select(SealingKey.key, SealingKey.handover).order_by(SealingKey.number))
    return [(row.key, row.handover) for row in rows]
