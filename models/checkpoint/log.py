"""The log of what was sealed, as rows: leaves in their order, the checkpoints over them, the keys that signed.

It lies in the database and proves nothing there: a forger who writes to the database can write it too. It is what a
checkpoint that was kept elsewhere is held against.
"""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.checkpoint.merkle import HASH_BYTES, Tree
from models.checkpoint.note import Note, PublicKey
from models.checkpoint.statement import Checkpoint


class SealedLeaf(Base):
    """One leaf of a log, as text; positions count from 0. The database refuses to change or remove it."""

    __tablename__ = "checkpoint_leaves"

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leaf: Mapped[str] = mapped_column(Text)


class SealingKey(Base):
    """A key that signs or signed; the newest is in use. `handover` is the note by which the one before gave way.

    `log` is the number of the log whose checkpoints it signs. A key that begins a log need not follow another.
    """

    __tablename__ = "checkpoint_keys"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    log: Mapped[int]
    key: Mapped[str] = mapped_column(String(400))
    handover: Mapped[str | None] = mapped_column(Text)
    since: Mapped[datetime]

    @property
    def public(self) -> PublicKey:
        """The key itself. Raises `InvalidNote` where the row holds none."""
        return PublicKey.parse(self.key)


class Sealing(Base):
    """One checkpoint, signed, with what the tree needs in order to grow from there.

    `filed_at` and `posted_at` say when it was written beside the database, and when the address took it; None before.
    """

    __tablename__ = "checkpoints"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    log: Mapped[int]
    size: Mapped[int]
    edge: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str] = mapped_column(Text)
    sealed_at: Mapped[datetime]
    filed_at: Mapped[datetime | None]
    posted_at: Mapped[datetime | None]

    __table_args__ = (
        *(
            Index(
                f"ix_checkpoints_{name}",
                "number",
                sqlite_where=text(f"{column} IS NULL"),
                postgresql_where=text(f"{column} IS NULL"),
            )
            for name, column in (("unfiled", "filed_at"), ("unposted", "posted_at"))
        ),
        Index(None, "sealed_at"),
    )

    @property
    def tree(self) -> Tree:
        """The tree that was sealed. Raises ValueError where size and edge do not fit."""
        edge = tuple(self.edge[place : place + HASH_BYTES] for place in range(0, len(self.edge), HASH_BYTES))
        return Tree(self.size, edge)

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says. Raises `InvalidNote` and `InvalidStatement` where the row holds no checkpoint."""
        return Checkpoint.parse(Note.parse(self.note).text)
