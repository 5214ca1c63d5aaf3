"""Keep which papers and pictures Telegram has already."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE mode IN ('position', 'sop-form'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE mode IN ('position', 'sop-form'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE card_id IN (SELECT id FROM cards WHERE mode IN ('position', 'sop-form'))
    """,
    "DELETE FROM cards WHERE mode IN ('position', 'sop-form')",
)
"""Takes away the pages that are pictures now, which the program before would edit as texts."""


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "printed_files",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("file_id", sa.String(255), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", "account_id", name="pk_printed_files"),
    )
    op.create_index("ix_printed_files_sent_at", "printed_files", ["sent_at"])


def downgrade() -> None:
    """Drop it, with the pages that show such files."""
    for statement in CLEAR:
        op.execute(statement)
    op.drop_table("printed_files")
