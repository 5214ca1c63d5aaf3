"""Let the words with which people joined a case be found by their age, also where nobody is joined to it any more."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_OF_FELLOWS = sa.text("capacity = 'fellow-reporter' AND text <> ''")


def upgrade() -> None:
    """Make the index; that of the cases with several reporters misses those that everybody else has left."""
    op.create_index("ix_remarks_of_fellows", "remarks", ["at"], sqlite_where=_OF_FELLOWS, postgresql_where=_OF_FELLOWS)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_remarks_of_fellows", "remarks")
