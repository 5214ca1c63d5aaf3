"""The role that compose.yaml gives to the bot: it can do all that the bot does, and no more."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from bot.copying.backup import back_up
from bot.storage import migration
from tests.bot.copying.copied import put_back
from tests.parts import database_at
from tests.postgresql.server import USER, Server

pytestmark = pytest.mark.databases("postgresql")

SCRIPT = Path(__file__).parents[3] / "deploy" / "postgresql" / "role.sh"
ROLE = DATABASE = "disposisi"


@pytest.fixture
def server(postgresql_server: Server) -> Server:
    """A server with the database and the role, as the image of PostgreSQL makes them."""
    postgresql_server.ask(f"CREATE DATABASE {DATABASE}")
    environment = {
        **os.environ,
        "PATH": f"{postgresql_server.binaries}:{os.environ['PATH']}",
        "PGHOST": str(postgresql_server.folder),
        "POSTGRES_USER": USER,
        "POSTGRES_DB": DATABASE,
        "DISPOSISI_PASSWORD": "p'w\"1",
    }
    subprocess.run(["/bin/sh", str(SCRIPT)], env=environment, check=True, capture_output=True)
    return postgresql_server


@pytest.fixture
def url(server: Server) -> str:
    return server.url(DATABASE).replace(f"//{USER}@", f"//{ROLE}@")


@pytest.fixture
def stranger(server: Server) -> str:
    server.ask("CREATE ROLE stranger LOGIN")
    return "stranger"


def test_it_is_no_superuser_and_owns_its_schema_alone(server: Server) -> None:
    rights = "rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
    assert server.ask(f"SELECT {rights} FROM pg_roles WHERE rolname = '{ROLE}'") is False
    assert server.ask(f"SELECT count(*) FROM pg_database WHERE datdba = '{ROLE}'::regrole") == 0
    owned = f"SELECT string_agg(nspname, ',') FROM pg_namespace WHERE nspowner = '{ROLE}'::regrole"
    assert server.ask(owned, DATABASE) == "public"


def test_nobody_else_may_connect(server: Server, stranger: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(host=str(server.folder), user=stranger, dbname=DATABASE)


def test_it_makes_the_tables_takes_a_copy_and_puts_it_back(url: str, tmp_path: Path) -> None:
    database = database_at(url)
    database.open()
    migration.upgrade(database.engine)
    back_up(database, tmp_path / "copy")
    database.close()
    kept = put_back(tmp_path / "copy", url, replace=True)
    assert kept is not None
