"""The tables' history: every revision goes forward and back, ends at the models, and guards the journal."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, func, inspect, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

import models
from bot.storage import migration
from models.search.document import INDEX, SQLITE
from models.tables import METADATA


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is one of the models; those in which FTS5 keeps its index are its own."""
    return kind != "table" or name is None or not name.startswith(INDEX)


def indexes(engine: Engine) -> set[str | None]:
    """Return the indexes that were asked for, without those by which PostgreSQL keeps a constraint."""
    found = (index for table in tables(engine) for index in inspect(engine).get_indexes(table))
    return {index["name"] for index in found if "duplicates_constraint" not in index}


def test_every_revision_goes_forward_back_and_forward_again(engine: Engine) -> None:
    earlier = migration.BASE
    for revision in migration.known():
        migration.upgrade(engine, revision)
        forward = tables(engine)
        migration.downgrade(engine, earlier)
        migration.upgrade(engine, revision)
        assert tables(engine) == forward
        earlier = revision
    migration.downgrade(engine, migration.BASE)
    assert tables(engine) == set()


def test_the_revisions_are_those_that_alembic_walks() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(models.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert migration.known() == tuple(one.revision for one in scripts.walk_revisions())[::-1]
    assert migration.head() == scripts.get_current_head()


def test_the_revision_is_the_one_that_alembic_finds(engine: Engine) -> None:
    for revision in (None, migration.known()[0], migration.BASE):
        if revision == migration.BASE:
            migration.downgrade(engine, revision)
        elif revision is not None:
            migration.upgrade(engine, revision)
        with engine.connect() as connection:
            assert migration.revision_of(connection) == MigrationContext.configure(connection).get_current_revision()


def test_the_revisions_lead_to_the_tables_of_the_models(engine: Engine) -> None:
    migration.upgrade(engine)
    with engine.connect() as connection:
        compared = {"compare_type": True, "compare_server_default": True, "include_name": is_described}
        context = MigrationContext.configure(connection, opts=compared)
        differences = compare_metadata(context, METADATA)
    assert differences == [], 'The models and the revisions differ. Run: python -m bot.storage.migration "what changed"'
    defined = {index.name for table in METADATA.tables.values() for index in table.indexes}
    assert indexes(engine) == defined


@pytest.mark.databases("sqlite")
def test_partial_indexes_keep_their_condition(engine: Engine) -> None:
    migration.upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
        made: dict[str, str] = {row.name: row.sql for row in rows}
    for table in METADATA.tables.values():
        for index in table.indexes:
            condition = index.dialect_options["sqlite"]["where"]
            if condition is not None:
                assert f"WHERE {condition}" in made[str(index.name)]


@pytest.mark.databases("sqlite")
def test_the_index_of_words_is_made_as_the_models_have_it(engine: Engine) -> None:
    migration.upgrade(engine)
    with engine.connect() as connection:
        named = text("SELECT name, sql FROM sqlite_master WHERE name IN (SELECT value FROM json_each(:names))")
        rows = connection.execute(named, {"names": json.dumps([*SQLITE])})
        made = {row.name: row.sql for row in rows}
    assert made == {name: statement.strip() for name, statement in SQLITE.items()}


@pytest.mark.databases("postgresql")
def test_processes_that_start_together_make_the_tables_once(engine: Engine, database_url: str) -> None:
    def start(_: int) -> migration.Condition:
        own = create_engine(database_url)
        try:
            return migration.upgrade(own).condition
        finally:
            own.dispose()

    with ThreadPoolExecutor(4) as processes:
        found = sorted(processes.map(start, range(4)))
    assert found == [*[migration.Condition.CURRENT] * 3, migration.Condition.EMPTY]
    assert tables(engine) == set(METADATA.tables)


class TestVersionsOfEntries:
    @pytest.fixture
    def before(self, engine: Engine) -> Engine:
        """A database from before entries had a version, with one entry in it."""
        migration.upgrade(engine, "0005")
        journal = MetaData()
        journal.reflect(engine)
        entry = {"chain_id": 1, "sequence": 1, "actor_id": 1, "capacity": "admin", "action": "x"}
        with engine.begin() as connection:
            chains, entries = journal.tables["journal_chains"], journal.tables["journal_entries"]
            connection.execute(chains.insert().values(id=1, subject="office", length=1, head=b""))
            hashes = dict.fromkeys(("digest", "previous", "hash"), b"")
            connection.execute(entries.insert().values(**entry, **hashes, at=datetime(2026, 11, 23, tzinfo=UTC)))
        return engine

    def test_an_entry_from_before_is_of_the_first_and_no_trigger_objects(self, before: Engine) -> None:
        migration.upgrade(before)
        with before.connect() as connection:
            assert connection.scalars(text("SELECT version FROM journal_entries")).all() == [1]
        migration.downgrade(before, "0005")
        migration.upgrade(before)
        with before.connect() as connection:
            assert connection.scalars(text("SELECT version FROM journal_entries")).all() == [1]

    def test_later_ones_are_not_taken_away(self, before: Engine) -> None:
        migration.upgrade(before)
        names = "chain_id, sequence, at, actor_id, capacity, action, digest, previous, hash, version"
        values = "chain_id, 2, at, actor_id, capacity, action, digest, previous, hash, 2"
        with before.begin() as connection:
            connection.execute(text(f"INSERT INTO journal_entries ({names}) SELECT {values} FROM journal_entries"))
        with pytest.raises(RuntimeError, match="1 entries of the journal are of a version"):
            migration.downgrade(before, "0005")
        assert migration.state(before).is_current


class TestUrgency:
    """Urgency and confidentiality were one column before revision 0016."""

    @pytest.fixture
    def before(self, engine: Engine) -> Engine:
        """A database from before, with one confidential and one urgent draft."""
        migration.upgrade(engine, "0014")
        kept = MetaData()
        kept.reflect(engine)
        people, drafts = kept.tables["people"], kept.tables["report_drafts"]
        at = datetime(2026, 11, 23, tzinfo=UTC)
        with engine.begin() as connection:
            for number, word in enumerate(("rahasia", "sangat-segera"), start=1):
                person = {"id": number, "name": "Dina Contoh", "nip": str(number), "language": "id", "unit": ""}
                connection.execute(people.insert().values(**person, is_admin=False, registered_at=at))
                draft = {"id": number, "person_id": number, "text": "SIMPEG", "sop": "sw", "files": [], "messages": []}
                connection.execute(drafts.insert().values(**draft, classification=word, begun_at=at))
        return engine

    def test_what_was_confidential_becomes_an_ordinary_report_that_is(self, before: Engine) -> None:
        migration.upgrade(before)
        with before.connect() as connection:
            found = connection.execute(text("SELECT urgency, confidential FROM report_drafts ORDER BY id"))
            assert [(word, bool(secret)) for word, secret in found] == [("biasa", True), ("sangat-segera", False)]
        migration.downgrade(before, "0014")
        with before.connect() as connection:
            words = connection.scalars(text("SELECT classification FROM report_drafts ORDER BY id"))
            assert words.all() == ["rahasia", "sangat-segera"]

    def test_a_journal_that_tells_them_apart_is_not_taken_back(self, before: Engine) -> None:
        migration.upgrade(before)
        words = 'a "confidential": of old'
        bodies = ({"text": words, "classification": "rahasia"}, {"urgency": "segera", "confidential": False})
        tables = METADATA.tables
        with before.begin() as connection:
            chain = {"id": 1, "subject": "case:SW-2026-0001", "length": 2, "head": b""}
            connection.execute(tables["journal_chains"].insert().values(**chain))
            for sequence, body in enumerate(bodies, start=1):
                entry = {"chain_id": 1, "sequence": sequence, "capacity": "reporter", "action": "report", "version": 2}
                hashes = dict.fromkeys(("digest", "previous", "hash"), b"")
                at = datetime(2026, 11, 23, tzinfo=UTC)
                connection.execute(tables["journal_entries"].insert().values(**entry, **hashes, at=at))
                payload = {"chain_id": 1, "sequence": sequence, "salt": b"", "body": body}
                connection.execute(tables["journal_payloads"].insert().values(**payload))
        with pytest.raises(RuntimeError, match="the journal of 1 reports has two fields"):
            migration.downgrade(before, "0014")
        assert migration.state(before).is_current


class TestState:
    def test_an_empty_database_is_told_from_a_current_one(self, engine: Engine) -> None:
        assert migration.state(engine).condition is migration.Condition.EMPTY
        before = migration.upgrade(engine)
        assert before.condition is migration.Condition.EMPTY
        assert migration.state(engine) == migration.Schema(
            migration.Condition.CURRENT, migration.head(), migration.head()
        )

    def test_an_older_database_is_brought_forward_and_a_current_one_left_alone(self, engine: Engine) -> None:
        migration.upgrade(engine, "0001")
        assert migration.state(engine).condition is migration.Condition.OLDER
        assert migration.upgrade(engine).found == "0001"
        assert migration.upgrade(engine).is_current

    def test_a_database_of_a_newer_version_is_refused_untouched(self, engine: Engine) -> None:
        migration.upgrade(engine)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(migration.UnknownSchema, match="newer version"):
            migration.upgrade(engine)
        assert migration.state(engine).found == "9999"

    def test_another_programs_database_is_refused_untouched(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE recipes (name TEXT)"))
        with pytest.raises(migration.UnknownSchema, match="not disposisi's"):
            migration.upgrade(engine)
        assert tables(engine) == {"recipes"}


ERASING_UNTOLD = (
    "UPDATE journal_payloads SET body = NULL",
    "UPDATE journal_payloads SET body = 'null'",
    "UPDATE journal_payloads SET body = 'null', erased_in = 1",
    "UPDATE journal_payloads SET erased_in = 1",
)
"""Ways to empty a payload of which no entry tells."""


@pytest.mark.databases("sqlite")
class TestAppendOnly:
    @pytest.fixture
    def connection(self, engine: Engine) -> Iterator[Connection]:
        migration.upgrade(engine)
        with engine.connect() as connection:
            connection.execute(text("INSERT INTO journal_chains VALUES (1, 'office', 1, x'00', true)"))
            connection.execute(
                text("INSERT INTO journal_entries VALUES (1, 1, '2026-11-23', 1, 'admin', 'x', x'', x'', x'', 2)")
            )
            connection.execute(text("""INSERT INTO journal_payloads VALUES (1, 1, x'01', '{"a": 1}', NULL, NULL)"""))
            connection.commit()
            yield connection

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal_entries SET actor_id = 2",
            "UPDATE journal_entries SET version = 1",
            "DELETE FROM journal_entries",
            "INSERT OR REPLACE INTO journal_entries VALUES (1, 1, '2026-11-23', 2, 'admin', 'x', x'', x'', x'', 2)",
            "REPLACE INTO journal_entries VALUES (1, 1, '2026-11-23', 2, 'admin', 'x', x'', x'', x'', 2)",
            "UPDATE OR REPLACE journal_entries SET sequence = 2",
            "UPDATE journal_payloads SET body = '{\"a\": 2}'",
            "UPDATE journal_payloads SET salt = x'02'",
            "UPDATE journal_payloads SET salt = x'02', body = NULL",
            "DELETE FROM journal_payloads",
            "INSERT OR REPLACE INTO journal_payloads VALUES (1, 1, x'01', '{}', NULL, NULL)",
            *ERASING_UNTOLD,
        ],
    )
    def test_what_was_written_stays(self, connection: Connection, statement: str) -> None:
        with pytest.raises(IntegrityError, match=r"append-only|only be erased"):
            connection.execute(text(statement))
        connection.rollback()
        assert connection.scalar(text("SELECT actor_id FROM journal_entries")) == 1
        assert connection.scalar(text("SELECT body FROM journal_payloads")) == '{"a": 1}'

    def test_a_payload_may_be_erased_where_an_entry_tells_of_it(self, connection: Connection) -> None:
        told = "(1, 2, '2026-11-23', 1, 'system', 'erase', x'', x'', x'', 3)"
        connection.execute(text(f"INSERT INTO journal_entries VALUES {told}"))
        payload = "INSERT INTO journal_payloads VALUES (1, 2, x'01', :body, NULL, NULL)"
        connection.execute(text(payload), {"body": '{"entries": [{"sequence": 1}]}'})
        connection.execute(text("UPDATE journal_payloads SET body = '{}', erased_in = 2 WHERE sequence = 1"))
        with pytest.raises(IntegrityError, match="only be erased"):
            connection.execute(text("UPDATE journal_payloads SET body = '{}', erased_in = 2 WHERE sequence = 2"))

    def test_new_entries_are_welcome(self, connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO journal_entries VALUES (1, 2, '2026-11-23', 1, 'admin', 'x', x'', x'', x'', 2)")
        )
        assert connection.scalar(text("SELECT count(*) FROM journal_entries")) == 2


