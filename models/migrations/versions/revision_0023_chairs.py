"""Keep in whose place a task is decided, and why; and when it was said that its case goes up and down for too long.

Before, a task that nobody could decide waited where it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_RAISED = "closed_at IS NULL AND raised_from IS NOT NULL"


def upgrade() -> None:
    """Add the columns and their index."""
    # SQLite adds a reference only together with its column.
    constraint = "CONSTRAINT fk_tasks_raised_from_posts REFERENCES posts (code)"
    op.execute(f"ALTER TABLE tasks ADD COLUMN raised_from VARCHAR(64) {constraint}")
    op.add_column("tasks", sa.Column("raised_because", sa.String(32), nullable=True))
    op.add_column("tasks", sa.Column("overrun_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_tasks_raised", "tasks", ["raised_from"], sqlite_where=sa.text(_RAISED), postgresql_where=sa.text(_RAISED)
    )


def downgrade() -> None:
    """Drop them. What is at another post by then stays there."""
    op.drop_index("ix_tasks_raised", "tasks")
    op.drop_column("tasks", "overrun_at")
    op.drop_column("tasks", "raised_because")
    op.execute("ALTER TABLE tasks DROP COLUMN raised_from")
