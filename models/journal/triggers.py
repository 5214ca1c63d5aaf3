"""The triggers by which the database refuses to change what was written, as the last migration leaves them.

They stop mistakes and a forger with one statement. A person who can write to the whole database can drop them too, and
`disposisi verify` names those that are missing or altered (`models/proof/guards.py`).
"""

from collections.abc import Mapping

SQLITE: Mapping[str, str] = {
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
        WHEN NEW.chain_id IS NOT OLD.chain_id OR NEW.sequence IS NOT OLD.sequence
            OR (NEW.salt IS NOT OLD.salt AND NEW.salt IS NOT zeroblob(16))
            OR NEW.body IS NULL OR NEW.body = 'null'
            OR NOT EXISTS (
                SELECT 1 FROM journal_entries AS telling
                JOIN journal_payloads AS said ON said.chain_id = telling.chain_id AND said.sequence = telling.sequence,
                    json_each(said.body, '$.entries') AS told
                WHERE telling.chain_id = NEW.chain_id AND telling.sequence = NEW.erased_in
                    AND telling.action = 'erase' AND json_extract(told.value, '$.sequence') = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased, by an entry that tells of it'); END""",
    "journal_payloads_kept": """
        CREATE TRIGGER journal_payloads_kept BEFORE DELETE ON journal_payloads
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END""",
    "journal_payloads_not_replaced": """
        CREATE TRIGGER journal_payloads_not_replaced BEFORE INSERT ON journal_payloads
        WHEN EXISTS (SELECT 1 FROM journal_payloads WHERE chain_id = NEW.chain_id AND sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END""",
    "checkpoint_leaves_unchanged": """
        CREATE TRIGGER checkpoint_leaves_unchanged BEFORE UPDATE ON checkpoint_leaves
        BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END""",
    "checkpoint_leaves_kept": """
        CREATE TRIGGER checkpoint_leaves_kept BEFORE DELETE ON checkpoint_leaves
        BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END""",
    "checkpoint_leaves_not_replaced": """
        CREATE TRIGGER checkpoint_leaves_not_replaced BEFORE INSERT ON checkpoint_leaves
        WHEN EXISTS (SELECT 1 FROM checkpoint_leaves WHERE log = NEW.log AND position = NEW.position)
        BEGIN SELECT RAISE(ABORT, 'checkpoint_leaves is append-only'); END""",
}
"""The statements that make the triggers of SQLite, by name."""

APPEND_ONLY, ONLY_ERASED = "journal_is_append_only", "journal_payload_is_erased"

POSTGRESQL_FUNCTIONS: Mapping[str, str] = {
    APPEND_ONLY: """
    BEGIN
        RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'restrict_violation';
    END """,
    ONLY_ERASED: """
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
    END """,
}
"""The bodies of the functions that the triggers of PostgreSQL call, by name."""

ROW, BEFORE, DELETE, UPDATE, TRUNCATE = 1, 2, 8, 16, 32
"""Bits of `pg_trigger.tgtype`."""

POSTGRESQL: Mapping[str, tuple[str, int, str]] = {
    "journal_entries_unchanged": ("journal_entries", ROW | BEFORE | DELETE | UPDATE, APPEND_ONLY),
    "journal_entries_kept": ("journal_entries", BEFORE | TRUNCATE, APPEND_ONLY),
    "journal_payloads_unchanged": ("journal_payloads", ROW | BEFORE | UPDATE, ONLY_ERASED),
    "journal_payloads_kept": ("journal_payloads", ROW | BEFORE | DELETE, APPEND_ONLY),
    "journal_payloads_not_emptied": ("journal_payloads", BEFORE | TRUNCATE, APPEND_ONLY),
    "checkpoint_leaves_unchanged": ("checkpoint_leaves", ROW | BEFORE | DELETE | UPDATE, APPEND_ONLY),
    "checkpoint_leaves_kept": ("checkpoint_leaves", BEFORE | TRUNCATE, APPEND_ONLY),
}
"""The triggers of PostgreSQL by name: the table, when each is called (`pg_trigger.tgtype`), and the function."""
