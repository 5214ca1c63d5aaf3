"""Let the cases that several people report be found by their end: each of them says whether the result helped."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_SHARED = sa.text("joined > 0")


def upgrade() -> None:
    """Make the index; it has few rows, and most cases are in none of them."""
    op.create_index("ix_cases_shared", "cases", ["closed_at"], sqlite_where=_SHARED, postgresql_where=_SHARED)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_cases_shared", "cases")
