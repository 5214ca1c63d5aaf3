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


def test_a_process_on_sqlite_holds_no_library_that_it_may_never_need() -> None:
    """Papers, spreadsheets and PostgreSQL's driver take as much memory together as a sixth of the process."""
    telling = "import sys, bot.application; print(*sys.modules)"
    command = [sys.executable, "-c", telling]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(ended.stdout.split())
    assert "sqlalchemy" in imported
    assert not imported & {"typst", "xlsxwriter", "openpyxl", "psycopg", "boto3"}


def test_a_command_that_works_on_the_record_imports_what_that_takes(tmp_path: Path) -> None:
    """So that the test above does not pass because the names of what is slow have changed."""
    database = f"sqlite:///{tmp_path}/disposisi.db"
    assert {"sqlalchemy", "alembic"} <= imported_for("migrate", "--database", database)
