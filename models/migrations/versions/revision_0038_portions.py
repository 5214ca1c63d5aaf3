"""Keep which open tasks have yet to follow a calendar that came into force."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BEHIND = sa.text("behind IS NOT NULL")


def upgrade() -> None:
    """Make the column: until now, all open tasks followed with the calendar."""
    op.add_column("tasks", sa.Column("behind", sa.BigInteger(), nullable=True))
    op.create_index("ix_tasks_behind", "tasks", ["id"], sqlite_where=BEHIND, postgresql_where=BEHIND)


def downgrade() -> None:
    """Drop it again. Raises RuntimeError where tasks have yet to follow: the program before would leave them behind."""
    behind = op.get_bind().scalar(sa.text("SELECT count(*) FROM tasks WHERE behind IS NOT NULL"))
    if behind:
        raise RuntimeError(f"{behind} open tasks have yet to follow the calendar; start the bot once before")
    op.drop_index("ix_tasks_behind", "tasks")
    op.drop_column("tasks", "behind")
