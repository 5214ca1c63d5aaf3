"""The files that the archive keeps, by what the record says of them: to be held against their bytes."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.case.attachment import Attachment, Keeping
from models.case.case import Case
from models.case.content import Content
from models.journal.chain import Breach
from models.proof.verification import CASE_SUBJECT, Verification

FaultOf = Callable[[str], str | None]
"""Reads the content with a digest; returns what is wrong with it, None if it is what was kept."""


def kept_contents(session: Session) -> list[str]:
    """Return the digests of all contents that the archive is to have."""
    kept = select(Content.digest).where(Content.erased_at.is_(None)).order_by(Content.digest)
    return list(session.scalars(kept))


def erased_contents(session: Session) -> list[str]:
    """Return the digests of all contents that were erased."""
    return list(session.scalars(select(Content.digest).where(Content.erased_at.is_not(None)).order_by(Content.digest)))


def faults_among(digests: Iterable[str], fault_of: FaultOf) -> dict[str, str]:
    """Read these contents, and return what is wrong, by digest."""
    found = ((digest, fault_of(digest)) for digest in digests)
    return {digest: fault for digest, fault in found if fault is not None}


def with_files(found: Verification, session: Session, *, read: int, faults: dict[str, str]) -> Verification:
    """Return a verification that also names the files whose content has a fault, of `read` contents.

    What was erased since the contents were listed has no fault.
    """
    breaches = list(found.breaches)
    for digest in sorted(set(faults) & set(kept_contents(session))):
        places = _places(session, digest) or [f"content {digest}"]
        reason = f"the content {digest} {faults[digest]}"
        breaches.extend(Breach(place, 0, reason) for place in places)
    return replace(found, breaches=tuple(breaches), files=read)


def _places(session: Session, digest: str) -> list[str]:
    """Return which files of which cases have a content: `case:SW-2026-0001, file 2`, counted as they were attached."""
    order = func.row_number().over(partition_by=Attachment.case_id, order_by=Attachment.id).label("place")
    cases = select(Attachment.case_id).where(Attachment.content == digest)
    placed = select(Attachment.content, Attachment.keeping, Attachment.case_id, order)
    all_files = placed.where(Attachment.case_id.in_(cases)).subquery()
    with_it = (
        select(Case.number, all_files.c.place)
        .join(Case, Case.id == all_files.c.case_id)
        .where(all_files.c.content == digest, all_files.c.keeping == Keeping.KEPT)
        .order_by(Case.id, all_files.c.place)
    )
    return [f"{CASE_SUBJECT}{number}, file {place}" for number, place in session.execute(with_it)]
