"""Keep what a card is about in a column of its own kind, and the admin who decided on a candidate.

One number stood for a question, an account, an invite or a page; the face of a candidate's card held a person's number.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CARDS = sa.table(
    "cards",
    *(sa.column(name, sa.String) for name in ("kind", "mode")),
    *(
        sa.column(name, sa.BigInteger)
        for name in ("subject_id", "question_id", "invite_id", "account_id", "page", "decided_by_id")
    ),
)
REFERENCES = (("question_id", "questions"), ("invite_id", "invites"), ("decided_by_id", "people"))
NUMBERS = ("account_id", "page")
SUBJECTS = (("question", "question_id"), ("invitation", "invite_id"), ("candidate", "account_id"), ("queue", "page"))
DECISIONS = ("accepted", "rejected")


def upgrade() -> None:
    """Add the columns, fill them, drop the number that stood for all of them."""
    # SQLite's own numbers of rows are INTEGER; it adds a reference only together with its column.
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    for name, table in REFERENCES:
        constraint = f"CONSTRAINT fk_cards_{name}_{table} REFERENCES {table} (id)"
        op.execute(f"ALTER TABLE cards ADD COLUMN {name} {kind} {constraint}")
    for name in NUMBERS:
        op.execute(f"ALTER TABLE cards ADD COLUMN {name} BIGINT")
    for card, name in SUBJECTS:
        op.execute(CARDS.update().where(CARDS.c.kind == card).values({name: CARDS.c.subject_id}))
    for word in DECISIONS:
        decider = sa.cast(sa.func.substr(CARDS.c.mode, len(word) + 2), sa.BigInteger)
        decided = CARDS.c.kind == "candidate", CARDS.c.mode.startswith(f"{word}-")
        op.execute(CARDS.update().where(*decided).values(decided_by_id=decider, mode=word))
    op.execute("ALTER TABLE cards DROP COLUMN subject_id")


def downgrade() -> None:
    """Put all back into one number and into the face."""
    op.execute("ALTER TABLE cards ADD COLUMN subject_id BIGINT")
    for card, name in SUBJECTS:
        op.execute(CARDS.update().where(CARDS.c.kind == card).values(subject_id=CARDS.c[name]))
    for word in DECISIONS:
        mode = sa.literal(f"{word}-").concat(sa.cast(CARDS.c.decided_by_id, sa.String(20)))
        decided = CARDS.c.kind == "candidate", CARDS.c.mode == word, CARDS.c.decided_by_id.is_not(None)
        op.execute(CARDS.update().where(*decided).values(mode=mode))
    for name in (*NUMBERS, *(name for name, _ in REFERENCES)):
        op.execute(f"ALTER TABLE cards DROP COLUMN {name}")
