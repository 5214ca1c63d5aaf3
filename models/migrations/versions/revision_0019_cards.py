"""Let the earliest open task of a post be found without a look at the others: a decision names what waits next."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0014"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Add the deadline to the index of open tasks."""
    op.drop_index("ix_tasks_open", "tasks")
    op.create_index("ix_tasks_open", "tasks", ["post", "due_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)


def downgrade() -> None:
    """Take it out again."""
    op.drop_index("ix_tasks_open", "tasks")
    op.create_index("ix_tasks_open", "tasks", ["post"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
