"""What becomes of rows that say who may act is told, whatever changes them: no statement may go past the session."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.journal.chain import Entry
from models.office.person import Person
from models.repository.told import STATE, TOLD

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

ROOT = Path(__file__).parents[3]
ENTITIES = {one.entity.__name__ for one in TOLD}
TIMERS = {
    ("models/administration/following.py", "remind_at"),
    ("models/administration/absences_due.py", "wake_at"),
    ("models/upkeep/auditing.py", "remind_at"),
}
"""The statements that change many of those rows at once, by their file and the column: one that is not told."""


def statements() -> set[tuple[str, str]]:
    """Return where a statement updates or deletes rows that are told, and which column; `*` where it removes them."""
    found = set()
    for floor in ("models", "bot", "handlers"):
        for path in (ROOT / floor).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text())):
                if _is_call(node, "delete"):
                    found.add((name, "*"))
                if _sets(node):
                    found |= {(name, keyword.arg or "*") for keyword in node.keywords}
    return found


def _sets(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this gives values to an `update` of rows that are told."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return any(_is_call(one, "update") for one in ast.walk(node.func.value))


def _is_call(node: ast.AST, verb: str) -> bool:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == verb
    first = node.args[0] if named and isinstance(node, ast.Call) and node.args else None
    return isinstance(first, ast.Name) and first.id in ENTITIES


def test_no_statement_changes_told_rows_past_the_session() -> None:
    assert statements() == TIMERS


def told(bureau: Bureau) -> list[list[object]]:
    """Return what the last entry of the office's journal tells of rows."""

    def read(records: Records) -> list[list[object]]:
        newest = select(Entry).where(Entry.action == STATE).order_by(Entry.sequence.desc()).limit(1)
        entry = records.session.scalars(newest.options(joinedload(Entry.payload))).one()
        return list((entry.payload.body or {})["rows"]) if entry.payload is not None else []

    return bureau.work(read)


def entries(bureau: Bureau) -> int:
    return bureau.work(lambda records: records.lock_office().entries)


def test_a_change_is_told_whole_once_and_without_a_name(bureau: Bureau) -> None:
    def changes(records: Records) -> None:
        budi = records.session.get_one(Person, bureau["budi"].id)
        budi.unit = "Humas"
        records.session.flush()
        budi.is_admin = True

    before = entries(bureau)
    bureau.work(changes)
    assert entries(bureau) == before + 1
    ((table, key, columns),) = told(bureau)
    assert (table, key) == ("people", [bureau["budi"].id])
    assert isinstance(columns, dict)
    assert columns["is_admin"] is True
    assert "Humas" not in str(columns)
    assert "Budi" not in str(columns)
    assert "remind_at" not in columns


def test_what_only_times_things_is_not_told(bureau: Bureau) -> None:
    def changes(records: Records) -> None:
        records.session.get_one(Person, bureau["budi"].id).remind_at = records.at

    bureau.begins("budi")
    before = entries(bureau)
    bureau.work(changes)
    bureau.begins("budi")
    assert entries(bureau) == before
