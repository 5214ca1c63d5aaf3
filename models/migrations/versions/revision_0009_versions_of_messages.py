"""Let the earlier versions of a message be found among the updates that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_MESSAGES = sa.text("message_id IS NOT NULL")


def upgrade() -> None:
    """Add the number of the message. It is not looked up in the updates before: these are kept for some days only."""
    op.add_column("inbox", sa.Column("message_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_inbox_message",
        "inbox",
        ["lane", "message_id", "received_at"],
        sqlite_where=OF_MESSAGES,
        postgresql_where=OF_MESSAGES,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_inbox_message", "inbox")
    op.drop_column("inbox", "message_id")
