"""Keep what is counted of closed tasks for the figures: their stretches of time, and the sums of them."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

UNCOUNTED = sa.text("closed_at IS NOT NULL AND counted_at IS NULL")

CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind = 'statistics')",
    "DELETE FROM outbox WHERE kind = 'figures' OR card_id IN (SELECT id FROM cards WHERE kind = 'statistics')",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE card_id IN (SELECT id FROM cards WHERE kind = 'statistics')
    """,
    "DELETE FROM cards WHERE kind = 'statistics'",
)
"""Takes away what the program before does not know."""


def upgrade() -> None:
    """Make the tables. What was closed before is counted by the leading process, a little at a time."""
    op.add_column("tasks", sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_tasks_uncounted", "tasks", ["id"], sqlite_where=UNCOUNTED, postgresql_where=UNCOUNTED)
    said = sa.text("helped IS NOT NULL")
    columns = ["closed_at", "helped", "sop_version_id"]
    op.create_index("ix_cases_said", "cases", columns, sqlite_where=said, postgresql_where=said)
    _stretches()
    _tallies()


def _stretches() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "stretches",
        sa.Column("task_id", IDENTITY, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("sop", sa.String(64), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("how", sa.String(32), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=True),
        *(sa.Column(name, instant, nullable=False) for name in ("since", "until")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("used", "waited", "asked", "late")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("turned_late", "again")),
        sa.Column("closed_at", instant, nullable=False),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("decider_id", IDENTITY, nullable=True),
        sa.Column("opened_at", instant, nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("stay_used", "stay_late", "reminders")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("first", "ends")),
        sa.Column("rounds", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_stretches_task_id_tasks"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_stretches_case_id_cases"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_stretches_person_id_people"),
        sa.ForeignKeyConstraint(["decider_id"], ["people.id"], name="fk_stretches_decider_id_people"),
        sa.PrimaryKeyConstraint("task_id", "ordinal", name="pk_stretches"),
    )
    op.create_index("ix_stretches_closed_at", "stretches", ["closed_at"])
    op.create_index("ix_stretches_post", "stretches", ["post", "closed_at"])
    for name, columns, condition in (
        ("person", ["person_id", "closed_at"], "person_id IS NOT NULL"),
        ("decider", ["decider_id", "closed_at"], "decider_id IS NOT NULL"),
        ("opened_at", ["opened_at"], "opened_at IS NOT NULL"),
        ("late", ["closed_at"], "stay_late > 0"),
    ):
        where = sa.text(condition)
        op.create_index(f"ix_stretches_{name}", "stretches", columns, sqlite_where=where, postgresql_where=where)


def _tallies() -> None:
    key = ("basis", "span", "sop", "step", "post", "person_id", "decider_id", "how", "outcome", "minutes")
    sums = ("held", "stays", "late_stays", "lates", "used", "waited", "asked", "late", "reminders", "ends")
    words = {"basis": 32, "sop": 64, "post": 64, "how": 32, "outcome": 32}
    op.create_table(
        "tallies",
        *(
            sa.Column(
                name,
                sa.String(words[name]) if name in words else sa.BigInteger(),
                autoincrement=False,
                nullable=False,
            )
            for name in key
        ),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*sums, "corrected", "rounds")),
        sa.PrimaryKeyConstraint(*key, name="pk_tallies"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them, with the cards that show figures."""
    for statement in CLEAR:
        op.execute(statement)
    op.drop_table("tallies")
    op.drop_table("stretches")
    op.drop_index("ix_cases_said", "cases")
    op.drop_index("ix_tasks_uncounted", "tasks")
    op.drop_column("tasks", "counted_at")
