"""Keep what people whose report was joined to a case say beside 👍: how fast the result came, and whether it was plain.

They were not asked before, so there is nothing to fill in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_COLUMNS = ("quick", "clear")


def upgrade() -> None:
    """Add the columns."""
    for name in _COLUMNS:
        op.add_column("joined_reports", sa.Column(name, sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Drop them. What was said in them stays in the journals."""
    for name in reversed(_COLUMNS):
        op.drop_column("joined_reports", name)
