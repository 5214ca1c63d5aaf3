"""Keep who asks for more time, and what was decided about it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COMPARABLE = sa.JSON().with_variant(JSONB(), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""The number of a row, and a reference to one: SQLite's own numbers are INTEGER."""

INSTANT = sa.DateTime(timezone=True)
UNDECIDED = sa.text("decided_at IS NULL")

REFERRED = (("case_id", "cases"), ("task_id", "tasks"), ("by_id", "people"), ("decided_by_id", "people"))

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind = 'extension')",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind = 'extension')",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects = 'extend-reason' OR card_id IN (SELECT id FROM cards WHERE kind = 'extension')
    """,
    "DELETE FROM cards WHERE kind = 'extension'",
    "UPDATE cards SET mode = 'main' WHERE mode IN ('spans', 'reasons-extend', 'expects-extend-reason')",
)
"""Takes away the cards that the program before does not know, after what points at them."""


def upgrade() -> None:
    """Add the tables and the columns. Before, nobody asked."""
    op.create_table(
        "extensions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("task_id", NUMBER, nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("capacity", sa.String(80), nullable=False),
        sa.Column("span", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_as", sa.String(80), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_extensions_{column}_{table}")
            for column, table in REFERRED
        ),
    )
    op.create_index("ix_extensions_case_id", "extensions", ["case_id"])
    op.create_index(
        "ix_extensions_undecided", "extensions", ["task_id"], sqlite_where=UNDECIDED, postgresql_where=UNDECIDED
    )
    op.add_column("tasks", sa.Column("extensions", COMPARABLE, server_default="[]", nullable=False))
    op.add_column("disposition_drafts", sa.Column("span", sa.String(32), nullable=True))
    # SQLite adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_cards_extension_id_extensions REFERENCES extensions (id)"
    op.execute(f"ALTER TABLE cards ADD COLUMN extension_id {kind} {constraint}")


def downgrade() -> None:
    """Drop them, with the cards that ask for a decision.

    Raises RuntimeError where somebody has asked, which the program before could never verify.
    """
    asked = "SELECT count(*) FROM journal_entries WHERE action IN ('extend', 'grant-extension', 'deny-extension')"
    count = op.get_bind().scalar(sa.text(asked))
    if count:
        raise RuntimeError(f"{count} entries of the journal are of this, which revision {down_revision} cannot read")
    for statement in CLEAR:
        op.execute(statement)
    op.execute("ALTER TABLE cards DROP COLUMN extension_id")
    op.drop_column("disposition_drafts", "span")
    op.drop_column("tasks", "extensions")
    op.drop_index("ix_extensions_undecided", "extensions")
    op.drop_index("ix_extensions_case_id", "extensions")
    op.drop_table("extensions")
