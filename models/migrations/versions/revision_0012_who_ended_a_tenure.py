"""Keep which admin ended a tenure, so that the same admin does not fill the post alone."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Of the tenures that ended before, nobody is named."""
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_tenures_ended_by_id_people REFERENCES people (id)"
    op.execute(f"ALTER TABLE tenures ADD COLUMN ended_by_id {kind} {constraint}")


def downgrade() -> None:
    """Drop it."""
    op.execute("ALTER TABLE tenures DROP COLUMN ended_by_id")
