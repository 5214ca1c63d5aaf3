"""Remind reporters of questions and of drafts that were not sent; let tasks wait, and pause, for their answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COMPARABLE = sa.JSON().with_variant(JSONB(), "postgresql")

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('feedback', 'reminder'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('feedback', 'reminder'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('feedback', 'reminder'))
    """,
    "DELETE FROM cards WHERE kind IN ('feedback', 'reminder')",
    "UPDATE cards SET mode = 'timeline' WHERE mode = 'earlier'",
)
"""Takes away the cards that the program before does not know, after what points at them."""

INSTANT = sa.DateTime(timezone=True)
LYING = sa.text("unsent_at IS NOT NULL")
REMINDED = sa.text("remind_at IS NOT NULL")
WAITING = """
    UPDATE questions SET remind_at = asked_at
    WHERE answered_at IS NULL
    AND EXISTS (SELECT 1 FROM tasks WHERE tasks.id = questions.task_id AND tasks.closed_at IS NULL)
"""

ASKED = """
    UPDATE tasks SET
    waiting_for = (
        SELECT count(*) FROM questions
        WHERE questions.case_id = tasks.case_id AND questions.task_id = tasks.id AND questions.answered_at IS NULL
    ),
    waiting_since = (
        SELECT min(asked_at) FROM questions
        WHERE questions.case_id = tasks.case_id AND questions.task_id = tasks.id AND questions.answered_at IS NULL
    )
    WHERE closed_at IS NULL
"""


def upgrade() -> None:
    """Add the timers and their indexes. A reporter who is asked already is reminded at the next opening."""
    op.add_column("questions", sa.Column("remind_at", INSTANT, nullable=True))
    op.execute(WAITING)
    op.create_index(
        "ix_questions_remind_at", "questions", ["remind_at"], sqlite_where=REMINDED, postgresql_where=REMINDED
    )
    op.add_column("report_drafts", sa.Column("unsent_at", INSTANT, nullable=True))
    op.add_column("report_drafts", sa.Column("unsent_told", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_report_drafts_unsent_at", "report_drafts", ["unsent_at"], sqlite_where=LYING, postgresql_where=LYING
    )
    op.add_column("tasks", sa.Column("waiting_since", INSTANT, nullable=True))
    op.add_column("tasks", sa.Column("waiting_for", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("tasks", sa.Column("paused_at", INSTANT, nullable=True))
    op.add_column("tasks", sa.Column("pauses", COMPARABLE, server_default="[]", nullable=False))
    op.execute(ASKED)


def downgrade() -> None:
    """Drop them, with the cards that remind reporters or ask about a result that did not help.

    Raises RuntimeError where a task has paused, which the program before could never verify.
    """
    paused = "SELECT count(*) FROM journal_entries WHERE action IN ('pause', 'resume')"
    count = op.get_bind().scalar(sa.text(paused))
    if count:
        raise RuntimeError(f"{count} entries of the journal are of pauses, which revision {down_revision} cannot read")
    for statement in CLEAR:
        op.execute(statement)
    for column in ("pauses", "paused_at", "waiting_for", "waiting_since"):
        op.drop_column("tasks", column)
    op.drop_index("ix_report_drafts_unsent_at", "report_drafts")
    op.drop_column("report_drafts", "unsent_told")
    op.drop_column("report_drafts", "unsent_at")
    op.drop_index("ix_questions_remind_at", "questions")
    op.drop_column("questions", "remind_at")
