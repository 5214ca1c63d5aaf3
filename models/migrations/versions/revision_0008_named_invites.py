"""Let an invite name the person whom it is for, by their NIP, and keep the admin who issued it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. The invites that were issued before name nobody, and no admin."""
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_invites_issued_by_id_people REFERENCES people (id)"
    op.execute(f"ALTER TABLE invites ADD COLUMN issued_by_id {kind} {constraint}")
    op.add_column("invites", sa.Column("nip", sa.String(18), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("invites", "nip")
    op.execute("ALTER TABLE invites DROP COLUMN issued_by_id")
