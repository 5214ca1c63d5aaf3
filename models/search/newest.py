"""The newest cases whose documents have some terms, found by each database's own index."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, TextClause, column, select, table, text
from sqlalchemy.orm import Session

from models.search.document import INDEX, SearchDocument
from models.search.wanted import Terms

RECENT = 10_000
"""Documents, the newest, that PostgreSQL looks through one after the other before it asks its index."""

_FTS = table(INDEX, column("rowid"))


def newest(session: Session, wanted: Terms, most: int) -> Sequence[int]:
    """Return the cases whose documents are `wanted`, the newest first, `most` of them."""
    if session.get_bind().dialect.name == "sqlite":
        rowid: ColumnElement[int] = _FTS.c.rowid
        meets = text(f"{INDEX} MATCH :wanted").bindparams(wanted=wanted.fts5)
        return session.scalars(select(rowid).where(meets).order_by(rowid.desc()).limit(most)).all()
    found = _recent(session, wanted, most)
    return found if len(found) == most else _of_all(session, wanted, most)


def _recent(session: Session, wanted: Terms, most: int) -> Sequence[int]:
    """Return those among the newest documents: of words that stand in many there are soon enough.

    The index of PostgreSQL has no order. Of such words it would give every case there is, to be sorted.
    """
    documents = select(SearchDocument.case_id, SearchDocument.terms).order_by(SearchDocument.case_id.desc())
    # A limit inside keeps the database from asking the index all the same.
    recent = documents.limit(RECENT).subquery("recent")
    found = select(recent.c.case_id).where(_meets("recent", wanted)).order_by(recent.c.case_id.desc())
    return session.scalars(found.limit(most)).all()


def _of_all(session: Session, wanted: Terms, most: int) -> Sequence[int]:
    """Return those among all documents: few, so that sorting them costs little.

    PostgreSQL takes words that it has not counted for frequent ones, and would look through all documents for them.
    Sorted by what no index has, they leave it the index of terms alone.
    """
    no_index: ColumnElement[int] = SearchDocument.case_id + 0
    found = select(SearchDocument.case_id).where(_meets(SearchDocument.__tablename__, wanted))
    return session.scalars(found.order_by(no_index.desc()).limit(most)).all()


def _meets(documents: str, wanted: Terms) -> TextClause:
    return text(f"{documents}.terms @@ CAST(:wanted AS tsquery)").bindparams(wanted=wanted.tsquery)
