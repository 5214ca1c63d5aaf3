"""Let the database refuse to change or remove what the journal says.

A payload may be erased (its body emptied), as the law on personal data asks; nothing else of it may change.
On SQLite, `INSERT OR REPLACE` removes a row without asking its DELETE trigger unless `recursive_triggers` is on, so an
insert over an existing line is refused by a trigger of its own. Whoever can write to the file can drop the triggers
too: they stop mistakes, and the chain shows the rest.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = {
    "journal_entries_unchanged": """
        CREATE TRIGGER journal_entries_unchanged BEFORE UPDATE ON journal_entries
        BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END""",
    "journal_entries_kept": """
        CREATE TRIGGER journal_entries_kept BEFORE DELETE ON journal_entries
        BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END""",
    "journal_entries_not_replaced": """
        CREATE TRIGGER journal_entries_not_replaced BEFORE INSERT ON journal_entries
        WHEN EXISTS (SELECT 1 FROM journal_entries WHERE chain_id = NEW.chain_id AND sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END""",
    "journal_payloads_unchanged": """
        CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
        WHEN NEW.chain_id IS NOT OLD.chain_id OR NEW.sequence IS NOT OLD.sequence OR NEW.salt IS NOT OLD.salt
            OR (NEW.body IS NOT OLD.body AND NEW.body IS NOT NULL AND NEW.body <> 'null')
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END""",
    "journal_payloads_kept": """
        CREATE TRIGGER journal_payloads_kept BEFORE DELETE ON journal_payloads
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END""",
    "journal_payloads_not_replaced": """
        CREATE TRIGGER journal_payloads_not_replaced BEFORE INSERT ON journal_payloads
        WHEN EXISTS (SELECT 1 FROM journal_payloads WHERE chain_id = NEW.chain_id AND sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END""",
}

_POSTGRESQL = (
    """
    CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation';
    END $$""",
    """
    CREATE TRIGGER journal_entries_unchanged BEFORE UPDATE OR DELETE ON journal_entries
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
    """
    CREATE TRIGGER journal_entries_kept BEFORE TRUNCATE ON journal_entries
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
    """
    CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
    FOR EACH ROW WHEN (
        NEW.chain_id IS DISTINCT FROM OLD.chain_id OR NEW.sequence IS DISTINCT FROM OLD.sequence
        OR NEW.salt IS DISTINCT FROM OLD.salt
        OR (NEW.body::text IS DISTINCT FROM OLD.body::text AND coalesce(NEW.body::text, 'null') <> 'null')
    ) EXECUTE FUNCTION journal_is_append_only()""",
    """
    CREATE TRIGGER journal_payloads_kept BEFORE DELETE ON journal_payloads
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
    """
    CREATE TRIGGER journal_payloads_not_emptied BEFORE TRUNCATE ON journal_payloads
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
)

_TABLES = {
    "journal_entries": ("journal_entries_unchanged", "journal_entries_kept"),
    "journal_payloads": ("journal_payloads_unchanged", "journal_payloads_kept", "journal_payloads_not_emptied"),
}


def upgrade() -> None:
    """Make the triggers."""
    statements = _SQLITE.values() if op.get_context().dialect.name == "sqlite" else _POSTGRESQL
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    """Drop the triggers."""
    if op.get_context().dialect.name == "sqlite":
        for name in _SQLITE:
            op.execute(f"DROP TRIGGER {name}")
        return
    for table, names in _TABLES.items():
        for name in names:
            op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION journal_is_append_only()")
