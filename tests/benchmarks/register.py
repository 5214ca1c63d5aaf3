"""What the register of a large record costs: time, processor and memory of `disposisi register`, format by format."""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, func, insert, select

from bot.rules import load_rules
from bot.settings import Settings
from bot.storage import migration
from models.tables import METADATA
from tests.benchmarks.databases import Databases
from tests.benchmarks.figures import Figure, Findings
from tests.models.bureau import Bureau

ROOT = Path(__file__).parents[2]

FORMATS = ("xlsx", "csv", "json")

_AT_ONCE = 500
"""Cases that are copied in one transaction."""

_APART = timedelta(minutes=5)
"""How long after each other the copied cases were reported; the later ones lie ahead."""

_MOST_MEMORY = 300
"""MB that any format may take."""

_CASE_KEYS = {"journal_chains": "id", "cases": "id", "tasks": "case_id", "evaluations": "case_id"}


def register(folder: Path, databases: Databases, findings: Findings, *, steps: int) -> None:
    """Fill a record with so many steps, then write its register in each format."""
    url = databases.make("register")
    made = _fill(url, steps)
    findings.add(Figure("register", "steps in the record", made, "", f"{databases.size(url):.2f} GB"))
    for form in FORMATS:
        file = folder / f"register-{form}"
        took, processor, memory = _measured("--database", url, "--format", form, "--output", str(file), folder=folder)
        size = file.stat().st_size / 1e6
        findings.add(
            Figure("register", f"{form}, until it is there", took, "s", "by the clock, whatever else is running"),
            Figure("register", f"{form}, processor", processor, "s", f"{size:.0f} MB"),
            Figure("register", f"{form}, memory at most", memory, "MB", "resident, of the process", _MOST_MEMORY),
        )
    narrowed = ("--period", "2026-11", "--late", "--output", str(folder / "late"))
    took, processor, memory = _measured("--database", url, *narrowed, folder=folder)
    findings.add(
        Figure("register", "who was late in a month", took, "s", f"processor {processor:.1f} s, memory {memory:.0f} MB")
    )


def _fill(url: str, steps: int) -> int:
    """Let a case with every trouble come about, and copy it; return how many steps there are."""
    engine = create_engine(url)
    migration.upgrade(engine)
    rules = load_rules(Settings.load(None))
    Bureau.founds(engine, rules)
    Bureau(engine, rules).lives_through_much()
    with engine.connect() as connection:
        kept = {name: _rows(connection, name, key) for name, key in _CASE_KEYS.items()}
        tasks = [row["id"] for row in kept["tasks"]]
        chases = METADATA.tables["chases"]
        kept["chases"] = _read(connection, select(chases).where(chases.c.task_id.in_(tasks)))
        others = connection.scalar(select(func.count()).select_from(METADATA.tables["tasks"])) or 0
    copies = max(0, steps - others) // len(tasks)
    for first in range(1, copies + 1, _AT_ONCE):
        with engine.begin() as connection:
            for name, rows in kept.items():
                made = [_copied(name, row, number) for number in range(first, first + _AT_ONCE) for row in rows]
                connection.execute(insert(METADATA.tables[name]), made)
    with engine.connect() as connection:
        counted = connection.scalar(select(func.count()).select_from(METADATA.tables["tasks"])) or 0
    engine.dispose()
    return counted


def _rows(connection: Connection, name: str, key: str) -> list[dict[str, Any]]:
    """Return the rows of the first case in a table; its chain and the case have the numbers of each other."""
    table, cases = METADATA.tables[name], METADATA.tables["cases"]
    number = select(cases.c.chain_id).where(cases.c.id == 1).scalar_subquery() if name == "journal_chains" else 1
    return _read(connection, select(table).where(table.c[key] == number))


def _read(connection: Connection, statement: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a select of any columns
    return [dict(row._mapping) for row in connection.execute(statement)]


def _copied(table: str, row: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a row of the first case as that of another one, with numbers of its own and later instants."""
    shift, apart = _APART * number, 1_000 * number
    made: dict[str, Any] = {
        name: value + shift if isinstance(value, datetime) else value for name, value in row.items()
    }
    for key in ("id", "task_id", "chain_id", "case_id"):
        if made.get(key) is not None:
            made[key] += apart
    if table == "cases":
        made["number"] = f"SW-2026-{10_000 + number}"
    if table == "journal_chains":
        made["subject"] = f"case:SW-2026-{10_000 + number}"
    return made


def _measured(*arguments: str, folder: Path) -> tuple[float, float, float]:
    """Run `disposisi register`; return how long it took, the processor it kept busy, and the memory it had at most."""
    program = [sys.executable, "-m", "bot", "register", "--by", "measured", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    with (folder / "said").open("w", encoding="utf-8") as said:
        pid = os.posix_spawn(
            sys.executable,
            program,
            environment,
            file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), 1), (os.POSIX_SPAWN_DUP2, said.fileno(), 2)],
        )
        # Of this process alone: what RUSAGE_CHILDREN tells at most is of all that ever ran.
        _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise RuntimeError((folder / "said").read_text(encoding="utf-8"))
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000
