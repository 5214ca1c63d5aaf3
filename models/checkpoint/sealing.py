"""Sealing: a leaf for each chain that has moved, a leaf for the sealing itself, a signed checkpoint over all leaves.

It costs what has moved, however much was sealed before: an index holds the chains that were not sealed as they stand,
and a tree grows from its edge. Two sealings at once cannot both be committed, for both would have the same number.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlalchemy import JSON, cast, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.case.case import Case
from models.checkpoint.log import SealedLeaf, Sealing, SealingKey
from models.checkpoint.merkle import Tree
from models.checkpoint.note import Note, PrivateKey, PublicKey
from models.checkpoint.statement import NOTHING_BEFORE, Checkpoint, Handover, Head, Seal
from models.journal.chain import Chain

_CHAINS, _LEAVES = (Base.metadata.tables[entity.__tablename__] for entity in (Chain, SealedLeaf))
_UNLOCKED = select(_CHAINS.c.id).where(_CHAINS.c.moved).with_for_update(skip_locked=True)
_TAKE = (
    update(_CHAINS)
    .where(_CHAINS.c.id.in_(_UNLOCKED))
    .values(moved=False)
    .returning(_CHAINS.c.subject, _CHAINS.c.length, _CHAINS.c.head)
)
"""Takes every chain that has moved and that nobody is writing to, and tells how it stands."""

_subject = itemgetter(0)
_STANDING = select(_CHAINS.c.subject, _CHAINS.c.length, _CHAINS.c.head).where(_CHAINS.c.moved)


class OtherKey(Exception):
    """The record is sealed with another key than the one at hand: `used`, not `given`."""

    def __init__(self, used: PublicKey, given: PublicKey) -> None:
        super().__init__(f"the record is sealed with {used.short}; the key at hand is {given.short}")
        self.used = used
        self.given = given


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was not sealed yet: whether anything, and whether a case among it is closed."""

    moved: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealing: its row, and how many heads it added."""

    row: Sealing
    heads: int


def waiting(session: Session) -> Waiting:
    """Return what waits to be sealed."""
    moved = exists().where(Chain.moved)
    closed = exists().where(Chain.moved, Case.chain_id == Chain.id, Case.closed_at.is_not(None))
    row = session.execute(select(moved.label("moved"), closed.label("closed"))).one()
    return Waiting(moved=row.moved, closed=row.closed)


def last_sealing(session: Session) -> Sealing | None:
    """Return the newest checkpoint."""
    return session.scalar(select(Sealing).order_by(Sealing.number.desc()).limit(1))


def key_in_use(session: Session) -> SealingKey | None:
    """Return the newest key."""
    return session.scalar(select(SealingKey).order_by(SealingKey.number.desc()).limit(1))


def seal(session: Session, key: PrivateKey, *, at: datetime, beyond: int = 0) -> Sealed | None:
    """Seal every chain that has moved; None where none has. The first key that seals a record is taken as its own.

    The checkpoint has a number above `beyond`: numbers that a record had before an older copy took its place are not
    given to others. Nobody waits: a chain that is being written to at this moment is sealed as it stood before, and
    once more next time.
    Raises `OtherKey`, and ValueError where the rows of the last sealing do not fit each other.
    """
    used = _own_key(session, key, at)
    moved = _moved(session)
    if not moved:
        return None
    last = last_sealing(session)
    tree = last.tree if last is not None and last.log == used.log else Tree()
    known, before = (last.number, last.checkpoint.digest) if last is not None else (0, NOTHING_BEFORE)
    number = max(known, beyond) + 1
    leaves = [head.written() for head in moved]
    leaves.append(Seal(number, at, before).written())
    grown = tree.grown(leaf.encode() for leaf in leaves)
    _keep(session, leaves, log=used.log, start=tree.size)
    row = Sealing(
        number=number,
        log=used.log,
        size=grown.size,
        edge=b"".join(grown.edge),
        note=Note.signed(Checkpoint(key.name, grown.size, grown.root).written(), key).written(),
        sealed_at=at,
    )
    session.add(row)
    session.flush()
    return Sealed(row, len(moved))


def _moved(session: Session) -> list[Head]:
    """Return every chain that has moved as it stands, by its subject, and take note that they are sealed."""
    taken = session.execute(_TAKE).all()
    # What still has moved is locked by others; SQLite, which has one writer, knows nothing of the kind.
    passed_over = session.execute(_STANDING).all()
    return [Head(*one) for one in sorted([*taken, *passed_over], key=_subject)]


def _keep(session: Session, leaves: Sequence[str], *, log: int, start: int) -> None:
    """Write leaves from the position `start` on, all of them with one statement."""
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(json.dumps(leaves)).table_valued("key", "value")
        position = each.c.key + start
    else:
        each = (
            func.json_array_elements_text(cast(leaves, JSON))
            .table_valued("value", with_ordinality="key")
            .render_derived()
        )
        position = each.c.key + (start - 1)
    session.execute(
        insert(_LEAVES).from_select(["log", "position", "leaf"], select(literal(log), position, each.c.value))
    )


def hand_over(session: Session, old: PrivateKey, new: PrivateKey, *, at: datetime) -> Handover:
    """Let `new` sign from now on; both keys sign that. They have one name: it is that of the log.

    Raises `OtherKey` where `old` is not the key in use, and ValueError where nothing was sealed yet, or the names
    differ.
    """
    used, last = key_in_use(session), last_sealing(session)
    if used is None or last is None:
        raise ValueError("nothing was sealed yet: there is no key to be handed over")
    if used.key != str(old.public):
        raise OtherKey(used.public, old.public)
    if old.name != new.name:
        raise ValueError("the new key has another name than the log")
    given = Handover(old.public, new.public, at, last.checkpoint)
    note = Note.signed(given.written(), old, new).written()
    session.add(SealingKey(number=used.number + 1, log=used.log, key=str(new.public), handover=note, since=at))
    session.flush()
    return given


def begin_log(session: Session, key: PrivateKey, *, at: datetime, beyond: int = 0) -> int:
    """Begin a log of its own with `key`, in which every chain is sealed again; returns its number, above `beyond`.

    For a record that was put back from a copy, or whose key was lost: what was sealed before goes no further. The key
    has a name that no log of this record had. Raises ValueError otherwise.
    """
    used = key_in_use(session)
    names = [one.public.name for one in session.scalars(select(SealingKey))]
    if key.name in names:
        raise ValueError("a log of this record has this name already")
    number, known = (1, 0) if used is None else (used.number + 1, used.log)
    log = max(known, beyond) + 1
    session.add(SealingKey(number=number, log=log, key=str(key.public), handover=None, since=at))
    session.execute(update(Chain).values(moved=True), execution_options={"synchronize_session": False})
    session.flush()
    return log


def _own_key(session: Session, key: PrivateKey, at: datetime) -> SealingKey:
    used = key_in_use(session)
    if used is None:
        used = SealingKey(number=1, log=1, key=str(key.public), handover=None, since=at)
        session.add(used)
    elif used.key != str(key.public):
        raise OtherKey(used.public, key.public)
    return used
