"""Keep who got a copy of a decision and has read it, and which cards an official has chosen to forward together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

COMPARABLE = sa.JSON().with_variant(JSONB(), "postgresql")
READER = sa.text("person_id IS NOT NULL")

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind = 'copy')",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind = 'copy')",
    "DELETE FROM cards WHERE kind = 'copy'",
    "UPDATE cards SET mode = 'main' WHERE mode = 'copying'",
    "UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL WHERE expects = 'selection-note'",
    "UPDATE cards SET mode = 'tasks' WHERE mode IN ('selecting', 'expects-selection-note')",
)
"""Takes away and turns back what the program before does not know."""


def upgrade() -> None:
    """Add the tables, and whom a prepared disposition names for a copy."""
    op.create_table(
        "copies",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("task_id", IDENTITY, nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("card_id", IDENTITY, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_copies_case_id_cases"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_copies_task_id_tasks"),
        sa.ForeignKeyConstraint(["post"], ["posts.code"], name="fk_copies_post_posts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_copies_person_id_people"),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_copies_card_id_cards"),
        sa.PrimaryKeyConstraint("id", name="pk_copies"),
    )
    op.create_index("ix_copies_task_id", "copies", ["task_id"])
    op.create_index("ix_copies_case_id", "copies", ["case_id"])
    op.create_index(
        "ix_copies_person", "copies", ["person_id", "case_id"], sqlite_where=READER, postgresql_where=READER
    )
    op.add_column("disposition_drafts", sa.Column("copies", COMPARABLE, server_default="[]", nullable=False))
    op.create_table(
        "selections",
        sa.Column("person_id", IDENTITY, autoincrement=False, nullable=False),
        sa.Column("card_id", IDENTITY, nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_selections_card_id_cards"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_selections_person_id_people"),
        sa.PrimaryKeyConstraint("person_id", name="pk_selections"),
    )


def downgrade() -> None:
    """Drop them, and turn back the cards on which somebody was choosing.

    Raises RuntimeError where a copy was sent: the program before cannot verify the entries that tell of it.
    """
    count = op.get_bind().scalar(sa.text("SELECT count(*) FROM copies"))
    if count:
        raise RuntimeError(f"{count} copies were sent, of which revision {down_revision} cannot read the journal")
    op.drop_column("disposition_drafts", "copies")
    op.drop_table("copies")
    op.drop_table("selections")
    for statement in CLEAR:
        op.execute(statement)
