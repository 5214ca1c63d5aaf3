"""Let a person have reports that wait beside the one being written, and keep from which group a draft came."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
WRITTEN = sa.text("waits_until IS NULL")
ONE_EACH = "uq_report_drafts_person_id"


def drafts(*more: sa.schema.SchemaItem) -> sa.Table:
    """Return the table as it was before, with `more`: SQLite takes a constraint away by copying the table."""
    return sa.Table(
        "report_drafts",
        sa.MetaData(),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("classification", sa.String(length=32), nullable=False),
        sa.Column("sop", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("previous_case_id", IDENTITY, nullable=True),
        sa.Column("card_id", IDENTITY, nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_report_drafts_card_id_cards"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_report_drafts_person_id_people"),
        sa.ForeignKeyConstraint(["previous_case_id"], ["cases.id"], name="fk_report_drafts_previous_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_report_drafts"),
        *more,
    )


def upgrade() -> None:
    """Add the columns; one draft of a person, instead of all of them, is the one being written."""
    before = drafts(sa.UniqueConstraint("person_id", name=ONE_EACH))
    with op.batch_alter_table("report_drafts", copy_from=before) as table:
        table.drop_constraint(ONE_EACH, type_="unique")
        table.add_column(sa.Column("waits_until", INSTANT, nullable=True))
        table.add_column(sa.Column("from_group", sa.JSON(), nullable=True))
    op.create_index("ix_report_drafts_person_id", "report_drafts", ["person_id"])
    op.create_index(
        "ix_report_drafts_written",
        "report_drafts",
        ["person_id"],
        unique=True,
        sqlite_where=WRITTEN,
        postgresql_where=WRITTEN,
    )


def downgrade() -> None:
    """Drop them, and the drafts that wait: there is no place for a second one."""
    op.execute("DELETE FROM report_drafts WHERE waits_until IS NOT NULL")
    op.drop_index("ix_report_drafts_written", table_name="report_drafts")
    op.drop_index("ix_report_drafts_person_id", table_name="report_drafts")
    now = drafts(sa.Column("waits_until", INSTANT, nullable=True), sa.Column("from_group", sa.JSON(), nullable=True))
    with op.batch_alter_table("report_drafts", copy_from=now) as table:
        table.drop_column("from_group")
        table.drop_column("waits_until")
        table.create_unique_constraint(ONE_EACH, ["person_id"])
