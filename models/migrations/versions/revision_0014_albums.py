"""Keep which album a message and a file came in, and the files of a note that waits for its disposition."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IN_ALBUM = sa.text("album IS NOT NULL")


def upgrade() -> None:
    """Add the columns and their indexes. What came before belongs to no album that is known."""
    for table in ("inbox", "attachments"):
        op.add_column(table, sa.Column("album", sa.String(64), nullable=True))
    # What the rest of an album is for is found in what was kept of it, and no longer in the thread of the chat.
    op.execute("UPDATE conversations SET expects = 'nothing', part = '' WHERE part LIKE 'album:%'")
    op.add_column("disposition_drafts", sa.Column("files", sa.JSON(), nullable=True))
    for name, table, first in (
        ("ix_inbox_album", "inbox", "lane"),
        ("ix_attachments_album", "attachments", "added_by_id"),
    ):
        op.create_index(name, table, [first, "album"], sqlite_where=IN_ALBUM, postgresql_where=IN_ALBUM)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_attachments_album", "attachments")
    op.drop_index("ix_inbox_album", "inbox")
    op.drop_column("disposition_drafts", "files")
    for table in ("attachments", "inbox"):
        op.drop_column(table, "album")
