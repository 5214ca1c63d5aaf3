"""Let the verdicts on cases of many years be counted by an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_COLUMNS = ["helped", "quick", "clear", "closed_at", "sop_version_id"]
_SAID = sa.text("helped IS NOT NULL")


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_cases_verdict", "cases", _COLUMNS, sqlite_where=_SAID, postgresql_where=_SAID)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_cases_verdict", "cases")
