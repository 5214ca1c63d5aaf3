"""Keep why a task was late, in the words of the person who decided it: who said so, when, and as what."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_CLEAR = (
    "DELETE FROM buttons WHERE action = 'explain'",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects = 'late-reason'
    """,
    "UPDATE cards SET mode = 'main' WHERE mode = 'expects-late-reason'",
)
"""Takes away the buttons and the question that the program before does not know."""


def upgrade() -> None:
    """Add the columns. Before, nobody was asked."""
    op.add_column("tasks", sa.Column("late_reason", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("tasks", sa.Column("late_reason_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tasks", sa.Column("late_reason_as", sa.String(80), nullable=True))
    # SQLite adds a reference only together with its column.
    number = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_tasks_late_reason_by_id_people REFERENCES people (id)"
    op.execute(f"ALTER TABLE tasks ADD COLUMN late_reason_by_id {number} {constraint}")


def downgrade() -> None:
    """Drop them. What was said stays in the journals, which the program before passes over."""
    for statement in _CLEAR:
        op.execute(statement)
    op.execute("ALTER TABLE tasks DROP COLUMN late_reason_by_id")
    for name in ("late_reason_as", "late_reason_at", "late_reason"):
        op.drop_column("tasks", name)
