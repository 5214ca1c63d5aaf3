"""Keep who asks for more time, what was decided about it, and whose opinion was asked for."""

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
UNANSWERED = sa.text("answered_at IS NULL")
REMINDED = sa.text("remind_at IS NOT NULL")

REFERRED = (("case_id", "cases"), ("task_id", "tasks"), ("by_id", "people"), ("decided_by_id", "people"))
ASKED = (
    ("case_id", "cases"),
    ("task_id", "tasks"),
    ("by_id", "people"),
    ("to_id", "people"),
    ("answered_by_id", "people"),
)

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('extension', 'consultation'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('extension', 'consultation'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects IN ('extend-reason', 'consultation')
    OR card_id IN (SELECT id FROM cards WHERE kind IN ('extension', 'consultation'))
    """,
    "DELETE FROM cards WHERE kind IN ('extension', 'consultation')",
    """
    UPDATE cards SET mode = 'main'
    WHERE mode IN ('spans', 'reasons-extend', 'expects-extend-reason', 'consulting', 'expects-consultation')
    """,
)
"""Takes away the cards that the program before does not know, after what points at them."""

TOLD = """
    SELECT count(*) FROM journal_entries
    WHERE action IN ('extend', 'grant-extension', 'deny-extension', 'consult', 'advise')
"""


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
    op.create_table(
        "consultations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("task_id", NUMBER, nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("capacity", sa.String(80), nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("to_id", NUMBER, nullable=True),
        sa.Column("standard", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by_id", NUMBER, nullable=True),
        sa.Column("answered_as", sa.String(80), nullable=True),
        sa.Column("remind_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consultations"),
        sa.ForeignKeyConstraint(["post"], ["posts.code"], name="fk_consultations_post_posts"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_consultations_{column}_{table}")
            for column, table in ASKED
        ),
    )
    op.create_index("ix_consultations_case_id", "consultations", ["case_id"])
    op.create_index(
        "ix_consultations_unanswered",
        "consultations",
        ["task_id"],
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )
    op.create_index(
        "ix_consultations_remind_at", "consultations", ["remind_at"], sqlite_where=REMINDED, postgresql_where=REMINDED
    )
    op.add_column("tasks", sa.Column("extensions", COMPARABLE, server_default="[]", nullable=False))
    op.add_column("disposition_drafts", sa.Column("span", sa.String(32), nullable=True))
    op.add_column("disposition_drafts", sa.Column("consult_post", sa.String(64), nullable=True))
    # SQLite adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    for table, column, to in (
        ("cards", "extension_id", "extensions"),
        ("cards", "consultation_id", "consultations"),
        ("disposition_drafts", "consult_id", "people"),
    ):
        constraint = f"CONSTRAINT fk_{table}_{column}_{to} REFERENCES {to} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {constraint}")


def downgrade() -> None:
    """Drop them, with the cards that ask for a decision.

    Raises RuntimeError where somebody has asked, which the program before could never verify.
    """
    count = op.get_bind().scalar(sa.text(TOLD))
    if count:
        raise RuntimeError(f"{count} entries of the journal are of this, which revision {down_revision} cannot read")
    for statement in CLEAR:
        op.execute(statement)
    for table, column in (
        ("disposition_drafts", "consult_id"),
        ("cards", "consultation_id"),
        ("cards", "extension_id"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.drop_column("disposition_drafts", "consult_post")
    op.drop_column("disposition_drafts", "span")
    op.drop_column("tasks", "extensions")
    for index in ("remind_at", "unanswered", "case_id"):
        op.drop_index(f"ix_consultations_{index}", "consultations")
    op.drop_table("consultations")
    op.drop_index("ix_extensions_undecided", "extensions")
    op.drop_index("ix_extensions_case_id", "extensions")
    op.drop_table("extensions")
