"""Give a salt to the rows about people that the office's journal tells of by digests.

The rows themselves are told at the next start of the program, as they are found then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_TABLES = ("people", "invites", "expected_people", "absences")

_RANDOM = {"sqlite": "randomblob(16)", "postgresql": "uuid_send(gen_random_uuid())"}
"""At least 122 random bits, of which each row gets its own."""


def upgrade() -> None:
    """Add the column, and fill it in the rows that there are."""
    fresh = _RANDOM[op.get_context().dialect.name]
    for table in _TABLES:
        op.add_column(table, sa.Column("salt", sa.LargeBinary(16), nullable=True))
        op.execute(sa.update(sa.table(table, sa.column("salt"))).values(salt=sa.text(fresh)))


def downgrade() -> None:
    """Drop the column. What the journal tells of those rows by digests can then be held against nothing."""
    for table in _TABLES:
        op.drop_column(table, "salt")
