"""Keep what the archive has of each file.

A file that came before waits to be fetched like one that has just come: Telegram may still hand it out.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WAITING = sa.text("keeping = 'waiting'")
WITH_CONTENT = sa.text("content IS NOT NULL")
LEAVING = sa.text("erased_at IS NOT NULL AND removed_at IS NULL")


def upgrade() -> None:
    """Make the tables of contents, and let attachments name theirs."""
    op.create_table(
        "contents",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(80), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("digest", name="pk_contents"),
    )
    op.create_index("ix_contents_kept_at", "contents", ["kept_at"])
    op.create_index("ix_contents_leaving", "contents", ["digest"], sqlite_where=LEAVING, postgresql_where=LEAVING)
    op.create_table(
        "content_copies",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("file_id", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["contents.digest"], name="fk_content_copies_digest_contents"),
        sa.PrimaryKeyConstraint("digest", "account_id", "kind", name="pk_content_copies"),
    )
    op.add_column("attachments", sa.Column("keeping", sa.String(32), nullable=False, server_default="waiting"))
    op.add_column("attachments", sa.Column("tries", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("attachments", sa.Column("fetch_at", sa.DateTime(timezone=True), nullable=True))
    # SQLite adds a reference only together with its column.
    constraint = "CONSTRAINT fk_attachments_content_contents REFERENCES contents (digest)"
    op.execute(f"ALTER TABLE attachments ADD COLUMN content VARCHAR(64) {constraint}")
    op.create_index("ix_attachments_waiting", "attachments", ["id"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index(
        "ix_attachments_content", "attachments", ["content"], sqlite_where=WITH_CONTENT, postgresql_where=WITH_CONTENT
    )


def downgrade() -> None:
    """Forget what the archive has. The files in it stay where they are."""
    op.drop_index("ix_attachments_content", "attachments")
    op.drop_index("ix_attachments_waiting", "attachments")
    op.execute("ALTER TABLE attachments DROP COLUMN content")
    for column in ("fetch_at", "tries", "keeping"):
        op.drop_column("attachments", column)
    op.drop_table("content_copies")
    op.drop_table("contents")
