"""Let several processes share a database: who serves a chat, what may still be sent, a chat's waiting updates.

And let the audit find the cards that never arrived, and the notices of a card.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")

PARTIAL = (
    ("ix_cards_twin", "cards", ["chat_id", "twin_id"], "twin_id IS NOT NULL"),
    ("ix_tasks_decided_by", "tasks", ["decided_by_id", "case_id"], "decided_by_id IS NOT NULL"),
    ("ix_tasks_assignee", "tasks", ["assignee_id", "case_id"], "assignee_id IS NOT NULL"),
)


def upgrade() -> None:
    """Make the tables and the indexes."""
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
    op.create_index(
        "ix_cards_undelivered",
        "cards",
        ["id"],
        sqlite_where=sa.text("live = 1 AND message_id IS NULL"),
        postgresql_where=sa.text("live AND message_id IS NULL"),
    )
    op.create_index(
        "ix_cards_over",
        "cards",
        ["id"],
        sqlite_where=sa.text("live = 0 AND digest IS NOT NULL"),
        postgresql_where=sa.text("NOT live AND digest IS NOT NULL"),
    )
    for name, table, columns, condition in PARTIAL:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.create_index(op.f("ix_outbox_card_id"), "outbox", ["card_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_outbox_card_id"), "outbox")
    for name, table, _, _ in reversed(PARTIAL):
        op.drop_index(name, table)
    op.drop_index("ix_cards_over", "cards")
    op.drop_index("ix_cards_undelivered", "cards")
    op.drop_index("ix_inbox_lane", "inbox")
    op.drop_table("allowances")
    op.drop_table("leases")
