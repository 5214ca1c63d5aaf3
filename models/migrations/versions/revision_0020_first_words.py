"""Keep how long a recording lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Nothing is known of the files that came before."""
    op.add_column("attachments", sa.Column("seconds", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("attachments", "seconds")
