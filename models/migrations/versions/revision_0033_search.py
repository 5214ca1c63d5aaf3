"""Keep the terms by which each case is found, with an index of the database's own kind; keep what a search narrows.

The documents of the cases that are there are written by the program, from the newest backwards, once it runs.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_SQLITE = (
    """
        CREATE VIRTUAL TABLE search_index USING fts5(
            terms, content = 'search_documents', content_rowid = 'case_id', detail = none, tokenize = 'ascii')""",
    """
        CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents
        BEGIN INSERT INTO search_index (rowid, terms) VALUES (NEW.case_id, NEW.terms); END""",
    """
        CREATE TRIGGER search_documents_taken AFTER DELETE ON search_documents
        BEGIN INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.case_id, OLD.terms); END""",
    """
        CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents
        BEGIN
            INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.case_id, OLD.terms);
            INSERT INTO search_index (rowid, terms) VALUES (NEW.case_id, NEW.terms);
        END""",
)


_CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind = 'search')",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind = 'search')",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects = 'search' OR card_id IN (SELECT id FROM cards WHERE kind = 'search')
    """,
    "DELETE FROM cards WHERE kind = 'search'",
)
"""Takes away the cards that the program before does not know."""


def upgrade() -> None:
    """Make the table, its index and the column."""
    op.add_column("cards", sa.Column("narrowed", sa.String(40), nullable=True))
    op.create_table(
        "search_documents",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column("terms", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_search_documents_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", name="pk_search_documents"),
    )
    op.create_index(
        "ix_search_documents_terms",
        "search_documents",
        ["terms"],
        postgresql_using="gin",
        sqlite_where=sa.text("terms IS NULL"),
    )
    if _on_sqlite():
        for statement in _SQLITE:
            op.execute(statement)


def downgrade() -> None:
    """Drop them, with the cards of searches; nothing of it is not in the rows of the cases."""
    if _on_sqlite():
        op.execute("DROP TABLE search_index")
    op.drop_table("search_documents")
    for statement in _CLEAR:
        op.execute(statement)
    op.drop_column("cards", "narrowed")


def _on_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
