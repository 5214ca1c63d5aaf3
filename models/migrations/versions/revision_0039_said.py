"""Let the index of what reporters said have their words on how fast it came and how plain it was, too."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_SAID = sa.text("helped IS NOT NULL")
_BEFORE = ["closed_at", "helped", "sop_version_id"]


def upgrade() -> None:
    """Make the index again: figures count both from it, without looking at a case."""
    _index([*_BEFORE, "quick", "clear"])


def downgrade() -> None:
    """Make the index as it was."""
    _index(_BEFORE)


def _index(columns: list[str]) -> None:
    op.drop_index("ix_cases_said", "cases")
    op.create_index("ix_cases_said", "cases", columns, sqlite_where=_SAID, postgresql_where=_SAID)
