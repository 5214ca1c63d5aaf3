"""Keep how long a recording lasts, and the files that were taken out of what is being written."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None


DRAFTS = ("report_drafts", "disposition_drafts", "evaluations")


def upgrade() -> None:
    """Add the columns. Nothing is known of the files that came before."""
    op.add_column("attachments", sa.Column("seconds", sa.BigInteger(), nullable=True))
    for table in DRAFTS:
        op.add_column(table, sa.Column("taken_out", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for table in reversed(DRAFTS):
        op.drop_column(table, "taken_out")
    op.drop_column("attachments", "seconds")
