"""Keep what the verbs of daily work need.

To whom a task was handed, what is chosen on a card before a reason is given, how often a reporter urged, who may not
decide a task because they reported the case, and with which clock a recalled task goes on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Before, no task was handed on, and nobody urged."""
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    for table in ("remarks", "disposition_drafts"):
        constraint = f"CONSTRAINT fk_{table}_to_id_people REFERENCES people (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN to_id {kind} {constraint}")
    constraint = "CONSTRAINT fk_tasks_not_by_id_people REFERENCES people (id)"
    op.execute(f"ALTER TABLE tasks ADD COLUMN not_by_id {kind} {constraint}")
    op.add_column("disposition_drafts", sa.Column("back_to", sa.BigInteger(), nullable=True))
    op.add_column("tasks", sa.Column("urges", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("tasks", sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tasks", sa.Column("clock_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.execute("ALTER TABLE tasks DROP COLUMN not_by_id")
    op.drop_column("tasks", "clock_from")
    op.drop_column("tasks", "urged_at")
    op.drop_column("tasks", "urges")
    op.drop_column("disposition_drafts", "back_to")
    for table in ("disposition_drafts", "remarks"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN to_id")
