"""What was sealed, as lines: the keys, the checkpoints, the leaves; and for an extract the audit paths."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.checkpoint import delivery
from models.checkpoint.log import Sealing, SealingKey
from models.checkpoint.merkle import AuditPaths
from models.checkpoint.sealing import last_sealing
from models.checkpoint.statement import Head, InvalidStatement, Seal, parse_leaf
from models.export.chosen import Chosen, chain_pages
from models.export.journal import Line, instant

_BATCH = 500


class NotSealed(Exception):
    """A chosen chain is in no checkpoint yet, so that nothing proves it. `subject` names it."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


def key_lines(session: Session) -> Iterator[Line]:
    """Yield the public keys, the oldest first, each with the hand-over to it."""
    for row in session.scalars(select(SealingKey).order_by(SealingKey.number)):
        yield {
            "number": row.number,
            "log": row.log,
            "key": row.key,
            "handover": row.handover,
            "since": instant(row.since),
        }


def note_lines(session: Session, *, newest: bool) -> Iterator[Line]:
    """Yield the checkpoints as they were sealed, the oldest first; only the newest one, if `newest`."""
    found = select(Sealing.number, Sealing.log, Sealing.note, Sealing.sealed_at).order_by(Sealing.number)
    if newest:
        found = found.where(Sealing.number == select(func.max(Sealing.number)).scalar_subquery())
    for row in session.execute(found, execution_options={"yield_per": _BATCH}):
        yield {"number": row.number, "log": row.log, "note": row.note, "sealed_at": instant(row.sealed_at)}


def logs(session: Session) -> list[int]:
    """Return the numbers of the logs that have a checkpoint."""
    return sorted(set(session.scalars(select(Sealing.log).distinct())))


def leaves(session: Session, log: int, *, size: int | None = None) -> Iterator[str]:
    """Yield the leaves of a log, the first `size` of them, in their order."""
    position = 0
    while page := delivery.leaves_after(session, log, position):
        yield from page if size is None else page[: max(0, size - position)]
        position += len(page)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf and its place in the log."""

    position: int
    text: str


@dataclass(slots=True)
class _Place:
    """The newest head of a chain, and the seal after it."""

    head: _Leaf
    seal: _Leaf | None = None


@dataclass(slots=True)
class _Places:
    """The newest heads of some chains in a log, and the seals after them, with their paths: read once, leaf by leaf."""

    wanted: set[str]
    found: dict[str, _Place] = field(default_factory=dict)
    paths: AuditPaths = field(default_factory=AuditPaths)
    _open: list[_Place] = field(default_factory=list)
    _sealed_by: Counter[int] = field(default_factory=Counter)

    def look_at(self, leaf: _Leaf) -> None:
        """Take in the next leaf."""
        read = _parsed(leaf.text)
        chosen = False
        if isinstance(read, Head) and read.subject in self.wanted:
            chosen = True
            self._give_up(self.found.pop(read.subject, None))
            self.found[read.subject] = _Place(leaf)
            self._open.append(self.found[read.subject])
        elif isinstance(read, Seal) and self._open:
            chosen = True
            for place in self._open:
                place.seal = leaf
            self._sealed_by[leaf.position] = len(self._open)
            self._open = []
        self.paths.add(leaf.text.encode(), chosen=chosen)

    def _give_up(self, place: _Place | None) -> None:
        """Forget the path of a head that a newer one follows, and that of its seal where no other head needs it."""
        if place is None:
            return
        self.paths.forget(place.head.position)
        if place.seal is None:
            self._open = [one for one in self._open if one is not place]
            return
        self._sealed_by[place.seal.position] -= 1
        if not self._sealed_by[place.seal.position]:
            del self._sealed_by[place.seal.position]
            self.paths.forget(place.seal.position)


def _parsed(text: str) -> Head | Seal | None:
    try:
        return parse_leaf(text)
    except InvalidStatement:
        return None


def proof_lines(session: Session, chosen: Chosen) -> Iterator[Line]:
    """Yield for each chosen chain its newest head and the seal after it, with their paths to the newest checkpoint.

    The leaves are read once. Raises `NotSealed` for a chain that is in no checkpoint of the newest log.
    """
    last = last_sealing(session)
    subjects = [subject for page in chain_pages(session, chosen) for _, subject in page]
    if last is None:
        if subjects:
            raise NotSealed(subjects[0])
        return
    places = _Places(set(subjects))
    for position, leaf in enumerate(leaves(session, last.log, size=last.size)):
        places.look_at(_Leaf(position, leaf))
    paths = places.paths.finished()
    for subject in subjects:
        place = places.found.get(subject)
        if place is None or place.seal is None:
            raise NotSealed(subject)
        yield {
            "chain": subject,
            **{
                name: {"leaf": one.text, "position": one.position, "path": [step.hex() for step in paths[one.position]]}
                for name, one in (("head", place.head), ("seal", place.seal))
            },
        }
