"""Keep how urgent a report is and whether it is confidential in two columns instead of one."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("cases", "report_drafts")
CONFIDENTIAL = "rahasia"


def rows(table: str) -> sa.TableClause:
    """Return a table with the two columns."""
    return sa.table(table, sa.column("urgency", sa.String), sa.column("confidential", sa.Boolean))


def upgrade() -> None:
    """Divide the column. What was confidential had no urgency, and becomes an ordinary report."""
    for table in TABLES:
        op.add_column(table, sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.execute(f"ALTER TABLE {table} RENAME COLUMN classification TO urgency")
        kept = rows(table)
        secret = kept.update().where(kept.c.urgency == CONFIDENTIAL)
        op.execute(secret.values(urgency="biasa", confidential=sa.true()))


def downgrade() -> None:
    """Join them. Raises RuntimeError where the journal has two fields, which the older program could never verify.

    A draft that is urgent and confidential stays confidential.
    """
    payloads = sa.table("journal_payloads", sa.column("body"))
    # Within the words of a report each quotation mark has a backslash before it.
    apart = sa.cast(payloads.c.body, sa.Text).contains('"confidential":')
    count = op.get_bind().scalar(sa.select(sa.func.count()).select_from(payloads).where(apart))
    if count:
        raise RuntimeError(f"the journal of {count} reports has two fields that revision {down_revision} cannot read")
    for table in TABLES:
        kept = rows(table)
        op.execute(kept.update().where(kept.c.confidential).values(urgency=CONFIDENTIAL))
        op.execute(f"ALTER TABLE {table} RENAME COLUMN urgency TO classification")
        op.drop_column(table, "confidential")
