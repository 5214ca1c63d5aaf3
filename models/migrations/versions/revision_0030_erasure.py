"""Let a payload be erased only where an entry of its chain tells of it; keep who is erased, and who is restricted.

Before, a payload could be emptied by one statement, and nothing said who did it and why.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_SQLITE = """
        CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
        WHEN NEW.chain_id IS NOT OLD.chain_id OR NEW.sequence IS NOT OLD.sequence
            OR (NEW.salt IS NOT OLD.salt AND NEW.salt IS NOT zeroblob(16))
            OR NEW.body IS NULL OR NEW.body = 'null'
            OR NOT EXISTS (
                SELECT 1 FROM journal_entries AS telling
                JOIN journal_payloads AS said ON said.chain_id = telling.chain_id AND said.sequence = telling.sequence,
                    json_each(said.body, '$.entries') AS told
                WHERE telling.chain_id = NEW.chain_id AND telling.sequence = NEW.erased_in
                    AND telling.action = 'erase' AND json_extract(told.value, '$.sequence') = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased, by an entry that tells of it'); END"""

_SQLITE_BEFORE = """
        CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
        WHEN NEW.chain_id IS NOT OLD.chain_id OR NEW.sequence IS NOT OLD.sequence OR NEW.salt IS NOT OLD.salt
            OR (NEW.body IS NOT OLD.body AND NEW.body IS NOT NULL AND NEW.body <> 'null')
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END"""

_FUNCTION = """
    CREATE FUNCTION journal_payload_is_erased() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.chain_id = OLD.chain_id AND NEW.sequence = OLD.sequence
            AND (NEW.salt = OLD.salt OR NEW.salt = decode(repeat('00', 16), 'hex'))
            AND coalesce(NEW.body::text, 'null') <> 'null'
            AND EXISTS (
                SELECT 1 FROM journal_entries AS telling
                JOIN journal_payloads AS said ON said.chain_id = telling.chain_id AND said.sequence = telling.sequence,
                    json_array_elements(said.body -> 'entries') AS told
                WHERE telling.chain_id = NEW.chain_id AND telling.sequence = NEW.erased_in
                    AND telling.action = 'erase' AND (told ->> 'sequence')::bigint = NEW.sequence)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION USING MESSAGE = 'journal_payloads may only be erased, by an entry that tells of it',
            ERRCODE = 'restrict_violation';
    END $$"""

_POSTGRESQL = """
    CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
    FOR EACH ROW EXECUTE FUNCTION journal_payload_is_erased()"""

_POSTGRESQL_BEFORE = """
    CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
    FOR EACH ROW WHEN (
        NEW.chain_id IS DISTINCT FROM OLD.chain_id OR NEW.sequence IS DISTINCT FROM OLD.sequence
        OR NEW.salt IS DISTINCT FROM OLD.salt
        OR (NEW.body::text IS DISTINCT FROM OLD.body::text AND coalesce(NEW.body::text, 'null') <> 'null')
    ) EXECUTE FUNCTION journal_is_append_only()"""

PEOPLE = ("erased_in", "erasing_after", "restricted_in")
"""The columns of people: the entries of the office's journal that tell of it, and how far an erasure has come."""

WHOLE = sa.text("closed_at IS NOT NULL AND erased_in IS NULL")

ERASING = sa.text("erasing_after IS NOT NULL")


def upgrade() -> None:
    """Add the columns, and exchange the trigger."""
    op.add_column("journal_payloads", sa.Column("secrets", sa.JSON(), nullable=True))
    op.add_column("journal_payloads", sa.Column("erased_in", sa.BigInteger(), nullable=True))
    for name in PEOPLE:
        op.add_column("people", sa.Column(name, sa.BigInteger(), nullable=True))
    op.create_index("ix_people_erasing", "people", ["id"], sqlite_where=ERASING, postgresql_where=ERASING)
    op.add_column("cases", sa.Column("erased_in", sa.BigInteger(), nullable=True))
    op.create_index("ix_cases_whole", "cases", ["closed_at"], sqlite_where=WHOLE, postgresql_where=WHOLE)
    if _on_sqlite():
        op.execute("DROP TRIGGER journal_payloads_unchanged")
        op.execute(_SQLITE)
    else:
        op.execute("DROP TRIGGER journal_payloads_unchanged ON journal_payloads")
        op.execute(_FUNCTION)
        op.execute(_POSTGRESQL)


def downgrade() -> None:
    """Take them back. What was erased stays erased; the program before calls it changed."""
    if _on_sqlite():
        op.execute("DROP TRIGGER journal_payloads_unchanged")
    else:
        op.execute("DROP TRIGGER journal_payloads_unchanged ON journal_payloads")
        op.execute("DROP FUNCTION journal_payload_is_erased()")
    op.drop_index("ix_cases_whole", "cases")
    op.drop_column("cases", "erased_in")
    op.drop_index("ix_people_erasing", "people")
    for name in PEOPLE:
        op.drop_column("people", name)
    op.drop_column("journal_payloads", "erased_in")
    op.drop_column("journal_payloads", "secrets")
    op.execute(_SQLITE_BEFORE if _on_sqlite() else _POSTGRESQL_BEFORE)


def _on_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