@pytest.mark.databases("postgresql")
class TestAppendOnlyOnPostgresql:
    @pytest.fixture
    def connection(self, engine: Engine) -> Iterator[Connection]:
        migration.upgrade(engine)
        with engine.connect() as connection:
            connection.execute(text("INSERT INTO journal_chains VALUES (1, 'office', 1, '\\x00', true)"))
            connection.execute(
                text("INSERT INTO journal_entries VALUES (1, 1, '2026-11-23Z', 1, 'admin', 'x', '', '', '', 2)")
            )
            payload = "INSERT INTO journal_payloads VALUES (1, 1, '\\x01', :body, NULL, NULL)"
            connection.execute(text(payload), {"body": '{"a": 1}'})
            connection.commit()
            yield connection

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal_entries SET actor_id = 2",
            "UPDATE journal_entries SET version = 1",
            "DELETE FROM journal_entries",
            "TRUNCATE journal_entries CASCADE",
            (
                "INSERT INTO journal_entries VALUES (1, 1, '2026-11-23Z', 2, 'admin', 'x', '', '', '', 2) "
                "ON CONFLICT (chain_id, sequence) DO UPDATE SET actor_id = 2"
            ),
            "UPDATE journal_payloads SET body = '{}'",
            "UPDATE journal_payloads SET salt = '\\x02', body = NULL",
            "DELETE FROM journal_payloads",
            "TRUNCATE journal_payloads",
            *ERASING_UNTOLD,
        ],
    )
    def test_what_was_written_stays(self, connection: Connection, statement: str) -> None:
        with pytest.raises(IntegrityError, match=r"append-only|only be erased"):
            connection.execute(text(statement))
        connection.rollback()
        assert connection.scalar(text("SELECT actor_id FROM journal_entries")) == 1
        assert connection.scalar(text("SELECT body FROM journal_payloads")) == {"a": 1}

    def test_a_payload_may_be_erased_where_an_entry_tells_of_it(self, connection: Connection) -> None:
        told = "(1, 2, '2026-11-23Z', 1, 'system', 'erase', '', '', '', 3)"
        connection.execute(text(f"INSERT INTO journal_entries VALUES {told}"))
        payload = "INSERT INTO journal_payloads VALUES (1, 2, '\\x01', :body, NULL, NULL)"
        connection.execute(text(payload), {"body": '{"entries": [{"sequence": 1}]}'})
        connection.execute(text("UPDATE journal_payloads SET body = '{}', erased_in = 2 WHERE sequence = 1"))
        with pytest.raises(IntegrityError, match="only be erased"):
            connection.execute(text("UPDATE journal_payloads SET body = '{}', erased_in = 2 WHERE sequence = 2"))


