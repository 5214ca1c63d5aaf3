"""Let several processes share a database: who serves a chat, what may still be sent, and a chat's waiting updates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Make the tables and the index."""
    op.create_table(
        "leases",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("lane", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "lane", name=op.f("pk_leases")),
    )
    op.create_table(
        "allowances",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("recent", sa.JSON(), nullable=False),
        sa.Column("shut_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_allowances")),
    )
    op.create_index(
        "ix_inbox_lane",
        "inbox",
        ["lane", "received_at", "update_id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_inbox_lane", "inbox")
    op.drop_table("allowances")
    op.drop_table("leases")
