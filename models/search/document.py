"""What the database keeps of a case so that it is found: one row of terms, with an index of the database's own kind.

PostgreSQL keeps the terms as a `tsvector` with a GIN index, SQLite as text with FTS5 beside it, filled by triggers. The
terms are made by this program and mean the same on both (`models/search/terms.py`).
"""

from collections.abc import Mapping

from sqlalchemy import Connection, ForeignKey, Index, Text, event, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity

MOST = 10_000
"""Terms after which a document takes no more words: PostgreSQL refuses a `tsvector` of a megabyte, and with it the tap.

What is no word it takes all the same: a case that closes or becomes confidential must be found as such.
"""

TERMS = Text().with_variant(TSVECTOR(), "postgresql")
"""The type of a document's terms, separated by blanks."""

INDEX = "search_index"
"""The table of FTS5 on SQLite. The names of the tables in which it keeps its index begin so too."""

SECURE_DELETE = "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)"
"""Lets FTS5 take words out of its index at once; SQLite knows it from 3.42 on."""

OPTIMIZE = "INSERT INTO search_index (search_index) VALUES ('optimize')"
"""Lets FTS5 write its whole index again, without what was taken out."""

SQLITE: Mapping[str, str] = {
    INDEX: """
        CREATE VIRTUAL TABLE search_index USING fts5(
            terms, content = 'search_documents', content_rowid = 'case_id', detail = none, tokenize = 'ascii')""",
    "search_documents_added": """
        CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents
        BEGIN INSERT INTO search_index (rowid, terms) VALUES (NEW.case_id, NEW.terms); END""",
    "search_documents_taken": """
        CREATE TRIGGER search_documents_taken AFTER DELETE ON search_documents
        BEGIN INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.case_id, OLD.terms); END""",
    "search_documents_changed": """
        CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents
        BEGIN
            INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.case_id, OLD.terms);
            INSERT INTO search_index (rowid, terms) VALUES (NEW.case_id, NEW.terms);
        END""",
}
"""The statements that make the index of SQLite and keep it, by name, as the last migration leaves them."""


class SearchDocument(Base):
    """The terms of one case, separated by blanks; `size` counts those that were written."""

    __tablename__ = "search_documents"

    case_id: Mapped[int] = mapped_column(Identity, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    terms: Mapped[str] = mapped_column(TERMS)
    size: Mapped[int]

    __table_args__ = (
        # On SQLite it stays empty: there FTS5 is the index, and both databases have the same names.
        Index("ix_search_documents_terms", "terms", postgresql_using="gin", sqlite_where=text("terms IS NULL")),
    )


def _make_index(_: object, connection: Connection, **__: object) -> None:
    if connection.dialect.name == "sqlite":
        for statement in SQLITE.values():
            connection.execute(text(statement))


event.listen(SearchDocument.__table__, "after_create", _make_index)


def read(kept: str) -> frozenset[str]:
    """Return the terms of a document as either database gives them out; PostgreSQL puts each in quotes."""
    return frozenset(kept.replace("'", "").split())