def test_the_same_history_is_written_for_postgresql() -> None:
    script = migration.script("postgresql")
    for table in METADATA.tables:
        assert f"CREATE TABLE {table} " in script
    assert "TIMESTAMP WITH TIME ZONE" in script
    assert "id BIGSERIAL" in script
    assert "BEFORE UPDATE OR DELETE ON journal_entries" in script


def test_a_failing_upgrade_names_the_database(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_text("this is no database" * 100)
    engine = create_engine(f"sqlite:///{tmp_path}/office.db")
    with pytest.raises(DatabaseError, match="not a database"):
        migration.upgrade(engine)
    engine.dispose()


FACES_OF_CANDIDATES = ("accepted-1", "rejected-1", "main", "withdrawn")


def test_what_a_card_is_about_moves_into_columns_of_its_own_and_back(engine: Engine) -> None:
    """One number stood for an account, an invite or a page, and a face held the number of the admin who decided."""
    migration.upgrade(engine, "0005")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO people (id, name, nip, language, unit, is_admin, registered_at) "
                "VALUES (1, 'Dewi', '1', 'id', '', :no, :at)"
            ),
            {"no": False, "at": "2026-11-23 00:30:00"},
        )
        connection.execute(
            text(
                "INSERT INTO invites (id, digest, kind, issued_at, expires_at) VALUES (7, :digest, 'office', :at, :at)"
            ),
            {"digest": b"x", "at": "2026-11-23 00:30:00"},
        )
        cards = [("candidate", 1001, face) for face in FACES_OF_CANDIDATES]
        for number, (kind, subject, face) in enumerate([*cards, ("invitation", 7, "used"), ("queue", 2, "tasks")], 1):
            connection.execute(
                text(
                    "INSERT INTO cards (id, kind, chat_id, subject_id, mode, live, made_at) "
                    "VALUES (:id, :kind, 1002, :subject, :face, :no, :at)"
                ),
                {
                    "id": number,
                    "kind": kind,
                    "subject": subject,
                    "face": face,
                    "no": False,
                    "at": "2026-11-23 00:30:00",
                },
            )
        before = connection.execute(text("SELECT id, kind, subject_id, mode FROM cards ORDER BY id")).all()
    migration.upgrade(engine)
    with engine.connect() as connection:
        about = text("SELECT mode, decided_by_id, account_id, invite_id, page FROM cards ORDER BY id")
        assert [tuple(row) for row in connection.execute(about)] == [
            ("accepted", 1, 1001, None, None),
            ("rejected", 1, 1001, None, None),
            ("main", None, 1001, None, None),
            ("withdrawn", None, 1001, None, None),
            ("used", None, None, 7, None),
            ("tasks", None, None, None, 2),
        ]
    migration.downgrade(engine, "0005")
    with engine.connect() as connection:
        after = connection.execute(text("SELECT id, kind, subject_id, mode FROM cards ORDER BY id")).all()
    assert after == before


