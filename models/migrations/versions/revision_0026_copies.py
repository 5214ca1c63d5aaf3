"""Keep which cards an official has chosen to forward together."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CLEAR = (
    "UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL WHERE expects = 'selection-note'",
    "UPDATE cards SET mode = 'tasks' WHERE mode IN ('selecting', 'expects-selection-note')",
)
"""Turns back what the program before does not know."""


def upgrade() -> None:
    """Add the table."""
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
    """Drop it, and turn the lists back on which somebody was choosing."""
    op.drop_table("selections")
    for statement in CLEAR:
        op.execute(statement)
