"""Let every entry of the journal name its version; the entries there are have the first one.

The default is a constant: neither database writes a row for it, so the triggers that refuse to change an entry have
nothing to refuse. They watch whole rows, and so the new column, too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "journal_entries", sa.Column("version", sa.SmallInteger(), nullable=False, server_default=sa.text("1"))
    )


def downgrade() -> None:
    """Drop it, where it says nothing: without their version, later entries could never be verified again."""
    later = op.get_bind().scalar(sa.text("SELECT count(*) FROM journal_entries WHERE version <> 1"))
    if later:
        raise RuntimeError(f"{later} entries of the journal are of a version that revision {down_revision} cannot keep")
    op.drop_column("journal_entries", "version")
