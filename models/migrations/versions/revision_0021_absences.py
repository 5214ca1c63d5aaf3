"""Keep who is away and who stands in for them, and which steps nobody does for another."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""The number of a row, and a reference to one: SQLite's own numbers are INTEGER."""

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('absence', 'plh-request'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('absence', 'plh-request'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE expects IN ('days-away', 'reason-away')
    OR card_id IN (SELECT id FROM cards WHERE kind IN ('absence', 'plh-request'))
    """,
    "DELETE FROM cards WHERE kind IN ('absence', 'plh-request')",
    "UPDATE cards SET mode = 'main' WHERE mode IN ('absences', 'going-on')",
)
"""Takes away the cards that the program before does not know, after what points at them."""

OPEN = sa.text("over_at IS NULL")
TIMED = sa.text("wake_at IS NOT NULL")


def upgrade() -> None:
    """Make the tables, and let tenures, tasks, questions and cards name what they have to do with them."""
    op.create_table(
        "absences",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("plh_id", NUMBER),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date()),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decree_number", sa.String(100)),
        sa.Column("decree_day", sa.Date()),
        sa.Column("filed_by_id", NUMBER),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("over_at", sa.DateTime(timezone=True)),
        sa.Column("warn_at", sa.DateTime(timezone=True)),
        sa.Column("wake_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
        *(
            sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_absences_{column}_people")
            for column in ("person_id", "plh_id", "filed_by_id")
        ),
    )
    op.create_index("ix_absences_open", "absences", ["person_id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_absences_wake_at", "absences", ["wake_at"], sqlite_where=TIMED, postgresql_where=TIMED)
    op.create_table(
        "plh_requests",
        sa.Column("absence_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("absence_id", "person_id", name="pk_plh_requests"),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name="fk_plh_requests_absence_id_absences"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_plh_requests_person_id_people"),
    )
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    for table, column, to in (("tenures", "stands_for_id", "people"), ("cards", "absence_id", "absences")):
        constraint = f"CONSTRAINT fk_{table}_{column}_{to} REFERENCES {to} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {constraint}")
    op.add_column("tenures", sa.Column("given_in", sa.BigInteger()))
    op.add_column("tasks", sa.Column("mandate", sa.Boolean(), nullable=False, server_default=sa.text("true")))
    op.add_column("questions", sa.Column("asked_as", sa.String(80)))


def downgrade() -> None:
    """Drop them, with the cards of absences.

    Raises RuntimeError where somebody was away: the program before could never verify what a Plh. did.
    """
    count = op.get_bind().scalar(sa.text("SELECT count(*) FROM absences"))
    if count:
        raise RuntimeError(f"the journal tells of {count} absences, which revision {down_revision} cannot read")
    for statement in CLEAR:
        op.execute(statement)
    op.drop_column("questions", "asked_as")
    op.drop_column("tasks", "mandate")
    op.drop_column("tenures", "given_in")
    op.execute("ALTER TABLE cards DROP COLUMN absence_id")
    op.execute("ALTER TABLE tenures DROP COLUMN stands_for_id")
    op.drop_table("plh_requests")
    op.drop_table("absences")
