"""Let an invite name the person whom it is for, by their NIP."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. The invites that were issued before name nobody."""
    op.add_column("invites", sa.Column("nip", sa.String(18), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("invites", "nip")
