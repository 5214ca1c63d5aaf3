"""What was sealed, as lines: the keys, the checkpoints, the leaves; and for an extract the audit paths."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.checkpoint import delivery
from models.checkpoint.log import Sealing, SealingKey
from models.checkpoint.merkle import audit_paths
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


@dataclass(slots=True)
class _Place:
    """Where the newest head of a chain is, and the seal after it."""

    head: int
    seal: int | None = None


@dataclass(slots=True)
class _Places:
    """The places of the newest heads of some chains in a log."""

    wanted: set[str]
    found: dict[str, _Place] = field(default_factory=dict)
    _open: list[_Place] = field(default_factory=list)

    def look_at(self, position: int, text: str) -> None:
        """Take in the leaf at `position`."""
        try:
            leaf = parse_leaf(text)
        except InvalidStatement:
            return
        if isinstance(leaf, Head) and leaf.subject in self.wanted:
            self.found[leaf.subject] = _Place(position)
            self._open.append(self.found[leaf.subject])
        elif isinstance(leaf, Seal):
            for place in self._open:
                place.seal = position
            self._open.clear()


def proof_lines(session: Session, chosen: Chosen) -> Iterator[Line]:
    """Yield for each chosen chain its newest head and the seal after it, with their paths to the newest checkpoint.

    Raises `NotSealed` for a chain that is in no checkpoint of the newest log.
    """
    last = last_sealing(session)
    subjects = [subject for page in chain_pages(session, chosen) for _, subject in page]
    if last is None:
        if subjects:
            raise NotSealed(subjects[0])
        return
    places = _Places(set(subjects))
    for position, leaf in enumerate(leaves(session, last.log, size=last.size)):
        places.look_at(position, leaf)
    wanted = dict[int, str]()
    for subject in subjects:
        place = places.found.get(subject)
        if place is None or place.seal is None:
            raise NotSealed(subject)
        wanted |= {place.head: "", place.seal: ""}
    paths = audit_paths(_noting(leaves(session, last.log, size=last.size), wanted), set(wanted))
    for subject in subjects:
        place = places.found[subject]
        yield {
            "chain": subject,
            **{
                name: {"leaf": wanted[at], "position": at, "path": [one.hex() for one in paths[at]]}
                for name, at in (("head", place.head), ("seal", place.seal))
                if at is not None
            },
        }


def _noting(found: Iterator[str], wanted: dict[int, str]) -> Iterator[bytes]:
    """Yield the leaves as bytes, and put those that are `wanted` at their places there."""
    for position, leaf in enumerate(found):
        if position in wanted:
            wanted[position] = leaf
        yield leaf.encode()
