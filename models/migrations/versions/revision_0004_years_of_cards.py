"""Find the living cards of a chat, and the open reports of a person, among years of others."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index(
        "ix_cards_live_chat",
        "cards",
        ["chat_id", "kind"],
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_cases_reporter_open", "cases", ["reporter_id", "id"], sqlite_where=is_open, postgresql_where=is_open
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_cases_reporter_open", "cases")
    op.drop_index("ix_cards_live_chat", "cards")
