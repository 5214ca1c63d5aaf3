"""Keep all reporters of a case from judging it, not one of them: a task has a list of who may not decide it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

COMPARABLE = sa.JSON().with_variant(JSONB(), "postgresql")

_LIST = {
    "sqlite": "UPDATE tasks SET not_by = json_array(not_by_id) WHERE not_by_id IS NOT NULL",
    "postgresql": "UPDATE tasks SET not_by = jsonb_build_array(not_by_id) WHERE not_by_id IS NOT NULL",
}
_FIRST = {
    "sqlite": "UPDATE tasks SET not_by_id = json_extract(not_by, '$[0]') WHERE not_by <> '[]'",
    "postgresql": "UPDATE tasks SET not_by_id = CAST(not_by ->> 0 AS BIGINT) WHERE not_by <> '[]'",
}


def upgrade() -> None:
    """Add the list and take the one person over: an open task keeps from it whom its journal tells, no more."""
    op.add_column("tasks", sa.Column("not_by", COMPARABLE, server_default="[]", nullable=False))
    op.execute(_LIST[op.get_context().dialect.name])
    op.execute("ALTER TABLE tasks DROP COLUMN not_by_id")


def downgrade() -> None:
    """Keep the first of them alone, as the program before does."""
    dialect = op.get_context().dialect.name
    # SQLite adds a reference only together with its column.
    kind = "INTEGER" if dialect == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_tasks_not_by_id_people REFERENCES people (id)"
    op.execute(f"ALTER TABLE tasks ADD COLUMN not_by_id {kind} {constraint}")
    op.execute(_FIRST[dialect])
    op.drop_column("tasks", "not_by")
