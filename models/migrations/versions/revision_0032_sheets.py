"""Keep which papers of cases were issued, what rank people have, and by which decree somebody acts for a post."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CLEAR = (
    """
    DELETE FROM buttons WHERE card_id IN (
        SELECT id FROM cards WHERE mode IN ('disposition-sheet', 'evaluation-report', 'evaluation-preview')
    )
    """,
    """
    DELETE FROM outbox WHERE card_id IN (
        SELECT id FROM cards WHERE mode IN ('disposition-sheet', 'evaluation-report', 'evaluation-preview')
    )
    """,
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE card_id IN (
        SELECT id FROM cards WHERE mode IN ('disposition-sheet', 'evaluation-report', 'evaluation-preview')
    )
    """,
    "DELETE FROM cards WHERE mode IN ('disposition-sheet', 'evaluation-report', 'evaluation-preview')",
)
"""Takes away the pages that are papers, which the program before does not know."""


def upgrade() -> None:
    """Make the table and add the columns."""
    op.create_table(
        "issued_papers",
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_issued_papers_case_id_cases"),
        sa.PrimaryKeyConstraint("file", name="pk_issued_papers"),
    )
    op.create_index("ix_issued_papers_mark", "issued_papers", ["mark"])
    op.create_index("ix_issued_papers_case_id", "issued_papers", ["case_id"])
    op.create_index("ix_checkpoints_sealed_at", "checkpoints", ["sealed_at"])
    op.add_column("people", sa.Column("rank", sa.String(60), nullable=False, server_default=sa.text("''")))
    op.add_column("tenures", sa.Column("decree_number", sa.String(100), nullable=True))
    op.add_column("tenures", sa.Column("decree_day", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop them, with the pages that show such papers."""
    for statement in CLEAR:
        op.execute(statement)
    op.drop_column("tenures", "decree_day")
    op.drop_column("tenures", "decree_number")
    op.drop_column("people", "rank")
    op.drop_index("ix_checkpoints_sealed_at", "checkpoints")
    op.drop_table("issued_papers")
