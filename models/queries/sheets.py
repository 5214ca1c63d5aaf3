"""What the papers of a case tell beside its rows: its journal, by which decree somebody acted, what it is sealed by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.case.attachment import Attachment
from models.case.case import Case
from models.case.content import Content
from models.case.extension import ExtensionRequest
from models.case.issued_paper import ISSUED, IssuedPaper, mark_of
from models.checkpoint.log import SealedLeaf, Sealing
from models.checkpoint.statement import HEAD, Head, InvalidStatement, parse_leaf
from models.journal.chain import Chain, Entry
from models.journal.digests import canonical_json, digest_of
from models.journal.personal import legible
from models.office.person import Person
from models.office.tenure import ActingAs, Capacity, Tenure
from models.repository.reader import Reader

_SEALINGS = 3
"""Checkpoints that are looked at: one that was made while the case was written to has the case as it stood before."""

_STANDS_IN = frozenset({Capacity.PLT, Capacity.PLH})


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the case's journal. `body` is what it says, without what was `erased` from it."""

    sequence: int
    at: datetime
    actor_id: int | None
    action: str
    hash: bytes
    body: Mapping[str, Any]
    erased: bool


@dataclass(frozen=True, slots=True)
class Annals:
    """The journal of a case up to the last entry of which a paper tells, and a secret that is lost with its words."""

    deeds: Sequence[Deed]
    secret: bytes

    @property
    def sequence(self) -> int:
        """The number of the last entry of which a paper tells."""
        return self.deeds[-1].sequence

    @property
    def head(self) -> bytes:
        """The hash of that entry."""
        return self.deeds[-1].hash

    def deciding(self, *, at: datetime | None, actor_id: int | None) -> Deed | None:
        """Return the entry by which a person decided a task at this instant."""
        found = (one for one in self.deeds if (one.at, one.actor_id) == (at, actor_id) and "outcome" in one.body)
        return next(found, None)


def annals(reader: Reader, case: Case) -> Annals:
    """Return the journal of a case without the entries that only tell of papers."""
    statement = select(Entry).where(Entry.chain_id == case.chain_id, Entry.action != ISSUED).order_by(Entry.sequence)
    entries = list(reader.session.scalars(statement.options(joinedload(Entry.payload))))
    deeds = []
    for one in entries:
        body = legible((one.payload.body if one.payload else None) or {})
        erased = one.payload is not None and one.payload.erased_in is not None
        deeds.append(Deed(one.sequence, one.at, one.actor_id, one.action, one.hash, body, erased))
    first = entries[0].payload
    kept = (first.salt, canonical_json(first.secrets or {})) if first is not None else (b"", b"")
    return Annals(deeds, digest_of(b"disposisi/paper-secret/1", *kept))


def stood_in(reader: Reader, people: Iterable[int | None]) -> Sequence[Tenure]:
    """Return the tenures by which these persons acted as Plt. or Plh."""
    wanted = {one for one in people if one is not None}
    found = select(Tenure).where(Tenure.person_id.in_(wanted), Tenure.capacity.in_(_STANDS_IN)).order_by(Tenure.id)
    return reader.session.scalars(found).all() if wanted else ()


def mandate_of(tenures: Iterable[Tenure], person_id: int | None, acting: ActingAs, at: datetime) -> Tenure | None:
    """Return the tenure by which a person acted in a capacity at the instant `at`, of that post if there is one."""
    found = [
        one
        for one in tenures
        if (one.person_id, one.capacity) == (person_id, acting.capacity)
        and one.starts_at <= at
        and (one.ends_at is None or at <= one.ends_at)
    ]
    return next((one for one in found if one.post == acting.post), found[-1] if found else None)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of a case, who brought it, and what the archive knows of its bytes; None where it does not keep them."""

    file: Attachment
    by: str
    content: Content | None


def enclosures(reader: Reader, case_id: int) -> list[Enclosure]:
    """Return the files of a case as they were attached, in one statement."""
    found = (
        select(Attachment, func.coalesce(Person.name, ""), Content)
        .outerjoin(Person, Person.id == Attachment.added_by_id)
        .outerjoin(Content, Content.digest == Attachment.content)
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.id)
    )
    return [Enclosure(*row) for row in reader.session.execute(found)]


def extensions(reader: Reader, case_id: int) -> Sequence[ExtensionRequest]:
    """Return the requests for more time in a case, in their order."""
    found = select(ExtensionRequest).where(ExtensionRequest.case_id == case_id).order_by(ExtensionRequest.id)
    return reader.session.scalars(found).all()


def sealing_over(reader: Reader, case: Case, told: Annals) -> Sealing | None:
    """Return the first checkpoint that covers the last entry of which a paper tells; None while none does."""
    later = select(Sealing).where(Sealing.sealed_at >= told.deeds[-1].at).order_by(Sealing.sealed_at).limit(_SEALINGS)
    subject = reader.session.get_one(Chain, case.chain_id).subject
    found = (one for one in reader.session.scalars(later) if _covers(reader, one, subject, told.sequence))
    return next(found, None)


def _covers(reader: Reader, sealing: Sealing, subject: str, sequence: int) -> bool:
    """Whether a checkpoint has a leaf of its own sealing by which the chain had so many entries."""
    before = select(Sealing.size).where(Sealing.number < sealing.number, Sealing.log == sealing.log)
    start = reader.session.scalar(before.order_by(Sealing.number.desc()).limit(1)) or 0
    leaves = select(SealedLeaf.leaf).where(
        SealedLeaf.log == sealing.log,
        SealedLeaf.position >= start,
        SealedLeaf.position < sealing.size,
        SealedLeaf.leaf.startswith(f"{HEAD}\n{subject}\n", autoescape=True),
    )
    for leaf in reader.session.scalars(leaves):
        try:
            head = parse_leaf(leaf)
        except InvalidStatement:
            continue
        if isinstance(head, Head) and head.length >= sequence:
            return True
    return False


def issued_as(reader: Reader, code: str) -> IssuedPaper | None:
    """Return the paper that bears this code; None where none was issued. Of several files the newest."""
    found = select(IssuedPaper).where(IssuedPaper.mark == mark_of(code)).order_by(IssuedPaper.issued_at.desc()).limit(1)
    return reader.session.scalar(found)


def issued_file(reader: Reader, digest: str) -> IssuedPaper | None:
    """Return the paper whose file has this SHA-256; None where none was issued."""
    return reader.session.get(IssuedPaper, digest)
