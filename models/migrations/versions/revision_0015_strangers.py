"""Let the answers to strangers be counted without going through the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TO_STRANGERS = sa.text("priority = '3-stranger'")
COLUMNS = ("owed_at", "state")


def upgrade() -> None:
    """Add an index of what was owed to strangers when, and one of what became of it."""
    for column in COLUMNS:
        op.create_index(
            f"ix_outbox_strangers_{column}",
            "outbox",
            [column],
            sqlite_where=TO_STRANGERS,
            postgresql_where=TO_STRANGERS,
        )


def downgrade() -> None:
    """Drop them."""
    for column in COLUMNS:
        op.drop_index(f"ix_outbox_strangers_{column}", "outbox")
