"""Keep how each person is reminded, and which cards arrived with a sound."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WANTED = sa.text("remind_at IS NOT NULL")
REMINDER = sa.text("kind IN ('warn', 'late', 'escalate', 'repeat', 'summary')")


def upgrade() -> None:
    """Add the columns. Who was reminded until now counts as reminded when the last rung of all was climbed."""
    op.add_column("people", sa.Column("remind_at", INSTANT, nullable=True))
    op.add_column("people", sa.Column("reminded_at", INSTANT, nullable=True))
    op.add_column("people", sa.Column("unanswered", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.add_column("people", sa.Column("pending", sa.JSON(), nullable=True))
    op.add_column("cards", sa.Column("sounded_at", INSTANT, nullable=True))
    op.execute("UPDATE people SET reminded_at = (SELECT max(fired_at) FROM chases)")
    op.execute("UPDATE cards SET sounded_at = made_at WHERE live AND kind = 'task' AND message_id IS NOT NULL")
    op.create_index("ix_people_remind_at", "people", ["remind_at"], sqlite_where=WANTED, postgresql_where=WANTED)
    op.create_index(
        "ix_outbox_reminders", "outbox", ["person_id", "owed_at"], sqlite_where=REMINDER, postgresql_where=REMINDER
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_outbox_reminders", "outbox")
    op.drop_index("ix_people_remind_at", "people")
    op.drop_column("cards", "sounded_at")
    for name in ("pending", "unanswered", "reminded_at", "remind_at"):
        op.drop_column("people", name)