def test_a_face_that_the_program_before_does_not_know_goes_with_its_revision(engine: Engine) -> None:
    migration.upgrade(engine)
    card = text(
        "INSERT INTO cards (id, kind, chat_id, mode, live, made_at) VALUES (:id, 'draft', 1002, :mode, :no, :at)"
    )
    with engine.begin() as connection:
        for number, face in enumerate(("remove", "noted", "sent"), 1):
            values = {"id": number, "mode": face, "no": False, "at": "2026-11-23 00:30:00"}
            connection.execute(card, values)
    migration.downgrade(engine, "0014")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT mode FROM cards ORDER BY id")).scalars().all()
    assert list(found) == ["main", "discarded", "sent"]


AT = "2026-11-23 00:30:00"


class TestWhatOnlyLaterProgramsRead:
    """The revisions from 0018 on brought kinds of cards, faces and questions that the program of 0017 cannot read."""

    CARDS = (
        ("task", "going-on"),
        ("queue", "earlier"),
        ("administration", "absences"),
        ("calendar", "confirming"),
        ("feedback", "main"),
        ("reminder", "expects-answer"),
        ("absence", "expects-days-away"),
        ("plh-request", "main"),
    )
    EXPECTED = ("calendar", "days-away", "reason-away", "answer", "note")

    @pytest.fixture
    def full(self, engine: Engine) -> Engine:
        """A database of now with each of them; every card has a button and a notice, the first ones a conversation."""
        migration.upgrade(engine)
        made = METADATA.tables
        at = datetime(2026, 11, 23, tzinfo=UTC)
        with engine.begin() as connection:
            someone = {"id": 1, "name": "Dina Contoh", "nip": "1", "language": "id", "unit": "", "is_admin": True}
            connection.execute(made["people"].insert().values(**someone, registered_at=at))
            for number, (kind, face) in enumerate(self.CARDS, 1):
                card = {"id": number, "kind": kind, "mode": face, "chat_id": 1001, "live": True, "made_at": at}
                connection.execute(text(_insert("cards", card)), card)
                button = {"token": str(number), "card_id": number, "action": "x", "argument": "", "version": 0}
                connection.execute(text(_insert("buttons", button)), button)
                owed = {"id": number, "kind": "card", "priority": "1-card", "chat_id": 1001, "card_id": number}
                rest = {"body": "{}", "owed_at": at, "state": "owed", "attempts": 0, "doubtful": 0}
                connection.execute(text(_insert("outbox", owed | rest)), owed | rest)
            for number, (what, about) in enumerate(zip(self.EXPECTED, (4, 7, 7, 6, 1), strict=True), 1):
                asked = {"telegram_id": number, "expects": what, "card_id": about, "part": "", "language": "id"}
                connection.execute(text(_insert("conversations", asked)), asked)
            draft = {"person_id": 1, "card_id": 4, "adding": [], "removing": [], "left_out": [], "passed_over": {}}
            connection.execute(made["calendar_drafts"].insert().values(**draft, begun_at=at))
        return engine

    def test_goes_with_its_revision(self, full: Engine) -> None:
        migration.downgrade(full, "0017")
        with full.connect() as connection:
            cards = connection.execute(text("SELECT id, kind, mode FROM cards ORDER BY id")).all()
            assert [tuple(row) for row in cards] == [
                (1, "task", "main"),
                (2, "queue", "timeline"),
                (3, "administration", "main"),
            ]
            for table in ("buttons", "outbox"):
                found = connection.scalars(select(METADATA.tables[table].c.card_id).order_by("card_id"))
                assert found.all() == [1, 2, 3]
            asked = connection.execute(text("SELECT expects, card_id FROM conversations ORDER BY telegram_id"))
            assert [tuple(row) for row in asked] == [("nothing", None)] * 4 + [("note", 1)]
        migration.upgrade(full)
        assert migration.state(full).is_current

    @pytest.mark.parametrize(
        ("table", "count", "row", "reason"),
        [
            (
                "absences",
                1,
                {"person_id": 1, "first": "2026-11-23", "reason": "", **dict.fromkeys(("starts_at", "filed_at"), AT)},
                "tells of 1 absences",
            ),
            (
                "calendar_versions",
                2,
                {"made_at": AT, "digest": "x", "body": "{}"},
                "deadlines follow 2 calendars",
            ),
        ],
    )
    def test_what_could_never_be_verified_is_not_taken_back(
        self, full: Engine, table: str, count: int, row: dict[str, str], reason: str
    ) -> None:
        with full.begin() as connection:
            for number in range(count):
                connection.execute(text(_insert(table, {"id": number + 1, **row})), {"id": number + 1, **row})
        with pytest.raises(RuntimeError, match=reason):
            migration.downgrade(full, "0017")
        with full.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(METADATA.tables[table])) == count
        assert migration.state(full).is_current

    def test_a_pause_that_was_journalled_is_not_taken_back(self, full: Engine) -> None:
        made = METADATA.tables
        with full.begin() as connection:
            connection.execute(made["journal_chains"].insert().values(id=1, subject="x", length=1, head=b""))
            entry = {"chain_id": 1, "sequence": 1, "capacity": "system", "action": "pause", "version": 2}
            hashes = dict.fromkeys(("digest", "previous", "hash"), b"")
            at = datetime(2026, 11, 23, tzinfo=UTC)
            connection.execute(made["journal_entries"].insert().values(**entry, **hashes, at=at))
        with pytest.raises(RuntimeError, match="1 entries of the journal are of pauses"):
            migration.downgrade(full, "0017")


def _insert(table: str, row: Mapping[str, object]) -> str:
    """Return the statement that writes such a row as it is, whatever the models make of its values."""
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
