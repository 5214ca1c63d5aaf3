"""Find the case that goes on from another: a moved case's card walked through all cases."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CONTINUED = sa.text("previous_case_id IS NOT NULL")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_cases_previous", "cases", ["previous_case_id"], sqlite_where=CONTINUED, postgresql_where=CONTINUED
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_cases_previous", "cases")
