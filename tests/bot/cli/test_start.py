"""The command line answers at once: a command imports what it needs when it runs, and nothing for another's help."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.command_line import PACKAGED

ROOT = Path(__file__).parents[3]

SLOW = {
    *("alembic", "apscheduler", "babel", "fluent", "handlers", "holidays", "prometheus_client", "psycopg"),
    *("sqlalchemy", "starlette", "telegram", "uvicorn"),
}
"""What only a bot at work needs. Each takes longer to import than the whole command line."""

TELLING_WHAT_WAS_IMPORTED = """
import sys
from bot.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


LOOKING_AT_THE_TABLES = """
import sys
from sqlalchemy import create_engine
import bot.application
from bot.storage import migration
assert not migration.state(create_engine("sqlite://")).is_current
print(*sys.modules)
"""


def imported_for(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", TELLING_WHAT_WAS_IMPORTED, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout
    return set(ended.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["run", "--help"],
        ["register", "--help"],
        ["rekap", "--help"],
        ["person", "--help"],
        ["person", "unbind", "--help"],
        ["sop", "check", str(PACKAGED)],
        ["sop", "check", PACKAGED.stem],
        ["sop", "show"],
    ],
    ids=lambda arguments: Path(arguments[-1]).stem if len(arguments) > 2 else " ".join(arguments),
)
def test_what_a_quick_answer_does_not_need_is_not_imported(arguments: list[str]) -> None:
    imported = imported_for(*arguments)
    assert "typer" in imported
    assert not imported & SLOW


def test_a_line_for_a_pipe_is_written_without_what_colours_a_terminal() -> None:
    assert "rich" not in imported_for("--version")


def test_a_process_on_sqlite_holds_no_library_that_it_may_never_need() -> None:
    """Papers, spreadsheets and PostgreSQL's driver take as much memory together as a sixth of the process.

    That the tables are those it needs is found out without Alembic, and without what Alembic imports.
    """
    command = [sys.executable, "-c", LOOKING_AT_THE_TABLES]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(ended.stdout.split())
    assert "sqlalchemy" in imported
    assert not imported & {"typst", "xlsxwriter", "openpyxl", "psycopg", "boto3"}
    assert not imported & {"alembic", "mako", "icalendar"}


@pytest.mark.usefixtures("telegram")
def test_a_bot_that_serves_has_imported_nothing_that_it_may_never_need(tmp_path: Path) -> None:
    """Held against the real start. Of the holidays of 250 countries it needs those of one, of the languages none yet.

    Nothing that it says to a pipe has colours, and what it asks by httpx is not asked on a command line.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    bot = [sys.executable, "-X", "importtime", "-m", "bot"]
    subprocess.run([*bot, "migrate"], cwd=tmp_path, env=environment, capture_output=True, check=True)
    imported: set[str] = set()
    with subprocess.Popen(
        [*bot, "run"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as serving:
        assert serving.stderr
        while "@disposisi_bot serves" not in (line := serving.stderr.readline()):
            assert line, "it has ended"
            if line.startswith("import time:"):
                imported.add(line.rpartition("|")[2].strip())
        serving.terminate()
        serving.stderr.read()
    assert {"telegram", "sqlalchemy", "holidays", "handlers.routes"} <= imported
    tops = {name.partition(".")[0] for name in imported}
    assert not tops & {"typst", "xlsxwriter", "openpyxl", "psycopg", "boto3", "alembic", "mako", "icalendar"}
    assert "rich" not in tops
    # httpx has asked for pygments, and was told that there is none.
    assert not imported & {"pygments.lexer", "pygments.token"}
    assert [name for name in imported if name.startswith("holidays.countries")] == []


def test_a_command_that_works_on_the_record_imports_what_that_takes(tmp_path: Path) -> None:
    """So that the test above does not pass because the names of what is slow have changed."""
    database = f"sqlite:///{tmp_path}/disposisi.db"
    assert {"sqlalchemy", "alembic"} <= imported_for("migrate", "--database", database)
