"""Keep which reports were joined to which case, and let a case know how many it has, and to which it was joined."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and the columns. Before, every report was a case of its own."""
    op.create_table(
        "joined_reports",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("from_case_id", NUMBER),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parted_at", sa.DateTime(timezone=True)),
        sa.Column("helped", sa.Boolean()),
        sa.Column("helped_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_joined_reports"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_joined_reports_case_id_cases"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_joined_reports_person_id_people"),
        sa.ForeignKeyConstraint(["from_case_id"], ["cases.id"], name="fk_joined_reports_from_case_id_cases"),
    )
    op.create_index("ix_joined_reports_case_id", "joined_reports", ["case_id"])
    op.create_index("ix_joined_reports_person_id_case_id", "joined_reports", ["person_id", "case_id"])
    of_a_case = sa.text("from_case_id IS NOT NULL")
    op.create_index(
        "ix_joined_reports_from",
        "joined_reports",
        ["from_case_id"],
        sqlite_where=of_a_case,
        postgresql_where=of_a_case,
    )
    op.add_column("cases", sa.Column("joined", sa.BigInteger(), nullable=False, server_default="0"))
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_cases_joined_to_id_cases REFERENCES cases (id)"
    op.execute(f"ALTER TABLE cases ADD COLUMN joined_to_id {kind} {constraint}")


def downgrade() -> None:
    """Drop them. Raises RuntimeError where reports were joined: the program before knows one reporter of each case."""
    joined = op.get_bind().scalar(sa.text("SELECT count(*) FROM joined_reports"))
    if joined:
        raise RuntimeError(f"{joined} reports were joined to others, which revision {down_revision} cannot read")
    op.execute("ALTER TABLE cases DROP COLUMN joined_to_id")
    op.drop_column("cases", "joined")
    op.drop_table("joined_reports")
