"""Keep what was sealed: leaves, checkpoints, keys; and for each chain whether it has moved since.

A leaf is written once; triggers refuse to change or remove it, as those of the journal do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_SQLITE = (
    """
    CREATE TRIGGER checkpoint_leaves_unchanged BEFORE UPDATE ON checkpoint_leaves
    BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END""",
    """
    CREATE TRIGGER checkpoint_leaves_kept BEFORE DELETE ON checkpoint_leaves
    BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END""",
    """
    CREATE TRIGGER checkpoint_leaves_not_replaced BEFORE INSERT ON checkpoint_leaves
    WHEN EXISTS (SELECT 1 FROM checkpoint_leaves WHERE log = NEW.log AND position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END""",
)

_POSTGRESQL = (
    """
    CREATE TRIGGER checkpoint_leaves_unchanged BEFORE UPDATE OR DELETE ON checkpoint_leaves
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
    """
    CREATE TRIGGER checkpoint_leaves_kept BEFORE TRUNCATE ON checkpoint_leaves
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
)


def upgrade() -> None:
    """Make the tables, the column and the triggers. Nothing was sealed before, so every chain waits to be."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "checkpoint_leaves",
        sa.Column("log", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log", "position", name=op.f("pk_checkpoint_leaves")),
    )
    op.create_table(
        "checkpoint_keys",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("handover", sa.Text(), nullable=True),
        sa.Column("since", instant, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_checkpoint_keys")),
    )
    op.create_table(
        "checkpoints",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sealed_at", instant, nullable=False),
        sa.Column("filed_at", instant, nullable=True),
        sa.Column("posted_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_checkpoints")),
    )
    for name, column in (("unfiled", "filed_at"), ("unposted", "posted_at")):
        waiting = sa.text(f"{column} IS NULL")
        op.create_index(
            f"ix_checkpoints_{name}", "checkpoints", ["number"], sqlite_where=waiting, postgresql_where=waiting
        )
    op.add_column("journal_chains", sa.Column("moved", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index(
        "ix_journal_chains_moved",
        "journal_chains",
        ["id"],
        sqlite_where=sa.text("moved = 1"),
        postgresql_where=sa.text("moved"),
    )
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Drop them. The checkpoints that were kept elsewhere can then be held against nothing."""
    op.drop_index("ix_journal_chains_moved", table_name="journal_chains")
    op.drop_column("journal_chains", "moved")
    for table in ("checkpoints", "checkpoint_keys", "checkpoint_leaves"):
        op.drop_table(table)
