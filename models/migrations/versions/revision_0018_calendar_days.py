"""Keep the versions of the office's calendar, why a deadline moved, and how late a task was when it was closed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('calendar'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('calendar'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects = 'calendar' OR card_id IN (SELECT id FROM cards WHERE kind IN ('calendar'))
    """,
    "DELETE FROM cards WHERE kind IN ('calendar')",
)
"""Takes away the cards that the program before does not know, after what points at them."""


def upgrade() -> None:
    """Add the table and the columns. The verdict on tasks that are closed already is not known."""
    op.create_table(
        "calendar_versions",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", IDENTITY, nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_calendar_versions_by_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_versions"),
    )
    op.create_table(
        "calendar_drafts",
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("card_id", IDENTITY, nullable=True),
        sa.Column("adding", sa.JSON(), nullable=False),
        sa.Column("removing", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("passed_over", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_calendar_drafts_card_id_cards"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_calendar_drafts_person_id_people"),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_drafts"),
    )
    op.add_column("tasks", sa.Column("late_by", sa.BigInteger(), nullable=True))
    op.add_column("tasks", sa.Column("moved", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Drop them, with the cards of the calendar.

    Raises RuntimeError where a calendar was changed: the program before could not verify the deadlines that moved.
    """
    count = op.get_bind().scalar(sa.text("SELECT count(*) FROM calendar_versions"))
    if count > 1:
        raise RuntimeError(f"deadlines follow {count} calendars, of which revision {down_revision} knows one")
    op.drop_table("calendar_drafts")
    for statement in CLEAR:
        op.execute(statement)
    op.drop_column("tasks", "moved")
    op.drop_column("tasks", "late_by")
    op.drop_table("calendar_versions")
