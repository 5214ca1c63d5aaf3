"""Keep what rank people have, and by which decree somebody acts for a post."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("people", sa.Column("rank", sa.String(60), nullable=False, server_default=sa.text("''")))
    op.add_column("tenures", sa.Column("decree_number", sa.String(100), nullable=True))
    op.add_column("tenures", sa.Column("decree_day", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("tenures", "decree_day")
    op.drop_column("tenures", "decree_number")
    op.drop_column("people", "rank")
