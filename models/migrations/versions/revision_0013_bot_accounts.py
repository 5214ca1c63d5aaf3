"""Keep which account of the bot serves the record, and why a person cannot be written to."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the column. Which account has served the record before is not known."""
    op.create_table(
        "bot_accounts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bot_accounts"),
    )
    op.add_column("people", sa.Column("unreachable_because", sa.String(32), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("people", "unreachable_because")
    op.drop_table("bot_accounts")
