"""Remind reporters of questions that wait for their answer."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
REMINDED = sa.text("remind_at IS NOT NULL")
WAITING = """
    UPDATE questions SET remind_at = asked_at
    WHERE answered_at IS NULL
    AND EXISTS (SELECT 1 FROM tasks WHERE tasks.id = questions.task_id AND tasks.closed_at IS NULL)
"""


def upgrade() -> None:
    """Add the timer and its index. A reporter who is asked already is reminded at the next opening."""
    op.add_column("questions", sa.Column("remind_at", INSTANT, nullable=True))
    op.execute(WAITING)
    op.create_index(
        "ix_questions_remind_at", "questions", ["remind_at"], sqlite_where=REMINDED, postgresql_where=REMINDED
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_questions_remind_at", "questions")
    op.drop_column("questions", "remind_at")
