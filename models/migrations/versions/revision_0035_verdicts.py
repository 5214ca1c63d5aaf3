"""Keep what reporters say of a result that helped, what superiors say of the work, and what a month's list is read by.

The commands of a menu take more room than before.

When a reporter's verdict was said stands in the journal of its case: an entry tells of each change of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_SAID_AT = """
    UPDATE cases SET helped_at = (
        SELECT max(entry.at) FROM journal_entries AS entry
        WHERE entry.chain_id = cases.chain_id AND entry.action = 'feedback'
    )
    WHERE helped IS NOT NULL
"""


_CLEAR = (
    "DELETE FROM buttons WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('appraisal', 'recap'))",
    "DELETE FROM outbox WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('appraisal', 'recap'))",
    """
    UPDATE conversations SET expects = 'nothing', part = '', card_id = NULL, task_id = NULL, question_id = NULL
    WHERE card_id IN (SELECT id FROM cards WHERE kind IN ('appraisal', 'recap'))
    """,
    "DELETE FROM cards WHERE kind IN ('appraisal', 'recap')",
)
"""Takes away the cards that the program before does not know."""

_COLUMNS = (
    ("helped_at", sa.DateTime(timezone=True)),
    ("quick", sa.Boolean()),
    ("clear", sa.Boolean()),
    ("well", sa.Boolean()),
    ("appraised_at", sa.DateTime(timezone=True)),
    ("appraised_as", sa.String(80)),
)

_INDEXES = (
    ("ix_tasks_decided_at", "tasks", ["decided_by_id", "closed_at"], "decided_by_id IS NOT NULL"),
    ("ix_remarks_handed_on", "remarks", ["by_id", "at"], "to_id IS NOT NULL"),
)


def upgrade() -> None:
    """Add the columns and the indexes."""
    for name, kind in _COLUMNS:
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    # SQLite adds a reference only together with its column.
    number = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    constraint = "CONSTRAINT fk_cases_appraised_by_id_people REFERENCES people (id)"
    op.execute(f"ALTER TABLE cases ADD COLUMN appraised_by_id {number} {constraint}")
    op.execute(_SAID_AT)
    for name, table, columns, condition in _INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    _resize_menus(80, 200)


def _resize_menus(before: int, after: int) -> None:
    """Let the column of a menu hold so many characters; SQLite makes the table again for that."""
    op.drop_index("ix_menus_due", "menus")
    with op.batch_alter_table("menus") as menus:
        menus.alter_column("shown", existing_type=sa.String(before), type_=sa.String(after), existing_nullable=False)
    op.create_index(
        "ix_menus_due", "menus", ["telegram_id"], sqlite_where=sa.text("due = 1"), postgresql_where=sa.text("due")
    )


def downgrade() -> None:
    """Drop them, with the cards that ask superiors. What was said in these columns stays in the journals."""
    for statement in _CLEAR:
        op.execute(statement)
    # The program before shows fewer commands, and sets each menu again where it differs.
    op.execute("UPDATE menus SET shown = '' WHERE length(shown) > 80")
    _resize_menus(200, 80)
    for name, table, _, _ in _INDEXES:
        op.drop_index(name, table)
    op.execute("ALTER TABLE cases DROP COLUMN appraised_by_id")
    for name, _ in reversed(_COLUMNS):
        op.drop_column("cases", name)
