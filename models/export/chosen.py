"""Which part of the record an export has: all of it, the cases of some months, or one case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from models.case.case import Case
from models.journal.chain import Chain
from models.repository.office_lock import OFFICE_CHAIN

PAGE = 200
"""Chains, or cases, that are read at once."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is exported. `number` is that of one case; `since` and `until` bound when a case was opened.

    `since` is included, `until` is not. Without any of them it is the whole record, with the office's chain.
    """

    number: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole record."""
        return self.number is None and self.since is None and self.until is None

    @property
    def cases(self) -> ColumnElement[bool]:
        """The condition that its cases fulfil."""
        found: ColumnElement[bool] = true()
        if self.number is not None:
            found &= Case.number == self.number
        if self.since is not None:
            found &= Case.opened_at >= self.since
        if self.until is not None:
            found &= Case.opened_at < self.until
        return found


def chain_pages(session: Session, chosen: Chosen) -> Iterator[Sequence[tuple[int, str]]]:
    """Yield the id and the subject of each chain, in pages: the office's first, then as they began."""
    columns = select(Chain.id, Chain.subject)
    if chosen.whole:
        office = session.execute(columns.where(Chain.subject == OFFICE_CHAIN)).all()
        if office:
            yield office
        others = columns.where(Chain.subject != OFFICE_CHAIN)
    else:
        others = columns.join(Case, Case.chain_id == Chain.id).where(chosen.cases)
    last = 0
    while page := session.execute(others.where(Chain.id > last).order_by(Chain.id).limit(PAGE)).all():
        yield page
        last = page[-1][0]


def entry_count(session: Session, chosen: Chosen) -> int:
    """Return how many entries the chosen chains have."""
    lengths = select(func.sum(Chain.length))
    if not chosen.whole:
        lengths = lengths.join(Case, Case.chain_id == Chain.id).where(chosen.cases)
    return session.scalar(lengths) or 0
