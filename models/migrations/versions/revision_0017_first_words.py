"""Keep the first words of strangers, how long a recording lasts, and the files taken out of what is being written."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


DRAFTS = ("report_drafts", "disposition_drafts", "evaluations")


def upgrade() -> None:
    """Add the table and the columns. Nothing is known of the files that came before."""
    op.create_table(
        "first_words",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_first_words"),
    )
    op.create_index("ix_first_words_kept_at", "first_words", ["kept_at"])
    op.add_column("attachments", sa.Column("seconds", sa.BigInteger(), nullable=True))
    for table in DRAFTS:
        op.add_column(table, sa.Column("taken_out", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop them; cards show no face that the program before does not know."""
    op.execute("UPDATE cards SET mode = 'main' WHERE mode = 'remove'")
    op.execute("UPDATE cards SET mode = 'discarded' WHERE mode = 'noted'")
    for table in reversed(DRAFTS):
        op.drop_column(table, "taken_out")
    op.drop_column("attachments", "seconds")
    op.drop_index("ix_first_words_kept_at", "first_words")
    op.drop_table("first_words")
