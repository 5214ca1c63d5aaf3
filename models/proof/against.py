"""Holding the record against a checkpoint that was kept elsewhere: what a chain alone does not prove.

The checkpoint's signature shows that the office's bot made it; its root shows which leaves the log had then; the leaves
show how each chain stood at each sealing, and when that was. What the record says now must follow from that.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from models.checkpoint.log import SealedLeaf, SealingKey
from models.checkpoint.merkle import Tree
from models.checkpoint.note import InvalidNote, Note, PublicKey
from models.checkpoint.statement import Checkpoint, Handover, Head, InvalidStatement, Seal, parse_leaf
from models.journal.chain import Chain, Entry

ALLOWANCE = timedelta(minutes=5)
"""By how much the time of an entry may differ from the sealings around it: work that began before a sealing, and was
committed after it."""

_BATCH = 1000


class FaultKind(StrEnum):
    """What is wrong with a checkpoint, or with a record that is held against one."""

    NO_CHECKPOINT = "no-checkpoint"
    FORGED = "forged"
    WRONG_KEY = "wrong-key"
    OTHER_RECORD = "other-record"
    OLDER = "older"
    REWRITTEN = "rewritten"
    DELETED = "deleted"
    CUT_OFF = "cut-off"
    CHAINED_AGAIN = "chained-again"
    BACK_DATED = "back-dated"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, as a sentence. `subject` is the chain that it is about, None where it is about the whole."""

    kind: FaultKind
    reason: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a comparison has found. `sealed_at` is when the checkpoint was made, None where that is not proved."""

    checkpoint: Checkpoint | None
    sealed_at: datetime | None
    chains: int
    faults: tuple[Fault, ...]


def hold_against(
    session: Session, written: str, *, keys: Sequence[PublicKey], kept: Sequence[Sequence[str]] = ()
) -> Held:
    """Hold the record that `session` reads against the checkpoint `written`. Changes nothing.

    `keys` are trusted; a key that one of them handed over to, or took over from, is too. `kept` are lists of leaves
    that were kept beside the checkpoint: where one is what it seals, a fault is named by it, whatever the record has.
    """
    try:
        note = Note.parse(written)
        checkpoint = Checkpoint.parse(note.text)
    except (InvalidNote, InvalidStatement) as error:
        return Held(None, None, 0, (Fault(FaultKind.NO_CHECKPOINT, f"this is no checkpoint: {error}"),))
    fault = _of_signature(session, note, checkpoint, keys)
    if fault is not None:
        return Held(checkpoint, None, 0, (fault,))
    faults = list[Fault]()
    history = _History.of(_leaves(session, checkpoint, faults), checkpoint)
    if history is None:
        found = (_History.of(enumerate(leaves), checkpoint) for leaves in kept)
        history = next((one for one in found if one is not None), None)
        if not faults:
            reason = f"the leaves of the log {checkpoint.origin} are not those that the checkpoint seals"
            faults.append(Fault(FaultKind.REWRITTEN, f"{reason}: somebody has written them again"))
    if history is None:
        return Held(checkpoint, None, 0, tuple(faults))
    faults += _Comparison(history).faults(session)
    return Held(checkpoint, history.seals[-1].at, len(history.heads), tuple(faults))


def _of_signature(session: Session, note: Note, checkpoint: Checkpoint, keys: Sequence[PublicKey]) -> Fault | None:
    """Return why the checkpoint is not one of the office; None where it is."""
    good = _good_keys(session, keys)
    try:
        signer = note.signer([key for key, _, _ in good])
    except InvalidNote as error:
        return Fault(FaultKind.FORGED, f"the checkpoint was forged or changed: {error}")
    if signer is None:
        by = ", ".join(one.short for one in note.signatures)
        given = ", ".join(key.short for key in keys)
        reason = f"the checkpoint is signed by {by}; no hand-over leads there from the key that is trusted, {given}"
        return Fault(FaultKind.WRONG_KEY, reason)
    if signer.name != checkpoint.origin:
        return Fault(FaultKind.FORGED, f"the checkpoint is one of {checkpoint.origin}, and its key is {signer.short}")
    spans = [(after, until) for key, after, until in good if key == signer]
    if not any(after < checkpoint.size and (until is None or checkpoint.size <= until) for after, until in spans):
        reason = f"the checkpoint is signed by {signer.short}, which was not in use at its size of {checkpoint.size}"
        return Fault(FaultKind.WRONG_KEY, reason)
    return None


def _good_keys(session: Session, keys: Sequence[PublicKey]) -> list[tuple[PublicKey, int, int | None]]:
    """Return the trusted keys and those tied to them, each with the sizes of the log after and until which it signed.

    A key is followed to those after it, or to those before it, never to and fro: an old key that was stolen could else
    hand over to a thief's.
    """
    given = list(_handovers(session))
    after = {one.new: one.last.size for one in given}
    until = {one.old: one.last.size for one in given}
    found = list(keys)
    for forward in (True, False):
        near = list(keys)
        while near:
            key = near.pop()
            for one in given:
                here, there = (one.old, one.new) if forward else (one.new, one.old)
                if here == key and there not in found:
                    found.append(there)
                    near.append(there)
    return [(key, after.get(key, 0), until.get(key)) for key in found]


def _handovers(session: Session) -> Iterator[Handover]:
    """Yield the hand-overs of the record that are genuine; others tie no keys."""
    for written in session.scalars(select(SealingKey.handover).order_by(SealingKey.number)):
        try:
            found = Handover.parse(Note.parse(written or ""))
        except (InvalidNote, InvalidStatement):
            continue
        yield found


def _leaves(session: Session, checkpoint: Checkpoint, faults: list[Fault]) -> list[tuple[int, str]]:
    """Return the leaves of the record that the checkpoint should seal. Adds to `faults` what can be said of them."""
    log = next((row.log for row in session.scalars(select(SealingKey)) if _is_of(row, checkpoint.origin)), None)
    if log is None:
        reason = f"the record knows no log {checkpoint.origin}: it is another one, or older than its first checkpoint"
        faults.append(Fault(FaultKind.OTHER_RECORD, reason))
        return []
    sealed = SealedLeaf.log == log, SealedLeaf.position < checkpoint.size
    rows = session.execute(
        select(SealedLeaf.position, SealedLeaf.leaf).where(*sealed).order_by(SealedLeaf.position),
        execution_options={"yield_per": _BATCH},
    )
    found = [(position, leaf) for position, leaf in rows]
    if len(found) < checkpoint.size:
        last = next((leaf.at for _, text in reversed(found) if isinstance(leaf := _leaf(text), Seal)), None)
        ends = f"ends with the sealing of {_told(last)}" if last is not None else "is empty"
        reason = f"the log of the record {ends}, and the checkpoint is a later one: an older copy was put in its place"
        faults.append(Fault(FaultKind.OLDER, f"{reason}, or what was sealed since was removed"))
    return found


def _is_of(row: SealingKey, origin: str) -> bool:
    try:
        return row.public.name == origin
    except InvalidNote:
        return False


@dataclass(slots=True)
class _History:
    """What the leaves say: the sealings, and of each chain the heads, each with the place of its sealing."""

    seals: list[Seal] = field(default_factory=list)
    heads: dict[str, list[tuple[Head, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, leaves: Iterable[tuple[int, str]], checkpoint: Checkpoint) -> "_History | None":
        """Return what the first leaves say, if they are those that the checkpoint seals."""
        found, texts = cls(), list[str]()
        for expected, (position, text) in enumerate(leaves):
            if expected == checkpoint.size:
                break
            leaf = _leaf(text)
            if position != expected or leaf is None:
                return None
            texts.append(text)
            if isinstance(leaf, Seal):
                found.seals.append(leaf)
            else:
                found.heads.setdefault(leaf.subject, []).append((leaf, len(found.seals)))
        tree = Tree().grown(text.encode() for text in texts)
        sealed = (tree.size, tree.root) == (checkpoint.size, checkpoint.root)
        return found if sealed and texts and isinstance(_leaf(texts[-1]), Seal) else None


class _Comparison:
    """The entries of the record, held against a history that is proved."""

    def __init__(self, history: _History) -> None:
        self._seals = history.seals
        self._heads = history.heads
        # A chain that was begun and never written to has left nothing that could be missing.
        self._missing = {subject for subject, heads in history.heads.items() if heads[-1][0].length}

    def faults(self, session: Session) -> Iterator[Fault]:
        """Yield the first fault of each kind in each chain."""
        subject, entries = None, list[tuple[Any, Any, Any]]()
        for one, *entry in self._stored(session):
            if one != subject and subject is not None:
                yield from self._chain(subject, entries)
                entries = []
            subject = one
            entries.append((entry[0], entry[1], entry[2]))
        if subject is not None:
            yield from self._chain(subject, entries)
        for gone in sorted(self._missing):
            head, place = self._heads[gone][-1]
            sealed = f"it had {head.length} entries on {_told(self._seals[place].at)}"
            yield Fault(FaultKind.DELETED, f"deleted: {sealed}, and nothing is left of it", gone)

    @staticmethod
    def _stored(session: Session) -> Iterator[Any]:
        """Stream all entries with the subjects of their chains, as they are stored."""
        columns = (Chain.subject, Entry.sequence, Entry.at, Entry.hash)
        rows = (
            select(*(type_coerce(column, NullType()) for column in columns))
            .join(Chain, Chain.id == Entry.chain_id)
            .order_by(Entry.chain_id, Entry.sequence)
        )
        yield from session.execute(rows, execution_options={"yield_per": _BATCH})

    def _chain(self, subject: str, entries: Sequence[tuple[Any, Any, Any]]) -> Iterator[Fault]:
        self._missing.discard(subject)
        heads = self._heads.get(subject, [])
        hashes = {sequence: digest for sequence, _, digest in entries}
        changed = next((one for one in heads if one[0].length in hashes and hashes[one[0].length] != one[0].hash), None)
        if changed is not None:
            head, place = changed
            reason = f"entry {head.length} is not the one that was sealed on {_told(self._seals[place].at)}"
            yield Fault(FaultKind.CHAINED_AGAIN, f"{reason}: the chain was written again", subject)
        longest = max(heads, key=lambda one: one[0].length, default=None)
        if longest is not None and longest[0].length not in hashes and longest[0].length:
            head, place = longest
            reason = f"cut off: {head.length} entries were sealed on {_told(self._seals[place].at)}"
            yield Fault(FaultKind.CUT_OFF, f"{reason}, and entry {head.length} is missing", subject)
        yield from self._times(subject, heads, entries)

    def _times(
        self, subject: str, heads: Sequence[tuple[Head, int]], entries: Sequence[tuple[Any, Any, Any]]
    ) -> Iterator[Fault]:
        """Yield the first entry whose time is not between the sealing that lacks it and the one that has it."""
        lengths = [head.length for head, _ in heads]
        if lengths != sorted(lengths):
            yield Fault(FaultKind.CUT_OFF, "cut off: a later sealing has fewer entries than one before it", subject)
            return
        for sequence, stored, _ in entries:
            at = _instant(stored)
            if at is None or not isinstance(sequence, int):
                continue
            first = bisect_left(lengths, sequence)
            place = heads[first][1] if first < len(heads) else len(self._seals)
            before = self._seals[place - 1].at if place else None
            if before is not None and at < before - ALLOWANCE:
                reason = f"entry {sequence} bears the time {_told(at)}, but the sealing of {_told(before)} lacks it"
                yield Fault(FaultKind.BACK_DATED, f"back-dated: {reason}", subject)
                return
            after = self._seals[place].at if place < len(self._seals) else None
            if after is not None and at > after + ALLOWANCE:
                reason = f"entry {sequence} bears the time {_told(at)}, but was sealed on {_told(after)} already"
                yield Fault(FaultKind.BACK_DATED, f"dated forward: {reason}", subject)
                return


def _leaf(text: object) -> Head | Seal | None:
    try:
        return parse_leaf(text) if isinstance(text, str) else None
    except InvalidStatement:
        return None


def _instant(stored: object) -> datetime | None:
    """Return a stored instant, as SQLite and PostgreSQL hand it out; None where it is none."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    try:
        return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else None
    except ValueError:
        return None


def _told(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
