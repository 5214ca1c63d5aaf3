"""Find the living cards of a chat among years of others."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_cards_live_chat",
        "cards",
        ["chat_id", "kind"],
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_cards_live_chat", "cards")
