"""Keep what /kelola shows and waits for, whom an invite replaces, and what each chat has in its menu."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""The number of a row, and a reference to one: SQLite's own numbers are INTEGER."""

DUE = sa.text("due")

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('proposal', 'unit'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('proposal', 'unit'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects IN ('administration', 'unit')
    OR card_id IN (SELECT id FROM cards WHERE kind IN ('proposal', 'unit'))
    """,
    "DELETE FROM cards WHERE kind IN ('proposal', 'unit')",
    "UPDATE cards SET mode = 'main' WHERE kind = 'administration' AND mode NOT IN ('absences', 'withdrawn')",
)
"""Takes away the cards that the program before does not know, after what points at them."""


def upgrade() -> None:
    """Make the tables and add the columns."""
    op.create_table(
        "proposals",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("decided_by_id", NUMBER),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        *(
            sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_proposals_{column}_people")
            for column in ("by_id", "person_id", "decided_by_id")
        ),
    )
    op.create_table(
        "menus",
        sa.Column("telegram_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("shown", sa.String(80), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_menus"),
    )
    op.create_index("ix_menus_due", "menus", ["telegram_id"], sqlite_where=DUE, postgresql_where=DUE)
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    for table, column in (("invites", "replaces_id"), ("people", "unbound_by_id")):
        constraint = f"CONSTRAINT fk_{table}_{column}_people REFERENCES people (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {constraint}")
    op.add_column("cards", sa.Column("subject", sa.String(100)))
    op.add_column("people", sa.Column("unit_asked_at", sa.DateTime(timezone=True)))
    op.add_column("people", sa.Column("tried_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drop them, with the cards that show them."""
    for statement in CLEAR:
        op.execute(statement)
    op.drop_column("people", "tried_at")
    op.drop_column("people", "unit_asked_at")
    op.drop_column("cards", "subject")
    op.execute("ALTER TABLE people DROP COLUMN unbound_by_id")
    op.execute("ALTER TABLE invites DROP COLUMN replaces_id")
    op.drop_table("menus")
    op.drop_table("proposals")
